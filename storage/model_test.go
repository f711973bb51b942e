package storage_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

// A model is a vault as plain maps: what the documentation of storage says,
// without blocks, seals and files.
type model struct {
	cursors map[ledger.ItemID]string
	rows    map[ledger.TransactionID]ledger.Transaction
	owners  map[ledger.TransactionID]ledger.ItemID // of rows
	edits   ledger.Edits
	waiting map[ledger.TransactionID]ledger.ItemID // edits of rows that are gone
	carried map[ledger.TransactionID]ledger.ItemID // rows that an automatic change told of
}

func newModel() *model {
	return &model{
		cursors: make(map[ledger.ItemID]string),
		rows:    make(map[ledger.TransactionID]ledger.Transaction),
		owners:  make(map[ledger.TransactionID]ledger.ItemID),
		edits:   make(ledger.Edits),
		waiting: make(map[ledger.TransactionID]ledger.ItemID),
		carried: make(map[ledger.TransactionID]ledger.ItemID),
	}
}

func (m *model) remove(id ledger.TransactionID) []ledger.Transaction {
	r, owner := m.rows[id], m.owners[id]
	delete(m.rows, id)
	delete(m.owners, id)
	if m.edits[id].IsZero() {
		return nil
	}
	m.waiting[id] = owner
	if !r.Pending {
		return nil
	}
	return []ledger.Transaction{r}
}

func (m *model) apply(d ledger.Delta) ledger.Applied {
	var applied ledger.Applied
	var gone, added []ledger.Transaction
	drop := slices.Clone(d.Removed)
	if d.Replace {
		for id, owner := range m.owners {
			if owner == d.Item && !slices.ContainsFunc(d.Upserts, func(t ledger.Transaction) bool { return t.ID == id }) {
				drop = append(drop, id)
			}
		}
	}
	for _, id := range drop {
		if _, ok := m.rows[id]; ok {
			applied.Removed++
			gone = append(gone, m.remove(id)...)
		}
	}
	for _, r := range d.Upserts {
		old, ok := m.rows[r.ID]
		switch {
		case !ok:
			applied.Added++
			added = append(added, r)
		case old != r:
			applied.Modified++
		}
		m.rows[r.ID], m.owners[r.ID] = r, d.Item
	}
	m.carry(d.Item, gone, added)
	m.cursors[d.Item] = d.Next
	return applied
}

func (m *model) carry(item ledger.ItemID, gone, added []ledger.Transaction) {
	for _, r := range added {
		if id := r.PendingID; id != "" && !m.edits[id].IsZero() &&
			!slices.ContainsFunc(gone, func(t ledger.Transaction) bool { return t.ID == id }) {
			gone = append(gone, ledger.Transaction{ID: id, Account: r.Account, Pending: true})
		}
	}
	slices.SortFunc(gone, func(a, b ledger.Transaction) int { return cmp.Compare(a.ID, b.ID) })
	moves := ledger.Carry(gone, added)
	for _, from := range gone {
		to, ok := moves[from.ID]
		if !ok || !m.edits[to].IsZero() {
			continue
		}
		m.edits[to] = m.edits[from.ID]
		m.forget(from.ID)
		m.carried[from.ID], m.carried[to] = item, item
	}
}

func (m *model) forget(id ledger.TransactionID) {
	delete(m.edits, id)
	delete(m.waiting, id)
}

func (m *model) edit(edits ledger.Edits) {
	for id, e := range edits {
		if e.IsZero() {
			m.forget(id)
		} else {
			m.edits[id] = e
		}
	}
}

// removeItem erases a bank, and with it what was said of its rows: of those
// there are, those that are gone, and those whose edits were carried on.
func (m *model) removeItem(item ledger.ItemID) {
	delete(m.cursors, item)
	for _, owners := range []map[ledger.TransactionID]ledger.ItemID{m.owners, maps.Clone(m.waiting), m.carried} {
		for id, owner := range owners {
			if owner == item {
				m.forget(id)
			}
		}
	}
	for id, owner := range m.owners {
		if owner == item {
			delete(m.rows, id)
			delete(m.owners, id)
		}
	}
	for id, owner := range m.carried {
		if owner == item {
			delete(m.carried, id)
		}
	}
}

// drawRow makes a row out of so few possibilities that rows meet each other.
func drawRow(t *rapid.T, id ledger.TransactionID) ledger.Transaction {
	r := ledger.Transaction{
		ID:      id,
		Account: rapid.SampledFrom([]ledger.AccountID{"checking", "card"}).Draw(t, "account"),
		Pending: rapid.Bool().Draw(t, "pending"),
		Date:    ledger.NewDate(2026, 1, rapid.IntRange(20, 40).Draw(t, "day")),
		Amount:  ledger.NewAmount(rapid.Int64Range(-2, 2).Draw(t, "amount"), usd),
		Name:    rapid.SampledFrom([]string{"COFFEE BAR", "RENT"}).Draw(t, "name"),
	}
	if !r.Pending && rapid.Bool().Draw(t, "named") {
		r.PendingID = drawID(t, ledger.ItemID(id[:1]))
	}
	return r
}

var banks = []ledger.ItemID{"x", "y"}

func drawBank(t *rapid.T) ledger.ItemID { return rapid.SampledFrom(banks).Draw(t, "bank") }

// drawID names one of a few rows of a bank.
func drawID(t *rapid.T, bank ledger.ItemID) ledger.TransactionID {
	return ledger.TransactionID(fmt.Sprintf("%s%02d", bank, rapid.IntRange(0, 15).Draw(t, "row")))
}

func drawDelta(t *rapid.T, m *model) ledger.Delta {
	d := ledger.Delta{Item: drawBank(t), At: noon}
	d.From = m.cursors[d.Item]
	d.Next = rapid.StringMatching(`c[0-9]`).Draw(t, "next")
	d.Replace = rapid.IntRange(0, 9).Draw(t, "replace") == 0
	used := make(map[ledger.TransactionID]bool)
	for range rapid.IntRange(0, 6).Draw(t, "rows") {
		id := drawID(t, d.Item)
		if used[id] {
			continue
		}
		used[id] = true
		if rapid.Bool().Draw(t, "remove") {
			d.Removed = append(d.Removed, id)
		} else {
			d.Upserts = append(d.Upserts, drawRow(t, id))
		}
	}
	return d
}

// Whatever banks, syncs and users do, in whatever order: the vault has what the
// plain maps have, and counts what they count.
func TestVaultIsWhatItsModelIs(t *testing.T) {
	dir := t.TempDir()
	round := 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		v, err := storage.Create(t.Context(), fmt.Sprint(dir, "/", round), fileKey(1), testOptions())
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		m := newModel()
		link := func(bank ledger.ItemID) {
			if err := v.AddItem(t.Context(), ledger.Item{ID: bank, Name: string(bank)}, secret.New("token")); err != nil {
				t.Fatal(err)
			}
			m.cursors[bank] = ""
		}
		for _, bank := range banks {
			link(bank)
		}
		sync := func(t *rapid.T) {
			d := drawDelta(t, m)
			got, err := v.Apply(t.Context(), d)
			if want := m.apply(d); err != nil || got != want {
				t.Fatalf("applied %+v, %v, want %+v", got, err, want)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"sync": sync, "sync again": sync, "sync more": sync,
			"edit": func(t *rapid.T) {
				edits := make(ledger.Edits)
				for range rapid.IntRange(1, 3).Draw(t, "edits") {
					edits[drawID(t, drawBank(t))] = ledger.Edit{
						Category: rapid.SampledFrom([]ledger.Category{"", "Party", "Work"}).Draw(t, "category"),
					}
				}
				if err := v.Edit(t.Context(), edits); err != nil {
					t.Fatal(err)
				}
				m.edit(edits)
			},
			"remove a bank": func(t *rapid.T) {
				if rapid.IntRange(0, 3).Draw(t, "really") > 0 {
					t.Skip("seldom")
				}
				bank := drawBank(t)
				if err := v.RemoveItem(t.Context(), bank); err != nil {
					t.Fatal(err)
				}
				m.removeItem(bank)
				link(bank)
			},
			"": func(t *rapid.T) { compare(t, v, m) },
		})
	})
}

func compare(t *rapid.T, v *storage.Vault, m *model) {
	ctx := t.Context()
	b, err := v.Book(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got := rowsOf(b); !maps.Equal(got, m.rows) {
		t.Fatalf("rows %+v, want %+v", got, m.rows)
	}
	edits, err := v.Edits(ctx)
	if err != nil || !maps.Equal(edits, m.edits) {
		t.Fatalf("edits %+v, %v, want %+v", edits, err, m.edits)
	}
	for id := range m.rows {
		r, ok := b.Find(id)
		if !ok || b.Entry(r).Edit != m.edits[id] {
			t.Fatalf("row %s shows %+v, want %+v", id, b.Entry(r).Edit, m.edits[id])
		}
	}
	for bank, want := range m.cursors {
		if got, err := v.Cursor(ctx, bank); got != want || err != nil {
			t.Fatalf("cursor of %s: %q, %v, want %q", bank, got, err, want)
		}
	}
	if err := v.Verify(ctx); err != nil {
		t.Fatal(err)
	}
}
