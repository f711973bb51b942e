package match

import (
	"slices"
	"strings"
)

// An Address is where somebody lives. Empty texts are not known.
type Address struct{ Street, City, Region, PostalCode, Country string }

// An AddressScore is how well two addresses fit.
type AddressScore struct {
	Score int
	// PostalCode: both have one, and it is the same.
	PostalCode bool
}

// A part of an address weighs as much as it says about where somebody lives.
type part struct {
	weight int
	a, b   string
	fit    func(a, b string) int
}

// Addresses compares two addresses by the parts that both have. A part that only
// one has counts for a little: nothing speaks against it, and nothing for it. ok
// is false if there is no part that both have.
func Addresses(a, b Address) (score AddressScore, ok bool) {
	parts := []part{
		{50, a.Street, b.Street, streets},
		{20, a.City, b.City, cities},
		{10, a.Region, b.Region, regions},
		{20, a.PostalCode, b.PostalCode, postalCodes},
	}
	sum, weights := 0, 0
	for _, p := range parts {
		hasA, hasB := len(words(p.a)) > 0, len(words(p.b)) > 0
		switch {
		case hasA && hasB:
			sum, weights, ok = sum+p.weight*p.fit(p.a, p.b), weights+p.weight, true
		case hasA || hasB:
			weights += p.weight / 4
		}
	}
	if !ok {
		return AddressScore{}, false
	}
	score.Score = sum / weights
	if differ(country(a.Country), country(b.Country)) {
		score.Score = min(score.Score, otherCountry)
	}
	postal := parts[3]
	score.PostalCode = len(words(postal.a)) > 0 && len(words(postal.b)) > 0 && postalCodes(postal.a, postal.b) == 100
	return score, true
}

// otherCountry is the most that two addresses in two countries have in common.
const otherCountry = 40

// differ reports whether two texts contradict each other.
func differ(a, b string) bool { return a != "" && b != "" && a != b }

// A street is a street address in its parts.
type street struct{ number, name, unit string }

func streets(a, b string) int {
	x, y := parseStreet(a), parseStreet(b)
	score := closeness(x.name, y.name)
	switch {
	case differ(x.number, y.number):
		score /= 2
	case x.number != y.number:
		score -= 15
	}
	switch {
	case differ(x.unit, y.unit):
		score -= 15
	case x.unit != y.unit:
		score -= 8
	}
	return max(0, score)
}

// parseStreet finds the house number, which is first or last, and what comes
// behind a word for a unit.
func parseStreet(text string) street {
	all := words(strings.ReplaceAll(text, "#", " unit "))
	for i, w := range all {
		if long, ok := streetWords[w]; ok {
			all[i] = long
		}
	}
	var s street
	if i := slices.Index(all, "unit"); i >= 0 {
		all, s.unit = all[:i], strings.Trim(strings.Join(all[i:], " "), "unit ")
	}
	last := len(all) - 1
	switch {
	case last < 0:
	case isNumber(all[0]):
		s.number, all = all[0], all[1:]
	case isNumber(all[last]):
		s.number, all = all[last], all[:last]
	}
	s.name = strings.Join(all, " ")
	return s
}

func isNumber(word string) bool { return word[0] >= '0' && word[0] <= '9' }

func cities(a, b string) int {
	expand := func(text string) string {
		all := words(text)
		for i, w := range all {
			if long, ok := cityWords[w]; ok {
				all[i] = long
			}
		}
		return strings.Join(all, " ")
	}
	return closeness(expand(a), expand(b))
}

func regions(a, b string) int {
	if region(a) == region(b) {
		return 100
	}
	return 0
}

func region(text string) string {
	name := strings.Join(words(text), " ")
	if long, ok := regionNames[name]; ok {
		return long
	}
	return name
}

// postalCodes compares codes without their spaces. Of a ZIP+4 code only the ZIP
// counts, and of two that differ, whether they begin alike.
func postalCodes(a, b string) int {
	x, y := postalCode(a), postalCode(b)
	switch {
	case x == y:
		return 100
	case len(x) >= 3 && len(y) >= 3 && x[:3] == y[:3]:
		return 40
	}
	return 0
}

func postalCode(text string) string {
	code := strings.Join(words(text), "")
	onlyDigits := strings.Trim(code, "0123456789") == ""
	if onlyDigits && len(code) == len("123456789") {
		return code[:5]
	}
	return code
}

func country(text string) string {
	switch name := strings.Join(words(text), " "); name {
	case "usa", "united states", "united states of america":
		return "us"
	case "uk", "great britain", "united kingdom":
		return "gb"
	case "canada":
		return "ca"
	default:
		return name
	}
}
