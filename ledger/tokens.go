package ledger

import (
	"strings"
	"unicode"
)

// A token is one word or term of a query.
type token struct {
	key   string // with its colon, "" for a word
	value string // without quotes
}

// tokens splits what a user types at spaces. A quote opens a part that keeps its
// spaces where a word starts or after the colon of a key; a word that starts
// with one is never a term.
func tokens(s string) []token {
	var list []token
	for {
		s = strings.TrimLeftFunc(s, unicode.IsSpace)
		if s == "" {
			return list
		}
		var t token
		if colon := strings.IndexByte(s, ':'); colon > 0 && isKey(s[:colon]) {
			t.key, s = s[:colon+1], s[colon+1:]
		}
		if strings.HasPrefix(s, `"`) {
			t.value, s = cutQuoted(s[1:])
		}
		end := strings.IndexFunc(s, unicode.IsSpace)
		if end < 0 {
			end = len(s)
		}
		t.value += s[:end]
		s = s[end:]
		list = append(list, t)
	}
}

// cutQuoted returns what stands before the closing quote, or all, and the rest.
func cutQuoted(s string) (text, rest string) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}

// isKey reports whether what stands before a colon is a term's name, known or
// not. "12:30" has none.
func isKey(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}
