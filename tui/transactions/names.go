package transactions

import (
	"math"
	"slices"

	"coffer/ledger"
	"coffer/tui/widget"
)

// names are what a Book calls things, worked out once for each Book so that a
// row is drawn without looking anything up.
type names struct {
	currency ledger.Currency // what most money is in; drawn as bare figures
	accounts map[ledger.AccountID]ledger.Account
	banks    map[ledger.AccountID]string
	wide     widget.MoneyColumn
	narrow   widget.MoneyColumn
}

func newNames(book *ledger.Book, script widget.Script) names {
	n := names{accounts: map[ledger.AccountID]ledger.Account{}, banks: map[ledger.AccountID]string{}}
	if worth := book.NetWorth(); len(worth) > 0 {
		n.currency = worth[0].Total.Currency()
	}
	items := map[ledger.ItemID]string{}
	for _, it := range book.Items() {
		items[it.ID] = it.Name
	}
	for _, a := range slices.Concat(book.Accounts(), book.EndedAccounts()) {
		n.accounts[a.ID] = a
		n.banks[a.ID] = items[a.Item]
	}
	n.wide = n.column(book, 7, script)
	n.narrow = n.column(book, 5, script)
	return n
}

// column returns a column with room for sums of so many digits before the point
// in every currency of the accounts. The largest row is not looked for: a
// column that changes its width from search to search would make the eye jump.
func (n names) column(book *ledger.Book, digits int, script widget.Script) widget.MoneyColumn {
	const least, most = 11, 20
	col := widget.MoneyColumn{Decimals: n.currency.Digits(), Sign: true, Currency: n.currency, Script: script}
	col.Width = least
	for _, a := range book.Accounts() {
		sample := -int64(math.Pow10(digits - 1 + a.Currency.Digits()))
		col.Width = max(col.Width, col.Widest(ledger.NewAmount(sample, a.Currency)))
	}
	col.Width = min(col.Width, most)
	return col
}

// ownCategories lists the categories that the user made up, which are known only
// from the rows that have them.
func ownCategories(book *ledger.Book) []ledger.Category {
	if book.Len() == 0 {
		return nil
	}
	all := ledger.Period{From: book.Entry(ledger.Row(book.Len() - 1)).Date, To: book.Entry(0).Date}
	seen := map[ledger.Category]bool{ledger.Uncategorized: true}
	var own []ledger.Category
	for _, report := range book.Spending(all, ledger.ByDetailed) {
		for _, row := range report.Rows {
			if c := ledger.Category(row.Key); !c.Known() && !seen[c] {
				seen[c] = true
				own = append(own, c)
			}
		}
	}
	return own
}
