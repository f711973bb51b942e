package plaidsvc_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

// dead says that whoever put an intent down is not at it any more.
func dead(c *plaidsvc.Config) { c.Alive = func(string) bool { return false } }

// remember and restore stand for a program that was killed: what it would have taken
// away is there.
func (s *simulated) remember() map[string]secret.Text {
	s.vault.mu.Lock()
	defer s.vault.mu.Unlock()
	return maps.Clone(s.vault.intents)
}

func (s *simulated) restore(intents map[string]secret.Text) {
	s.vault.mu.Lock()
	defer s.vault.mu.Unlock()
	s.vault.intents = intents
}

// wasBrokenOff wants Recover to link nothing and to say once what cannot be had.
func (s *simulated) wasBrokenOff(t *testing.T, agreed bool) {
	t.Helper()
	var broken *ledger.BrokenOffError
	items, err := s.Recover(t.Context(), nil)
	if len(items) > 0 || !errors.As(err, &broken) || broken.Agreed != agreed || !strings.Contains(err.Error(), "my.plaid.com") {
		t.Errorf("Recover = %+v, %v; want no bank and to be told of one", items, err)
	}
	if items, err := s.Recover(t.Context(), nil); len(items) > 0 || err != nil || len(s.remember()) > 0 {
		t.Errorf("told once: %+v, %v", items, err)
	}
}

// An exchange that did not happen happens the next time.
func TestAnExchangeThatWasBrokenOffIsMadeUpFor(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true}, dead)
	s.sim.Inject(plaidsim.Fault{Endpoint: "/item/public_token/exchange", Call: 1, Status: 502})
	if item, err := s.LinkSandbox(t.Context(), sandboxLink(platypus), nil); !errors.Is(err, ledger.ErrNetwork) || item.ID != "" {
		t.Fatalf("link = %+v, %v", item, err)
	}
	if n := len(s.remember()); n != 1 {
		t.Fatalf("%d intents are kept, want that of the exchange", n)
	}
	items, err := s.Recover(t.Context(), nil)
	if err != nil || len(items) != 1 || items[0].Name != "First Platypus Bank" || len(s.vault.rows) == 0 || len(s.remember()) > 0 {
		t.Errorf("Recover = %+v, %v with %d rows, and %d intents left", items, err, len(s.vault.rows), len(s.remember()))
	}
}

// One that did happen, and whose answer was not heard, has an access that nobody can
// get any more.
func TestAnAccessThatWasLostIsTold(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true}, dead)
	for _, how := range []plaidsim.Break{plaidsim.Dropped, plaidsim.Garbage} {
		s.sim.Inject(plaidsim.Fault{Endpoint: "/item/public_token/exchange", Call: 1, Break: how})
		if item, err := s.LinkSandbox(t.Context(), sandboxLink(platypus), nil); err == nil || item.ID != "" {
			t.Fatalf("%s: link: %+v, %v", how, item, err)
		}
		s.wasBrokenOff(t, true)
	}
}

// What was refused, given back or kept leaves nothing to find out.
func TestNothingIsLeftToFindOut(t *testing.T) {
	s, p := linking(t, plaidsim.Options{Settled: true}, dead)
	if _, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, nil); err == nil { // linked already
		t.Fatal("linked twice")
	}
	p.leave = "INSTITUTION_DOWN"
	if _, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, nil); !errors.Is(err, ledger.ErrLinkCancelled) {
		t.Fatal(err)
	}
	s.vault.fail["AddItem"] = errors.New("disk full")
	if _, err := s.LinkSandbox(t.Context(), sandboxLink(gingham), nil); err == nil {
		t.Fatal("linked")
	}
	if left := s.remember(); len(left) > 0 {
		t.Errorf("there is left %v", slices.Collect(maps.Keys(left)))
	}
	// What cannot be put down is not begun.
	s.vault.fail["SetIntent"] = errors.New("disk full")
	if _, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, nil); err == nil || !strings.Contains(err.Error(), "nothing was linked") {
		t.Errorf("link = %v, want the disk's error before a page is shown", err)
	}
}

// A page of Plaid's tells afterwards what came of it; a page of this computer does not.
func TestAPageThatWasLeftOpen(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true}, dead)
	p := newPhone(t, s)
	var down map[string]secret.Text
	leave := func(o plaidsvc.LinkOptions, then func(address string)) {
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		_, err := s.linkOne(ctx, o, func(l ledger.LinkProgress) {
			if l.Stage == ledger.LinkWaiting {
				down = s.remember()
				then(l.Address)
				cancel()
			}
		})
		if err == nil {
			t.Fatal("it was not broken off")
		}
		s.restore(down)
	}
	leave(plaidsvc.LinkOptions{NoBrowser: true}, func(string) {})
	s.wasBrokenOff(t, false)

	leave(plaidsvc.LinkOptions{Hosted: true}, func(string) {})
	if items, err := s.Recover(t.Context(), nil); len(items) > 0 || err != nil || len(s.remember()) != 1 {
		t.Errorf("with the page open: %+v, %v, %d intents", items, err, len(s.remember()))
	}
	s.clock.advance(day)
	if items, err := s.Recover(t.Context(), nil); len(items) > 0 || err != nil || len(s.remember()) != 0 {
		t.Errorf("with the page over: %+v, %v, %d intents", items, err, len(s.remember()))
	}

	leave(plaidsvc.LinkOptions{Hosted: true}, func(address string) { p.link(p.visit(address)) })
	items, err := s.Recover(t.Context(), nil)
	if err != nil || len(items) != 1 || items[0].State != ledger.ItemOK || len(s.remember()) > 0 {
		t.Errorf("agreed on the page: %+v, %v, %d intents", items, err, len(s.remember()))
	}
	s.restore(down) // killed between keeping the access and taking the page away
	if again, err := s.Recover(t.Context(), nil); len(again) > 0 || err != nil || len(s.remember()) > 0 {
		t.Errorf("and again: %+v, %v", again, err)
	}
}

// What a program is at right now is its own, until it cannot be at it any more; what is
// another environment's stays.
func TestRecoverLeavesAloneWhatIsUnderWay(t *testing.T) {
	alive := true
	s := simulate(t, plaidsim.Options{Settled: true}, func(c *plaidsvc.Config) {
		c.Owner, c.Alive = "me", func(owner string) bool { return alive && owner == "me" }
	})
	s.sim.Inject(plaidsim.Fault{Endpoint: "/item/public_token/exchange", Call: 1, Status: 502})
	_, _ = s.LinkSandbox(t.Context(), sandboxLink(platypus), nil)
	s.vault.intents["other"] = secret.New(`{"environment":"production","public_token":"public-production-1"}`)
	s.vault.intents["newer"] = secret.New(`what only a newer program understands`)
	if items, err := s.Recover(t.Context(), nil); len(items) > 0 || err != nil || len(s.remember()) != 3 {
		t.Errorf("while it is under way: %+v, %v, %d intents", items, err, len(s.remember()))
	}
	alive = false
	s.sim.Inject(plaidsim.Fault{Endpoint: "/item/public_token/exchange", Call: 1, Status: 502})
	if items, err := s.Recover(t.Context(), nil); len(items) > 0 || err != nil || len(s.remember()) != 3 {
		t.Errorf("offline: %+v, %v, %d intents; want another try later", items, err, len(s.remember()))
	}
	alive = true
	s.clock.advance(day / 24 / 60 * 5)
	if items, err := s.Recover(t.Context(), nil); len(items) != 1 || err != nil || len(s.remember()) != 2 {
		t.Errorf("five minutes later: %+v, %v, %d intents; want the bank, and the others' left", items, err, len(s.remember()))
	}
}
