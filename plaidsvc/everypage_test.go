package plaidsvc_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
	"coffer/plaidsvc/plaidsim/bank"
)

// allFaults are those that the simulator can inject: each code of Plaid's, what proxies
// answer, each break, and errors of Plaid's that break on their way.
func allFaults() (list []plaidsim.Fault) {
	for _, code := range plaidsim.Codes() {
		list = append(list, plaidsim.Fault{Code: code})
	}
	for _, status := range []int{201, 202, 204, 205, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 411, 413, 414, 415,
		418, 421, 422, 425, 426, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 521, 522, 523, 524, 525, 530, 599} {
		list = append(list, plaidsim.Fault{Status: status})
	}
	for _, how := range plaidsim.Breaks() {
		list = append(list, plaidsim.Fault{Break: how}, plaidsim.Fault{Break: how, Delay: plaidsim.Duration(time.Millisecond)},
			plaidsim.Fault{Break: how, Code: "INTERNAL_SERVER_ERROR"}, plaidsim.Fault{Break: how, Code: "ITEM_LOGIN_REQUIRED"}, plaidsim.Fault{Break: how, Status: 502})
	}
	return list
}

// smallPages has Plaid give fewer rows to a page than it is asked for.
type smallPages struct {
	to    http.Handler
	rows  int
	watch bool     // whether to count the rows of each page
	kinds []string // how many were added, modified and removed
}

func (p *smallPages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/transactions/sync" {
		p.to.ServeHTTP(w, r)
		return
	}
	var request map[string]any
	text, err := io.ReadAll(r.Body) // to its end: then the server hears of a client that goes away
	if err := errors.Join(err, json.Unmarshal(text, &request)); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	request["count"] = p.rows
	text, _ = json.Marshal(request)
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	if !p.watch {
		p.to.ServeHTTP(w, r)
		return
	}
	answer := httptest.NewRecorder()
	p.to.ServeHTTP(answer, r)
	var page struct{ Added, Modified, Removed []struct{} }
	if err := json.Unmarshal(answer.Body.Bytes(), &page); err == nil {
		p.kinds = append(p.kinds, fmt.Sprint(len(page.Added), len(page.Modified), len(page.Removed)))
	}
	maps.Copy(w.Header(), answer.Header())
	_, _ = w.Write(answer.Body.Bytes())
}

// A paged is a bank whose rows come on small pages, before and after something happened
// there.
type paged struct {
	*brokenBank
	front *smallPages
	// before is the vault that the sync under test begins with.
	before *memory
	pages  int // that the sync takes
	// hurry is how long the service waits for an answer under a fault, if it is not as
	// long as usual.
	hurry time.Duration
}

// young is a family that began to bank a few days ago, which is soon told.
func young(days int) plaidsim.Banks {
	return neighbourhood{bank.NewHousehold(bank.Options{Seed: 1, From: newClock().Now().AddDate(0, 0, -days)})}
}

// fewRows links a bank and has its first sync take some pages.
func fewRows(t *testing.T) *paged {
	t.Helper()
	b := breakable(t, platypus, 30, young(8))
	p := &paged{brokenBank: b, front: &smallPages{to: b.sim, rows: 9}}
	b.http = httptest.NewServer(p.front)
	t.Cleanup(b.http.Close)
	p.before = b.empty().vault
	p.count()
	return p
}

// happen has rows added, changed and removed at the bank, for a later sync to bring.
func (p *paged) happen() {
	w := p.world(p.before)
	if got := w.syncOne(p.t); got.Err != nil {
		p.t.Fatal(got.Err)
	}
	p.before = w.vault
	p.clock.advance(time.Hour) // the newest rows are changed: they are to be known by then
	for _, event := range []map[string]any{{"event": "rows_modified", "rows": 9}, {"event": "rows_removed", "rows": 3}} {
		p.post(p.t, "/plaidsim/scenario/play", map[string]any{"events": []any{event}})
	}
	p.clock.advance(6 * day)
	p.front.rows = 15
	p.count()
}

// count sees how many pages the sync takes.
func (p *paged) count() {
	p.t.Helper()
	p.front.kinds, p.front.watch = nil, true
	defer func() { p.front.watch = false }()
	if got := p.world(p.before).syncOne(p.t); got.Err != nil || len(p.front.kinds) < 3 {
		p.t.Fatalf("a sync over the pages %q: %v; want three at least", p.front.kinds, got.Err)
	}
	p.pages = len(p.front.kinds)
	p.t.Logf("pages, as rows added, modified, removed: %q", p.front.kinds)
}

// world is a service with a copy of a vault, at the time of the bank.
func (p *paged) world(v *memory) world {
	v = v.clone()
	w := newWorld(p.t, p.http.URL, func(c *plaidsvc.Config) { c.Vault = v })
	w.vault = v
	w.clock.now = p.clock.Now()
	return w
}

// A spoiling is a fault at one page, once or until the sync gives up.
type spoiling struct {
	plaidsim.Fault
	page int
	last bool
}

func (s spoiling) String() string {
	return fmt.Sprintf("%s at page %d, lasting %v", s.Fault.String(), s.page, s.last)
}

// spoilings are all faults at all pages, or so many of them that none is left out.
func (p *paged) spoilings(faults []plaidsim.Fault) (list []spoiling) {
	for _, fault := range faults {
		for page := 1; page <= p.pages; page++ {
			for _, last := range []bool{false, true} {
				s := spoiling{fault, page, last}
				s.Endpoint, s.Call, s.Times = "/transactions/sync", page, 1
				if last {
					s.Times = -1
				}
				list = append(list, s)
			}
		}
	}
	some := list[:0:0]
	for i := 0; i < len(list); i += max(1, len(list)/ordeal.Times(len(list))) {
		some = append(some, list[i])
	}
	return some
}

// clear ends all faults.
func (p *paged) clear() { p.post(p.t, "/plaidsim/scenario/clear", map[string]any{"faults": true}) }

// bear syncs under a fault. What fails leaves the vault as it was, as often as it is
// tried; when the fault is over the next sync leaves what a clean one gives.
func (p *paged) bear(s spoiling) (kept bool) {
	p.t.Helper()
	w := p.world(p.before)
	if p.hurry > 0 {
		plaidsvc.ShortTimeouts(p.hurry)(w.Service)
	}
	p.sim.Inject(s.Fault)
	got := w.syncOne(p.t)
	kept = got.Err == nil
	for again := s.last; ; again = false {
		if got.Err != nil {
			if diff := facts(w.vault, p.item.ID).differs(facts(p.before, p.item.ID)); diff != "" {
				p.t.Errorf("%s: failed with %v and changed the vault: %s", s, got.Err, diff)
			}
			w.clock.advance(20 * time.Minute) // no limit holds any more
		}
		if !again || got.Err == nil {
			break
		}
		if got = w.syncOne(p.t); got.Err == nil {
			p.t.Errorf("%s: the next sync, under the same fault, succeeded", s)
		}
	}
	p.clear()
	if p.hurry > 0 {
		plaidsvc.ShortTimeouts(time.Minute)(w.Service)
	}
	if !kept {
		if got := w.syncOne(p.t); got.Err != nil || len(got.Untold) > 0 {
			p.t.Errorf("%s: when it was over: %v, %v", s, got.Err, got.Untold)
		}
	}
	p.same(w, s.String())
	return kept
}

// Whatever fails, on whichever page of a first sync or of a later one, once or until the
// sync gives up: nothing half done is kept, and the next sync makes it good.
func TestFaultsOnAnyPageLeaveNoTrace(t *testing.T) {
	p := fewRows(t)
	faults := allFaults()
	for _, sync := range []string{"first", "later"} {
		if sync == "later" {
			p.happen()
			all := strings.Join(slices.Collect(maps.Keys(kindsOf(p.front.kinds))), "")
			if len(all) != 3 {
				t.Fatalf("the later sync brings rows of the kinds %q, want added, modified and removed", all)
			}
		}
		var borne, failed int
		list := p.spoilings(faults)
		for _, s := range list {
			if p.bear(s) {
				borne++
			} else {
				failed++
			}
		}
		t.Logf("%s sync of %d pages: %d of %d faults, once and lasting, make %d; %d were overcome, %d ended the sync, none left a trace",
			sync, p.pages, len(faults), len(faults), len(list), borne, failed)
		if borne == 0 || failed == 0 {
			t.Errorf("%s sync: %d faults were overcome, %d ended it; want some of both", sync, borne, failed)
		}
	}
}

// An answer that never comes, to any page, is as any other fault.
func TestAnswersThatNeverComeLeaveNoTrace(t *testing.T) {
	p := fewRows(t)
	p.hurry = 10 * time.Millisecond // an answer in time may be too late too: nothing depends on it
	for _, sync := range []string{"first", "later"} {
		if sync == "later" {
			p.happen()
		}
		for page := 1; page <= p.pages; page++ {
			for _, times := range []int{1, -1} {
				p.bear(spoiling{plaidsim.Fault{Endpoint: "/transactions/sync", Call: page, Times: times, Delay: plaidsim.Duration(time.Hour)}, page, times < 0})
			}
		}
	}
}

// kindsOf are the kinds of rows that are on some page: 0 added, 1 modified, 2 removed.
func kindsOf(pages []string) map[string]bool {
	kinds := make(map[string]bool)
	for _, page := range pages {
		for i, n := range strings.Fields(page) {
			if n != "0" {
				kinds[fmt.Sprint(i)] = true
			}
		}
	}
	return kinds
}

// clone is a vault that has the same and shares nothing.
func (m *memory) clone() *memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := newMemory()
	c.items, c.order, c.tokens, c.cursors = maps.Clone(m.items), slices.Clone(m.order), maps.Clone(m.tokens), maps.Clone(m.cursors)
	c.accounts, c.rows = maps.Clone(m.accounts), maps.Clone(m.rows)
	c.holdings, c.owed, c.trades, c.streams = maps.Clone(m.holdings), maps.Clone(m.owed), maps.Clone(m.trades), maps.Clone(m.streams)
	return c
}
