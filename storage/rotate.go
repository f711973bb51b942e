package storage

import (
	"context"
	"fmt"
	"io"
)

// Rotate gives the vault a new key and seals everything in it again, into a new
// file that takes the old one's place at one instant: interrupted before, it has
// done nothing and can be done again. Every way to unlock the vault must be
// among have, for the new key has to be sealed for each; ErrNotGiven names one
// that is missing. Whoever has the vault open elsewhere gets ErrRotated and has to
// unlock it again. A copy is put aside before, and when all is done the copies
// beside the vault are replaced by one with the new key. What a copy elsewhere
// tells, it still tells.
func (v *Vault) Rotate(ctx context.Context, have ...Unlocker) error {
	return wrap("rotate keys", v.rotate(ctx, have))
}

func (v *Vault) rotate(ctx context.Context, have []Unlocker) error {
	was, err := v.readHeader(ctx)
	if err != nil {
		return err
	}
	vaultKey := make([]byte, keySize)
	defer clear(vaultKey)
	if _, err := io.ReadFull(v.o.Random, vaultKey); err != nil {
		return fmt.Errorf("draw a key: %w", err)
	}
	next, err := v.rewrap(was, have, vaultKey)
	if err != nil {
		return err
	}
	keys, err := deriveKeys(vaultKey, next)
	if err != nil {
		return err
	}
	// Nobody may use the old keys of this Vault once the file has new ones.
	v.mu.Lock()
	defer v.mu.Unlock()
	err = v.hold(ctx, true, func(s *sealer) error {
		if err := v.keepCopy(ctx, s, copyRotation); err != nil {
			return err
		}
		return v.rewrite(ctx, s, func(t *sealedTx) (draft, error) { return v.reseal(t, was, next, keys) })
	})
	if err != nil {
		keys.forget()
		return err
	}
	v.keys.forget()
	v.keys = keys
	return v.hold(ctx, true, func(s *sealer) error { return v.renewCopies(ctx, s) })
}

// rewrap makes the header of the new key, with a slot for each of the old ones.
func (v *Vault) rewrap(was *header, have []Unlocker, vaultKey []byte) (*header, error) {
	next := &header{Version: was.Version, VaultID: was.VaultID, Rotation: was.Rotation + 1}
	for i := range was.Slots {
		u, err := was.opener(&was.Slots[i], have)
		if err != nil {
			return nil, err
		}
		s, err := v.newSlot(next, u, vaultKey)
		if err != nil {
			return nil, err
		}
		s.Created = was.Slots[i].Created
		next.Slots = append(next.Slots, s)
	}
	return next, nil
}

// opener finds who opens a slot.
func (h *header) opener(s *slot, have []Unlocker) (Unlocker, error) {
	only := header{VaultID: h.VaultID, Slots: []slot{*s}}
	for _, u := range have {
		if u.kind() != s.Kind {
			continue
		}
		if key, _, err := only.unlock(u); err == nil {
			clear(key)
			return u, nil
		}
	}
	return nil, fmt.Errorf("%s %x: %w", s.Kind, s.ID, ErrNotGiven)
}

// reseal drafts a file in which every value lies under a new name and a new
// seal.
func (v *Vault) reseal(t *sealedTx, was, next *header, keys *keys) (draft, error) {
	if _, err := t.unchanged(was); err != nil {
		return draft{}, err
	}
	to, err := keys.sealer(v.zip, v.o.Random)
	if err != nil {
		return draft{}, err
	}
	names, err := t.renames(to)
	if err != nil {
		return draft{}, err
	}
	raw, err := next.encode()
	keep := func(bucket string, key, value []byte) ([]byte, []byte, error) {
		if bucket != bucketJournal { // whose keys are numbers
			name, known := names[bucket+string(key)]
			if !known {
				return nil, nil, damaged("value that nothing refers to", bucket)
			}
			value, err := t.resealed(to, bucket, key, name, value)
			return name, value, err
		}
		value, err := t.resealed(to, bucket, key, key, value)
		return key, value, err
	}
	return draft{sealer: to, header: raw, keep: keep}, err
}

// resealed opens a value and seals it again for another place.
func (t *sealedTx) resealed(to *sealer, bucket string, key, name, value []byte) ([]byte, error) {
	if bucket != bucketFacts {
		plain, err := t.open(nil, bucket, key, value, nil)
		if err != nil {
			return nil, err
		}
		defer clear(plain)
		return to.seal(bucket, name, plain, nil)
	}
	head, body, err := splitBlock(value)
	if err != nil {
		return nil, err
	}
	index, err := t.open(nil, bucket, key, head, nil)
	if err != nil {
		return nil, err
	}
	rows, err := t.open(nil, bucket, key, body, head)
	if err != nil {
		return nil, err
	}
	if head, err = to.seal(bucket, name, index, nil); err != nil {
		return nil, err
	}
	if body, err = to.seal(bucket, name, rows, head); err != nil {
		return nil, err
	}
	return joinBlock(head, body), nil
}

// renames maps every name in the file, after its bucket, to what another sealer
// calls it.
func (t *sealedTx) renames(to *sealer) (map[string][]byte, error) {
	names := make(map[string][]byte)
	rename := func(bucket string, parts ...string) {
		names[bucket+string(t.nameOf(bucket, parts...))] = to.nameOf(bucket, parts...)
	}
	items, err := t.items()
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		for _, bucket := range itemBuckets {
			rename(bucket, string(item.ID))
		}
	}
	accounts, err := t.accounts()
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		rename(bucketAccounts, string(a.ID))
	}
	edits, err := t.edits()
	if err != nil {
		return nil, err
	}
	for id := range edits {
		rename(bucketEdits, string(id))
	}
	blocks, err := t.blocks()
	if err != nil {
		return nil, err
	}
	for _, b := range blocks {
		names[bucketFacts+string(b.key)] = to.blockKey(b.id)
	}
	err = t.eachBalances(func(m balanceMonth) {
		names[bucketBalances+string(t.balancesKey(m.account, m.month))] = to.balancesKey(m.account, m.month)
	})
	rename(bucketSettings, nameCredentials)
	rename(bucketSettings, nameIntents)
	rename(bucketSettings, nameLinked)
	return names, err
}
