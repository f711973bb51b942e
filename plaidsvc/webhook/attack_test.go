package webhook_test

import (
	"fmt"
	"io"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"coffer/plaidsvc/webhook"
)

// An attack is a request that is not Plaid's, sent a while after the one before.
type attack struct {
	name, request string
	after         time.Duration
}

// attacks are of one kind, made from a message that is Plaid's.
type attacks struct {
	*world
	good string // the signature of the message
	list []attack
	seen map[string]bool // requests of all kinds: none is made twice
}

// add adds a request, unless it is one that is there.
func (a *attacks) add(name, request string) {
	if a.seen[request] {
		return
	}
	a.seen[request] = true
	a.list = append(a.list, attack{name: name, request: request})
}

// signed adds the message under another signature.
func (a *attacks) signed(name string, signature any) {
	a.add(name, a.request(fmt.Sprint(signature), body))
}

// about adds another body under the signature of the message.
func (a *attacks) about(name, text string) { a.add(name, a.request(a.good, text)) }

// kinds are all the ways in which a message can be not Plaid's.
var kinds = []struct {
	name string
	make func(*attacks)
}{
	{"keys", (*attacks).keys},
	{"bits of the signature", (*attacks).signatureBits},
	{"lengths of the signature", (*attacks).signatureLengths},
	{"signatures in ASN.1", (*attacks).signaturesInASN1},
	{"numbers of the signature", (*attacks).signatureNumbers},
	{"bits of the token", (*attacks).tokenBits},
	{"parts of two tokens", (*attacks).splices},
	{"names of algorithms", (*attacks).algorithmNames},
	{"other algorithms", (*attacks).otherAlgorithms},
	{"fields of the header", (*attacks).headerFields},
	{"ids of keys", (*attacks).keyIDs},
	{"times of signing", (*attacks).times},
	{"hashes of the body", (*attacks).hashes},
	{"shapes of the token", (*attacks).shapes},
	{"JSON of the token", (*attacks).tokenJSON},
	{"bytes of the body", (*attacks).bodyBytes},
	{"the body written anew", (*attacks).bodyAnew},
	{"signature headers", (*attacks).signatureHeaders},
	{"requests", (*attacks).requests},
}

// wave makes the attacks of a kind and sends them. Plaid's own message is taken before
// and after.
func (w *world) wave(t *testing.T, make func(*attacks), seen map[string]bool) int {
	t.Helper()
	a := &attacks{world: w, good: w.genuine(body).String(), seen: seen}
	genuine := w.request(a.good, body)
	seen[genuine] = true
	taken := w.took()
	plaids := func(when string) {
		t.Helper()
		taken++
		if got := w.send(genuine); got != 200 || w.took() != taken {
			t.Fatalf("Plaid's own %s: answered %d, %d taken, want %d", when, got, w.took(), taken)
		}
	}
	plaids("before")
	make(a)
	for _, attack := range a.list {
		w.advance(attack.after)
		if got := w.send(attack.request); got < 400 && got != 0 || w.took() != taken {
			t.Errorf("%s: answered %d, %d taken, want %d", attack.name, got, w.took(), taken)
			taken = w.took()
		}
	}
	plaids("after")
	return len(a.list)
}

// Nothing that Plaid did not sign gets in: thousands of messages, each another, each
// made from one that does get in, before and after.
func TestNothingForgedGetsIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t).serve()
	if got := w.send(w.request(w.genuine(body).String(), body)); got != 200 {
		t.Fatalf("Plaid's own: answered %d", got)
	}
	w.advance(10 * time.Minute) // that gives all the rations there are of questions about keys
	seen := make(map[string]bool)
	sum := 0
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			n := w.wave(t, kind.make, seen)
			t.Logf("%5d refused", n)
			sum += n
		})
	}
	t.Logf("%5d forged messages of %d kinds refused, none taken; %d questions to Plaid about keys; reasons: %v", sum, len(kinds), w.questions(), w.refused)
	if sum < 2000 || len(seen) != sum+len(kinds) {
		t.Errorf("%d attacks and %d different requests: want 2000 at least, and no two the same", sum, len(seen)-len(kinds))
	}
	if n := w.refused["Plaid has no such key, or has retired it"]; n < 6 || w.questions() < 7 {
		t.Errorf("%d were refused for their key after %d questions, want 6 at least, each asked about", n, w.questions())
	}
	if got := slices.Sorted(maps.Keys(w.refused)); !slices.Equal(got, webhook.Reasons()) {
		t.Errorf("refused for %q, want for each reason that there is: %q", got, webhook.Reasons())
	}
}

// A hundred times the same message is a hundred hints, not an error: what they
// cause is up to who takes them. After five minutes it is nothing.
func TestReplayIsAHintUntilItIsOld(t *testing.T) {
	t.Parallel()
	w := newWorld(t).serve()
	request := w.request(w.genuine(body).String(), body)
	for range 100 {
		if got := w.send(request); got != 200 {
			t.Fatalf("answered %d", got)
		}
	}
	w.advance(5*time.Minute + time.Second)
	if got := w.send(request); got != 401 || w.took() != 100 || w.questions() != 1 {
		t.Errorf("then answered %d, with %d taken and %d questions; want 401, 100 and 1", got, w.took(), w.questions())
	}
	want := webhook.Message{Type: "TRANSACTIONS", Code: "SYNC_UPDATES_AVAILABLE", Item: "item-1", Environment: "sandbox"}
	if w.taken[0] != want {
		t.Errorf("took %+v, want %+v", w.taken[0], want)
	}
}

// Who is not Plaid can hold no place: it is refused and let go of before its body, which
// nobody waits for.
func TestStrangersHoldNoPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.receiver.Hasten(time.Hour, time.Hour, 4)
	w.serve()
	plaids := w.request(w.genuine(body).String(), body)
	stranger := w.genuine(body).by(jwt.SigningMethodES256, strangers).String()
	for what, request := range map[string]string{
		"forged": w.request(stranger, body), "of an unknown key": w.request(w.genuine(body).with("kid", nobodysID).String(), body),
		"unsigned": w.request("", body), "no JSON": strings.Replace(plaids, "application/json", "text/plain", 1),
		"in chunks": strings.Split(strings.Replace(w.request(stranger, body), "Content-Length", "Transfer-Encoding: chunked\r\nX", 1), "\r\n\r\n")[0] + "\r\n\r\n90\r\n" + body,
	} {
		for range 10 { // more than there are places
			conn, err := net.Dial("tcp", w.address)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := io.WriteString(conn, request[:len(request)-10]); err != nil {
				t.Fatal(err)
			}
			_ = conn.SetReadDeadline(time.Now().Add(time.Minute))
			answer, err := io.ReadAll(conn)
			if e, ok := err.(net.Error); ok && e.Timeout() {
				t.Fatalf("%s, without the end of its body: still connected", what)
			}
			if !strings.HasPrefix(string(answer), "HTTP/1.1 4") {
				t.Errorf("%s, without the end of its body: answered %q, %v", what, answer, err)
			}
		}
	}
	if got := w.send(plaids); got != 200 {
		t.Errorf("Plaid's own: answered %d", got)
	}
}

// Whoever floods the receiver with forged messages makes it work, and keeps Plaid out of
// nothing: each of its messages is taken at the first try.
func TestAFloodKeepsPlaidOutOfNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t).serve()
	plaids := w.request(w.genuine(body).String(), body)
	forged := w.request(w.genuine(body).by(jwt.SigningMethodES256, strangers).String(), body)
	done := make(chan struct{})
	var flood sync.WaitGroup
	var refused atomic.Int64
	for range 8 { // each may have two connections, one of them about to end
		flood.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if got := w.send(forged); got != 401 {
					t.Errorf("forged: answered %d", got)
				}
				refused.Add(1)
			}
		})
	}
	for n := 0; n < 20 || refused.Load() < 1000; n++ {
		if got := w.send(plaids); got != 200 {
			t.Errorf("Plaid's own, after %d forged ones: answered %d", refused.Load(), got)
		}
	}
	close(done)
	flood.Wait()
	t.Logf("%d of Plaid's were taken among %d forged ones", w.took(), refused.Load())
}

// A message counts for five minutes by the clock here, which may be half a minute behind
// Plaid's. A clock that is wrong costs webhooks until it is set, and nothing else.
func TestClockThatIsWrong(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		ahead time.Duration
		want  int
	}{
		{-10 * time.Minute, 401}, {-31 * time.Second, 401}, {-30 * time.Second, 200}, {0, 200},
		{5 * time.Minute, 200}, {5*time.Minute + time.Second, 401}, {10 * time.Minute, 401},
	} {
		w := newWorld(t)
		message := raw(w.genuine(body).String())
		w.advance(tt.ahead)
		if got := w.handle(message); got != tt.want {
			t.Errorf("a clock that is %v ahead: answered %d, want %d", tt.ahead, got, tt.want)
		}
		w.advance(-tt.ahead)
		if got := w.handle(message); got != 200 {
			t.Errorf("set right, after %v: answered %d", tt.ahead, got)
		}
	}
}

// Who sends slowly is cut off, and keeps nobody out meanwhile.
func TestSlowSendersAreCutOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.receiver.Hasten(300*time.Millisecond, 600*time.Millisecond, 8)
	w.serve()
	whole := w.request(w.genuine(body).String(), body)
	var slow []net.Conn
	for _, part := range []string{whole[:40], whole[:len(whole)-10]} {
		for range 12 {
			conn, err := net.Dial("tcp", w.address)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := conn.Write([]byte(part)); err != nil {
				continue // cut off already
			}
			slow = append(slow, conn)
		}
	}
	began := time.Now()
	for w.send(whole) != 200 { // full of half a request: Plaid would come again too
		if time.Since(began) > time.Minute {
			t.Fatal("slow senders keep Plaid out")
		}
	}
	for _, conn := range slow {
		_ = conn.SetReadDeadline(time.Now().Add(time.Minute))
		var answer [1024]byte
		n, err := conn.Read(answer[:])
		if strings.Contains(string(answer[:n]), " 200 ") {
			t.Errorf("half a webhook got %q", answer[:n])
		}
		if e, ok := err.(net.Error); ok && e.Timeout() {
			t.Fatalf("half a request lives %v", time.Since(began))
		}
	}
	if w.took() != 1 {
		t.Errorf("%d taken, want 1", w.took())
	}
}
