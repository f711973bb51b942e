package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxBytes = 4096 // of one text, before and after; no bank's description comes near
	maxMarks = 2    // combining marks kept on one letter
)

// Clean returns s as one line of visible characters. Controls of every kind
// (C0, C1, escape) and runs of white space become one space; the parameters of
// an escape sequence stay behind as harmless text, so that a sequence that never
// ends cannot swallow what follows it. Characters that are invisible or turn the
// direction of the text are dropped, and so are combining marks beyond the second
// on a letter. What is not valid UTF-8 or not printable becomes U+FFFD.
//
// Stripping escape sequences is not enough: a carriage return paints over what
// stands before it, and U+202E makes "LIVE" read "EVIL".
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	if len(s) > maxBytes {
		s = s[:maxBytes]
	}
	var c cleaner
	c.b.Grow(len(s))
	for _, r := range s { // invalid bytes come as U+FFFD, three bytes for one
		if c.b.Len()+1+utf8.UTFMax > maxBytes {
			break
		}
		c.add(r)
	}
	return c.b.String()
}

// isPlain reports whether s is printable ASCII with single inner spaces: what
// nearly every text is, and what costs nothing to clean.
func isPlain(s string) bool {
	if len(s) > maxBytes {
		return false
	}
	last := byte(' ')
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == ' ' && last == ' ' {
			return false
		}
		last = s[i]
	}
	return s == "" || last != ' '
}

// A cleaner writes the clean text rune by rune.
type cleaner struct {
	b     strings.Builder
	space bool // a gap is owed before the next character
	base  bool // there is a character for a mark to sit on
	marks int
}

func (c *cleaner) add(r rune) {
	switch {
	case unicode.IsControl(r) || unicode.IsSpace(r) || r == '\u2028' || r == '\u2029':
		c.space = true
		return
	case invisible(r):
		return
	case unicode.Is(unicode.M, r):
		if c.marks++; c.base && !c.space && c.marks <= maxMarks {
			c.b.WriteRune(r)
		}
		return
	case !unicode.IsGraphic(r):
		r = utf8.RuneError
	}
	if c.space && c.b.Len() > 0 {
		c.b.WriteByte(' ')
	}
	c.space, c.marks, c.base = false, 0, true
	c.b.WriteRune(r)
}

// invisible reports characters that take no room, hide, or only steer their
// neighbours: fillers, joiners, direction marks, tags, variation selectors,
// private use.
func invisible(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x115F, r == 0x1160,
		r == 0x17B4, r == 0x17B5, r == 0x180E, r == 0x2800, r == 0x3164,
		r == 0xFEFF, r == 0xFFA0,
		r >= 0x200B && r <= 0x200F,
		r >= 0x202A && r <= 0x202E,
		r >= 0x2060 && r <= 0x206F,
		r >= 0xFFF0 && r <= 0xFFFB,
		r >= 0xFE00 && r <= 0xFE0F,
		r >= 0xE0000 && r <= 0xE0FFF:
		return true
	}
	return unicode.In(r, unicode.Co, unicode.Cf, unicode.Cs)
}
