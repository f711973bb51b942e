package main

import (
	"context"
	"errors"
	"testing"

	"coffer/ledger"
)

// recovering is a service of which each attempt to recover ends with the next error.
type recovering struct {
	banking
	ends []error
}

func (r *recovering) Recover(context.Context, func(ledger.LinkProgress)) ([]ledger.Item, error) {
	err := r.ends[0]
	r.ends = r.ends[1:]
	return nil, err
}

// The service tells of a broken link once. A sync that begins before the interface has
// told it to the user must not make it forgotten.
func TestALostLinkIsToldOnceWhateverBeginsMeanwhile(t *testing.T) {
	first, second := errors.New("the first is lost"), errors.New("the second is lost")
	banks := &recovering{ends: []error{first, nil, second, nil}}
	var s session
	for range 3 {
		s.recover(t.Context(), banks)
	}
	told := s.Warning()
	if !errors.Is(told, first) || !errors.Is(told, second) {
		t.Errorf("of two lost links it tells %q", told)
	}
	s.recover(t.Context(), banks)
	if again := s.Warning(); again != nil {
		t.Errorf("it tells again %q", again)
	}
}
