package overview

import (
	"time"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/widget"
)

// learnNeeds lists what the user ought to look at, the urgent first.
func learnNeeds(b *ledger.Book, m month, today ledger.Date, now time.Time) []need {
	var urgent, calm []need
	toAccounts := screen.GotoMsg{To: screen.Accounts}
	for _, item := range b.Items() {
		since := ""
		if !item.Since.IsZero() {
			since = "since " + widget.DayOf(now, item.Since) + "; "
		}
		switch item.State {
		case ledger.ItemLoginRequired:
			urgent = append(urgent, need{item.Name + ": sign in again", since + "enter says what to do", true, toAccounts})
		case ledger.ItemRevoked:
			urgent = append(urgent, need{item.Name + ": access was taken back", since + "press l to link it again", true, toAccounts})
		case ledger.ItemExpiring:
			urgent = append(urgent, need{item.Name + ": access ends soon", "enter says what to do", true, toAccounts})
		case ledger.ItemUnavailable:
			calm = append(calm, need{item.Name + " cannot be reached", since + "its data is as it was", false, toAccounts})
		}
	}
	if n := unknownAccounts(b); n > 0 {
		calm = append(calm, need{widget.Plural(n, "account") + " without a balance", "left out of net worth", false, toAccounts})
	}
	for _, g := range m.rows {
		if g.key == string(ledger.Uncategorized) {
			q := ledger.Query{Category: ledger.Uncategorized, Period: today.Month().Period(), Spending: true}
			text := widget.Plural(g.count, "row") + " this month without a category"
			calm = append(calm, need{text, "", false, screen.RowsMsg{Query: q, From: screen.Overview}})
		}
	}
	return append(urgent, calm...)
}

// unknownAccounts counts the accounts without a balance.
func unknownAccounts(b *ledger.Book) int {
	n := 0
	for _, w := range b.NetWorth() {
		n += len(w.Unknown)
	}
	return n
}
