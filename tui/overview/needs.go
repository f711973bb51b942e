package overview

import (
	"time"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/widget"
)

// learnNeeds lists what the user ought to look at, the urgent first.
func learnNeeds(b *ledger.Book, m month, today ledger.Date, now time.Time, script widget.Script) []need {
	var urgent, calm []need
	for _, item := range b.Items() {
		since, there := "", screen.BankMsg{Item: item.ID}
		if !item.Since.IsZero() {
			since = "since " + widget.DayOf(now, item.Since) + "; "
		}
		switch item.State {
		case ledger.ItemUnavailable:
			if item.Wants() != "" {
				urgent = append(urgent, need{item.Name + " asks for your leave", since + "enter says what to do", true, there})
				continue
			}
			calm = append(calm, need{item.Name + " does not sync", since + "its data is as it was", false, there})
		case ledger.ItemLoginRequired:
			urgent = append(urgent, need{item.Name + ": sign in again", since + "enter says what to do", true, there})
		case ledger.ItemRevoked:
			if item.Twin != "" {
				urgent = append(urgent, need{item.Name + " is linked again", "enter leads to the old link, to take it out", true, there})
				continue
			}
			do := "press l to link it again"
			if item.Foreign() {
				do = "enter says what to do"
			}
			urgent = append(urgent, need{item.Name + ": access has ended", since + do, true, there})
		case ledger.ItemExpiring:
			urgent = append(urgent, need{item.Name + ": access ends soon", "enter says what to do", true, there})
		default:
			if item.Twin > item.ID { // once for both
				calm = append(calm, need{item.Name + " is linked twice", "what both have counts twice; enter leads there", false, there})
			}
			if item.HasMore() {
				calm = append(calm, need{item.Name + " has an account that is not shared yet", "enter leads there", false, there})
			}
		}
	}
	late, ahead := learnDues(b, today, script)
	urgent, calm = append(urgent, late...), append(calm, ahead...)
	if unknown := unknownAccounts(b); len(unknown) > 0 {
		first, _ := b.Account(unknown[0])
		there := screen.BankMsg{Item: first.Item, Account: first.ID}
		calm = append(calm, need{widget.Plural(len(unknown), "account") + " without a balance", "left out of net worth", false, there})
	}
	for _, g := range m.rows {
		if g.key == string(ledger.Uncategorized) {
			q := ledger.Query{Category: ledger.Uncategorized, Period: today.Month().Period(), Currency: m.total.Currency(), Spending: true}
			text := widget.Plural(g.count, "row") + " this month without a category"
			calm = append(calm, need{text, "", false, screen.RowsMsg{Query: q, From: screen.Overview}})
		}
	}
	return append(urgent, calm...)
}

// unknownAccounts lists the accounts without a balance.
func unknownAccounts(b *ledger.Book) []ledger.AccountID {
	var all []ledger.AccountID
	for _, w := range b.NetWorth() {
		all = append(all, w.Unknown...)
	}
	return all
}
