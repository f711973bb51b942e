package plaidsvc_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
	"coffer/plaidsvc/webhook"
)

// An eavesdropper is a network that keeps what goes over it.
type eavesdropper struct {
	mu      sync.Mutex
	headers []http.Header
	bodies  [][]byte
}

func (e *eavesdropper) Do(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	e.headers, e.bodies = append(e.headers, r.Header.Clone()), append(e.bodies, body)
	e.mu.Unlock()
	r.Body = io.NopCloser(bytes.NewReader(body))
	return http.DefaultClient.Do(r)
}

// A message of Plaid's that comes a hundred times more causes one sync, as it does if it
// comes once.
func TestMessageReplayedCausesOneSync(t *testing.T) {
	wire := &eavesdropper{}
	s := simulate(t, plaidsim.Options{Settled: true, Network: wire, Control: true})
	item := s.link(t, platypus)
	r := s.receive(t)
	r.await(plaidsvc.WebhookSynced, 1)
	r.await(plaidsvc.WebhookAddressSet, 1)
	s.sim.Deliver(t.Context())
	r.await(plaidsvc.WebhookReceived, 1) // that the address is known

	// The errand rests before it asks again about a bank: until all have come, here.
	rested := make(chan struct{})
	s.clock.mu.Lock()
	s.clock.onNap = func(time.Duration) { <-rested }
	s.clock.mu.Unlock()
	s.fire(t, item.ID, "TRANSACTIONS", "SYNC_UPDATES_AVAILABLE")
	header, body := wire.headers[len(wire.headers)-1], wire.bodies[len(wire.bodies)-1]
	for n := range 100 {
		again, err := http.NewRequest(http.MethodPost, r.address, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		again.Header = header.Clone()
		answer, err := http.DefaultClient.Do(again)
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("replay %d: %v, %v", n, answer, err)
		}
		_ = answer.Body.Close()
	}
	r.await(plaidsvc.WebhookReceived, 102)
	close(rested)
	r.await(plaidsvc.WebhookSynced, 2)
	s.fire(t, item.ID, "ITEM", "LOGIN_REPAIRED") // another errand: whatever comes of the replays comes before it
	if e := r.await(plaidsvc.WebhookSynced, 3); e.Result.Err != nil {
		t.Fatal(e.Result.Err)
	}
	if got := r.of(plaidsvc.WebhookSynced); len(got) != 3 {
		t.Errorf("%d syncs: want that of the start, one for 101 times the same message, and one for another", len(got))
	}
}

// However Plaid fails to say which key a message is signed with: the message is refused
// for now, nothing is learnt from it, and the next is taken once Plaid answers.
func TestKeyThatCannotBeLookedUp(t *testing.T) {
	s := simulate(t, posting())
	item := s.link(t, platypus)
	for name, fault := range spoilt {
		r := s.receive(t)
		r.await(plaidsvc.WebhookSynced, 1)
		r.await(plaidsvc.WebhookAddressSet, 1)
		fault.Endpoint = "/webhook_verification_key/get"
		s.sim.Inject(fault)
		s.sim.Deliver(t.Context())
		want := "its key could not be looked up now"
		if name == "refused" { // that the field of the id is invalid is an answer
			want = "Plaid has no such key, or has retired it"
		}
		if e := r.await(plaidsvc.WebhookRefused, 1); e.Says != want {
			t.Errorf("%s: %q, want %q", name, e.Says, want)
		}
		s.post(t, "/plaidsim/scenario/clear", map[string]any{"faults": true})
		s.clock.advance(11 * time.Minute)
		s.fire(t, item.ID, "ITEM", "ERROR")
		if e := r.await(plaidsvc.WebhookReceived, 1); e.Result.Err != nil {
			t.Errorf("%s, after it: %+v", name, e)
		}
		r.stop()
	}
}

// However many messages come in while nobody takes the reports, what is kept of them is
// what is to be done for the banks there are.
func TestMessagesPileUpNowhere(t *testing.T) {
	if ordeal.Raced {
		t.Skip("the race detector is what would be measured")
	}
	w, _ := scripted(t)
	desk := plaidsvc.NewDesk(w.Service, []ledger.Item{{ID: "item-1"}, {ID: "item-2"}})
	kinds := [][2]string{{"TRANSACTIONS", "SYNC_UPDATES_AVAILABLE"}, {"ITEM", "ERROR"}, {"HOLDINGS", "DEFAULT_UPDATE"}, {"ITEM", "NOBODY_KNOWS"}}
	post := func(n int) {
		for i := range n {
			kind := kinds[i%len(kinds)]
			m := webhook.Message{Type: kind[0], Code: kind[1], Item: "item-" + string(rune('1'+i%2)), Environment: "sandbox"}
			if i%3 == 0 {
				m.Item = time.Duration(i).String() // of nobody here
			}
			desk.Take(m)
		}
	}
	post(1000)
	before := heapInUse()
	post(200_000)
	if grown := int64(heapInUse()) - int64(before); grown > 1<<20 {
		t.Errorf("200000 messages: the heap grew by %d bytes", grown)
	}
	if todo, untold := desk.Waiting(); todo != 2 || untold > 256 {
		t.Errorf("%d banks have something to do and %d events wait to be told, want 2 and 256 at most", todo, untold)
	}
}

// Plaid changes its key once a month here: each is asked for once, at its first message.
func TestWebhooksGoOnWhenPlaidChangesItsKey(t *testing.T) {
	var log lockedBuffer
	o := posting()
	o.Log = &log
	s := simulate(t, o)
	item := s.link(t, platypus)
	r := s.receive(t)
	r.await(plaidsvc.WebhookAddressSet, 1)
	s.sim.Deliver(t.Context())
	r.await(plaidsvc.WebhookReceived, 1) // that the address is known
	months := 3
	for month := range months {
		for range 5 {
			came := len(r.of(plaidsvc.WebhookReceived))
			s.fire(t, item.ID, "ITEM", "NEW_ACCOUNTS_AVAILABLE")
			r.await(plaidsvc.WebhookReceived, came+1)
		}
		if asked := strings.Count(log.String(), "POST /webhook_verification_key/get 200"); asked != month+1 {
			t.Errorf("month %d: %d keys were asked for, want %d", month, asked, month+1)
		}
		s.clock.advance(30 * day)
	}
	if refused := r.of(plaidsvc.WebhookRefused); len(refused) > 0 {
		t.Errorf("refused: %+v", refused)
	}
}
