package storage

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
)

// A Description is what everybody can tell of a vault who has the file.
type Description struct {
	ID     string // hexadecimal: the vault's own, which it keeps for life
	Format int
	Slots  []Slot
}

// Describe tells what can be told of the vault in dir without opening it: how it
// can be opened above all. Nobody vouches for it before it is open. The errors
// are those of [Open], ErrWrongKey excepted.
func Describe(ctx context.Context, dir string, o Options) (Description, error) {
	v := &Vault{dir: dir, o: o.withDefaults()}
	h, err := v.readHeader(ctx)
	if err != nil {
		return Description{}, wrap("describe vault", err)
	}
	return h.describe(), nil
}

// DescribeCopy is Describe for a copy of a vault, wherever it lies.
func DescribeCopy(path string) (Description, error) {
	h, err := readCopyHeader(path)
	if err != nil {
		return Description{}, wrap("describe copy", err)
	}
	return h.describe(), nil
}

func (h *header) describe() Description {
	d := Description{ID: hex.EncodeToString(h.VaultID), Format: h.Version}
	for i := range h.Slots {
		d.Slots = append(d.Slots, h.Slots[i].public())
	}
	return d
}

// AddUnlocker lets more open the vault too. have is one that opens it already:
// the vault key is not kept in memory. The errors are ErrWrongKey for have,
// ErrShortPassphrase for more.
func (v *Vault) AddUnlocker(ctx context.Context, have, more Unlocker) (Slot, error) {
	var made Slot
	err := v.withSlot(ctx, have, more, func(_ int, s slot, was *header) error {
		made = s.public()
		return v.update(ctx, func(t *sealedTx) error {
			h, err := t.unchanged(was)
			if err != nil {
				return err
			}
			h.Slots = append(h.Slots, s)
			return t.putHeader(h)
		})
	})
	return made, wrap("add a way to unlock", err)
}

// ReplaceUnlocker puts with in the place of have: a new passphrase for the old
// one. The file is written anew, so that the old one opens nothing that is left
// in it, and the copies beside it are replaced by a new one. Copies elsewhere still
// open with the old one: who has one and knows the old one is kept out by nothing,
// and by [Vault.Rotate] only of what comes later.
func (v *Vault) ReplaceUnlocker(ctx context.Context, have, with Unlocker) error {
	return wrap("change a way to unlock", v.withSlot(ctx, have, with, func(at int, s slot, was *header) error {
		return v.rewriteHeader(ctx, func(t *sealedTx) (*header, error) {
			h, err := t.unchanged(was)
			if err == nil {
				h.Slots[at] = s
			}
			return h, err
		})
	}))
}

// withSlot opens the vault key with have, seals it for u, and hands over the new
// slot, the place of have's, and the header that both belong to. The lock is not
// held meanwhile: passphrases take long.
func (v *Vault) withSlot(ctx context.Context, have, u Unlocker, fn func(at int, s slot, h *header) error) error {
	h, err := v.readHeader(ctx)
	if err != nil {
		return err
	}
	vaultKey, at, err := h.unlock(have)
	if err != nil {
		return err
	}
	defer clear(vaultKey)
	s, err := v.newSlot(h, u, vaultKey)
	if err != nil {
		return err
	}
	return fn(at, s, h)
}

// RemoveUnlocker takes away the slot with an id of [Description]. The file is
// written anew, so that nothing is left of the slot in it. A vault that only the
// keyring could open is refused with ErrLastUnlocker: a keyring does not outlive
// its machine. The error is ErrNoUnlocker for an id that is none.
func (v *Vault) RemoveUnlocker(ctx context.Context, id string) error {
	return wrap("remove a way to unlock", v.rewriteHeader(ctx, func(t *sealedTx) (*header, error) {
		h, err := decodeHeader(t.raw)
		if err != nil {
			return nil, err
		}
		n := len(h.Slots)
		h.Slots = slices.DeleteFunc(h.Slots, func(s slot) bool { return hex.EncodeToString(s.ID) == id })
		switch {
		case len(h.Slots) == n:
			return nil, fmt.Errorf("%q: %w", id, ErrNoUnlocker)
		case !slices.ContainsFunc(h.Slots, func(s slot) bool { return s.Kind != ByKeyring }):
			return nil, ErrLastUnlocker
		}
		return h, nil
	}))
}

// rewriteHeader writes the file anew with another header and the same keys, and
// the copies beside it.
func (v *Vault) rewriteHeader(ctx context.Context, change func(*sealedTx) (*header, error)) error {
	return v.locked(ctx, true, func(s *sealer) error {
		err := v.rewrite(ctx, s, func(t *sealedTx) (draft, error) {
			h, err := change(t)
			if err != nil {
				return draft{}, err
			}
			raw, err := h.encode()
			return draft{sealer: s, header: raw, keep: keepAll}, err
		})
		return cmp.Or(err, v.renewCopies(ctx, s))
	})
}

// unchanged returns the header as it is, and ErrRotated if it is not what it was:
// somebody else changed the slots since.
func (t *sealedTx) unchanged(was *header) (*header, error) {
	raw, err := was.encode()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(raw, t.raw) {
		return nil, ErrRotated
	}
	return decodeHeader(t.raw)
}
