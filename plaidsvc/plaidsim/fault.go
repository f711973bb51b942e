package plaidsim

import (
	"fmt"
	"net/http"
)

// A Fault makes calls of one endpoint fail before they have any effect.
type Fault struct {
	// Endpoint is a path, "/transactions/sync" for example.
	Endpoint string
	// Call picks the nth call from now on, 1 being the next one. 0 is every call.
	Call int
	// Code is a Plaid error code, answered with its type, text and status.
	Code string
	// Status is answered instead when Code is empty, with a page of HTML as a
	// proxy in front of Plaid would.
	Status int
}

// Inject adds a fault. Faults that pick one call are used up by it.
func (s *Server) Inject(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.list = append(s.faults.list, &f)
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
	list       []*Fault
	mutatePage int
	mutations  int
}

// next takes the fault of a call to an endpoint, or nil.
func (f *faults) next(endpoint string) *Fault {
	var hit *Fault
	kept := f.list[:0]
	for _, fault := range f.list {
		if fault.Endpoint != endpoint || fault.Call == 0 {
			if fault.Endpoint == endpoint && hit == nil {
				hit = fault
			}
			kept = append(kept, fault)
			continue
		}
		fault.Call--
		if fault.Call > 0 {
			kept = append(kept, fault)
			continue
		}
		hit = fault
	}
	f.list = kept
	return hit
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

func (f *Fault) plaidError() *plaidError {
	if f == nil || f.Code == "" {
		return nil
	}
	return fail(f.Code)
}

func (f *Fault) breaksHTTP() bool { return f != nil && f.Code == "" }

func (f *Fault) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(f.Status)
	fmt.Fprintf(w, "<html><head><title>%d %s</title></head></html>\n", f.Status, http.StatusText(f.Status))
}
