package storage

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"coffer/ledger"
)

// An application is a Delta on its way into the vault. It opens the blocks that
// may hold rows of the Delta or are to hold them, changes them in memory, and
// seals again those that changed.
type application struct {
	*sealedTx
	delta   *ledger.Delta
	applied ledger.Applied
	today   ledger.Date // what balances are noted for

	wanted map[ledger.TransactionID]bool // rows whose place in the file is asked for
	open   map[blockID]*openBlock
	places map[ledger.TransactionID]place // of the wanted rows that the vault has

	added []int                // of delta.Upserts, those that were not there
	gone  []ledger.Transaction // edited pending rows that are no more
	lost  []ledger.Transaction // edited posted rows that are no more
}

// An openBlock is a block in memory. A row that left it has no id.
type openBlock struct {
	id      blockID
	rows    []ledger.Transaction
	changed bool
}

// A place is where a row is, until it is moved.
type place struct {
	block *openBlock
	row   int
}

// rows puts the Delta's rows where they belong and takes out what it removes.
func (a *application) rows(ctx context.Context) error {
	if err := a.load(ctx); err != nil {
		return err
	}
	for _, id := range a.delta.Removed {
		if p, ok := a.places[id]; ok {
			if err := a.remove(p); err != nil {
				return err
			}
		}
	}
	if a.delta.Replace {
		if err := a.removeOthers(); err != nil {
			return err
		}
	}
	for i := range a.delta.Upserts {
		a.upsert(i)
	}
	return a.write(ctx)
}

// upsert puts one row in its block, and out of the one it was in.
func (a *application) upsert(i int) {
	row := &a.delta.Upserts[i]
	to := a.block(a.home(row))
	p, ok := a.places[row.ID]
	switch {
	case !ok:
		to.rows, to.changed = append(to.rows, *row), true
		a.applied.Added++
		a.added = append(a.added, i)
	case p.block == to && p.block.rows[p.row] == *row:
	case p.block == to:
		to.rows[p.row], to.changed = *row, true
		a.applied.Modified++
	default:
		p.vacate()
		to.rows, to.changed = append(to.rows, *row), true
		a.applied.Modified++
	}
}

// vacate takes a row out of its block.
func (p place) vacate() {
	p.block.rows[p.row] = ledger.Transaction{}
	p.block.changed = true
}

// remove takes a row out of the vault. Its edit stays: it goes on with the
// posted row, or waits here and remembers which bank's it is.
func (a *application) remove(p place) error {
	row := p.block.rows[p.row]
	p.vacate()
	a.applied.Removed++
	o, err := a.overlay(row.ID)
	if err != nil || o.edit.IsZero() {
		return err
	}
	if row.Pending {
		a.gone = append(a.gone, row)
	} else {
		a.lost = append(a.lost, row)
	}
	o.owner = p.block.id.item
	return a.putOverlay(o)
}

// removeOthers takes out every row of the bank that the Delta does not have.
func (a *application) removeOthers() error {
	kept := make(map[ledger.TransactionID]bool, len(a.delta.Upserts))
	for i := range a.delta.Upserts {
		kept[a.delta.Upserts[i].ID] = true
	}
	for _, b := range a.open {
		if b.id.item != a.delta.Item {
			continue
		}
		for i := range b.rows {
			if id := b.rows[i].ID; id == "" || kept[id] {
				continue
			}
			if err := a.remove(place{b, i}); err != nil {
				return err
			}
		}
	}
	return nil
}

// home is the block that a row of the Delta belongs to.
func (a *application) home(row *ledger.Transaction) blockID {
	return blockID{item: a.delta.Item, account: row.Account, month: row.Date.Month()}
}

// block returns an open block, a new one if the vault has none of that name.
func (a *application) block(id blockID) *openBlock {
	b := a.open[id]
	if b == nil {
		b = &openBlock{id: id}
		a.open[id] = b
	}
	return b
}

// load opens the blocks that the Delta concerns: those that rows of it belong
// to, those that hold them now, and with Replace all of the bank.
func (a *application) load(ctx context.Context) error {
	a.open = make(map[blockID]*openBlock)
	a.places = make(map[ledger.TransactionID]place)
	a.wanted = make(map[ledger.TransactionID]bool, len(a.delta.Upserts)+len(a.delta.Removed))
	homes := make(map[blockID]bool)
	var marks markSet
	for i := range a.delta.Upserts {
		homes[a.home(&a.delta.Upserts[i])] = true
		a.want(a.delta.Upserts[i].ID, &marks)
	}
	for _, id := range a.delta.Removed {
		a.want(id, &marks)
	}
	all, err := a.blocks()
	if err != nil {
		return err
	}
	blocks := slices.DeleteFunc(all, func(b storedBlock) bool {
		replaced := a.delta.Replace && b.id.item == a.delta.Item
		return !replaced && !homes[b.id] && !marks.meets(b.marks)
	})
	return a.readBlocks(ctx, blocks, a.keep)
}

func (a *application) want(id ledger.TransactionID, marks *markSet) {
	a.wanted[id] = true
	marks.add(mark(id))
}

// keep copies the rows of a block that was opened.
func (a *application) keep(b *storedBlock, rows []ledger.Transaction) {
	open := a.block(b.id)
	open.rows = slices.Clone(rows)
	for i := range open.rows {
		if id := open.rows[i].ID; a.wanted[id] {
			a.places[id] = place{open, i}
		}
	}
}

// write seals the blocks that changed.
func (a *application) write(ctx context.Context) error {
	for _, b := range a.open {
		if !b.changed {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		b.rows = slices.DeleteFunc(b.rows, func(t ledger.Transaction) bool { return t.ID == "" })
		if err := a.replace(b); err != nil {
			return err
		}
	}
	return nil
}

// replace stores a block as it is now, or erases one that has no rows.
func (a *application) replace(b *openBlock) error {
	key := a.blockKey(b.id)
	if len(b.rows) == 0 {
		return a.erase(bucketFacts, key)
	}
	value, err := a.sealBlock(key, b.id, b.rows)
	if err != nil {
		return err
	}
	return a.store(bucketFacts, key, value)
}

// A markSet is a set of marks that is quick to say no: most rows of the vault
// are not in a Delta.
type markSet struct {
	low  [1 << 16 / 64]uint64 // of the lower 16 bits
	full map[uint32]bool
}

func (m *markSet) add(n uint32) {
	m.low[n&0xffff/64] |= 1 << (n % 64)
	if m.full == nil {
		m.full = make(map[uint32]bool)
	}
	m.full[n] = true
}

// meets reports whether any of a block's marks is in the set.
func (m *markSet) meets(marks []byte) bool {
	for ; len(marks) >= markSize; marks = marks[markSize:] {
		n := binary.LittleEndian.Uint32(marks)
		if m.low[n&0xffff/64]&(1<<(n%64)) != 0 && m.full[n] {
			return true
		}
	}
	return false
}

// carry moves the edits of pending rows to the posted rows that took their
// place, and says so in the journal. An edit that the posted row has already is
// the user's latest word and stays.
func (a *application) carry() error {
	if err := a.addNamed(); err != nil || len(a.gone) == 0 {
		return err
	}
	added := make([]ledger.Transaction, 0, len(a.added))
	for _, i := range a.added {
		added = append(added, a.delta.Upserts[i])
	}
	slices.SortFunc(a.gone, func(x, y ledger.Transaction) int { return cmp.Compare(x.ID, y.ID) })
	moves := ledger.Carry(a.gone, added)
	e := entry{at: a.delta.At, item: a.delta.Item}
	for _, row := range a.gone {
		to, ok := moves[row.ID]
		if !ok {
			continue
		}
		changes, err := a.move(row.ID, to)
		if err != nil {
			return err
		}
		e.changes = append(e.changes, changes...)
	}
	return a.log(e)
}

// addNamed counts as gone what a new posted row names as its pending one, if
// that has an edit: the bank may have taken it back in an earlier sync.
func (a *application) addNamed() error {
	known := make(map[ledger.TransactionID]bool)
	for _, row := range a.gone {
		known[row.ID] = true
	}
	for _, i := range a.added {
		id := a.delta.Upserts[i].PendingID
		if id == "" || known[id] {
			continue
		}
		o, err := a.overlay(id)
		if err != nil {
			return err
		}
		if !o.edit.IsZero() {
			known[id] = true
			a.gone = append(a.gone, ledger.Transaction{ID: id, Account: a.delta.Upserts[i].Account, Pending: true})
		}
	}
	return nil
}

// move gives the edit of one row to another that has none.
func (t *sealedTx) move(from, to ledger.TransactionID) ([]change, error) {
	old, err := t.overlay(from)
	if err != nil {
		return nil, err
	}
	current, err := t.overlay(to)
	if err != nil || !current.edit.IsZero() {
		return nil, err
	}
	if err := t.putOverlay(overlay{id: to, edit: old.edit}); err != nil {
		return nil, err
	}
	if err := t.putOverlay(overlay{id: from}); err != nil {
		return nil, err
	}
	return []change{{id: from, before: old.edit}, {id: to, after: old.edit}}, nil
}
