package ledger

import (
	"math/bits"
	"slices"
	"strings"
)

// blockRows is how many rows are searched and filtered at a time: a multiple of
// 64, few enough for their columns to stay in the processor's first cache.
const blockRows = 1024

// A mask marks rows of one block.
type mask [blockRows / 64]uint64

func (m *mask) set(i int) { m[i/64] |= 1 << (i % 64) }
func (m *mask) count() int {
	n := 0
	for _, word := range m {
		n += bits.OnesCount64(word)
	}
	return n
}

func (m *mask) has(i int) bool { return m[i/64]&(1<<(i%64)) != 0 }

// texts are the folded texts of one block, one after the other, each ended by
// endOfField; a row with two texts has that between them, too.
type texts struct {
	blob string
	ends []uint32 // where each row's text ends
}

// A needle is a folded word to search for.
type needle struct {
	word   string
	rare   int // the place of the byte in word that texts have least
	other  int // the place of another byte
	rarity int // how rare the word seems, by its bytes
}

// byteCounts are how often some texts, which stand for all, have each byte.
type byteCounts [256]int

func countBytes(t *texts) *byteCounts {
	var counts byteCounts
	for i := range len(t.blob) {
		counts[t.blob[i]]++
	}
	return &counts
}

// needle returns a folded word, which is not empty, as a needle.
func (counts *byteCounts) needle(word string) needle {
	n := needle{word: word}
	all := 0
	for _, count := range counts {
		all += count
	}
	for i := range len(word) {
		n.rarity += bits.Len(uint(all / (counts[word[i]] + 1)))
		if counts[word[i]] < counts[word[n.rare]] {
			n.rare = i
		}
	}
	n.other = (n.rare + 1) % len(word)
	return n
}

// index returns the first place of n in s, or -1. It looks for the rare byte,
// for which the processor has instructions, and compares only there.
func (n needle) index(s string) int {
	rare, other := n.word[n.rare], n.word[n.other]
	last := len(s) - len(n.word) // where n can start
	for at := n.rare; at-n.rare <= last; at++ {
		i := strings.IndexByte(s[at:], rare)
		if i < 0 {
			return -1
		}
		at += i
		start := at - n.rare
		if start <= last && s[start+n.other] == other && s[start:start+len(n.word)] == n.word {
			return start
		}
	}
	return -1
}

// mark sets the rows whose text contains n.
func (t *texts) mark(n needle, m *mask) {
	for at, row := 0, 0; ; {
		i := n.index(t.blob[at:])
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

// markFew is mark for the rows of a mask alone.
func (t *texts) markFew(n needle, rows mask, m *mask) {
	for w, left := range rows {
		for ; left != 0; left &= left - 1 {
			row, start := 64*w+bits.TrailingZeros64(left), uint32(0)
			if row > 0 {
				start = t.ends[row-1]
			}
			if n.index(t.blob[start:t.ends[row]]) >= 0 {
				m.set(row)
			}
		}
	}
}

// rowAt returns the row whose text holds a place, which is row or after it.
func (t *texts) rowAt(at uint32, row int) int {
	for range min(8, len(t.ends)-row) { // hits are often close together
		if t.ends[row] > at {
			return row
		}
		row++
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

// searchable returns the texts of a list, block by block.
func searchable(list []string) []texts {
	var w textWriter
	var blocks []texts
	for block := range slices.Chunk(list, blockRows) {
		for _, s := range block {
			w.write(s)
			w.endRow()
		}
		blocks = append(blocks, w.take())
	}
	return blocks
}

// foldRows returns what is searched in the rows of a block, whose first is lo,
// besides their payees.
func (f *facts) foldRows(lo int) *texts {
	var w textWriter
	for _, position := range f.record[lo:min(lo+blockRows, len(f.record))] {
		rec := f.arena.read(position)
		if rec.name != "" {
			w.write(rec.name)
		}
		if rec.original != "" {
			w.write(rec.original)
		}
		w.endRow()
	}
	t := w.take()
	return &t
}
