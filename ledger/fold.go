package ledger

import (
	"encoding/binary"
	"unicode"
	"unicode/utf8"
)

// fold returns s so that two texts which differ only in case become the same:
// each letter is replaced by one that stands for all its cases (Unicode's simple
// case folding; the dotted capital I of Turkish counts as an i). Bytes that are
// not UTF-8 become U+FFFD. What is searched and what is searched for are folded
// alike, and neither ever holds [endOfField].
func fold(s string) string { return string(appendFold(make([]byte, 0, len(s)), s)) }

// endOfField separates texts in a searchable text. It occurs in no UTF-8.
const endOfField = 0xff

// appendFold appends s, folded, to dst.
func appendFold(dst []byte, s string) []byte {
	start := len(dst)
	dst = append(dst, s...)
	text := dst[start:]
	for len(text) >= 8 { // most texts are ASCII: eight letters at a time
		letters := binary.LittleEndian.Uint64(text)
		if letters&highBits != 0 {
			break
		}
		binary.LittleEndian.PutUint64(text, lower8(letters))
		text = text[8:]
	}
	for i, c := range text {
		if c >= utf8.RuneSelf {
			done := len(dst) - len(text) + i
			return appendFoldRunes(dst[:done], s[done-start:])
		}
		if 'A' <= c && c <= 'Z' {
			text[i] = c + ('a' - 'A')
		}
	}
	return dst
}

// highBits is the highest bit of each of eight bytes, and eachByte the lowest.
const (
	highBits = 0x8080808080808080
	eachByte = 0x0101010101010101
)

// lower8 returns eight ASCII letters in lower case. Adding to a byte sets its
// highest bit if the byte is at least 'A', or beyond 'Z'; no byte carries into
// the next, since none has that bit to begin with.
func lower8(letters uint64) uint64 {
	fromA := letters + (0x80-'A')*eachByte
	afterZ := letters + (0x80-'Z'-1)*eachByte
	capital := fromA &^ afterZ & highBits
	return letters | capital>>2 // 0x80>>2 is 'a'-'A'
}

func appendFoldRunes(dst []byte, s string) []byte {
	for _, r := range s {
		dst = utf8.AppendRune(dst, foldRune(r))
	}
	return dst
}

// foldRune returns the smallest letter that is r in another case, in lower case
// if it is ASCII.
func foldRune(r rune) rune {
	if r == 'İ' {
		return 'i'
	}
	least := r
	if r >= utf8.RuneSelf {
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
	}
	if 'A' <= least && least <= 'Z' {
		least += 'a' - 'A'
	}
	return least
}
