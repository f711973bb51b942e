// Package match tells how well what an app knows of a person fits what a bank
// has on file.
//
// # Use
//
//	score, ok := match.Name("Jenn Miller", "JENNIFER A MILLER")
//
// ok is false where one of the two says nothing: that is no mismatch.
//
// # Promise
//
// Scores are whole numbers from 0 to 100, in the bands Plaid documents
// (https://plaid.com/docs/identity/#match-score): of names, 100 is perfect, 85 to
// 99 strong, 70 to 84 partial, less is a mismatch; of addresses a strong match
// begins at 90; of phones and emails 70 to 99 is the same one with another
// extension. How Plaid computes a score inside its band is not documented, so
// that is ours.
//
// Anything fits itself with 100, and it does not matter which of two texts
// comes first. No text makes a function panic.
//
// # What it never does
//
// It knows nothing of accounts, owners or HTTP: who has several names or
// addresses takes the best score. It looks nothing up: whether a number or a
// street exists it cannot say.
package match

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// words are the words of a text in lower case, without accents and punctuation.
func words(text string) []string {
	var plain strings.Builder
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '.':
			// O'Brien is one word, and so is L.L.C.
		case unicode.IsLetter(r), unicode.IsDigit(r):
			plain.WriteRune(unicode.ToLower(r))
		default:
			plain.WriteByte(' ')
		}
	}
	return strings.Fields(plain.String())
}

// table makes a lookup of lines, each a word and what it stands for.
func table(lines string) map[string]string {
	t := make(map[string]string)
	for line := range strings.Lines(lines) {
		if short, long, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			t[short] = long
		}
	}
	return t
}
