package ledger

import "slices"

// A Grouping is what spending is grouped by.
type Grouping string

// The groupings. The texts are the command line's.
const (
	ByCategory Grouping = "category" // primary categories
	ByDetailed Grouping = "detailed"
	ByMerchant Grouping = "merchant"
	ByAccount  Grouping = "account"
)

// Spending is the money spent in one currency over a period: minus the sum of
// the rows that count, pending ones too. Refunds lower it, below zero too.
type Spending struct {
	Period   Period
	Currency Currency
	Total    Amount // positive for money spent
	Previous Amount // the same over Period.Previous
	Rows     []SpendingRow
}

// A SpendingRow is one group of Spending that has rows in the period. Rows come
// largest first, ties by key.
type SpendingRow struct {
	Key, Label string
	Amount     Amount
	Count      int
	Previous   Amount // the same sum over Period.Previous
}

// Share returns r's part of the total, and false when the total is not positive
// and a part means nothing, or when one of them is not known.
func (s Spending) Share(r SpendingRow) (float64, bool) {
	if s.Total.Sign() <= 0 || !r.Amount.Known() {
		return 0, false
	}
	return float64(r.Amount.minor) / float64(s.Total.minor), true
}

// Spending sums what was spent in p, one report per currency that has rows in
// p: the currency with the most rows in the Book first, then by code. Merchants
// are told apart by the payee in force, accounts by their id.
func (b *Book) Spending(p Period, by Grouping) []Spending {
	t := b.newTally(by, p)
	var reports []Spending
	for _, c := range b.facts.currencyOrder {
		if t.seen[c] {
			reports = append(reports, t.report(c, p))
		}
	}
	return reports
}

// payeeLabel is what stands for a payee that the bank does not name.
func payeeLabel(name string) string {
	if name == "" {
		return "No name"
	}
	return name
}

// accountLabel names an account, by its id when nothing else is known.
func (b *Book) accountLabel(id string) string {
	a, ok := b.Account(AccountID(id))
	if !ok || a.Name == "" {
		return id
	}
	return a.Label()
}

// MonthlySpending returns the total spent in each month from first to last, in
// one currency.
func (b *Book) MonthlySpending(cur Currency, first, last Month) []Amount {
	f := b.facts
	currency := slices.Index(f.currencies, cur)
	var totals []Amount
	for m := first; m.Compare(last) <= 0; m = m.Add(1) {
		var spent sum
		from, to := f.between(m.Period())
		for row := from; row < to; row++ {
			minor := f.minor[row] * int64(b.marks[row]&spending)
			if int(f.currency[row]) != currency {
				minor = 0
			}
			spent.sub(minor)
		}
		totals = append(totals, spent.amount(cur))
	}
	return totals
}
