package plaidsim

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Fault spoils calls of Plaid's API: which ones, and how.
//
// Code and Status answer in place of the endpoint: what was asked for did not
// happen. Delay and Break work on the answer, whatever it is: what was asked for
// has happened, and the client does not learn of it in good order. Both may be
// in one fault, as a proxy's page that comes after half a minute.
type Fault struct {
	// Endpoint is a path, "/transactions/sync" for example. Empty is every one.
	Endpoint string `json:"endpoint,omitempty"`
	// Target narrows it to requests with the access token of certain Items.
	Target
	// Call picks the nth call from now on that fits, 1 being the next one. 0 is
	// every call.
	Call int `json:"call,omitempty" plaid:"min=0"`
	// Every picks each nth call, beginning with Call, which is then at least 1.
	Every int `json:"every,omitempty" plaid:"min=0"`
	// Times is how many calls are spoilt in all; those that follow Call, if that
	// is given. 0 is one for a fault with Call alone, and all for any other; -1
	// is all.
	Times int `json:"times,omitempty" plaid:"min=-1"`

	// Code is a Plaid error code, answered with its type, text and status.
	Code string `json:"code,omitempty"`
	// Status is answered instead when Code is empty, with a page of HTML as a
	// proxy in front of Plaid would.
	Status int `json:"status,omitempty" plaid:"min=100,max=599"`

	// Delay is how long the answer takes. It ends when the client goes away.
	Delay Duration `json:"delay,omitempty"`
	// Break is what becomes of the answer on its way.
	Break Break `json:"break,omitempty"`
}

// Inject adds a fault. Of several that fit a call the first one counts, but all
// of them count the call. A fault is gone once it has spoilt all its calls.
func (s *Server) Inject(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.inject(f)
}

// MutateOnPage makes the data of an Item change while a client reads page n of
// a /transactions/sync loop, n being 2 or more, the given number of times. The
// page and all that follow it in that loop are refused as Plaid refuses them,
// until the client starts the loop again.
func (s *Server) MutateOnPage(n, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.mutatePage, s.faults.mutations = n, times
}

// faults are what is still to go wrong.
type faults struct {
	list       []*armed
	mutatePage int
	mutations  int
}

// An armed fault counts.
type armed struct {
	Fault
	seen, spoilt int
}

func (f *faults) inject(fault Fault) { f.list = append(f.list, &armed{Fault: fault}) }

// next takes the fault of a call to an endpoint about an Item, or about none.
// Nil is no fault.
func (f *faults) next(endpoint string, about *item) *Fault {
	var hit *Fault
	if !spoils(endpoint) {
		return nil
	}
	f.list = slices.DeleteFunc(f.list, func(a *armed) bool {
		fits := (a.Endpoint == "" || a.Endpoint == endpoint) && a.Target.has(about)
		if fits && a.takes() && hit == nil {
			hit = &a.Fault
		}
		return a.spent()
	})
	return hit
}

// spoils tells Plaid's own endpoints, which can be made to fail, from those of
// the Link page and of a person at the controls.
func spoils(endpoint string) bool {
	return !strings.HasPrefix(endpoint, "/link/session/") && !strings.HasPrefix(endpoint, controlRoot)
}

// takes counts a call that fits and tells whether it is one to spoil.
func (a *armed) takes() bool {
	if a.spent() {
		return false
	}
	a.seen++
	since := a.seen - max(1, a.Call)
	if since < 0 || a.Every > 0 && since%a.Every != 0 {
		return false
	}
	a.spoilt++
	return true
}

func (a *armed) spent() bool {
	times := a.Times
	if times == 0 && a.Call > 0 && a.Every == 0 {
		times = 1
	}
	return times > 0 && a.spoilt >= times
}

// mutates reports whether the data changes under this page, once per time that
// was asked for.
func (f *faults) mutates(page int) bool {
	if f.mutations == 0 || page != f.mutatePage {
		return false
	}
	f.mutations--
	return true
}

// answers reports whether the fault answers in place of the endpoint.
func (f *Fault) answers() bool { return f != nil && (f.Code != "" || f.Status != 0) }

// check refuses a fault that would do nothing, or what nobody means.
func (f *Fault) check() error {
	if f.Code != "" && !knownCode(f.Code) {
		return fmt.Errorf("code: %q is no error code of Plaid's that is played here", f.Code)
	}
	if f.Break != "" && !slices.Contains(Breaks(), f.Break) {
		return fmt.Errorf("break: got %q, want one of %q", f.Break, Breaks())
	}
	if f.Endpoint != "" && !strings.HasPrefix(f.Endpoint, "/") {
		return fmt.Errorf("endpoint: got %q, want a path as /transactions/sync", f.Endpoint)
	}
	if !f.answers() && f.Delay == 0 && f.Break == "" {
		return fmt.Errorf("it spoils nothing: want code, status, delay or break")
	}
	return nil
}

// Codes are the error codes that a fault can have, sorted.
func Codes() []string { return slices.Sorted(maps.Keys(errorTable)) }

func knownCode(code string) bool {
	_, known := errorTable[code]
	return known
}

// String is what the fault does, in one word for each thing: "" for no fault.
func (f *Fault) String() string {
	if f == nil {
		return ""
	}
	var words []string
	switch {
	case f.Code != "":
		words = append(words, f.Code)
	case f.Status != 0:
		words = append(words, strconv.Itoa(f.Status))
	}
	if f.Delay > 0 {
		words = append(words, time.Duration(f.Delay).String())
	}
	if f.Break != "" {
		words = append(words, string(f.Break))
	}
	return strings.Join(words, "+")
}
