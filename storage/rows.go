package storage

import "coffer/ledger"

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
