package spending

import (
	"slices"

	"coffer/ledger"
)

// A report is what was spent in a span, one block per currency: currencies are
// never added up.
type report struct {
	blocks []ledger.Spending
	// than names what Previous is the sum over, versus does so in few cells. Both
	// are "" when there is nothing to compare with.
	than, versus string
}

// newReport sums what book says of s. Of the days before the first row nothing is
// known, and a period that has such days is not compared with: a year of which
// five weeks are known would make every other look dear.
func newReport(book *ledger.Book, s span, by ledger.Grouping, today ledger.Date) report {
	// A currency that was only earned or moved has no groups, and no block.
	blocks := slices.DeleteFunc(book.Spending(s.period(), by), func(b ledger.Spending) bool { return len(b.Rows) == 0 })
	r := report{blocks: blocks}
	if len(blocks) == 0 {
		return r
	}
	before, than, versus := s.before(today)
	if before.From.Compare(firstDay(book)) < 0 {
		r.compareWith(nil, unknown)
		return r
	}
	r.than, r.versus = than, versus
	r.compareWith(book.Spending(before, by), orNothing)
	return r
}

// firstDay returns the date of the oldest row. There must be one.
func firstDay(book *ledger.Book) ledger.Date { return book.Entry(ledger.Row(book.Len() - 1)).Date }

// compareWith replaces what the blocks are compared with by the sums of before,
// each as read makes of it.
func (r report) compareWith(before []ledger.Spending, read func(ledger.Amount, ledger.Currency) ledger.Amount) {
	type group struct {
		cur ledger.Currency
		key string
	}
	totals := map[ledger.Currency]ledger.Amount{}
	groups := map[group]ledger.Amount{}
	for _, b := range before {
		totals[b.Currency] = b.Total
		for _, row := range b.Rows {
			groups[group{b.Currency, row.Key}] = row.Amount
		}
	}
	for i := range r.blocks {
		b := &r.blocks[i]
		b.Previous = read(totals[b.Currency], b.Currency)
		for j := range b.Rows {
			b.Rows[j].Previous = read(groups[group{b.Currency, b.Rows[j].Key}], b.Currency)
		}
	}
}

func unknown(ledger.Amount, ledger.Currency) ledger.Amount { return ledger.Amount{} }

// orNothing returns a, or none of cur where there was nothing to sum.
func orNothing(a ledger.Amount, cur ledger.Currency) ledger.Amount {
	if !a.Known() {
		return ledger.NewAmount(0, cur)
	}
	return a
}

// within returns the part of a report by detailed categories that is under a
// primary one, with the totals of that part.
func (r report) within(primary ledger.Category) report {
	part := report{than: r.than, versus: r.versus}
	for _, b := range r.blocks {
		sub := b
		sub.Rows = nil
		sub.Total = ledger.NewAmount(0, b.Currency)
		if b.Previous.Known() {
			sub.Previous = ledger.NewAmount(0, b.Currency)
		}
		for _, row := range b.Rows {
			if ledger.Category(row.Key).Primary() != primary {
				continue
			}
			sub.Rows = append(sub.Rows, row)
			sub.Total = plus(sub.Total, row.Amount)
			if b.Previous.Known() {
				sub.Previous = plus(sub.Previous, row.Previous)
			}
		}
		if len(sub.Rows) > 0 {
			part.blocks = append(part.blocks, sub)
		}
	}
	return part
}

// plus returns a + b, and no amount at all when that is beyond counting or one of
// them is not known: part of a sum is a wrong sum.
func plus(a, b ledger.Amount) ledger.Amount {
	sum, err := a.Add(b)
	if err != nil || !a.Known() || !b.Known() {
		return ledger.Amount{}
	}
	return sum
}

// only reports whether a primary category is all one detailed category, so that
// there is nothing to look at between it and its rows.
func (r report) only(primary ledger.Category) bool {
	for _, b := range r.blocks {
		for _, row := range b.Rows {
			if c := ledger.Category(row.Key); c != primary && c.Primary() == primary {
				return false
			}
		}
	}
	return true
}

// largest returns what the longest bar of a block stands for.
func largest(b ledger.Spending) int64 {
	var most int64
	for _, row := range b.Rows {
		most = max(most, row.Amount.Minor())
	}
	return most
}
