package ledger

import (
	"cmp"
	"slices"
)

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
// p: the currency with the most rows in the Book first, then by code.
func (b *Book) Spending(p Period, by Grouping) []Spending {
	t := b.newTally(by)
	t.count(p)
	t.countPrevious(p.Previous())
	var reports []Spending
	for _, c := range b.facts.currencyOrder {
		if t.seen[c] {
			reports = append(reports, t.report(c, p))
		}
	}
	return reports
}

// A tally adds up spending by group and currency.
type tally struct {
	book   *Book
	column []uint32 // the rows' value that is grouped by
	group  []uint32 // the group of each value, by number
	keys   []string // of each group
	label  func(key string) string

	first []uint32 // of each group, the first of its cells, plus one
	cells []cell
	seen  []bool // the currencies that have rows in the period
}

// A cell is what was spent in one group and currency.
type cell struct {
	group, currency uint32
	next            uint32 // the group's next cell, plus one
	count           int
	spent, previous sum
}

func (b *Book) newTally(by Grouping) *tally {
	f := b.facts
	t := &tally{book: b, seen: make([]bool, len(f.currencies))}
	switch by {
	case ByMerchant:
		t.column, t.keys = f.payee, f.payees.texts
		t.label = payeeLabel
	case ByAccount:
		t.column = f.account
		t.groupBy(len(f.accounts.texts), func(n int) string { return string(f.accounts.texts[n]) })
		t.label = b.accountLabel
	default:
		t.column = b.category
		t.groupBy(len(b.categories.texts), func(n int) string {
			c := b.categories.texts[n]
			if by == ByDetailed && c != "" {
				return string(c)
			}
			return string(c.Primary())
		})
		t.label = func(key string) string { return Category(key).Label() }
	}
	t.first = make([]uint32, len(t.keys))
	return t
}

// groupBy makes one group of the n values that have one key.
func (t *tally) groupBy(n int, key func(int) string) {
	index := make(map[string]uint32, n)
	t.group = make([]uint32, n)
	for i := range n {
		k := key(i)
		g, ok := index[k]
		if !ok {
			g = uint32(len(t.keys))
			index[k] = g
			t.keys = append(t.keys, k)
		}
		t.group[i] = g
	}
}

// cell returns the cell of a row that counts.
func (t *tally) cell(row int) *cell {
	g := t.column[row]
	if t.group != nil {
		g = t.group[g]
	}
	currency := t.book.facts.currency[row]
	for at := t.first[g]; at != 0; at = t.cells[at-1].next {
		if t.cells[at-1].currency == currency {
			return &t.cells[at-1]
		}
	}
	t.cells = append(t.cells, cell{group: g, currency: currency, next: t.first[g]})
	t.first[g] = uint32(len(t.cells))
	return &t.cells[len(t.cells)-1]
}

func (t *tally) count(p Period) {
	f, marks := t.book.facts, t.book.marks
	from, to := f.between(p)
	for row := from; row < to; row++ {
		t.seen[f.currency[row]] = true
		if marks[row]&spending == 0 {
			continue
		}
		c := t.cell(row)
		c.count++
		c.spent.sub(f.minor[row])
	}
}

func (t *tally) countPrevious(p Period) {
	f, marks := t.book.facts, t.book.marks
	from, to := f.between(p)
	for row := from; row < to; row++ {
		if marks[row]&spending != 0 {
			t.cell(row).previous.sub(f.minor[row])
		}
	}
}

// report makes the report of one currency.
func (t *tally) report(currency uint32, p Period) Spending {
	cur := t.book.facts.currencies[currency]
	var total, previous sum
	var cells []cell
	for _, c := range t.cells {
		if c.currency != currency {
			continue
		}
		total.plus(c.spent)
		previous.plus(c.previous)
		if c.count > 0 {
			cells = append(cells, c)
		}
	}
	slices.SortFunc(cells, func(x, y cell) int {
		return cmp.Or(y.spent.compare(x.spent), cmp.Compare(t.keys[x.group], t.keys[y.group]))
	})
	s := Spending{Period: p, Currency: cur, Total: total.amount(cur), Previous: previous.amount(cur)}
	for _, c := range cells {
		key := t.keys[c.group]
		s.Rows = append(s.Rows, SpendingRow{
			Key: key, Label: t.label(key), Count: c.count,
			Amount: c.spent.amount(cur), Previous: c.previous.amount(cur),
		})
	}
	return s
}

// payeeLabel is what stands for a payee that the bank does not name.
func payeeLabel(name string) string {
	if name == "" {
		return "No name"
	}
	return name
}

// accountLabel names an account by its name and last digits.
func (b *Book) accountLabel(id string) string {
	a, ok := b.Account(AccountID(id))
	switch {
	case !ok || a.Name == "":
		return id
	case a.Mask == "":
		return a.Name
	}
	return a.Name + " (" + a.Mask + ")"
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
			if b.marks[row]&spending != 0 && int(f.currency[row]) == currency {
				spent.sub(f.minor[row])
			}
		}
		totals = append(totals, spent.amount(cur))
	}
	return totals
}
