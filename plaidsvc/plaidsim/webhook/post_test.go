package webhook_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"coffer/plaidsvc/plaidsim/webhook"
)

// A receiver is an app's endpoint on a clock that tests turn. It remembers what
// it was sent and answers as a test says.
type receiver struct {
	testing.TB
	post     *webhook.Post
	answer   func(n int, r *http.Request) (*http.Response, error) // n counts from 1
	failures []webhook.Failure

	mu  sync.Mutex // guards what follows
	now time.Time
	got []delivery
}

type delivery struct {
	at                   time.Time
	host, body           string
	signature, mediaType string
}

func newReceiver(t testing.TB, answer func(n int, r *http.Request) (*http.Response, error)) *receiver {
	r := &receiver{TB: t, now: noon(), answer: answer}
	r.post = webhook.NewPost(webhook.PostOptions{
		Network: r,
		Keys:    webhook.NewKeyring(7),
		Clock:   r.clock,
		Failed: func(f webhook.Failure) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.failures = append(r.failures, f)
		},
	})
	return r
}

func (r *receiver) clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

// Do implements [webhook.Network].
func (r *receiver) Do(request *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		r.Error(err)
	}
	r.mu.Lock()
	r.got = append(r.got, delivery{
		at:        r.now,
		host:      request.URL.Host,
		body:      string(body),
		signature: request.Header.Get(webhook.Header),
		mediaType: request.Header.Get("Content-Type"),
	})
	n := len(r.got)
	r.mu.Unlock()
	return r.answer(n, request)
}

func (r *receiver) send(address, body string) {
	r.post.Send(webhook.Letter{Address: address, Name: "ITEM ERROR", Body: []byte(body), At: r.clock()})
}

// pass lets time pass, from one moment at which something is due to the next.
func (r *receiver) pass(d time.Duration) {
	r.Helper()
	end := r.clock().Add(d)
	for {
		r.post.Start(r.Context())
		r.post.Wait()
		due, waiting := r.post.Due()
		if !waiting || due.After(end) {
			due = end
		}
		r.mu.Lock()
		r.now = due
		r.mu.Unlock()
		if due.Equal(end) {
			r.post.Start(r.Context())
			r.post.Wait()
			return
		}
	}
}

func (r *receiver) bodies() []string {
	var out []string
	for _, d := range r.got {
		out = append(out, d.body)
	}
	return out
}

// offsets are when attempts arrived, counted from noon.
func (r *receiver) offsets() []string {
	var out []string
	for _, d := range r.got {
		out = append(out, d.at.Sub(noon()).String())
	}
	return out
}

func status(code int, headers ...string) (*http.Response, error) {
	h := http.Header{}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &http.Response{StatusCode: code, Header: h, Body: io.NopCloser(strings.NewReader("answer"))}, nil
}

func always(code int, headers ...string) func(int, *http.Request) (*http.Response, error) {
	return func(int, *http.Request) (*http.Response, error) { return status(code, headers...) }
}

const endpoint = "http://app.example/hook?secret=1"

func TestWebhookIsDeliveredOnceAndVerifies(t *testing.T) {
	r := newReceiver(t, always(http.StatusOK))
	r.send(endpoint, "{}")
	r.pass(48 * time.Hour)
	if len(r.got) != 1 || r.got[0].body != "{}" || r.got[0].mediaType != "application/json" {
		t.Fatalf("got %+v, want the body once, as JSON", r.got)
	}
	if _, err := verify(webhook.NewKeyring(7), []byte("{}"), r.got[0].signature, noon()); err != nil {
		t.Errorf("signature: %v", err)
	}
	if len(r.failures) > 0 {
		t.Errorf("failures: got %v, want none", r.failures)
	}
}

// Everything but 200 climbs the ladder, and each attempt is signed anew.
func TestLadder(t *testing.T) {
	for name, answer := range map[string]func(int, *http.Request) (*http.Response, error){
		"server error": always(http.StatusInternalServerError),
		"created":      always(http.StatusCreated),
		"redirect":     always(http.StatusFound, "Location", "http://elsewhere.example/"),
		"unreachable":  func(int, *http.Request) (*http.Response, error) { return nil, errors.New("connection refused") },
	} {
		t.Run(name, func(t *testing.T) {
			r := newReceiver(t, answer)
			r.send(endpoint, "{}")
			r.pass(72 * time.Hour)
			want := []string{"0s", "30s", "2m30s", "10m30s", "42m30s", "2h50m30s", "11h22m30s"}
			if got := r.offsets(); !slices.Equal(got, want) {
				t.Errorf("attempts: got %v, want %v", got, want)
			}
			for _, d := range r.got {
				if _, err := verify(webhook.NewKeyring(7), []byte("{}"), d.signature, d.at); err != nil {
					t.Errorf("signature of %s: %v", d.at, err)
				}
			}
			last := r.failures[len(r.failures)-1].String()
			if len(r.failures) != len(want) || !strings.Contains(last, "app.example") || !strings.HasSuffix(last, "given up") {
				t.Errorf("failures: got %v, want one per attempt, the last with the host and the end", r.failures)
			}
			if strings.Contains(last, "secret") || strings.Contains(last, "/hook") {
				t.Errorf("failure: got %q, want nothing of the address but its host", last)
			}
		})
	}
}

func TestAcceptedRetryEndsTheLadder(t *testing.T) {
	r := newReceiver(t, func(n int, _ *http.Request) (*http.Response, error) {
		return status(map[bool]int{true: http.StatusOK, false: http.StatusBadGateway}[n == 3])
	})
	r.send(endpoint, "{}")
	r.pass(72 * time.Hour)
	if got, want := r.offsets(), []string{"0s", "30s", "2m30s"}; !slices.Equal(got, want) {
		t.Errorf("attempts: got %v, want %v", got, want)
	}
}

func TestRetryAfterIsHonouredUpToFourHours(t *testing.T) {
	for header, want := range map[string]string{
		"90":                            "1m30s",
		"86400":                         "4h0m0s",
		"Sun, 15 Mar 2026 12:20:00 GMT": "20m0s",
		"soon":                          "30s",
		"0":                             "30s",
		"-5":                            "30s",
	} {
		r := newReceiver(t, func(n int, _ *http.Request) (*http.Response, error) {
			if n == 1 {
				return status(http.StatusTooManyRequests, "Retry-After", header)
			}
			return status(http.StatusOK)
		})
		r.send(endpoint, "{}")
		r.pass(72 * time.Hour)
		if got := r.offsets(); !slices.Equal(got, []string{"0s", want}) {
			t.Errorf("Retry-After %s: attempts at %v, want a second one after %s", header, got, want)
		}
	}
	r := newReceiver(t, always(http.StatusServiceUnavailable, "Retry-After", "90"))
	r.send(endpoint, "{}")
	r.pass(time.Minute)
	if got := r.offsets(); !slices.Equal(got, []string{"0s", "30s"}) {
		t.Errorf("another status with Retry-After: attempts at %v, want the ladder's", got)
	}
}

// An endpoint that says "not yet" for ever is given up after a day.
func TestRetryAfterEndsWithTheDay(t *testing.T) {
	r := newReceiver(t, always(http.StatusTooManyRequests, "Retry-After", "14400"))
	r.send(endpoint, "{}")
	r.pass(72 * time.Hour)
	if got := r.offsets(); len(got) != 7 || got[6] != "24h0m0s" {
		t.Errorf("attempts: got %v, want one every four hours of one day", got)
	}
}

// An endpoint that rejects more than nine of ten gets no retries, for a day.
func TestNoRetriesWhereNearlyAllIsRejected(t *testing.T) {
	reject := true
	r := newReceiver(t, func(int, *http.Request) (*http.Response, error) {
		return status(map[bool]int{true: http.StatusNotFound, false: http.StatusOK}[reject])
	})
	for i := range 9 {
		r.send(endpoint, fmt.Sprint(i))
	}
	r.pass(0)
	if _, retries := r.post.Due(); !retries {
		t.Error("nine of nine rejected: got no retries, want them")
	}
	r.pass(20 * time.Hour)
	before := len(r.got)
	r.send(endpoint, "tenth")
	r.pass(time.Hour)
	if got := len(r.got) - before; got != 1 {
		t.Errorf("ten of ten rejected: got %d attempts, want one", got)
	}
	r.pass(24 * time.Hour)
	before = len(r.got)
	r.send(endpoint, "a day later")
	r.pass(time.Minute)
	if got := len(r.got) - before; got != 2 {
		t.Errorf("a day later: got %d attempts within a minute, want two", got)
	}
	reject = false
	r.send("http://other.example/", "elsewhere")
	r.pass(0)
	if last := r.got[len(r.got)-1]; last.body != "elsewhere" {
		t.Errorf("another address: got %q last, want it served", last.body)
	}
}

func TestOneAddressGetsThemInOrder(t *testing.T) {
	r := newReceiver(t, always(http.StatusOK))
	var want []string
	for i := range 50 {
		r.send(endpoint, fmt.Sprint(i))
		want = append(want, fmt.Sprint(i))
	}
	r.pass(0)
	if got := r.bodies(); !slices.Equal(got, want) {
		t.Errorf("got %v, want the order they were fired in", got)
	}
}

// A letter that waits for its retry does not hold up the ones after it.
func TestFirstAttemptsDoNotWaitForRetries(t *testing.T) {
	r := newReceiver(t, func(n int, _ *http.Request) (*http.Response, error) {
		return status(map[bool]int{true: http.StatusTeapot, false: http.StatusOK}[n == 1])
	})
	r.send(endpoint, "first")
	r.send(endpoint, "second")
	r.pass(time.Minute)
	if got, want := r.bodies(), []string{"first", "second", "first"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The ten seconds are real ones; the bubble makes them pass at once.
func TestReceiverThatDoesNotAnswerIsLeftAfterTenSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(t, func(n int, r *http.Request) (*http.Response, error) {
			if n == 1 {
				<-r.Context().Done()
				return nil, r.Context().Err()
			}
			return status(http.StatusOK)
		})
		r.send(endpoint, "{}")
		before := time.Now()
		r.pass(0)
		if got := time.Since(before); got != webhook.Timeout {
			t.Errorf("gave up after %s, want %s", got, webhook.Timeout)
		}
		if len(r.failures) != 1 || !strings.Contains(r.failures[0].String(), "no answer within 10s") {
			t.Errorf("failures: got %v, want that there was no answer", r.failures)
		}
		r.pass(30 * time.Second)
		if len(r.got) != 2 {
			t.Errorf("attempts: got %d, want a second one on the ladder", len(r.got))
		}
	})
}

// Who hangs keeps nobody else waiting.
func TestAddressesAreServedSideBySide(t *testing.T) {
	released := make(chan struct{})
	r := newReceiver(t, func(_ int, r *http.Request) (*http.Response, error) {
		if r.URL.Host == "slow.example" {
			<-released
		} else {
			close(released)
		}
		return status(http.StatusOK)
	})
	r.send("http://slow.example/", "slow")
	r.send("http://fast.example/", "fast")
	r.pass(0)
	if len(r.got) != 2 {
		t.Errorf("got %v, want both", r.got)
	}
}

// What a stop breaks off has not been tried.
func TestStopKeepsWhatWasUnderWay(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := newReceiver(t, func(n int, r *http.Request) (*http.Response, error) {
		if n > 1 {
			return status(http.StatusOK)
		}
		cancel()
		<-r.Context().Done()
		return nil, r.Context().Err()
	})
	r.send(endpoint, "{}")
	r.post.Start(ctx)
	r.post.Wait()
	if due, waiting := r.post.Due(); !waiting || !due.Equal(noon()) || len(r.failures) > 0 {
		t.Errorf("after the stop: due %s, %v, failures %v, want it due as before", due, waiting, r.failures)
	}
	r.pass(0)
	if len(r.got) != 2 {
		t.Errorf("after another start: got %d attempts, want two", len(r.got))
	}
}
