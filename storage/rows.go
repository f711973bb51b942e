package storage

import (
	"cmp"
	"slices"

	"coffer/ledger"
)

// A block's rows are kept by column: what is alike lies together, packs well,
// and is read back without an allocation for each row. The order of the columns
// is the format; a new column is a new version.
const rowsV1 = 1

// Columns of texts that seldom repeat within a month.
const (
	textID = iota
	textPending
	textName
	textOriginal
	textRaw
	textCheck
	numTexts
)

// Columns of texts that often do: each is a list of words and, per row, the
// number of one.
const (
	wordMerchant = iota
	wordCategory
	wordChannel
	wordCity
	wordCountry
	numWords
)

// Bits of the column of flags.
const (
	flagPending    = 1 << iota
	flagAuthorized // there is an authorized date
	flagSameLine   // Original is Name
)

// rowTexts returns the texts of t in the order of the columns.
func rowTexts(t *ledger.Transaction) [numTexts]string {
	original := t.Original
	if sameLine(t) {
		original = ""
	}
	return [numTexts]string{string(t.ID), string(t.PendingID), t.Name, original, t.RawAmount, t.Check}
}

func sameLine(t *ledger.Transaction) bool { return t.Original == t.Name && t.Name != "" }

func rowWords(t *ledger.Transaction) [numWords]string {
	return [numWords]string{t.Merchant, string(t.Category), t.Channel, t.City, t.Country}
}

// A rowWriter collects the columns of one block.
type rowWriter struct {
	first                            ledger.Date // of the month
	flags, dates, authorized, minors encoder
	lengths                          [numTexts]encoder
	texts                            [numTexts][]byte
	words                            [numWords]dictionary
	currencies                       []ledger.Currency
	currency                         encoder
}

// A dictionary numbers texts in the order they first occur.
type dictionary struct {
	number map[string]uint64
	words  []string
	rows   encoder
}

func (d *dictionary) add(s string) {
	n, ok := d.number[s]
	if !ok {
		if d.number == nil {
			d.number = make(map[string]uint64)
		}
		n = uint64(len(d.words))
		d.number[s] = n
		d.words = append(d.words, s)
	}
	d.rows.uint(n)
}

func (w *rowWriter) add(t *ledger.Transaction) {
	var flags byte
	if t.Pending {
		flags |= flagPending
	}
	if sameLine(t) {
		flags |= flagSameLine
	}
	if !t.Authorized.IsZero() {
		flags |= flagAuthorized
		w.authorized.int(int64(t.Date.Days()) - int64(t.Authorized.Days()))
	}
	w.flags.byte(flags)
	w.dates.int(int64(t.Date.Days()) - int64(w.first.Days()))
	w.minors.int(t.Amount.Minor())
	w.currency.uint(w.currencyNumber(t.Amount.Currency()))
	for i, s := range rowTexts(t) {
		w.lengths[i].uint(uint64(len(s)))
		w.texts[i] = append(w.texts[i], s...)
	}
	for i, s := range rowWords(t) {
		w.words[i].add(s)
	}
}

func (w *rowWriter) currencyNumber(c ledger.Currency) uint64 {
	for i, known := range w.currencies { // one, nearly always
		if known == c {
			return uint64(i)
		}
	}
	w.currencies = append(w.currencies, c)
	return uint64(len(w.currencies) - 1)
}

// encodeRows writes the rows of one month as columns.
func encodeRows(month ledger.Month, rows []ledger.Transaction) []byte {
	w := rowWriter{first: month.First()}
	for i := range rows {
		w.add(&rows[i])
	}
	return w.encode(len(rows))
}

func (w *rowWriter) encode(n int) []byte {
	var e encoder
	e.byte(rowsV1)
	e.uint(uint64(n))
	e.int(int64(w.first.Days()))
	for _, column := range []*encoder{&w.flags, &w.dates, &w.authorized, &w.minors, &w.currency} {
		e.section(column.buf)
	}
	e.uint(uint64(len(w.currencies)))
	for _, c := range w.currencies {
		e.currency(c)
	}
	var text []byte // of all columns, one after the other
	for i := range w.lengths {
		e.uint(uint64(len(w.texts[i])))
		e.section(w.lengths[i].buf)
		text = append(text, w.texts[i]...)
	}
	for i := range w.words {
		d := &w.words[i]
		e.uint(uint64(len(d.words)))
		for _, word := range d.words {
			e.uint(uint64(len(word)))
			text = append(text, word...)
		}
		e.section(d.rows.buf)
	}
	e.section(text)
	return e.buf
}

// A rowReader reads the rows of one block. The texts it gives out are parts of one
// string. It can be used again.
type rowReader struct {
	account                                    ledger.AccountID
	left                                       int
	first                                      int64
	flags, dates, authorized, minors, currency decoder
	currencies                                 []ledger.Currency
	lengths                                    [numTexts]decoder
	texts                                      [numTexts]string
	words                                      [numWords][]string
	word                                       [numWords]decoder
}

// all appends the rows of a block's columns, which must be n, to those of into.
func (r *rowReader) all(account ledger.AccountID, columns []byte, n int, into []ledger.Transaction) ([]ledger.Transaction, error) {
	if err := r.reset(account, columns); err != nil || r.left != n {
		return into, cmp.Or(err, errMalformed)
	}
	into = slices.Grow(into, n)
	for range n {
		into = append(into, ledger.Transaction{})
		r.next(&into[len(into)-1])
	}
	return into, r.done()
}

// reset makes r read a block's columns. The bytes must not change while it is
// read.
func (r *rowReader) reset(account ledger.AccountID, columns []byte) error {
	d := decoder{in: columns}
	d.version(rowsV1)
	r.account, r.left, r.first = account, d.count(), int64(d.int32())
	for _, column := range []*decoder{&r.flags, &r.dates, &r.authorized, &r.minors, &r.currency} {
		*column = decoder{in: d.section()}
	}
	r.currencies = r.currencies[:0]
	for range d.count() {
		r.currencies = append(r.currencies, d.currency())
	}
	r.resetTexts(&d)
	return d.done()
}

// resetTexts reads how the text is divided, and then the text.
func (r *rowReader) resetTexts(d *decoder) {
	var sizes [numTexts]uint64
	for i := range r.lengths {
		sizes[i] = d.uint()
		r.lengths[i] = decoder{in: d.section()}
	}
	var lengths [numWords]decoder
	var counts [numWords]int
	for i := range r.word {
		counts[i] = d.count()
		lengths[i] = *d
		for range counts[i] {
			d.uint()
		}
		r.word[i] = decoder{in: d.section()}
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
		r.texts[i] = cut(size)
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

// next reads one row into t. After the last, done reports whether all columns ended
// with it.
func (r *rowReader) next(t *ledger.Transaction) {
	r.left--
	flags := r.flags.byte()
	days := r.first + r.dates.int()
	t.Account = r.account
	t.Pending = flags&flagPending != 0
	t.Date = ledger.DateFromDays(int32(days))
	t.Authorized = ledger.Date{}
	if flags&flagAuthorized != 0 {
		t.Authorized = ledger.DateFromDays(int32(days - r.authorized.int()))
	}
	t.Amount = ledger.NewAmount(r.minors.int(), r.nextCurrency())
	t.ID = ledger.TransactionID(r.text(textID))
	t.PendingID = ledger.TransactionID(r.text(textPending))
	t.Name = r.text(textName)
	t.Original = r.text(textOriginal)
	if flags&flagSameLine != 0 {
		t.Original = t.Name
	}
	t.RawAmount = r.text(textRaw)
	t.Check = r.text(textCheck)
	t.Merchant = r.nextWord(wordMerchant)
	t.Category = ledger.Category(r.nextWord(wordCategory))
	t.Channel = r.nextWord(wordChannel)
	t.City = r.nextWord(wordCity)
	t.Country = r.nextWord(wordCountry)
}

func (r *rowReader) text(column int) string {
	n := r.lengths[column].uint()
	rest := r.texts[column]
	if n > uint64(len(rest)) {
		r.lengths[column].fail()
		return ""
	}
	r.texts[column] = rest[n:]
	return rest[:n]
}

func (r *rowReader) nextWord(column int) string {
	n := r.word[column].uint()
	if n >= uint64(len(r.words[column])) {
		r.word[column].fail()
		return ""
	}
	return r.words[column][n]
}

func (r *rowReader) nextCurrency() ledger.Currency {
	n := r.currency.uint()
	if n >= uint64(len(r.currencies)) {
		r.currency.fail()
		return ledger.Currency{}
	}
	return r.currencies[n]
}

// done reports whether every column was read to its end and no further.
func (r *rowReader) done() error {
	columns := []*decoder{&r.flags, &r.dates, &r.authorized, &r.minors, &r.currency}
	for i := range r.lengths {
		columns = append(columns, &r.lengths[i])
		if r.texts[i] != "" {
			return errMalformed
		}
	}
	for i := range r.word {
		columns = append(columns, &r.word[i])
	}
	for _, c := range columns {
		if err := c.done(); err != nil {
			return err
		}
	}
	if r.left != 0 {
		return errMalformed
	}
	return nil
}
