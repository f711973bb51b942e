package storage

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"

	"coffer/ledger"
)

// A blockID names a block: the rows of one account in one month. The bank is
// part of it, so that all of a bank's rows can be found when it goes, those of
// an account that it no longer lists too.
type blockID struct {
	item    ledger.ItemID
	account ledger.AccountID
	month   ledger.Month
}

// key returns the key of a block in bucketFacts.
func (s *sealer) blockKey(id blockID) []byte {
	return s.nameOf(bucketFacts, string(id.item), string(id.account), id.month.String())
}

const indexV1 = 1

// An index says what a block is and which rows it may have. It is sealed apart
// from the rows, small and not packed, so that the place of a row is found
// without opening them all.
type index struct {
	id    blockID
	marks []byte // markSize bytes of a hash of each row's id, in the order of rows
}

const markSize = 4

// mark hashes the id of a row (FNV-1a). Marks may meet by chance or on purpose;
// then a block is opened in vain.
func mark(id ledger.TransactionID) uint32 {
	h := uint32(2166136261)
	for i := range len(id) {
		h = (h ^ uint32(id[i])) * 16777619
	}
	return h
}

func (x *index) rows() int { return len(x.marks) / markSize }

func encodeIndex(id blockID, rows []ledger.Transaction) []byte {
	var e encoder
	e.byte(indexV1)
	e.text(string(id.item))
	e.text(string(id.account))
	e.int(int64(id.month.First().Days()))
	e.uint(uint64(len(rows)) * markSize)
	for i := range rows {
		e.buf = binary.LittleEndian.AppendUint32(e.buf, mark(rows[i].ID))
	}
	return e.buf
}

func decodeIndex(b []byte) (index, error) {
	d := decoder{in: b}
	d.version(indexV1)
	x := index{id: blockID{
		item:    ledger.ItemID(d.text()),
		account: ledger.AccountID(d.text()),
		month:   ledger.DateFromDays(d.int32()).Month(),
	}}
	x.marks = d.section()
	if len(x.marks)%markSize != 0 {
		d.fail()
	}
	return x, d.done()
}

// sealBlock makes the value of a block: the length of its sealed index, the
// index, and the rows, which are bound to that index.
func (s *sealer) sealBlock(key []byte, id blockID, rows []ledger.Transaction) ([]byte, error) {
	slices.SortFunc(rows, func(a, b ledger.Transaction) int {
		return cmp.Or(b.Date.Compare(a.Date), cmp.Compare(a.ID, b.ID))
	})
	head, err := s.seal(bucketFacts, key, encodeIndex(id, rows), nil)
	if err != nil {
		return nil, err
	}
	packed := s.zip.pack(encodeRows(id.month, rows))
	body, err := s.seal(bucketFacts, key, packed, head)
	if err != nil {
		return nil, err
	}
	return joinBlock(head, body), nil
}

// joinBlock makes one value of a block's two sealed parts.
func joinBlock(head, body []byte) []byte {
	value := make([]byte, 0, 4+len(head)+len(body))
	value = binary.BigEndian.AppendUint32(value, uint32(len(head)))
	value = append(value, head...)
	return append(value, body...)
}

// splitBlock returns a block's two sealed parts.
func splitBlock(value []byte) (head, body []byte, err error) {
	if len(value) >= 4 {
		n, rest := uint64(binary.BigEndian.Uint32(value)), value[4:]
		if n <= uint64(len(rest)) {
			return rest[:n], rest[n:], nil
		}
	}
	return nil, nil, damaged("block cut short", bucketFacts)
}

// openIndex opens the index of a block.
func (s *sealer) openIndex(key, value []byte) (index, error) {
	head, _, err := splitBlock(value)
	if err != nil {
		return index{}, err
	}
	plain, err := s.open(nil, bucketFacts, key, head, nil)
	if err != nil {
		return index{}, err
	}
	x, err := decodeIndex(plain)
	if err != nil {
		return index{}, fmt.Errorf("index of a block: %w: %w", err, ErrDamaged)
	}
	return x, nil
}

// A storedBlock is a block in the file.
type storedBlock struct {
	index
	key, value []byte
}

// blocks lists the blocks in the file with their indexes open.
func (t *sealedTx) blocks() ([]storedBlock, error) {
	list := make([]storedBlock, 0, t.tally(bucketFacts).count)
	err := t.scan(bucketFacts, func(key, value []byte) error {
		x, err := t.openIndex(key, value)
		if err != nil {
			return err
		}
		list = append(list, storedBlock{x, key, value})
		return nil
	})
	return list, err
}

// An unpacker opens the rows of blocks, one after the other, in buffers that it
// keeps.
type unpacker struct {
	*sealer
	sealed, columns []byte
	rowReader
}

// read opens a block, whose rows next gives out.
func (u *unpacker) read(b *storedBlock) error {
	head, body, err := splitBlock(b.value)
	if err != nil {
		return err
	}
	plain, err := u.open(u.sealed, bucketFacts, b.key, body, head)
	if err != nil {
		return err
	}
	u.sealed = plain
	if u.columns, err = u.zip.unpack(u.columns, plain); err == nil {
		err = u.reset(b.id.account, u.columns, b.index.rows())
	}
	if err != nil {
		return fmt.Errorf("rows of a block: %w: %w", err, ErrDamaged)
	}
	return nil
}

// rows appends the rows of b to those of into.
func (u *unpacker) rows(b *storedBlock, into []ledger.Transaction) ([]ledger.Transaction, error) {
	if err := u.read(b); err != nil {
		return into, err
	}
	return u.appendTo(into), nil
}
