package dialog

import (
	"context"
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/widget"
)

// A payment is what somebody wants to know of an account.
type payment struct {
	of     screen.VerifyMsg
	amount ledger.Amount
	who    ledger.Person
}

// offerVerify offers to find out whether a payment can be made. Who does not agree
// comes back to the form.
func (desk *Desk) offerVerify(p payment, form screen.Dialog) screen.Dialog {
	d := desk.newPrice("Pay from "+nameOf(p.of.Account), p.of.Bank.Name,
		"The bank is asked whether "+widget.Clean(p.who.Name)+" owns the account and whether "+widget.Script(desk.theme.ASCII).Money(p.amount)+
			" is available now. That can take a minute. Nothing is paid.",
		func() screen.Dialog { return desk.newVerdict(p, form) })
	d.bills = "the owner and the balance each time, the numbers once for each bank"
	d.back = screen.Open(form)
	return d
}

// newVerdict finds out whether a payment can be made. The verdict is about this moment
// and about that account: it goes with the dialog.
func (desk *Desk) newVerdict(p payment, form screen.Dialog) screen.Dialog {
	d := &inquiry[ledger.VerdictStage, ledger.Verdict]{
		theme: desk.theme, keys: defaultQuestionKeys(), title: "Pay from", account: p.of.Account, bank: p.of.Bank,
		doing: findingOut, always: true, product: "auth identity",
		show: func(s *sheet, v ledger.Verdict) { s.verdict(p, v) },
		remarks: func(ledger.Verdict) []string {
			return []string{"This is so now, and kept nowhere: ask again before you pay later."}
		},
		stopped: "stopped; whether it can be paid from is not known",
	}
	d.actions = []action[ledger.Verdict]{{
		key.NewBinding(key.WithKeys("e"), key.WithHelp("e", "ask something else"), key.WithDisabled()),
		func(ledger.Verdict) tea.Cmd { return screen.Open(form) },
	}}
	d.ask(desk.ctx, desk.options.Clock, func(ctx context.Context, report func(ledger.VerdictStage)) (ledger.Verdict, error) {
		return desk.options.Payer.Verify(ctx, p.of.Account, p.amount, p.who, report)
	})
	return d
}

// findingOut says what is waited for.
func findingOut(at ledger.VerdictStage) string {
	switch at {
	case ledger.VerdictOwner:
		return "asking who it belongs to…"
	case ledger.VerdictNumbers:
		return "asking whether it has numbers to be paid by…"
	case ledger.VerdictBalance:
		return "asking the bank what is available; ten seconds are usual, a minute may be"
	}
	return "waiting for a turn…"
}

// verdict writes whether a payment can be made, why not, and what was found out.
func (s *sheet) verdict(p payment, v ledger.Verdict) {
	if v.OK {
		s.say(s.theme.Good, "Yes: "+s.amount(p.amount)+" can be paid from this account.")
	} else {
		s.say(s.theme.Error, "No: do not pay "+s.amount(p.amount)+" from this account.")
	}
	for _, o := range v.Objections {
		for i, line := range widget.Wrap(o.Words(s.amount), max(1, s.width-2)) {
			mark := "- "
			if i > 0 {
				mark = "  "
			}
			s.lines = append(s.lines, s.theme.Warn.Render(mark+widget.Fit(line, s.width-2)))
		}
	}
	s.lines = append(s.lines, "")
	for _, c := range []struct {
		what, given string
		score       *int
	}{
		{"name", p.who.Name, v.Scores.Name}, {"email", p.who.Email, v.Scores.Email},
		{"phone", p.who.Phone, v.Scores.Phone}, {"address", p.who.Street, v.Scores.Address},
	} {
		if c.given != "" {
			s.score(c.what, c.score)
		}
	}
	s.pair("available now", s.amount(v.Available), s.theme.Text)
}

// score writes how well one thing that was given fits what the bank has.
func (s *sheet) score(what string, score *int) {
	switch {
	case score == nil:
		s.pair(what, "the bank has none to compare", s.theme.Faint)
	case *score < ledger.LeastScore:
		s.pair(what, fmt.Sprintf("%d of 100, %d are needed", *score, ledger.LeastScore), s.theme.Warn)
	default:
		s.pair(what, fmt.Sprintf("%d of 100", *score), s.theme.Text)
	}
}
