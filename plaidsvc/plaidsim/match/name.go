package match

import (
	"slices"
	"strings"
)

// A NameScore is how well two names fit, and why.
type NameScore struct {
	Score int
	// FirstOrLast: the given or the family name is the very same.
	FirstOrLast bool
	// Nickname: one is called by a short form of the other's given name.
	Nickname bool
	// Business: one of the two is called as only firms are.
	Business bool
}

// What a given name is worth that is not written the same: as a nickname, and as
// an initial.
const (
	asNickname = 80
	asInitial  = 60
)

// Name compares two names of people or firms. ok is false if one has no letter.
func Name(a, b string) (score NameScore, ok bool) {
	x, y := parseName(a), parseName(b)
	switch {
	case len(x.words) == 0 || len(y.words) == 0:
		return NameScore{}, false
	case x.business || y.business:
		return NameScore{Score: firms(x, y), Business: true}, true
	}
	best := people(x.words, y.words)
	if len(x.words) > 1 && len(y.words) > 1 {
		best = better(best, people(x.words, turned(y.words)), people(turned(x.words), y.words))
	}
	return best, true
}

// turned puts the last word first: a family name that comes first without
// saying so, as Hungarian ones do.
func turned(words []string) []string {
	last := len(words) - 1
	return slices.Concat(words[last:], words[:last])
}

// better is the name as written, or turned where that fits better even though
// it costs something.
func better(written NameScore, turned ...NameScore) NameScore {
	best := written
	for _, s := range turned {
		s.Score = max(0, s.Score-2)
		if s.Score > best.Score || s.Score == best.Score && s.FirstOrLast && !best.FirstOrLast {
			best = s
		}
	}
	return best
}

// A name is what is left of one without what does not tell people apart.
type name struct {
	words    []string
	legal    []string // what says that it is a firm, as "llc"
	business bool
}

var (
	titles   = strings.Fields("mr mrs ms miss dr prof jr sr ii iii iv")
	legalese = strings.Fields("corp corporation inc incorporated llc ltd limited lp llp plc co company pllc")
)

func parseName(text string) name {
	// "Miller, Jennifer", but not "Miller, Jr." or "Miller Trading, LLC".
	if family, given, ok := strings.Cut(text, ","); ok && slices.ContainsFunc(words(given), isOwn) {
		text = given + " " + family
	}
	var n name
	for _, w := range words(text) {
		switch {
		case slices.Contains(legalese, w):
			n.legal, n.business = append(n.legal, w), true
		case isOwn(w):
			n.words = append(n.words, w)
		}
	}
	if len(n.words) == 0 { // somebody who is called Ms. Miss, or a firm called Company
		n.words = words(text)
	}
	return n
}

// isOwn reports whether a word is part of somebody's own name.
func isOwn(word string) bool {
	return !slices.Contains(titles, word) && !slices.Contains(legalese, word)
}

// people compares the words of two people's names: the first, the last, and
// what is between.
func people(x, y []string) NameScore {
	if len(x) == 1 || len(y) == 1 {
		return mononym(x, y)
	}
	given, nickname := givenNames(x[0], y[0])
	family := closeness(x[len(x)-1], y[len(y)-1])
	score := (45*given + 55*family) / 100
	return NameScore{
		Score:       max(0, score-between(x[1:len(x)-1], y[1:len(y)-1])),
		FirstOrLast: given == 100 || family == 100,
		Nickname:    nickname,
	}
}

// mononym compares somebody who has one name with somebody who may have more.
// One word of several is less than half of a name.
func mononym(x, y []string) NameScore {
	if len(x) > 1 {
		x, y = y, x
	}
	first, nickname := givenNames(x[0], y[0])
	if len(y) == 1 {
		return NameScore{Score: first, FirstOrLast: first == 100, Nickname: nickname}
	}
	best := max(first, closeness(x[0], y[len(y)-1]))
	return NameScore{Score: best * 6 / 10, FirstOrLast: best == 100, Nickname: nickname && best == first}
}

// givenNames compares two given names.
func givenNames(a, b string) (score int, nickname bool) {
	switch {
	case a == b:
		return 100, false
	case nicknames(a, b):
		return asNickname, true
	case isInitial(a, b):
		return asInitial, false
	}
	return closeness(a, b), false
}

// isInitial reports whether one word is the first letter of the other.
func isInitial(a, b string) bool {
	if len([]rune(a)) > 1 {
		a, b = b, a
	}
	return len([]rune(a)) == 1 && strings.HasPrefix(b, a)
}

// between is what middle names take off the score. Many banks have none on
// file, so a missing one hardly counts; two that differ are two people.
func between(x, y []string) int {
	if slices.Equal(x, y) {
		return 0
	}
	if len(x) == 0 || len(y) == 0 {
		return 2
	}
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] && !isInitial(x[i], y[i]) {
			return 12
		}
	}
	if len(x) != len(y) {
		return 2
	}
	return 1
}

// firms compares names of which at least one is a firm's, by the words that both
// have, in any order, or by how alike they are in all.
func firms(x, y name) int {
	a, b := slices.Sorted(slices.Values(x.words)), slices.Sorted(slices.Values(y.words))
	score := max(200*shared(a, b)/(len(a)+len(b)), closeness(strings.Join(a, " "), strings.Join(b, " ")))
	if !slices.Equal(x.legal, y.legal) {
		score -= 3
	}
	return max(0, score)
}

// shared counts the words that two sorted lists have in common.
func shared(a, b []string) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch strings.Compare(a[0], b[0]) {
		case -1:
			a = a[1:]
		case 1:
			b = b[1:]
		default:
			a, b, n = a[1:], b[1:], n+1
		}
	}
	return n
}
