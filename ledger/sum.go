package ledger

import (
	"math"
	"math/bits"
)

// A sum adds minor units in 128 bits, so that no order of rows can make it wrap:
// it is exact for any number of rows that fits in memory.
type sum struct {
	hi int64
	lo uint64
}

func (s *sum) add(minor int64) {
	var carry uint64
	s.lo, carry = bits.Add64(s.lo, uint64(minor), 0)
	s.hi += minor>>63 + int64(carry)
}

func (s *sum) sub(minor int64) {
	var borrow uint64
	s.lo, borrow = bits.Sub64(s.lo, uint64(minor), 0)
	s.hi -= minor>>63 + int64(borrow)
}

// compare orders sums by value.
func (s sum) compare(o sum) int {
	switch {
	case s.hi < o.hi || s.hi == o.hi && s.lo < o.lo:
		return -1
	case s == o:
		return 0
	}
	return 1
}

// amount returns s in cur. A sum that no Amount can hold is not known: a report
// leaves a hole rather than show a wrong figure.
func (s sum) amount(cur Currency) Amount {
	minor := int64(s.lo)
	if s.isLong() || minor == math.MinInt64 {
		return Amount{}
	}
	return Amount{minor, cur}
}

// isLong reports whether s does not fit in 64 bits.
func (s sum) isLong() bool { return s.hi != int64(s.lo)>>63 }

func (s *sum) plus(o sum) {
	var carry uint64
	s.lo, carry = bits.Add64(s.lo, o.lo, 0)
	s.hi += o.hi + int64(carry)
}
