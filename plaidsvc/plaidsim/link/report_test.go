package link_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"coffer/internal/browsertest"
)

// hear keeps events. They are told beside the person's own requests, and count
// as none.
func (b *fakeBackend) hear(w http.ResponseWriter, events []any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stopped {
		panic(http.ErrAbortHandler)
	}
	for _, e := range events {
		b.told = append(b.told, e.(object)["name"].(string))
	}
	fmt.Fprint(w, `{"request_id": "nobody's business"}`)
}

// heard are the names of the events so far.
func (b *fakeBackend) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.told)
}

// testReport holds what the backend hears against what the app does.
func testReport(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	b := openTab(t, browser, w.app)
	toCredentials(b)
	for !slices.Contains(w.backend.heard(), "SELECT_INSTITUTION") { // though nothing is over yet
		inside[bool](b, `new Promise((done) => setTimeout(() => done(true), 5))`)
	}
	b.leave()
	var app []string
	for _, c := range of(b.callbacks(), "onEvent") {
		app = append(app, c.args[0].(string))
	}
	if got := w.backend.heard(); !slices.Equal(got, app) {
		t.Errorf("the backend heard %v, the app %v", got, app)
	}
}
