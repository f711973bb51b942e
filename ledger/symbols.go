package ledger

import (
	"maps"
	"slices"
	"strings"
)

// symbols number the values that rows share, in the order they are met. Numbers
// have 32 bits: no bank sends so many that they could run out.
type symbols[T comparable] struct {
	index  map[T]uint32
	values []T
}

func newSymbols[T comparable]() symbols[T] { return symbols[T]{index: make(map[T]uint32)} }

// number returns the number of v, and whether it has one.
func (s *symbols[T]) number(v T) (uint32, bool) {
	n, ok := s.index[v]
	return n, ok
}

// add gives v, which has none, the next number. The caller sees to it that v is
// not part of a larger text.
func (s *symbols[T]) add(v T) uint32 {
	n := uint32(len(s.values))
	s.index[v] = n
	s.values = append(s.values, v)
	return n
}

// A mark is what a report must know of a row at a glance.
type mark uint8

const (
	spending mark = 1 << iota // counts as spending; 1, so that it can be multiplied by
	pending
	transfer // one leg of a transfer
)

// categories are the categories of a Book and the marks of their rows.
type categories struct {
	symbols[Category]
	marks []mark
}

// intern returns the number of c.
func (cs *categories) intern(c Category) uint32 {
	if n, ok := cs.number(c); ok {
		return n
	}
	var m mark
	if c.IsSpending() {
		m |= spending
	}
	if c.IsTransfer() {
		m |= transfer
	}
	cs.marks = append(cs.marks, m)
	return cs.add(Category(strings.Clone(string(c))))
}

// clone returns a copy that can grow without its original.
func (cs *categories) clone() categories {
	return categories{
		symbols: symbols[Category]{maps.Clone(cs.index), slices.Clone(cs.values)},
		marks:   slices.Clone(cs.marks),
	}
}

// A place is what few rows differ in: how and where a row happened.
type place struct{ channel, city, country string }

// places number the places that rows share. Before a place is looked up, which
// means to hash three texts, the last one of those like it is tried.
type places struct {
	symbols[place]
	recent [64]uint32
}

func (ps *places) intern(p place) uint32 {
	like := len(p.channel) + 5*len(p.city) + 7*len(p.country)
	if p.city != "" {
		like += 11 * int(p.city[0])
	}
	recent := &ps.recent[like%len(ps.recent)]
	if int(*recent) < len(ps.values) && ps.values[*recent] == p {
		return *recent
	}
	n, ok := ps.number(p)
	if !ok {
		n = ps.add(place{strings.Clone(p.channel), strings.Clone(p.city), strings.Clone(p.country)})
	}
	*recent = n
	return n
}
