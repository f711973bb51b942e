package ledger

import (
	"slices"
	"strings"
)

// blockRows is how many rows are searched and filtered at a time: a multiple of
// 64, few enough for their columns to stay in the processor's first cache.
const blockRows = 1024

// A mask marks rows of one block.
type mask [blockRows / 64]uint64

func (m *mask) set(i int)      { m[i/64] |= 1 << (i % 64) }
func (m *mask) has(i int) bool { return m[i/64]&(1<<(i%64)) != 0 }

// texts are the folded texts of one block, one after the other, each ended by
// endOfField; a row with two texts has that between them, too.
type texts struct {
	blob string
	ends []uint32 // where each row's text ends
}

// mark sets the rows whose text contains word, which is folded and not empty.
func (t *texts) mark(word string, m *mask) {
	for at, row := 0, 0; ; {
		i := strings.Index(t.blob[at:], word)
		if i < 0 {
			return
		}
		at += i
		row = t.rowAt(uint32(at), row)
		m.set(row)
		at = int(t.ends[row])
		row++
	}
}

// rowAt returns the row whose text holds a place, which is row or after it.
func (t *texts) rowAt(at uint32, row int) int {
	for range 8 { // hits are often close together
		if t.ends[row] > at {
			return row
		}
		row++
		if row == len(t.ends) {
			return row - 1
		}
	}
	i, _ := slices.BinarySearch(t.ends[row:], at+1)
	return row + i
}

// A textWriter builds texts.
type textWriter struct {
	buf  []byte
	ends []uint32
}

func (w *textWriter) write(s string) { w.buf = append(appendFold(w.buf, s), endOfField) }

func (w *textWriter) endRow() { w.ends = append(w.ends, uint32(len(w.buf))) }

// take returns the texts written, and starts anew.
func (w *textWriter) take() texts {
	t := texts{string(w.buf), slices.Clone(w.ends)}
	w.buf, w.ends = w.buf[:0], w.ends[:0]
	return t
}

// searchPayees makes the payees searchable.
func (f *facts) searchPayees() {
	var w textWriter
	for block := range slices.Chunk(f.payees.texts, blockRows) {
		for _, payee := range block {
			w.write(payee)
			w.endRow()
		}
		f.payeeTexts = append(f.payeeTexts, w.take())
	}
}

// searchRows makes the texts searchable that rows have besides their payee.
func (f *facts) searchRows() {
	var w textWriter
	for block := range slices.Chunk(f.record, blockRows) {
		for _, position := range block {
			r := f.arena.read(position)
			if r.has&hasName != 0 {
				w.write(r.name)
			}
			if r.has&hasOriginal != 0 {
				w.write(r.original)
			}
			w.endRow()
		}
		f.rowTexts = append(f.rowTexts, w.take())
	}
}
