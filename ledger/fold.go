package ledger

import (
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
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return appendFoldRunes(dst, s[i:])
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
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
