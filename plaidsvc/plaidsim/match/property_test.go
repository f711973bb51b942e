package match_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"coffer/plaidsvc/plaidsim/match"
)

// names are texts near enough to names that all ways through the code are taken.
func names() *rapid.Generator[string] {
	word := rapid.SampledFrom(strings.Fields("Alice Al J. J Jenn Jennifer Miller Millar O'Brien Núñez LLC Inc Jr Dr, Bob Robert, Smith-Jones 李 Ltd. — x"))
	return rapid.Map(rapid.SliceOfN(word, 0, 5), func(w []string) string { return strings.Join(w, " ") })
}

func addresses() *rapid.Generator[match.Address] {
	text := func(words string) *rapid.Generator[string] {
		return rapid.Map(rapid.SliceOfN(rapid.SampledFrom(strings.Fields(words)), 0, 4), func(w []string) string { return strings.Join(w, " ") })
	}
	return rapid.Custom(func(t *rapid.T) match.Address {
		return match.Address{
			Street:     text("17 4b Main St Street Apt # unit Union Ave N North -").Draw(t, "street"),
			City:       text("St Saint Paul Ft Worth Millbrook").Draw(t, "city"),
			Region:     text("NY New York ON").Draw(t, "region"),
			PostalCode: text("12545 12545-0017 N1H 3A1").Draw(t, "postal code"),
			Country:    text("US USA CA").Draw(t, "country"),
		}
	})
}

// agree holds what is true of every score: it is one, it is the same from the
// other side, and what is compared with itself is perfect.
func agree[T any, S comparable](t *rapid.T, a, b T, compare func(a, b T) (S, bool), score func(S) int) {
	there, okThere := compare(a, b)
	back, okBack := compare(b, a)
	if there != back || okThere != okBack {
		t.Fatalf("%+v and %+v: got %+v, and %+v the other way", a, b, there, back)
	}
	if n := score(there); n < 0 || n > 100 {
		t.Fatalf("%+v and %+v: got the score %d", a, b, n)
	}
	if self, ok := compare(a, a); ok && score(self) != 100 {
		t.Fatalf("%+v and itself: got %+v", a, self)
	}
}

func number(n int) int { return n }

func TestScoresAgree(t *testing.T) {
	t.Run("name", rapid.MakeCheck(func(t *rapid.T) {
		agree(t, names().Draw(t, "a"), names().Draw(t, "b"), match.Name, func(s match.NameScore) int { return s.Score })
	}))
	t.Run("address", rapid.MakeCheck(func(t *rapid.T) {
		agree(t, addresses().Draw(t, "a"), addresses().Draw(t, "b"), match.Addresses, func(s match.AddressScore) int { return s.Score })
	}))
	t.Run("phone", rapid.MakeCheck(func(t *rapid.T) {
		text := rapid.StringMatching(`(\+|00|011|)[0-9]{0,12}( ?x[0-9]{1,3})?`)
		agree(t, text.Draw(t, "a"), text.Draw(t, "b"), match.Phone, number)
	}))
	t.Run("email", rapid.MakeCheck(func(t *rapid.T) {
		text := rapid.StringMatching(`[ab.]{0,3}(\+[ab]{0,2})?(@(gmail|googlemail|example)\.com)?`)
		agree(t, text.Draw(t, "a"), text.Draw(t, "b"), match.Email, number)
	}))
}

// FuzzCompare throws anything at everything: what apps send is not ours.
func FuzzCompare(f *testing.F) {
	f.Add("Jenn Miller", "Miller, Jennifer")
	f.Add("+1 845 555 0100 ext. 1", "#")
	f.Add("17 Main St. # 4", "\xff unit")
	f.Fuzz(func(t *testing.T, a, b string) {
		name, _ := match.Name(a, b)
		phone, _ := match.Phone(a, b)
		email, _ := match.Email(a, b)
		address, _ := match.Addresses(match.Address{Street: a, City: b, PostalCode: a}, match.Address{Street: b, City: a, PostalCode: b})
		for _, n := range []int{name.Score, phone, email, address.Score} {
			if n < 0 || n > 100 {
				t.Errorf("%q and %q: got the score %d", a, b, n)
			}
		}
		if self, ok := match.Name(a, a); ok && self.Score != 100 {
			t.Errorf("%q and itself: got %+v", a, self)
		}
	})
}
