package overview

import (
	"fmt"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/widget"
)

// duesAhead is for how many days ahead a payment is announced: a person is paid, and
// moves money, about every two weeks.
const duesAhead = 14

// learnDues lists the payments that banks wait for: the late ones are urgent.
func learnDues(b *ledger.Book, today ledger.Date, script widget.Script) (urgent, calm []need) {
	banks := make(map[ledger.ItemID]string)
	for _, item := range b.Items() {
		banks[item.ID] = item.Name
	}
	for _, due := range b.Dues(today, today.AddDays(duesAhead)) {
		there := screen.DetailsMsg{Account: due.Account, Bank: banks[due.Account.Item]}
		amount := "a payment"
		if due.Amount.Known() {
			amount = script.Money(due.Amount)
		}
		name := due.Account.Label()
		switch {
		case !due.Late:
			more := "enter shows the terms"
			if due.Account.Type == ledger.Credit {
				more = "the least to pay; " + more
			}
			calm = append(calm, need{fmt.Sprintf("%s: %s due %s", name, amount, soon(due.Day, today)), more, false, there})
		case due.Day.IsZero():
			urgent = append(urgent, need{name + ": " + amount + " overdue", "enter shows the terms", true, there})
		default:
			more := "was due " + widget.Day(due.Day, today) + "; enter shows the terms"
			urgent = append(urgent, need{name + ": " + amount + " overdue", more, true, there})
		}
	}
	return urgent, calm
}

// soon is a day within the next weeks.
func soon(day, today ledger.Date) string {
	switch days := day.Sub(today); days {
	case 0:
		return "today"
	case 1:
		return "tomorrow"
	default:
		return fmt.Sprintf("%s, in %d days", widget.Coming(day, today), days)
	}
}
