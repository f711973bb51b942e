package plaidsim_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// A wire is a world behind a real connection, and what a plain client of
// net/http saw of one call.
type wire struct {
	*world
	base string
}

func newWire(t *testing.T, o plaidsim.Options) *wire {
	t.Helper()
	w := newWorld(t, o)
	server := httptest.NewServer(w.server)
	t.Cleanup(server.Close)
	return &wire{w, server.URL}
}

// seen is what arrived of an answer: err is of the connection.
type seen struct {
	status      int
	contentType string
	body        string
	err         error
}

func (w *wire) post(ctx context.Context, endpoint string, body fields) seen {
	w.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.base+endpoint, strings.NewReader(w.text(body)))
	if err != nil {
		w.Fatal(err)
	}
	r.Header = keys()
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return seen{err: err}
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return seen{answer.StatusCode, answer.Header.Get("Content-Type"), string(text), err}
}

// Every break, as a client that knows nothing of it sees it.
func TestBreaksAsAClientSeesThem(t *testing.T) {
	whole := func(s seen) bool { return json.Valid([]byte(s.body)) }
	for how, fits := range map[plaidsim.Break]func(s seen) bool{
		plaidsim.Truncated: func(s seen) bool {
			return s.err == nil && s.status == 200 && strings.HasPrefix(s.body, "{") && !whole(s)
		},
		plaidsim.Cut:     func(s seen) bool { return errors.Is(s.err, io.ErrUnexpectedEOF) && s.status == 200 && s.body != "" },
		plaidsim.Dropped: func(s seen) bool { return errors.Is(s.err, io.EOF) && s.status == 0 },
		plaidsim.ContentType: func(s seen) bool {
			return s.err == nil && s.status == 200 && strings.HasPrefix(s.contentType, "text/plain") && whole(s)
		},
		plaidsim.HTML: func(s seen) bool {
			return s.err == nil && s.status == 200 && s.contentType == "text/html" && strings.HasPrefix(s.body, "<html>")
		},
		plaidsim.Garbage: func(s seen) bool {
			return s.err == nil && s.status == 200 && strings.HasPrefix(s.contentType, "application/json") && !whole(s)
		},
	} {
		t.Run(string(how), func(t *testing.T) {
			w := newWire(t, plaidsim.Options{Settled: true})
			token := w.link(nil)
			w.server.Inject(plaidsim.Fault{Endpoint: "/item/remove", Call: 1, Break: how})
			if got := w.post(t.Context(), "/item/remove", fields{"access_token": token}); !fits(got) {
				t.Errorf("got %+v", got)
			}
			// What was asked for has happened all the same.
			w.refused("/item/get", fields{"access_token": token}, "ITEM_NOT_FOUND")
		})
	}
}

// A code and a break: the error does not arrive, and nothing has happened.
func TestBreaksWorkOnErrorsToo(t *testing.T) {
	w := newWire(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	w.server.Inject(plaidsim.Fault{Endpoint: "/item/remove", Call: 1, Code: "INTERNAL_SERVER_ERROR", Break: plaidsim.HTML})
	got := w.post(t.Context(), "/item/remove", fields{"access_token": token})
	if got.status != 500 || got.contentType != "text/html" {
		t.Errorf("got %+v, want a page with status 500", got)
	}
	w.must("/item/get", fields{"access_token": token})
}

// A slow answer takes as long as it says and holds nobody else up.
func TestDelayKeepsOnlyItsOwnClientWaiting(t *testing.T) {
	waiting, over := make(chan time.Duration), make(chan struct{})
	w := newWire(t, plaidsim.Options{Settled: true, Sleep: func(_ context.Context, d time.Duration) error {
		waiting <- d
		<-over
		return nil
	}})
	token := w.link(nil)
	w.server.Inject(plaidsim.Fault{Endpoint: "/accounts/balance/get", Call: 1, Delay: plaidsim.Duration(30 * time.Second)})
	slow := make(chan seen)
	go func() {
		slow <- w.post(context.WithoutCancel(t.Context()), "/accounts/balance/get", fields{"access_token": token})
	}()
	if d := <-waiting; d != 30*time.Second {
		t.Errorf("waits %s, want 30s", d)
	}
	w.must("/accounts/balance/get", fields{"access_token": token})
	close(over)
	if got := <-slow; got.status != 200 || !strings.Contains(got.body, "balances") {
		t.Errorf("after the delay: got %+v, want the balances", got)
	}
}

// A client that gives up ends the delay.
func TestDelayEndsWithItsClient(t *testing.T) {
	ended := make(chan error, 1)
	started := make(chan struct{})
	w := newWire(t, plaidsim.Options{Settled: true, Sleep: func(ctx context.Context, _ time.Duration) error {
		close(started)
		<-ctx.Done()
		ended <- ctx.Err()
		return ctx.Err()
	}})
	w.server.Inject(plaidsim.Fault{Endpoint: "/item/get", Delay: plaidsim.Duration(time.Hour)})
	ctx, giveUp := context.WithCancel(t.Context())
	go func() {
		<-started
		giveUp()
	}()
	if got := w.post(ctx, "/item/get", fields{"access_token": "access-sandbox-x"}); !errors.Is(got.err, context.Canceled) {
		t.Errorf("got %+v, want no answer", got)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the delay ended with %v, want it canceled", err)
	}
}

// The delay of a real clock is as long as it says, or as the client stays.
func TestDelayOnTheRealClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, plaidsim.Options{Settled: true})
		w.server.Inject(plaidsim.Fault{Delay: plaidsim.Duration(10 * time.Second)})
		ask := func(ctx context.Context) (recorder *httptest.ResponseRecorder, took time.Duration) {
			r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/item/get", strings.NewReader("{}"))
			recorder = httptest.NewRecorder()
			from := time.Now()
			defer func() {
				if how := recover(); how != nil && how != http.ErrAbortHandler {
					panic(how)
				}
				took = time.Since(from)
			}()
			w.server.ServeHTTP(recorder, r)
			return recorder, 0
		}
		if got, took := ask(t.Context()); took != 10*time.Second || got.Body.Len() == 0 {
			t.Errorf("got %s after %s, want an answer after 10s", got.Body, took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		if got, took := ask(ctx); took != 3*time.Second || got.Body.Len() > 0 {
			t.Errorf("got %q after %s, want nothing after 3s", got.Body, took)
		}
	})
}
