package accounts

import (
	"slices"

	"coffer/ledger"
	"coffer/tui/widget"
)

// A kind is what a row of the screen is.
type kind int

const (
	gapRow     kind = iota
	bankRow         // a bank's name and state
	adviceRow       // what to do about that state
	accountRow      // an account
	liveRow         // that its bank told the balance, and when, where the column of ages has no room
	sumRow          // the sum of a bank's accounts in one currency
	totalRow        // the sum of all accounts in one currency
	noteRow         // a remark on the totals
)

// A row is one line of the screen before it is drawn.
type row struct {
	kind    kind
	item    ledger.Item
	account ledger.Account
	sum     ledger.Amount
	unknown int    // accounts that the sum had to leave out
	text    string // of advice and notes
	bare    bool   // a bank that has no account
}

// selectable reports whether the cursor may be on the row.
func (r row) selectable() bool { return r.kind == accountRow || r.bare }

// place is what the row is of, as the cursor remembers it.
func (r row) place() place { return place{r.item.ID, r.account.ID} }

// rowsOf lists a ledger for a screen of some width: each bank with its accounts
// and sums, then what belongs to no bank, then the totals.
func rowsOf(b *ledger.Book, width int) []row {
	accounts, ended := b.Accounts(), b.EndedAccounts()
	var rows []row
	for _, item := range b.Items() {
		its := accountRows(accounts, ended, item.ID)
		rows = append(rows, row{kind: bankRow, item: item, bare: len(its) == 1})
		rows = append(rows, textRows(adviceRow, advice(item), width)...)
		rows = append(rows, its...)
	}
	if own := accountRows(accounts, nil, ""); len(own) > 1 {
		rows = append(rows, row{kind: bankRow})
		rows = append(rows, own...)
	}
	if len(accounts)+len(ended) == 0 {
		return rows
	}
	return append(rows, totals(b, width)...)
}

// textRows breaks a text into as many rows as it takes: an id in it must be there
// whole. No text is no row.
func textRows(k kind, text string, width int) []row {
	var rows []row
	for _, line := range widget.Wrap(text, width-2) {
		rows = append(rows, row{kind: k, text: line})
	}
	return rows
}

// accountRows lists the accounts of one bank, what they sum up to if there is
// more than one, those that have ended, and a gap.
func accountRows(accounts, ended []ledger.Account, item ledger.ItemID) []row {
	var rows []row
	var sums []subtotal
	unknown, known := 0, 0
	for _, a := range accounts {
		if a.Item != item {
			continue
		}
		rows = append(rows, row{kind: accountRow, account: a})
		if !a.Balance.Current.Known() {
			unknown++
			continue
		}
		known++
		sums = add(sums, a.Balance.Current)
	}
	if known > len(sums) { // else the sums say what the accounts say
		for _, s := range sums {
			rows = append(rows, row{kind: sumRow, sum: s.sum})
		}
		rows[len(rows)-1].unknown = unknown
	}
	head := row{kind: noteRow, text: "not shared any more; what is here stays:"}
	for _, a := range ended {
		if a.Item != item {
			continue
		}
		if head.text != "" {
			rows, head = append(rows, head), row{}
		}
		rows = append(rows, row{kind: accountRow, account: a})
	}
	return append(rows, row{kind: gapRow})
}

// withLiveRows puts a row below each account whose bank told its balance itself.
func withLiveRows(rows []row) []row {
	var all []row
	for _, r := range rows {
		all = append(all, r)
		if r.kind == accountRow && r.account.Balance.Live && !r.account.IsEnded() {
			all = append(all, row{kind: liveRow, account: r.account})
		}
	}
	return all
}

// A subtotal is what the accounts in one currency come to. One that no amount can
// hold is not known, and stays so.
type subtotal struct {
	currency ledger.Currency
	sum      ledger.Amount
}

// add adds a to the subtotal of its currency.
func add(sums []subtotal, a ledger.Amount) []subtotal {
	i := slices.IndexFunc(sums, func(s subtotal) bool { return s.currency == a.Currency() })
	if i < 0 {
		return append(sums, subtotal{a.Currency(), a})
	}
	if s := &sums[i]; s.sum.Known() {
		s.sum, _ = s.sum.Add(a)
	}
	return sums
}

// totals is what all accounts come to, per currency.
func totals(b *ledger.Book, width int) []row {
	var rows []row
	unknown := 0
	for _, n := range b.NetWorth() {
		unknown += len(n.Unknown)
		if n.Total.Known() {
			rows = append(rows, row{kind: totalRow, sum: n.Total})
		}
	}
	switch {
	case unknown == 1:
		rows = append(rows, textRows(noteRow, "1 account is left out: its bank does not say what it holds", width)...)
	case unknown > 1:
		rows = append(rows, textRows(noteRow, widget.Plural(unknown, "account")+" are left out: their banks do not say what they hold", width)...)
	}
	return rows
}
