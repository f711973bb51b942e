package storage

import (
	"bytes"
	"crypto/hmac"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// The buckets. Their names and sizes are all that a reader without the key
// learns of them.
const (
	bucketHeader      = "h" // the header, plain, and the seal
	bucketAccounts    = "a"
	bucketBalances    = "b" // what accounts held, day by day
	bucketCursors     = "c"
	bucketEdits       = "e"
	bucketFacts       = "f" // blocks of transactions
	bucketHoldings    = "p" // what banks told of investments
	bucketItems       = "i"
	bucketJournal     = "j"
	bucketLiabilities = "l" // and of what is owed
	bucketSettings    = "s"
	bucketStreams     = "r" // and of what recurs
	bucketTokens      = "t" // access tokens, which a list of the banks does not decrypt
	bucketTrades      = "x" // and of what happened in investment accounts
)

// The keys in bucketHeader.
const (
	keyHeader = "header"
	keySeal   = "seal"
)

// sealedBuckets lists what the seal covers, in the order of its tallies. A format
// may add some at the end.
var sealedBuckets = [...]string{
	bucketAccounts, bucketCursors, bucketEdits, bucketFacts,
	bucketItems, bucketJournal, bucketSettings, bucketTokens,
	bucketBalances,                                                 // since format 2
	bucketHoldings, bucketLiabilities, bucketTrades, bucketStreams, // since format 3
}

// bucketsOf lists the buckets that a format has.
func bucketsOf(format int) []string {
	switch format {
	case 1:
		return sealedBuckets[:8]
	case 2:
		return sealedBuckets[:9]
	}
	return sealedBuckets[:]
}

// bucketTitle says in an error what a bucket holds.
func bucketTitle(bucket string) string {
	switch bucket {
	case bucketAccounts:
		return "accounts"
	case bucketBalances:
		return "balances"
	case bucketCursors:
		return "cursors"
	case bucketEdits:
		return "edits"
	case bucketFacts:
		return "transactions"
	case bucketHoldings:
		return "holdings"
	case bucketItems:
		return "banks"
	case bucketLiabilities:
		return "liabilities"
	case bucketJournal:
		return "journal"
	case bucketSettings:
		return "settings"
	case bucketStreams:
		return "recurring streams"
	case bucketTokens:
		return "access tokens"
	case bucketTrades:
		return "investment transactions"
	}
	return "seal"
}

// fullness is how full pages are made when there is more than fits into one. Most
// values come many at once, in a first sync or a new file, and seldom in between:
// half full pages, as bbolt makes them, stay half full.
const fullness = 1.0

// A sealedTx is one transaction on the vault: every value that goes in is
// sealed and counted in the seal, every value that comes out is authenticated.
// What it returns of the file is valid until the transaction ends.
type sealedTx struct {
	*sealer
	tx      *bolt.Tx
	raw     []byte // the header as it stands in the file
	format  int
	buckets []string // of that format
	seal    seal
	dirty   bool
}

// begin reads header and seal, and refuses a file that is not the vault that
// the keys belong to, or that has a format of the past, which Open would have
// brought up to date.
func begin(tx *bolt.Tx, s *sealer) (*sealedTx, error) {
	t, err := beginOld(tx, s)
	if err == nil && t.format != formatVersion {
		return nil, ErrReplaced
	}
	return t, err
}

// beginOld is begin for a file of any format.
func beginOld(tx *bolt.Tx, s *sealer) (*sealedTx, error) {
	raw, err := rawHeader(tx)
	if err != nil {
		return nil, err
	}
	h, err := s.keys.decode(raw)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(h.VaultID, s.keys.vaultID) {
		return nil, ErrReplaced
	}
	if h.Rotation != s.keys.rotation {
		return nil, ErrRotated
	}
	value := tx.Bucket([]byte(bucketHeader)).Get([]byte(keySeal))
	plain, err := s.open(nil, bucketHeader, []byte(keySeal), value, nil)
	if err != nil {
		return nil, err
	}
	t := &sealedTx{sealer: s, tx: tx, raw: raw, format: h.Version, buckets: bucketsOf(h.Version)}
	if t.seal, err = decodeSeal(plain); err == nil && len(t.seal.tallies) != len(t.buckets) {
		err = errMalformed
	}
	if err != nil {
		return nil, fmt.Errorf("seal: %w: %w", err, ErrDamaged)
	}
	if !hmac.Equal(s.keys.mac(raw), t.seal.header) {
		return nil, fmt.Errorf("header was changed by somebody without the key: %w", ErrDamaged)
	}
	for _, b := range t.buckets {
		if tx.Bucket([]byte(b)) == nil {
			return nil, damaged("missing", b)
		}
	}
	return t, nil
}

// rawHeader returns the header as it is in the file.
func rawHeader(tx *bolt.Tx) ([]byte, error) {
	if b := tx.Bucket([]byte(bucketHeader)); b != nil {
		if raw := b.Get([]byte(keyHeader)); raw != nil {
			return raw, nil
		}
	}
	return nil, fmt.Errorf("a database of another program: %w", ErrForeign)
}

// readHeader returns the header of a file.
func readHeader(tx *bolt.Tx) (*header, error) {
	raw, err := rawHeader(tx)
	if err != nil {
		return nil, err
	}
	return decodeHeader(raw)
}

// errUnchanged rolls a transaction back in which nothing happened: it is not
// worth a commit, nor a new revision.
var errUnchanged = errors.New("nothing changed")

// end writes the seal, the last step before commit.
func (t *sealedTx) end() error {
	if !t.dirty {
		return errUnchanged
	}
	t.seal.epoch++
	return t.writeSeal()
}

func (t *sealedTx) writeSeal() error {
	value, err := t.sealer.seal(bucketHeader, []byte(keySeal), t.seal.encode(), nil)
	if err != nil {
		return err
	}
	if err := t.tx.Bucket([]byte(bucketHeader)).Put([]byte(keySeal), value); err != nil {
		return fmt.Errorf("write seal: %w", err)
	}
	return nil
}

// putHeader replaces the header, and what the seal says of it.
func (t *sealedTx) putHeader(h *header) error {
	raw, err := h.encode()
	if err != nil {
		return err
	}
	if err := t.tx.Bucket([]byte(bucketHeader)).Put([]byte(keyHeader), raw); err != nil {
		return fmt.Errorf("write header: %w", err)
	}
	t.raw, t.seal.header, t.dirty = raw, t.keys.mac(raw), true
	return nil
}

func (t *sealedTx) tally(bucket string) *tally {
	return &t.seal.tallies[slices.Index(t.buckets, bucket)]
}

// value returns a sealed value, nil if there is none.
func (t *sealedTx) value(bucket string, key []byte) []byte {
	return t.tx.Bucket([]byte(bucket)).Get(key)
}

// store puts a sealed value.
func (t *sealedTx) store(bucket string, key, value []byte) error {
	t.dirty = true
	tally := t.tally(bucket)
	if old := t.value(bucket, key); old != nil {
		tally.delete(t.sumOf(bucket, key, old))
	}
	tally.put(t.sumOf(bucket, key, value))
	b := t.tx.Bucket([]byte(bucket))
	b.FillPercent = fullness
	if err := b.Put(key, value); err != nil {
		return fmt.Errorf("write %s: %w", bucketTitle(bucket), err)
	}
	return nil
}

// erase deletes a value if there is one.
func (t *sealedTx) erase(bucket string, key []byte) error {
	old := t.value(bucket, key)
	if old == nil {
		return nil
	}
	t.dirty = true
	t.tally(bucket).delete(t.sumOf(bucket, key, old))
	if err := t.tx.Bucket([]byte(bucket)).Delete(key); err != nil {
		return fmt.Errorf("write %s: %w", bucketTitle(bucket), err)
	}
	return nil
}

// get opens the value at key, nil if there is none.
func (t *sealedTx) get(bucket string, key []byte) ([]byte, error) {
	value := t.value(bucket, key)
	if value == nil {
		return nil, nil
	}
	return t.open(nil, bucket, key, value, nil)
}

// put seals plain at key.
func (t *sealedTx) put(bucket string, key, plain []byte) error {
	value, err := t.sealer.seal(bucket, key, plain, nil)
	if err != nil {
		return err
	}
	return t.store(bucket, key, value)
}

// scan visits every sealed value of a bucket and then holds what it saw against
// the seal: a value that is missing, added, or an older one is noticed. Keys
// must ascend: in a damaged tree a walk can go in circles.
func (t *sealedTx) scan(bucket string, visit func(key, value []byte) error) error {
	want := t.tally(bucket)
	var have tally
	var last []byte
	c := t.tx.Bucket([]byte(bucket)).Cursor()
	for key, value := c.First(); key != nil; key, value = c.Next() {
		if value == nil || last != nil && bytes.Compare(last, key) >= 0 || have.count == want.count {
			return damaged("values out of order", bucket)
		}
		last = append(last[:0], key...)
		have.put(t.sumOf(bucket, key, value))
		if err := visit(key, value); err != nil {
			return err
		}
	}
	if have != *want {
		return damaged("values missing or out of date", bucket)
	}
	return nil
}

// each is scan with the values opened.
func (t *sealedTx) each(bucket string, visit func(key, plain []byte) error) error {
	return t.scan(bucket, func(key, value []byte) error {
		plain, err := t.open(nil, bucket, key, value, nil)
		if err != nil {
			return err
		}
		return visit(key, plain)
	})
}

// next returns the key of the next entry of the journal, whose keys are its
// numbers: they tell how long it is, as the size of the file does.
func (t *sealedTx) next(bucket string) []byte {
	last, _ := t.tx.Bucket([]byte(bucket)).Cursor().Last()
	if len(last) != 8 {
		return binary.BigEndian.AppendUint64(nil, 1)
	}
	return binary.BigEndian.AppendUint64(nil, binary.BigEndian.Uint64(last)+1)
}
