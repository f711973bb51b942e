package ledger

import (
	"runtime"
	"strings"
	"sync"
)

// A Builder collects transactions for a Book. Each is for one goroutine; several make
// one Book when they are merged.
type Builder struct {
	drafts     drafts
	arena      arena
	currencies symbols[Currency]
	accounts   symbols[AccountID]
	categories categories
	payees     symbols[string]
	places     places

	// usual is, for each payee, the category of its last row. Rows of a payee
	// mostly have one, and comparing is quicker than looking up.
	usual []uint32
	// recent are payees by how they look: few names are most rows', and one of
	// these is found without a walk through the index.
	recent [1024]uint32
}

// NewBuilder returns an empty Builder.
func NewBuilder() *Builder {
	return &Builder{
		currencies: newSymbols[Currency](),
		accounts:   newSymbols[AccountID](),
		categories: categories{symbols: newSymbols[Category]()},
		payees:     newSymbols[string](),
		places:     places{symbols: newSymbols[place]()},
	}
}

// Add takes one transaction, whose id no other has. The texts of t may be part
// of a larger buffer: they are copied or interned, never kept alive.
func (b *Builder) Add(t *Transaction) {
	payee := t.Payee()
	last := b.drafts.last()
	d := draft{
		idStart:  firstBytes(string(t.ID)),
		minor:    t.Amount.minor,
		day:      t.Date.n,
		currency: b.currency(t.Amount.cur, last),
		account:  b.account(t.Account, last),
		payee:    b.payee(payee),
		place:    b.places.intern(place{t.Channel, t.City, t.Country}),
		pending:  t.Pending,
	}
	d.category = b.category(t.Category, d.payee)
	d.record = b.arena.write(t, flagsOf(t, payee))
	b.drafts.add(d)
}

// currency, account, category and payee return the number of a value. Rows come in runs
// of one account and currency: those of the row before are tried first.

func (b *Builder) currency(c Currency, last *draft) uint32 {
	if last != nil && b.currencies.values[last.currency] == c {
		return last.currency
	}
	return b.internCurrency(c)
}

func (b *Builder) internCurrency(c Currency) uint32 {
	if n, ok := b.currencies.number(c); ok {
		return n
	}
	return b.currencies.add(Currency{strings.Clone(c.code), c.unofficial})
}

func (b *Builder) account(id AccountID, last *draft) uint32 {
	if last != nil && b.accounts.values[last.account] == id {
		return last.account
	}
	return b.internAccount(id)
}

func (b *Builder) internAccount(id AccountID) uint32 {
	if n, ok := b.accounts.number(id); ok {
		return n
	}
	return b.accounts.add(AccountID(strings.Clone(string(id))))
}

func (b *Builder) category(c Category, payee uint32) uint32 {
	if usual := b.usual[payee]; int(usual) < len(b.categories.values) && b.categories.values[usual] == c {
		return usual
	}
	b.usual[payee] = b.categories.intern(c)
	return b.usual[payee]
}

func (b *Builder) payee(name string) uint32 {
	recent := &b.recent[looks(name)%uint64(len(b.recent))]
	if n := *recent; int(n) < len(b.payees.values) && b.payees.values[n] == name {
		return n
	}
	n, ok := b.payees.number(name)
	if !ok {
		b.usual = append(b.usual, 0)
		n = b.payees.add(strings.Clone(name))
	}
	*recent = n
	return n
}

// looks is a number made of a name's length, its first and its last bytes.
func looks(name string) uint64 {
	const spread = 0x9e3779b97f4a7c15 // 2^64 over the golden ratio
	last := name[max(0, len(name)-8):]
	return (firstBytes(name)*spread ^ firstBytes(last) + uint64(len(name))) * spread >> 32
}

// Build makes the Book. The Builder is used up.
func (b *Builder) Build(items []Item, accounts []Account, edits Edits) *Book {
	b.arena.seal()
	f := newFacts(b)
	b.arrange(f)
	f.orderCurrencies()
	*b = Builder{}
	book := &Book{facts: f, categories: f.categories, category: f.category, marks: f.marks}
	return book.WithBanks(items, accounts).WithEdits(edits)
}

// fillColumns takes rows apart, the first of which comes to lo.
func (b *Builder) fillColumns(f *facts, lo int, rows []keyed) {
	for i, place := range rows {
		d, i := b.drafts.at(place.row), lo+i
		f.day[i], f.minor[i], f.record[i] = d.day, d.minor, d.record
		f.currency[i], f.account[i], f.category[i], f.payee[i], f.place[i] = d.currency, d.account, d.category, d.payee, d.place
		f.marks[i] = b.categories.marks[d.category]
		if d.pending {
			f.marks[i] |= pending
		}
	}
}

// inParallel splits n things among the processors, in whole blocks.
func inParallel(n, block int, do func(lo, hi int)) {
	blocks := (n + block - 1) / block
	share := max(1, (blocks+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0)) * block
	var all sync.WaitGroup
	for lo := 0; lo < n; lo += share {
		all.Go(func() { do(lo, min(lo+share, n)) })
	}
	all.Wait()
}
