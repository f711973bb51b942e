package ledger

// Merge takes over the rows of another Builder, which is used up. None of them has an
// id of a row of b.
func (b *Builder) Merge(o *Builder) {
	b.arena.seal()
	o.arena.seal()
	to := renumbering{
		record:   len(b.arena.segments) << segmentBits,
		currency: renumber(o.currencies.values, b.internCurrency),
		account:  renumber(o.accounts.values, b.internAccount),
		category: renumber(o.categories.values, b.categories.intern),
		payee:    renumber(o.payees.values, b.payee),
		place:    renumber(o.places.values, b.places.intern),
	}
	inParallel(len(o.drafts.runs), 1, func(lo, hi int) {
		for _, run := range o.drafts.runs[lo:hi] {
			to.apply(run)
		}
	})
	b.arena.segments = append(b.arena.segments, o.arena.segments...)
	b.drafts.take(&o.drafts)
	*o = Builder{}
}

// A renumbering has, for each number of one Builder, that of the same thing in
// another.
type renumbering struct {
	record                                    int // what positions in the arena grow by
	currency, account, category, payee, place []uint32
}

// renumber returns the number that intern gives to each value.
func renumber[T any](values []T, intern func(T) uint32) []uint32 {
	numbers := make([]uint32, len(values))
	for i, v := range values {
		numbers[i] = intern(v)
	}
	return numbers
}

func (to *renumbering) apply(run []draft) {
	for i := range run {
		d := &run[i]
		d.record += to.record
		d.currency, d.account = to.currency[d.currency], to.account[d.account]
		d.category, d.payee, d.place = to.category[d.category], to.payee[d.payee], to.place[d.place]
	}
}
