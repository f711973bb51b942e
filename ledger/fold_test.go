package ledger_test

import (
	"strings"
	"testing"
	"unicode/utf8"
	"unsafe"

	"coffer/ledger"

	"pgregory.net/rapid"
)

func shareMemory(a, b string) bool { return unsafe.StringData(a) == unsafe.StringData(b) }

func TestFoldMakesCasesTheSame(t *testing.T) {
	for _, pair := range [][2]string{
		{"BLUE BOTTLE #12 [x]@`{", "blue bottle #12 [x]@`{"}, {"ÉCLAIR", "éclair"}, {"STRAẞE", "straße"},
		{"ΟΔΟΣ", "οδος"}, {"οδός", "ΟΔΌΣ"}, {"\u212Ag", "kg"}, {"İstanbul", "istanbul"}, {"ЩУКА", "щука"}, {"a\xffb", "A\uFFFDB"},
	} {
		if a, b := ledger.Fold(pair[0]), ledger.Fold(pair[1]); a != b {
			t.Errorf("%q and %q fold to %q and %q, want the same", pair[0], pair[1], a, b)
		}
	}
	for _, pair := range [][2]string{{"e", "é"}, {"@", "`"}, {"[", "{"}, {"ss", "ß"}} {
		if a, b := ledger.Fold(pair[0]), ledger.Fold(pair[1]); a == b {
			t.Errorf("%q and %q both fold to %q", pair[0], pair[1], a)
		}
	}
}

func TestFoldAgreesWithEqualFold(t *testing.T) {
	mixed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-z@\[\]{}0-9 ]{0,30}[Éßſκ]?[A-Za-z]{0,9}`))
	rapid.Check(t, func(t *rapid.T) {
		s := strings.ReplaceAll(mixed.Draw(t, "s"), "İ", "i")
		for _, other := range []string{strings.ToUpper(s), strings.ToLower(s), strings.ReplaceAll(mixed.Draw(t, "other"), "İ", "i")} {
			if got, want := ledger.Fold(s) == ledger.Fold(other), strings.EqualFold(s, other); got != want {
				t.Fatalf("%q and %q: got %v, want %v", s, other, got, want)
			}
		}
		if folded := ledger.Fold(s); !utf8.ValidString(folded) || ledger.Fold(folded) != folded {
			t.Fatalf("%q folds to %q, which folds to %q", s, folded, ledger.Fold(folded))
		}
	})
}
