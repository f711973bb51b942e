package ledger

import (
	"cmp"
	"encoding/binary"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// A Builder collects transactions for a Book.
type Builder struct {
	rows       []draft
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

// A draft is a row before it has its place in the Book.
type draft struct {
	idStart  uint64 // the first bytes of the id, to compare by
	minor    int64
	record   int // its position in the arena
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
		arena:      arena{next: 64 * n},
		currencies: newSymbols[Currency](),
		accounts:   newSymbols[AccountID](),
		categories: categories{symbols: newSymbols[Category]()},
		payees:     symbols[string]{index: make(map[string]uint32, max(n, 0)/32)},
		places:     places{symbols: newSymbols[place]()},
	}
}

// Add takes one transaction, whose id no other has. The texts of t may be part
// of a larger buffer: they are copied or interned, never kept alive.
func (b *Builder) Add(t *Transaction) {
	payee := t.Payee()
	d := draft{
		idStart:  firstBytes(string(t.ID)),
		minor:    t.Amount.minor,
		day:      t.Date.n,
		currency: b.currency(t.Amount.cur),
		account:  b.account(t.Account),
		payee:    b.payee(payee),
		pending:  t.Pending,
	}
	d.category = b.category(t.Category, d.payee)
	d.record = b.arena.write(t, flagsOf(t, payee), b.places.intern(place{t.Channel, t.City, t.Country}))
	b.rows = append(b.rows, d)
}

// currency, account, category and payee return the number of a value. Rows come
// in runs of one account and currency: the last row's are tried first.

func (b *Builder) currency(c Currency) uint32 {
	if last := len(b.rows) - 1; last >= 0 {
		if n := b.rows[last].currency; b.currencies.values[n] == c {
			return n
		}
	}
	if n, ok := b.currencies.number(c); ok {
		return n
	}
	return b.currencies.add(Currency{strings.Clone(c.code), c.unofficial})
}

func (b *Builder) account(id AccountID) uint32 {
	if last := len(b.rows) - 1; last >= 0 {
		if n := b.rows[last].account; b.accounts.values[n] == id {
			return n
		}
	}
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
	order := b.order()
	inParallel(len(order), func(lo, hi int) {
		b.fillColumns(f, lo, order[lo:hi])
	})
	f.orderCurrencies()
	*b = Builder{}
	book := &Book{facts: f, categories: f.categories, category: f.category, marks: f.marks}
	return book.WithBanks(items, accounts).WithEdits(edits)
}

// inParallel splits n rows among the processors, in whole blocks.
func inParallel(n int, do func(lo, hi int)) {
	blocks := (n + blockRows - 1) / blockRows
	share := max(1, (blocks+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0)) * blockRows
	var all sync.WaitGroup
	for lo := 0; lo < n; lo += share {
		all.Go(func() { do(lo, min(lo+share, n)) })
	}
	all.Wait()
}

// order returns the rows in the order of Row. Two bytes of an id tell most rows
// of a day apart; it is cheaper to compare the others than to sort by more.
func (b *Builder) order() []keyed {
	list := make([]keyed, len(b.rows))
	for i := range b.rows {
		d := &b.rows[i]
		newest := ^(uint32(d.day) ^ 1<<31) // the latest day is the smallest number
		list[i] = keyed{uint64(newest)<<16 | d.idStart>>48, uint32(i)}
	}
	radixSort(list)
	for lo, hi := 0, 0; lo < len(list); lo = hi {
		for hi = lo + 1; hi < len(list) && list[hi].key == list[lo].key; hi++ {
		}
		if hi-lo > 1 {
			slices.SortFunc(list[lo:hi], func(x, y keyed) int { return b.compareIDs(&b.rows[x.row], &b.rows[y.row]) })
		}
	}
	return list
}

func (b *Builder) compareIDs(x, y *draft) int {
	if x.idStart != y.idStart {
		return cmp.Compare(x.idStart, y.idStart)
	}
	return strings.Compare(b.arena.id(x.record), b.arena.id(y.record))
}

// fillColumns takes rows apart, the first of which comes to lo.
func (b *Builder) fillColumns(f *facts, lo int, rows []keyed) {
	for i, place := range rows {
		d, i := &b.rows[place.row], lo+i
		f.day[i], f.minor[i], f.record[i] = d.day, d.minor, d.record
		f.currency[i], f.account[i], f.category[i], f.payee[i] = d.currency, d.account, d.category, d.payee
		f.marks[i] = b.categories.marks[d.category]
		if d.pending {
			f.marks[i] |= pending
		}
	}
}

// firstBytes returns the start of an id as a number in the order of the text.
func firstBytes(id string) uint64 {
	if len(id) >= 8 {
		return binary.BigEndian.Uint64([]byte(id[:8]))
	}
	var start [8]byte
	copy(start[:], id)
	return binary.BigEndian.Uint64(start[:])
}
