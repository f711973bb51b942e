package storage

import (
	"encoding/binary"
	"slices"

	"coffer/ledger"
)

// A rowReader reads the rows of one block. It takes whole columns apart at first, which
// is quicker than a number at a time, and finds what does not decode before it gives out
// a row. The texts of rows are parts of one string. It can be used again.
type rowReader struct {
	account                   ledger.AccountID
	at, left, authorizedAt    int
	first                     int64
	flags                     []byte
	dates, authorized, minors []int64
	currencies                []ledger.Currency
	currency                  []uint32 // of each row, its place in currencies
	lengths                   [numTexts][]uint32
	texts                     [numTexts]string
	textAt                    [numTexts]int // where the next row's text begins
	words                     [numWords][]string
	word                      [numWords][]uint32 // of each row, its place in words
}

// reset makes r read a block's columns, which must have n rows. The bytes must not
// change while it is read.
func (r *rowReader) reset(account ledger.AccountID, columns []byte, n int) error {
	d := decoder{in: columns}
	d.version(rowsV1)
	if d.count() != n {
		return errMalformed
	}
	r.account, r.at, r.left, r.authorizedAt = account, 0, n, 0
	r.first = int64(d.int32())
	r.flags = d.section()
	if len(r.flags) != n {
		d.fail()
	}
	r.dates = d.ints(r.dates, n)
	r.authorized = d.ints(r.authorized, r.countAuthorized())
	r.minors = d.ints(r.minors, n)
	currency := d.section()
	r.currencies = r.currencies[:0]
	for range d.count() {
		r.currencies = append(r.currencies, d.currency())
	}
	r.currency = d.uints(r.currency, currency, n, uint64(len(r.currencies)))
	r.resetTexts(&d)
	return d.done()
}

func (r *rowReader) countAuthorized() int {
	n := 0
	for _, flags := range r.flags {
		if flags&flagAuthorized != 0 {
			n++
		}
	}
	return n
}

// resetTexts reads how the text is divided, and then the text.
func (r *rowReader) resetTexts(d *decoder) {
	var sizes [numTexts]uint64
	for i := range r.lengths {
		sizes[i] = d.uint()
		r.lengths[i] = d.uints(r.lengths[i], d.section(), r.left, sizes[i]+1)
	}
	var lengths [numWords]decoder
	var counts [numWords]int
	for i := range r.word {
		counts[i] = d.count()
		lengths[i] = *d
		for range counts[i] {
			d.uint()
		}
		r.word[i] = d.uints(r.word[i], d.section(), r.left, uint64(counts[i]))
	}
	text := d.text()
	cut := func(n uint64) string {
		if n > uint64(len(text)) {
			d.fail()
			return ""
		}
		var s string
		s, text = text[:n], text[n:]
		return s
	}
	for i, size := range sizes {
		r.texts[i], r.textAt[i] = cut(size), 0
		for _, n := range r.lengths[i] {
			size -= uint64(n) // what is too much wraps, and is not 0 in the end
		}
		if size != 0 {
			d.fail()
		}
	}
	for i := range r.words {
		r.words[i] = r.words[i][:0]
		for range counts[i] {
			r.words[i] = append(r.words[i], cut(lengths[i].uint()))
		}
	}
	if text != "" {
		d.fail()
	}
}

// next reads one row into t, and reports whether there was one.
func (r *rowReader) next(t *ledger.Transaction) bool {
	if r.left == 0 {
		return false
	}
	i := r.at
	r.at, r.left = r.at+1, r.left-1
	flags := r.flags[i]
	days := r.first + r.dates[i]
	t.Account = r.account
	t.Pending = flags&flagPending != 0
	t.Date = ledger.DateFromDays(int32(days))
	t.Authorized = ledger.Date{}
	if flags&flagAuthorized != 0 {
		t.Authorized = ledger.DateFromDays(int32(days - r.authorized[r.authorizedAt]))
		r.authorizedAt++
	}
	t.Amount = ledger.NewAmount(r.minors[i], r.currencies[r.currency[i]])
	t.ID = ledger.TransactionID(r.text(textID, i))
	t.PendingID = ledger.TransactionID(r.text(textPending, i))
	t.Name = r.text(textName, i)
	t.Original = r.text(textOriginal, i)
	if flags&flagSameLine != 0 {
		t.Original = t.Name
	}
	t.RawAmount = r.text(textRaw, i)
	t.Check = r.text(textCheck, i)
	t.Merchant = r.words[wordMerchant][r.word[wordMerchant][i]]
	t.Category = ledger.Category(r.words[wordCategory][r.word[wordCategory][i]])
	t.Channel = r.words[wordChannel][r.word[wordChannel][i]]
	t.City = r.words[wordCity][r.word[wordCity][i]]
	t.Country = r.words[wordCountry][r.word[wordCountry][i]]
	return true
}

// appendTo appends all rows that are left.
func (r *rowReader) appendTo(list []ledger.Transaction) []ledger.Transaction {
	list = slices.Grow(list, r.left)
	var t ledger.Transaction
	for r.next(&t) {
		list = append(list, t)
	}
	return list
}

// text returns the text that row i, the next one, has in a column.
func (r *rowReader) text(column, i int) string {
	from := r.textAt[column]
	to := from + int(r.lengths[column][i])
	r.textAt[column] = to
	return r.texts[column][from:to]
}

// uints reads a column of n numbers, each below a limit that fits 32 bits.
func (d *decoder) uints(into []uint32, column []byte, n int, limit uint64) []uint32 {
	if n > len(column) || limit > 1<<32 {
		d.fail()
		return into[:0]
	}
	into = slices.Grow(into[:0], n)[:n]
	for i := range into {
		var v uint64
		if len(column) > 0 && column[0] < 0x80 { // most of them
			v, column = uint64(column[0]), column[1:]
		} else {
			var size int
			if v, size = binary.Uvarint(column); size <= 0 {
				d.fail()
				return into[:0]
			}
			column = column[size:]
		}
		if v >= limit {
			d.fail()
			return into[:0]
		}
		into[i] = uint32(v)
	}
	if len(column) != 0 {
		d.fail()
	}
	return into
}

// ints reads a section that is a column of n numbers.
func (d *decoder) ints(into []int64, n int) []int64 {
	column := d.section()
	if n > len(column) {
		d.fail()
		return into[:0]
	}
	into = slices.Grow(into[:0], n)[:n]
	for i := range into {
		if len(column) > 0 && column[0] < 0x80 {
			into[i], column = int64(column[0]>>1)^-int64(column[0]&1), column[1:]
			continue
		}
		v, size := binary.Varint(column)
		if size <= 0 {
			d.fail()
			return into[:0]
		}
		into[i], column = v, column[size:]
	}
	if len(column) != 0 {
		d.fail()
	}
	return into
}
