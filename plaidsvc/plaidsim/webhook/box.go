package webhook

import (
	"cmp"
	"slices"
	"time"
)

// A letter is one that is on its way.
type letter struct {
	Letter
	due     time.Time     // of the next attempt
	order   int           // among letters due at one moment
	first   time.Time     // when the first attempt ended; zero before
	delay   time.Duration // before the last retry
	refused bool          // by the last attempt
	forged  bool          // carries a signature that does not verify
	stale   bool          // carries a signature that is old
}

// A box is all there is for one address.
type box struct {
	letters []*letter // by due, then order
	recent  []*letter // those of the last day that were tried, by first
	sent    int       // letters accepted for delivery so far
	placed  int       // letters put in so far
	busy    bool      // somebody is delivering them
}

// put adds a letter behind those that are due at the same moment.
func (b *box) put(l *letter) {
	if l.order == 0 {
		b.placed++
		l.order = b.placed
	}
	i, _ := slices.BinarySearchFunc(b.letters, l, func(a, b *letter) int {
		return cmp.Or(a.due.Compare(b.due), cmp.Compare(a.order, b.order))
	})
	b.letters = slices.Insert(b.letters, i, l)
}

// due is when the next letter is to leave, if there is one.
func (b *box) due() (time.Time, bool) {
	if len(b.letters) == 0 {
		return time.Time{}, false
	}
	return b.letters[0].due, true
}

// take removes the letter that is due next.
func (b *box) take() *letter {
	l := b.letters[0]
	b.letters = slices.Delete(b.letters, 0, 1)
	return l
}

// note remembers for a day how the last attempt of a letter ended.
func (b *box) note(l *letter, accepted bool, now time.Time) {
	if l.first.IsZero() {
		l.first = now
		b.recent = append(b.recent, l)
	}
	l.refused = !accepted
	b.recent = slices.DeleteFunc(b.recent, func(l *letter) bool { return now.Sub(l.first) > patience })
}
