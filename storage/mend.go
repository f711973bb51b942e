package storage

import (
	"maps"
	"slices"
	"time"

	"coffer/ledger"
)

// mend makes of what was kept something that is a vault: what can be told from
// other values is, no row is in two places, and a bank whose rows are not certain
// to be all there starts again from the beginning.
func (r *recovery) mend() error {
	if !r.whole[bucketEdits] {
		if err := r.mendEdits(); err != nil {
			return err
		}
	}
	if !r.whole[bucketFacts] {
		if err := r.mendRows(); err != nil {
			return err
		}
	}
	return r.mendItems()
}

// put makes a value in the place of what was kept.
func (r *recovery) put(bucket string, key, plain []byte, from origin) error {
	value, err := r.sealer.seal(bucket, key, plain, nil)
	if err == nil {
		r.kept[bucket][string(key)] = relic{bucket: bucket, key: key, value: value, origin: from}
	}
	return err
}

// plain opens a value that was kept, nil if there is none.
func (r *recovery) plain(bucket string, key []byte) []byte {
	x, ok := r.kept[bucket][string(key)]
	if !ok {
		return nil
	}
	plain, _ := r.open(nil, bucket, x.key, x.value, nil) // it opened before
	return plain
}

// mendEdits takes from the journal what the user said last of each row. If the
// journal is whole that is all there is to know; if not, it is better than what
// lay about.
func (r *recovery) mendEdits() error {
	last := make(map[ledger.TransactionID]ledger.Edit)
	for _, key := range slices.Sorted(maps.Keys(r.kept[bucketJournal])) {
		e, _ := decodeEntry(r.plain(bucketJournal, []byte(key)))
		for _, c := range e.changes {
			last[c.id] = c.after
		}
	}
	for key, x := range maps.Clone(r.kept[bucketEdits]) {
		o, _ := decodeOverlay(r.plain(bucketEdits, []byte(key)))
		said, told := last[o.id]
		if x.origin == inPlace && !r.whole[bucketJournal] || said == o.edit || !told && !r.whole[bucketJournal] {
			delete(last, o.id)
			continue
		}
		delete(r.kept[bucketEdits], key)
	}
	for id, said := range last {
		if said.IsZero() {
			continue
		}
		if err := r.put(bucketEdits, r.nameOf(bucketEdits, string(id)), encodeOverlay(overlay{id: id, edit: said}), mended); err != nil {
			return err
		}
	}
	return nil
}

// mendRows leaves each row in one block: the one in the best place.
func (r *recovery) mendRows() error {
	blocks := slices.Collect(maps.Values(r.kept[bucketFacts]))
	slices.SortFunc(blocks, func(a, b relic) int {
		if a.origin != b.origin {
			return int(a.origin - b.origin)
		}
		return a.index.id.month.Compare(b.index.id.month)
	})
	seen := make(map[ledger.TransactionID]bool)
	for _, x := range blocks {
		rows, err := r.read(&x)
		if err != nil {
			return err
		}
		n := len(rows)
		rows = slices.DeleteFunc(rows, func(t ledger.Transaction) bool { return seen[t.ID] })
		for i := range rows {
			seen[rows[i].ID] = true
		}
		switch len(rows) {
		case n:
			continue
		case 0:
			delete(r.kept[bucketFacts], string(x.key))
			continue
		}
		if x.value, err = r.sealBlock(x.key, x.index.id, rows); err != nil {
			return err
		}
		if x.index, err = r.openIndex(x.key, x.value); err != nil {
			return err
		}
		r.kept[bucketFacts][string(x.key)] = x
	}
	return nil
}

// mustAgain reports whether transactions may be missing, or where the next sync
// would start.
func (r *recovery) mustAgain() bool { return !r.whole[bucketFacts] || !r.whole[bucketCursors] }

// mendItems gives every bank that anything tells of what a bank has. The next sync
// asks it for its name, and, where rows or cursors may be missing, for its whole
// history.
func (r *recovery) mendItems() error {
	again := r.mustAgain()
	for id, synced := range r.knownItems() {
		key := r.nameOf(bucketItems, string(id))
		token := r.nameOf(bucketTokens, string(id))
		cursor := r.nameOf(bucketCursors, string(id))
		item := ledger.Item{ID: id, Environment: r.environment(), State: ledger.ItemOK, LastSync: synced}
		plain := r.plain(bucketItems, key)
		if plain != nil {
			item, _ = decodeItem(plain)
		}
		was := item
		if r.plain(bucketTokens, token) == nil {
			item.State = ledger.ItemRevoked
			if err := r.put(bucketTokens, token, encodeText(""), blank); err != nil {
				return err
			}
		}
		if plain == nil || item != was {
			if err := r.put(bucketItems, key, encodeItem(item), mended); err != nil {
				return err
			}
		}
		if again || r.plain(bucketCursors, cursor) == nil {
			if err := r.put(bucketCursors, cursor, encodeText(""), blank); err != nil {
				return err
			}
		}
	}
	return nil
}

// knownItems are the banks that anything tells of, and when they were synced at
// least: a bank that was is asked for its whole history when it has no cursor.
func (r *recovery) knownItems() map[ledger.ItemID]time.Time {
	known := make(map[ledger.ItemID]time.Time)
	note := func(id ledger.ItemID, at time.Time) {
		if was, there := known[id]; !there || at.After(was) {
			known[id] = at
		}
	}
	for _, x := range r.kept[bucketFacts] {
		note(x.index.id.item, time.Unix(0, 0).UTC())
	}
	for key := range r.kept[bucketAccounts] {
		a, _ := decodeAccount(r.plain(bucketAccounts, []byte(key)))
		note(a.Item, a.Balance.AsOf)
	}
	for key := range r.kept[bucketItems] {
		i, _ := decodeItem(r.plain(bucketItems, []byte(key)))
		note(i.ID, i.LastSync)
	}
	for _, bucket := range tellingBuckets {
		for key := range r.kept[bucket] {
			told, _ := toldBy(bucket, r.plain(bucket, []byte(key)))
			note(told.Item, told.At)
		}
	}
	return known
}

// environment is that of the banks that are known, else that of the credentials.
func (r *recovery) environment() string {
	for key := range r.kept[bucketItems] {
		if i, _ := decodeItem(r.plain(bucketItems, []byte(key))); i.Environment != "" {
			return i.Environment
		}
	}
	c, _ := decodeCredentials(r.plain(bucketSettings, r.nameOf(bucketSettings, nameCredentials)))
	return c.Environment
}
