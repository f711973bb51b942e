package match_test

import (
	"testing"

	"coffer/plaidsvc/plaidsim/match"
)

func TestNamesFallInPlaidsBands(t *testing.T) {
	for _, tt := range []struct {
		a, b     string
		min, max int
		flags    string // f: first or last, n: nickname, b: business
	}{
		{"Alice Ashworth", "Alice Ashworth", 100, 100, "f"},
		{"alice ASHWORTH", "Alice Ashworth", 100, 100, "f"},
		{"Ashworth, Alice", "Alice Ashworth", 100, 100, "f"},
		{"Ms. Alice Ashworth", "Alice Ashworth Jr.", 100, 100, "f"},
		{"José Núñez", "Jose Nunez", 100, 100, "f"},
		{"Ashworth Alice", "Alice Ashworth", 85, 99, "f"},
		{"Alice M Ashworth", "Alice Ashworth", 85, 99, "f"},
		{"Alice Marie Ashworth", "Alice M. Ashworth", 85, 99, "f"},
		{"Alice Ashwroth", "Alice Ashworth", 85, 99, "f"},
		{"Jenn Miller", "Jennifer Miller", 85, 99, "fn"},
		{"Bob Miller", "Robert Miller", 85, 99, "fn"},
		{"J Miller", "Jennifer Miller", 70, 84, "f"},
		{"Alice Marie Ashworth", "Alice Beth Ashworth", 70, 90, "f"},
		{"Benjamin Ashworth", "Alice Ashworth", 0, 69, "f"},
		{"Alice Pemberton", "Alice Ashworth", 0, 69, "f"},
		{"Alice", "Alice Ashworth", 0, 69, "f"},
		{"Felix Thornbury", "Alice Ashworth", 0, 40, ""},
		{"Ashworth Trading LLC", "Ashworth Trading LLC", 100, 100, "b"},
		{"Ashworth Trading", "Ashworth Trading L.L.C.", 85, 99, "b"},
		{"Acme Widgets Inc", "Ashworth Trading LLC", 0, 40, "b"},
	} {
		got, ok := match.Name(tt.a, tt.b)
		if !ok || got.Score < tt.min || got.Score > tt.max || flags(got) != tt.flags {
			t.Errorf("%q and %q: got %d %q (%t), want %d to %d %q", tt.a, tt.b, got.Score, flags(got), ok, tt.min, tt.max, tt.flags)
		}
	}
}

func flags(s match.NameScore) string {
	var f string
	if s.FirstOrLast {
		f += "f"
	}
	if s.Nickname {
		f += "n"
	}
	if s.Business {
		f += "b"
	}
	return f
}

func TestPhonesAndEmailsFitHoweverWritten(t *testing.T) {
	for _, tt := range []struct {
		kind func(a, b string) (int, bool)
		a, b string
		want int
	}{
		{match.Phone, "+18455550100", "(845) 555-0100", 100},
		{match.Phone, "1-845-555-0100", "845.555.0100", 100},
		{match.Phone, "011 44 7700 900123", "+447700900123", 100},
		{match.Phone, "07700 900123", "+447700900123", 100},
		{match.Phone, "+18455550100 ext. 12", "+18455550100x12", 100},
		{match.Phone, "+18455550100 ext. 12", "+18455550100", 85},
		{match.Phone, "+18455550100x13", "+18455550100x12", 70},
		{match.Phone, "+18455550101", "+18455550100", 0},
		{match.Phone, "+448455550100", "+18455550100", 0},
		{match.Email, "Alice@Example.com ", "alice@example.com", 100},
		{match.Email, "al.ice@googlemail.com", "alice@gmail.com", 100},
		{match.Email, "alice+bank@example.com", "alice@example.com", 85},
		{match.Email, "al.ice@example.com", "alice@example.com", 0},
		{match.Email, "alice@example.org", "alice@example.com", 0},
	} {
		if got, ok := tt.kind(tt.a, tt.b); got != tt.want || !ok {
			t.Errorf("%q and %q: got %d (%t), want %d", tt.a, tt.b, got, ok, tt.want)
		}
	}
}

func TestPhonesHaveTheDigitsOfOne(t *testing.T) {
	for text, want := range map[string]bool{
		"+18455550100": true, "(845) 555-0100 x12": true, "07700 900123": true,
		"": false, "12": false, "call me": false, "+1 845 555 0100 0100 0100": false, "845-555-CAFE": false,
	} {
		if got := match.IsPhone(text); got != want {
			t.Errorf("%q: got %t, want %t", text, got, want)
		}
	}
}

func TestAddressesFallInPlaidsBands(t *testing.T) {
	home := match.Address{Street: "17 Harts Village Rd", City: "Millbrook", Region: "NY", PostalCode: "12545", Country: "US"}
	change := func(f func(*match.Address)) match.Address {
		a := home
		f(&a)
		return a
	}
	for _, tt := range []struct {
		name     string
		a        match.Address
		min, max int
		postal   bool
	}{
		{"the same", home, 100, 100, true},
		{"in words", match.Address{"17 HARTS VILLAGE ROAD", "millbrook", "New York", "12545-0017", "USA"}, 100, 100, true},
		{"with a unit", change(func(a *match.Address) { a.Street += ", Apt 3" }), 90, 99, true},
		{"without a region", change(func(a *match.Address) { a.Region = "" }), 90, 99, true},
		{"another unit", match.Address{"17 Harts Village Rd #4", "Millbrook", "NY", "12545", "US"}, 90, 99, true},
		{"a letter wrong", change(func(a *match.Address) { a.Street = "17 Hart Village Rd" }), 90, 99, true},
		{"the neighbour", change(func(a *match.Address) { a.Street = "19 Harts Village Rd" }), 70, 89, true},
		{"another street", change(func(a *match.Address) { a.Street = "120 Union Ave" }), 40, 69, true},
		{"another code", change(func(a *match.Address) { a.PostalCode = "90210" }), 70, 89, false},
		{"only the code", match.Address{PostalCode: "12545"}, 30, 69, true},
		{"another town", match.Address{"4 Quebec St", "Guelph", "ON", "N1H 3A1", "CA"}, 0, 40, false},
		{"the same street abroad", change(func(a *match.Address) { a.Country = "GB" }), 0, 69, true},
	} {
		got, ok := match.Addresses(home, tt.a)
		if !ok || got.Score < tt.min || got.Score > tt.max || got.PostalCode != tt.postal {
			t.Errorf("%s: got %+v (%t), want %d to %d, postal code %t", tt.name, got, ok, tt.min, tt.max, tt.postal)
		}
	}
}
