package dialog

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
)

// offerToken says what handing an account over means. Who does not agree comes back to
// the list.
func (desk *Desk) offerToken(of screen.ProcessorMsg, processor string, list screen.Dialog) screen.Dialog {
	d := desk.newPrice("Hand over to "+processor, of.Bank.Name,
		"Plaid makes a token for "+processor+". Whoever has it can ask Plaid about "+nameOf(of.Account)+
			" until the bank is unlinked. It is shown once.",
		func() screen.Dialog { return desk.newToken(of, processor) })
	d.bills = "what the processor asks for"
	d.back = screen.Open(list)
	d.keys.agree.SetHelp("y", "make the token")
	return d
}

// newToken makes a token, and shows it: masked at first, whole when that is asked for.
func (desk *Desk) newToken(of screen.ProcessorMsg, processor string) screen.Dialog {
	copies := desk.options.Clipboard
	d := &inquiry[struct{}, ledger.Digits]{
		theme: desk.theme, keys: defaultQuestionKeys(), title: "Token for " + processor + " of", account: of.Account, bank: of.Bank,
		doing:   func(struct{}) string { return "asking Plaid for a token…" },
		remarks: func(ledger.Digits) []string { return tokenRemarks(processor, copies) },
		stopped: "stopped; if Plaid made a token all the same, nobody has it", product: "auth",
	}
	whole := false
	d.show = func(s *sheet, token ledger.Digits) { s.token(token, whole) }
	reveal := key.NewBinding(key.WithKeys("r"), key.WithHelp("r", "show whole"), key.WithDisabled())
	d.actions = []action[ledger.Digits]{{reveal, func(ledger.Digits) tea.Cmd {
		whole = !whole
		d.actions[0].key.SetHelp("r", map[bool]string{false: "show whole", true: "mask"}[whole])
		return nil
	}}}
	if copies {
		d.actions = append(d.actions, action[ledger.Digits]{
			key.NewBinding(key.WithKeys("c"), key.WithHelp("c", "copy"), key.WithDisabled()),
			func(token ledger.Digits) tea.Cmd {
				return screen.Send(screen.CopyDigitsMsg{Line: ledger.NumberLine{Label: "the token", Digits: token}})
			},
		})
	}
	d.ask(desk.ctx, desk.options.Clock, func(ctx context.Context, _ func(struct{})) (ledger.Digits, error) {
		return desk.options.Payer.ProcessorToken(ctx, of.Account, processor)
	})
	return d
}

// tokenRemarks are what there is to know of a token, what matters most first.
func tokenRemarks(processor string, copies bool) []string {
	list := []string{"coffer keeps it nowhere: when this closes, it is not shown again. It works until the bank is unlinked."}
	if processor == "stripe" {
		list = append(list, "Stripe can use it once.")
	}
	if !copies {
		list = append(list, "It cannot be copied: there is no clipboard here that could be cleared again.")
	}
	return list
}

// token writes a token, in as many lines as it takes.
func (s *sheet) token(token ledger.Digits, whole bool) {
	text := token.Masked()
	if whole {
		text = token.Reveal()
	}
	s.say(s.theme.Text, text)
}
