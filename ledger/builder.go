package ledger

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// A Builder collects transactions for a Book.
type Builder struct {
	rows       []draft
	arena      arena
	currencies symbols[Currency]
	accounts   symbols[AccountID]
	categories categories
	payees     symbols[string]
	places     symbols[place]
}

// A draft is a row before it has its place in the Book.
type draft struct {
	idStart  uint64 // the first bytes of the id, to compare by
	minor    int64
	record   int
	day      int32
	currency uint32
	account  uint32
	category uint32
	payee    uint32
	pending  bool
}

// NewBuilder returns a Builder with room for about n transactions.
func NewBuilder(n int) *Builder {
	return &Builder{
		rows:       make([]draft, 0, max(n, 0)),
		currencies: newSymbols[Currency](),
		accounts:   newSymbols[AccountID](),
		categories: categories{symbols: newSymbols[Category]()},
		payees:     newSymbols[string](),
		places:     newSymbols[place](),
	}
}

// Add takes one transaction, whose id no other has. The texts of t may be part
// of a larger buffer: they are copied or interned, never kept alive.
func (b *Builder) Add(t *Transaction) {
	payee := t.Payee()
	r := record{
		id: string(t.ID), name: t.Name, pendingID: string(t.PendingID),
		original: t.Original, raw: t.RawAmount, check: t.Check,
		place: b.place(place{t.Channel, t.City, t.Country}),
	}
	set := func(flag flags, if_ bool) {
		if if_ {
			r.has |= flag
		}
	}
	set(hasMerchant, t.Merchant != "")
	set(hasName, t.Name != payee)
	set(hasPendingID, t.PendingID != "")
	set(hasOriginal, t.Original != "")
	set(hasRaw, t.RawAmount != "")
	set(hasCheck, t.Check != "")
	if !t.Authorized.IsZero() {
		r.has |= hasAuthorized
		r.authorized = t.Authorized.n - t.Date.n
	}
	b.rows = append(b.rows, draft{
		idStart:  firstBytes(string(t.ID)),
		minor:    t.Amount.minor,
		record:   b.arena.write(&r),
		day:      t.Date.n,
		currency: b.currency(t.Amount.cur),
		account:  b.account(t.Account),
		category: b.categories.intern(t.Category),
		payee:    b.payee(payee),
		pending:  t.Pending,
	})
}

func (b *Builder) currency(c Currency) uint32 {
	if n, ok := b.currencies.number(c); ok {
		return n
	}
	return b.currencies.add(Currency{strings.Clone(c.code), c.unofficial})
}

func (b *Builder) account(id AccountID) uint32 {
	if n, ok := b.accounts.number(id); ok {
		return n
	}
	return b.accounts.add(AccountID(strings.Clone(string(id))))
}

func (b *Builder) payee(name string) uint32 {
	if n, ok := b.payees.number(name); ok {
		return n
	}
	return b.payees.add(strings.Clone(name))
}

func (b *Builder) place(p place) uint32 {
	if n, ok := b.places.number(p); ok {
		return n
	}
	return b.places.add(p.clone())
}

// Build makes the Book. The Builder is used up.
func (b *Builder) Build(items []Item, accounts []Account, edits Edits) *Book {
	b.arena.seal()
	b.sort()
	f := b.columns()
	*b = Builder{}
	f.orderCurrencies()
	f.searchPayees()
	f.searchRows()
	f.onDemand()
	book := &Book{facts: f, categories: f.categories, category: f.category, marks: f.marks}
	return book.WithBanks(items, accounts).WithEdits(edits)
}

// sort puts the rows in the order of Row.
func (b *Builder) sort() {
	slices.SortFunc(b.rows, func(x, y draft) int {
		if x.day != y.day {
			return cmp.Compare(y.day, x.day)
		}
		return b.compareIDs(&x, &y)
	})
}

func (b *Builder) compareIDs(x, y *draft) int {
	if x.idStart != y.idStart {
		return cmp.Compare(x.idStart, y.idStart)
	}
	return strings.Compare(b.arena.id(x.record), b.arena.id(y.record))
}

// columns takes the sorted rows apart.
func (b *Builder) columns() *facts {
	n := len(b.rows)
	f := &facts{
		day: make([]int32, n), minor: make([]int64, n), record: make([]int, n), marks: make([]mark, n),
		currency: make([]uint32, n), account: make([]uint32, n), category: make([]uint32, n), payee: make([]uint32, n),
		arena: b.arena, currencies: b.currencies.texts, accounts: b.accounts,
		categories: b.categories, payees: b.payees, places: b.places.texts,
	}
	for i := range b.rows {
		d := &b.rows[i]
		f.day[i], f.minor[i], f.record[i] = d.day, d.minor, d.record
		f.currency[i], f.account[i], f.category[i], f.payee[i] = d.currency, d.account, d.category, d.payee
		f.marks[i] = b.categories.marks[d.category]
		if d.pending {
			f.marks[i] |= pending
		}
	}
	return f
}

// firstBytes returns the start of an id as a number in the order of the text.
func firstBytes(id string) uint64 {
	var buf [8]byte
	copy(buf[:], id)
	return binary.BigEndian.Uint64(buf[:])
}
