package dialog

import (
	"fmt"

	"coffer/ledger"
	"coffer/tui/widget"
)

// debt writes on which terms money is owed. What every bank tells has its line, known
// or not; the rest is there when it is known.
func (s *sheet) debt(l ledger.Liability, acc ledger.Account) {
	text := s.theme.Text
	s.pair("owed now", s.amount(acc.Balance.Current.Neg()), text)
	if late := l.IsOverdue(); late != nil && *late {
		s.pair("overdue", overdueText(s, l), s.theme.Warn)
	} else {
		s.pair("overdue", answerText(late), text)
	}
	payment := "minimum payment"
	if l.Kind == ledger.Mortgage {
		payment = "next payment"
	}
	s.pair(payment, s.amount(l.Minimum), text)
	s.pair("due", s.due(l.Due), text)
	s.pair("last payment", s.on(l.LastPayment, l.LastPaid), text)
	for _, r := range l.Rates {
		s.pair(rateName(r), widget.Decimal(r.Percent, 0, 3)+" %", text)
	}
	if len(l.Rates) == 0 {
		s.pair("interest", widget.Unknown, text)
	}
	if l.Statement.Known() || !l.StatementDate.IsZero() {
		s.pair("last statement", s.on(l.Statement, l.StatementDate), text)
	}
	if l.Principal.Known() {
		s.pair("borrowed", s.amount(l.Principal), text)
	}
	if !l.Ends.IsZero() {
		s.pair("paid off by", s.day(l.Ends), text)
	}
	if l.Name != "" {
		s.pair("kind of loan", l.Name, text)
	}
}

func overdueText(s *sheet, l ledger.Liability) string {
	if l.PastDue.Sign() > 0 {
		return "yes, " + s.amount(l.PastDue)
	}
	return "yes"
}

func answerText(told *bool) string {
	switch {
	case told == nil:
		return widget.Unknown
	case *told:
		return "yes"
	}
	return "no"
}

// due says when a payment is due and how soon that is.
func (s *sheet) due(day ledger.Date) string {
	if day.IsZero() {
		return widget.Unknown
	}
	text := s.day(day)
	switch days := day.Sub(s.today); {
	case days == 0:
		return text + ", today"
	case days == 1:
		return text + ", tomorrow"
	case days > 1:
		return fmt.Sprintf("%s, in %d days", text, days)
	}
	return text + ", past"
}

// rateName puts Plaid's kind of a rate in words.
func rateName(r ledger.Rate) string {
	switch r.Kind {
	case "":
		return "interest"
	case "purchase_apr":
		return "interest on purchases"
	case "cash_apr":
		return "interest on cash"
	case "balance_transfer_apr":
		return "interest on balance transfers"
	}
	return "interest, " + r.For()
}
