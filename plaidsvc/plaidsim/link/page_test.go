package link_test

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim/link"
)

// A world is a simulator and an app beside it, on two origins.
type world struct {
	backend *fakeBackend
	sim     string // the simulator's origin
	app     string // the app's page
}

// The scripts that an app's page may run. They run in the head, before there is
// a body. calls is every callback the page got.
const (
	preamble = `
		const calls = [];
		const note = (name) => (...args) => { calls.push([name, ...args]); };
		const config = {
			token: %q, onSuccess: note('onSuccess'), onExit: note('onExit'), onEvent: note('onEvent'), onLoad: note('onLoad'),
		};`
	onButton = `
		const handler = Plaid.create(config);
		addEventListener('click', (event) => { if (event.target.id === 'link') handler.open(); });`
	atOnce = `
		const handler = Plaid.create(config);
		handler.open();`
	nothingYet = ``
)

// newWorld starts both servers, with a fake backend. The app's page opens Link
// for token by script, under the Content-Security-Policy of an app that is
// careful.
func newWorld(t *testing.T, token, script string) *world {
	t.Helper()
	w := &world{backend: &fakeBackend{t: t}}
	mux := http.NewServeMux()
	mux.Handle(link.Root, link.Handler())
	mux.Handle("/link/session/", w.backend)
	w.sim = serve(t, mux)
	w.app = w.serveApp(t, token, script)
	return w
}

// serveApp starts the app's server.
func (w *world) serveApp(t *testing.T, token, script string) string {
	t.Helper()
	return serve(t, w.page(fmt.Sprintf(preamble, token)+script))
}

func serve(t *testing.T, handler http.Handler) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// page is the app's page. Its policy allows its own inline script by nonce, the
// Link script by address, Link's origin in a frame, and nothing else: no style
// of any kind. Its opener policy is the strictest that leaves room for a bank's
// window.
func (w *world) page(script string) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		nonce, sdk := rand.Text(), w.sim+link.Root+"link-initialize.js"
		rw.Header().Set("Content-Security-Policy", strings.Join([]string{
			"default-src 'none'", "script-src 'nonce-" + nonce + "' " + sdk, "frame-src " + w.sim,
			"img-src data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
		}, "; "))
		rw.Header().Set("Cross-Origin-Opener-Policy", "same-origin-allow-popups")
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(rw, `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>An app</title>
			<script src=%q></script><script nonce=%q>%s</script>
			<h1>An app's page</h1><p>Whatever it shows is behind Link.</p>
			<button id="link" autofocus>Connect a bank</button>`, sdk, nonce, script)
	})
}
