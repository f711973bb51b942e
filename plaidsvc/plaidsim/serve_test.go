package plaidsim_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

func TestServeAnswersUntilItIsStopped(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- w.server.Serve(ctx, l) }()

	base := "http://" + l.Addr().String()
	if got := get(t, base+"/link/v2/stable/link-initialize.js"); !strings.Contains(got, "Plaid") {
		t.Errorf("the SDK script: got %.100q", got)
	}
	stop()
	if err := <-done; err != nil {
		t.Errorf("Serve: got %v, want nil after a stop", err)
	}
	if _, err := net.Dial("tcp", l.Addr().String()); err == nil {
		t.Error("somebody still listens")
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestServeSaysWhyItCannot(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.server.Serve(t.Context(), l); err == nil || !strings.Contains(err.Error(), "serve on 127.0.0.1:") {
		t.Errorf("got %v, want an error that names the address", err)
	}
}

// Run with -race.
func TestServerIsSafeForConcurrentUse(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	tokens := []string{w.link(nil), w.link(nil)}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			token := tokens[i%2]
			for _, endpoint := range append(calls(), "/item/get") {
				w.ask(endpoint, fields{"access_token": token})
			}
			w.ask("/sandbox/public_token/create", fields{"institution_id": "ins_109509", "initial_products": []string{"auth"}})
		})
	}
	all.Wait()
	for _, token := range tokens {
		w.must("/item/get", fields{"access_token": token})
	}
}
