package dialog

import (
	"context"
	"strings"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/widget"
)

// offerOwners offers to ask who an account belongs to.
func (desk *Desk) offerOwners(of screen.OwnersMsg) screen.Dialog {
	d := desk.newPrice("Owners of the account", of.Bank.Name,
		"Plaid tells who the bank has on file as owners of "+nameOf(of.Account)+": names, email addresses, telephone numbers, and where they live.",
		func() screen.Dialog { return desk.newOwners(of) })
	d.bills = onceForEachBank
	return d
}

func (desk *Desk) newOwners(of screen.OwnersMsg) screen.Dialog {
	d := &inquiry[struct{}, []ledger.Owner]{
		theme: desk.theme, keys: defaultQuestionKeys(), title: "Owners of", account: of.Account, bank: of.Bank,
		doing: func(struct{}) string { return "asking who it belongs to…" }, show: (*sheet).owners,
		remarks: func([]ledger.Owner) []string { return []string{"coffer keeps this nowhere."} },
		stopped: "stopped; nothing is known of the owners", product: "identity",
	}
	d.ask(desk.ctx, desk.options.Clock, func(ctx context.Context, _ func(struct{})) ([]ledger.Owner, error) {
		return desk.options.Payer.Owners(ctx, of.Account)
	})
	return d
}

// owners writes who an account belongs to.
func (s *sheet) owners(list []ledger.Owner) {
	if len(list) == 0 {
		s.say(s.theme.Text, "The bank does not say who it belongs to.")
	}
	for i, o := range list {
		if i > 0 {
			s.lines = append(s.lines, "")
		}
		s.owner(o)
	}
}

// owner writes one: the name, what else they are called, and how they are reached.
func (s *sheet) owner(o ledger.Owner) {
	if len(o.Names) == 0 {
		s.say(s.theme.Title, "an owner without a name")
	}
	for i, name := range o.Names {
		if i == 0 {
			s.say(s.theme.Title, name)
		} else {
			s.labelled("also", name, "")
		}
	}
	for _, c := range o.Emails {
		s.labelled("email", c.Data, c.Use())
	}
	for _, c := range o.Phones {
		s.labelled("phone", c.Data, c.Use())
	}
	for _, at := range o.Addresses {
		s.labelled("address", at.Line(), at.Use())
	}
}

// labelled writes a label at the left and a text beside it, in as many lines as that
// takes, with what it is for behind it.
func (s *sheet) labelled(label, text, use string) {
	const left = 10
	if use != "" {
		text += " (" + use + ")"
	}
	for i, line := range widget.Wrap(text, s.width-left) {
		if i > 0 {
			label = ""
		}
		s.lines = append(s.lines, s.theme.Faint.Render(widget.Fit(label, min(left, s.width)))+
			s.theme.Text.Render(widget.Fit(strings.TrimSpace(line), s.width-left)))
	}
}
