package storage

import (
	"context"
	"maps"
	"slices"

	"coffer/internal/secret"
	"coffer/ledger"
)

const intentsV1 = 1

// nameIntents is a name in bucketSettings.
const nameIntents = "intents"

// Intents returns what SetIntent stored, by id.
func (v *Vault) Intents(ctx context.Context) (map[string]secret.Text, error) {
	var all map[string]secret.Text
	err := v.view(ctx, func(t *sealedTx) (err error) {
		all, err = t.intents()
		return err
	})
	return all, wrap("read what was begun", err)
}

// SetIntent stores what somebody is about to do, before they do it: should the program
// die meanwhile, the next one finds it. An empty text takes it away.
func (v *Vault) SetIntent(ctx context.Context, id string, text secret.Text) error {
	return wrap("store what is begun", v.update(ctx, func(t *sealedTx) error { return t.setIntent(id, text) }))
}

// Fulfil is AddItem for the bank that an intent led to, and takes that away: both or
// neither.
func (v *Vault) Fulfil(ctx context.Context, id string, item ledger.Item, token secret.Text) error {
	return wrap("store bank", v.update(ctx, func(t *sealedTx) error {
		if err := t.setIntent(id, secret.Text{}); err != nil {
			return err
		}
		return t.addItem(item, token)
	}))
}

func (t *sealedTx) intents() (map[string]secret.Text, error) {
	plain, err := t.get(bucketSettings, t.nameOf(bucketSettings, nameIntents))
	if err != nil || plain == nil {
		return nil, err
	}
	all, err := decodeIntents(plain)
	return all, malformed(bucketSettings, err)
}

func (t *sealedTx) setIntent(id string, text secret.Text) error {
	all, err := t.intents()
	if err != nil {
		return err
	}
	_, known := all[id]
	switch {
	case text.Empty() && !known:
		return nil
	case text.Empty():
		delete(all, id)
	default:
		if all == nil {
			all = make(map[string]secret.Text)
		}
		all[id] = text
	}
	key := t.nameOf(bucketSettings, nameIntents)
	if len(all) == 0 {
		return t.erase(bucketSettings, key)
	}
	return t.put(bucketSettings, key, encodeIntents(all))
}

func encodeIntents(all map[string]secret.Text) []byte {
	var e encoder
	e.byte(intentsV1)
	e.uint(uint64(len(all)))
	for _, id := range slices.Sorted(maps.Keys(all)) {
		e.text(id)
		e.text(all[id].Reveal())
	}
	return e.buf
}

func decodeIntents(b []byte) (map[string]secret.Text, error) {
	d := decoder{in: b}
	d.version(intentsV1)
	all := make(map[string]secret.Text)
	for range d.count() {
		id := d.text()
		all[id] = secret.New(d.text())
	}
	return all, d.done()
}
