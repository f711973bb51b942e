package ledger

import (
	"cmp"
	"maps"
	"slices"
)

// A Book is the whole ledger in memory, facts with edits applied: compact
// columns and indexes, immutable once built. Every report, filter and search is
// a pure function of a Book. It is safe for use by many goroutines.
//
// Sums are exact, whatever the order of rows. One that is too large for an
// [Amount] is reported as an Amount that is not Known.
type Book struct {
	facts *facts // shared by all Books that differ in edits or banks only
	items []Item
	// accounts are in the order of CompareAccounts; ended are those that are not
	// shared any more.
	accounts, ended []Account
	debts           []Liability
	edits           Edits
	// What edits change, a column each: the category in force and the marks
	// that follow from it. While there are no edits they are the facts' own.
	categories categories
	category   []uint32
	marks      []mark
}

// A Row is the place of a transaction in one Book: 0 is the newest. Rows are
// ordered by date, newest first, ties by id. A Row means nothing in another
// Book.
type Row int32

// WithEdits returns a Book in which these edits hold too: an Edit replaces the
// one before it for its transaction, and a zero Edit takes it away. Everything
// else is shared with b.
func (b *Book) WithEdits(edits Edits) *Book {
	if len(edits) == 0 {
		return b
	}
	next := *b
	next.edits = make(Edits, len(b.edits)+len(edits))
	maps.Copy(next.edits, b.edits)
	next.category = slices.Clone(b.category)
	next.marks = slices.Clone(b.marks)
	next.categories = b.categories.clone()
	for id, e := range edits {
		if e.IsZero() {
			delete(next.edits, id)
		} else {
			next.edits[id] = e
		}
		if r, ok := b.Find(id); ok {
			next.apply(r, e)
		}
	}
	return &next
}

// apply makes e hold for r. The columns must be b's own.
func (b *Book) apply(r Row, e Edit) {
	c := b.facts.category[r]
	if e.Category != "" {
		c = b.categories.intern(e.Category)
	}
	b.category[r] = c
	b.marks[r] = b.marks[r]&pending | b.categories.marks[c]
}

// WithBanks returns a Book with other items and accounts and the same rows.
func (b *Book) WithBanks(items []Item, accounts []Account) *Book {
	next := *b
	next.items = slices.SortedFunc(slices.Values(items), func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	next.accounts, next.ended = nil, nil
	for _, a := range slices.SortedFunc(slices.Values(accounts), CompareAccounts) {
		if a.IsEnded() {
			next.ended = append(next.ended, a)
		} else {
			next.accounts = append(next.accounts, a)
		}
	}
	next.findTwins()
	return &next
}

// Prepare makes what the first search would have to make, a few milliseconds per
// 100,000 rows. It is for the moments before anybody searches, on a goroutine
// that nobody waits for; a Book that was not prepared answers the same.
func (b *Book) Prepare() {
	f := b.facts
	inParallel(len(f.record), blockRows, func(lo, hi int) {
		for ; lo < hi; lo += blockRows {
			f.rowTexts[lo/blockRows]()
		}
	})
	f.payeeTexts()
}

// Items lists the banks by name.
func (b *Book) Items() []Item { return slices.Clone(b.items) }

// Accounts lists the accounts that are shared, in the order of [CompareAccounts].
func (b *Book) Accounts() []Account { return slices.Clone(b.accounts) }

// EndedAccounts lists those that are not shared any more. Their rows are in the
// Book like all others; what they hold now nobody knows, so no sum has them.
func (b *Book) EndedAccounts() []Account { return slices.Clone(b.ended) }

// Account returns the account with an id, shared or not.
func (b *Book) Account(id AccountID) (Account, bool) {
	for _, list := range [][]Account{b.accounts, b.ended} {
		if i := slices.IndexFunc(list, func(a Account) bool { return a.ID == id }); i >= 0 {
			return list[i], true
		}
	}
	return Account{}, false
}

// Len returns the number of transactions.
func (b *Book) Len() int { return len(b.facts.day) }

// An Entry is a transaction as people see it: the facts, and what edits made of
// them.
type Entry struct {
	Transaction          // the facts
	Edit        Edit     // what the user said
	Category    Category // in force: the edit's, else the bank's
	Payee       string   // in force
	Transfer    bool     // one leg of a transfer
}

// Entry returns the transaction at r.
func (b *Book) Entry(r Row) Entry {
	t := b.facts.transaction(r)
	return Entry{
		Transaction: t,
		Edit:        b.edits[t.ID],
		Category:    b.categories.values[b.category[r]],
		Payee:       b.facts.payees.values[b.facts.payee[r]],
		Transfer:    b.marks[r]&transfer != 0,
	}
}

// Find returns the row of a transaction.
func (b *Book) Find(id TransactionID) (Row, bool) { return b.facts.find(id) }
