package storage

import (
	"context"
	"maps"
	"slices"

	"coffer/ledger"
)

const linkedV1 = 1

// nameLinked is a name in bucketSettings.
const nameLinked = "linked"

// Linked counts the banks that were ever linked in an environment from this vault, the
// removed ones too: some plans of Plaid's count so.
func (v *Vault) Linked(ctx context.Context, environment string) (int, error) {
	n := 0
	err := v.view(ctx, func(t *sealedTx) (err error) {
		n, _, err = t.linked(environment)
		return err
	})
	return n, wrap("count banks", err)
}

// linked returns the count of one environment, and those that are stored. Vaults of
// before it was stored know of the banks that are there.
func (t *sealedTx) linked(environment string) (int, map[string]uint64, error) {
	plain, err := t.get(bucketSettings, t.nameOf(bucketSettings, nameLinked))
	if err != nil {
		return 0, nil, err
	}
	stored := make(map[string]uint64)
	if plain != nil {
		if stored, err = decodeLinked(plain); err != nil {
			return 0, nil, malformed(bucketSettings, err)
		}
	}
	items, err := t.items()
	there := len(slices.DeleteFunc(items, func(i ledger.Item) bool { return i.Environment != environment }))
	return max(int(stored[environment]), there), stored, err
}

// countLinked counts one more. It is called before the bank is stored.
func (t *sealedTx) countLinked(item ledger.Item) error {
	if t.value(bucketItems, t.nameOf(bucketItems, string(item.ID))) != nil {
		return nil // it is linked anew, and the same to Plaid
	}
	n, stored, err := t.linked(item.Environment)
	if err != nil {
		return err
	}
	stored[item.Environment] = uint64(n) + 1
	return t.put(bucketSettings, t.nameOf(bucketSettings, nameLinked), encodeLinked(stored))
}

func encodeLinked(counts map[string]uint64) []byte {
	var e encoder
	e.byte(linkedV1)
	e.uint(uint64(len(counts)))
	for _, environment := range slices.Sorted(maps.Keys(counts)) {
		e.text(environment)
		e.uint(counts[environment])
	}
	return e.buf
}

func decodeLinked(b []byte) (map[string]uint64, error) {
	d := decoder{in: b}
	d.version(linkedV1)
	counts := make(map[string]uint64)
	for range d.count() {
		environment := d.text()
		counts[environment] = d.uint()
	}
	return counts, d.done()
}
