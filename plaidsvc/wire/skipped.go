package wire

import (
	"errors"
	"fmt"
)

// What a row cannot do without.
var (
	errNoID      = errors.New("it has no id")
	errNoAccount = errors.New("it names no account")
	errNoDate    = errors.New("it has no date")
)

// Skipped counts the entries of an answer that could not be read as far as they must
// be.
type Skipped struct {
	Rows  int
	First error // what was wrong with the first, nil if Rows is 0
}

// And adds what other counts.
func (s Skipped) And(other Skipped) Skipped {
	if s.First == nil {
		s.First = other.First
	}
	s.Rows += other.Rows
	return s
}

func (s *Skipped) add(id string, why error) {
	if s.Rows++; s.First == nil {
		s.First = fmt.Errorf("%.64q: %w", id, why)
	}
}

// A List is what an answer lists.
type List[T any] struct {
	All     []T // that could be read
	Skipped Skipped
}

// Rows is how many entries came, in whatever form.
func (l List[T]) Rows() int { return len(l.All) + l.Skipped.Rows }
