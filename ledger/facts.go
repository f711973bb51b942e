package ledger

import (
	"hash/maphash"
	"slices"
	"sort"
	"sync"
)

// facts are what the bank said, a column for each thing that reports read and an
// arena for the rest. Rows are in the order of [Row]. Edits and banks never
// change facts, so all Books made from one share them.
type facts struct {
	day      []int32
	minor    []int64
	currency []uint32
	account  []uint32
	category []uint32 // the bank's
	payee    []uint32
	place    []uint32
	marks    []mark // by the bank's category
	record   []int  // the row's position in arena

	arena      arena
	currencies []Currency
	accounts   symbols[AccountID]
	categories categories // the bank's
	payees     symbols[string]
	places     []place

	// What is searched: for each run of blockRows rows, and of payees. It is made
	// when it is first searched, as [Book.Prepare] does: a ledger is drawn sooner
	// than anybody can type at it.
	rowTexts   []func() *texts
	payeeTexts func() []texts
	// How often the newest rows, and some payees, have each byte.
	rowBytes, payeeBytes func() *byteCounts

	// currencyOrder lists the currencies that rows have, most rows first.
	currencyOrder []uint32

	byID   func() *idIndex // built when it is first asked for
	ranked func() []uint32 // the place of each payee in the alphabet
}

// newFacts returns facts with what b has numbered, and room for its rows.
func newFacts(b *Builder) *facts {
	n := b.drafts.count
	f := &facts{
		day: make([]int32, n), minor: make([]int64, n), record: make([]int, n), marks: make([]mark, n),
		currency: make([]uint32, n), account: make([]uint32, n), category: make([]uint32, n), payee: make([]uint32, n), place: make([]uint32, n),
		arena: b.arena, currencies: b.currencies.values, accounts: b.accounts,
		categories: b.categories, payees: b.payees, places: b.places.values,
		rowTexts: make([]func() *texts, (n+blockRows-1)/blockRows),
	}
	for i := range f.rowTexts {
		f.rowTexts[i] = sync.OnceValue(func() *texts { return f.foldRows(i * blockRows) })
	}
	f.payeeTexts = sync.OnceValue(func() []texts { return searchable(f.payees.values) })
	f.rowBytes = sync.OnceValue(func() *byteCounts {
		if n == 0 {
			return new(byteCounts)
		}
		return countBytes(f.rowTexts[0]())
	})
	f.payeeBytes = sync.OnceValue(func() *byteCounts {
		if n == 0 {
			return new(byteCounts)
		}
		return countBytes(&f.payeeTexts()[0])
	})
	f.byID = sync.OnceValue(f.indexIDs)
	f.ranked = sync.OnceValue(f.rankPayees)
	return f
}

// transaction puts the row at r together again.
func (f *facts) transaction(r Row) Transaction {
	rec := f.arena.read(f.record[r])
	payee := f.payees.values[f.payee[r]]
	where := f.places[f.place[r]]
	t := Transaction{
		ID:        TransactionID(rec.id),
		Account:   f.accounts.values[f.account[r]],
		PendingID: TransactionID(rec.pendingID),
		Pending:   f.marks[r]&pending != 0,
		Date:      Date{f.day[r]},
		Amount:    Amount{f.minor[r], f.currencies[f.currency[r]]},
		RawAmount: rec.raw,
		Category:  f.categories.values[f.category[r]],
		Name:      payee,
		Original:  rec.original,
		Channel:   where.channel,
		City:      where.city,
		Country:   where.country,
		Check:     rec.check,
	}
	if rec.has&hasMerchant != 0 {
		t.Merchant = payee
	}
	if rec.has&hasName != 0 {
		t.Name = rec.name
	}
	if rec.has&originalIsName != 0 {
		t.Original = t.Name
	}
	if rec.has&hasAuthorized != 0 {
		t.Authorized = Date{t.Date.n + rec.authorized}
	}
	return t
}

// between returns the rows of a period: from the first to before the second.
func (f *facts) between(p Period) (from, to int) {
	to = len(f.day)
	if !p.To.IsZero() {
		from = sort.Search(to, func(i int) bool { return f.day[i] <= p.To.n })
	}
	if !p.From.IsZero() {
		to = from + sort.Search(to-from, func(i int) bool { return f.day[from+i] < p.From.n })
	}
	return from, to
}

// orderCurrencies counts the rows of each currency. A row without an amount has
// none.
func (f *facts) orderCurrencies() {
	count := make([]int, len(f.currencies))
	for _, c := range f.currency {
		count[c]++
	}
	for c, cur := range f.currencies {
		if cur != (Currency{}) {
			f.currencyOrder = append(f.currencyOrder, uint32(c))
		}
	}
	slices.SortFunc(f.currencyOrder, func(a, b uint32) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return f.currencies[a].Compare(f.currencies[b])
	})
}

// An idIndex finds rows by id: a hash table with linear probing that is at most
// half full and holds rows + 1.
type idIndex struct {
	seed  maphash.Seed
	slots []uint32
}

func (f *facts) indexIDs() *idIndex {
	size := 8
	for size < 2*len(f.record) {
		size *= 2
	}
	x := &idIndex{maphash.MakeSeed(), make([]uint32, size)}
	for r, position := range f.record {
		i := x.slot(f.arena.id(position))
		for x.slots[i] != 0 {
			i = (i + 1) & uint64(size-1)
		}
		x.slots[i] = uint32(r) + 1
	}
	return x
}

func (x *idIndex) slot(id string) uint64 {
	return maphash.String(x.seed, id) & uint64(len(x.slots)-1)
}

func (f *facts) find(id TransactionID) (Row, bool) {
	x := f.byID()
	for i := x.slot(string(id)); x.slots[i] != 0; i = (i + 1) & uint64(len(x.slots)-1) {
		r := Row(x.slots[i] - 1)
		if f.arena.id(f.record[r]) == string(id) {
			return r, true
		}
	}
	return 0, false
}
