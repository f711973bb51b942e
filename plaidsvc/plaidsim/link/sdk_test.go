package link_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
	"coffer/plaidsvc/plaidsim/link"
)

func testHandler(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	b := openTab(t, browser, w.app)
	b.Await(`calls.length > 0`)
	evaluate[any](b, `handler.exit({ force: true }), handler.submit({ phone_number: '+14155550011' })`) // nothing is open
	toCredentials(b)
	evaluate[any](b, `handler.open()`) // already open
	evaluate[any](b, `handler.exit()`)
	b.AwaitInside(`document.querySelector('#leave').open`)
	evaluate[any](b, `handler.exit({ force: true })`)
	b.awaitEnd()
	ending{status: "requires_credentials", institution: platypus(), request: "request4"}.check(t, b, w)

	// The same handler opens again, with a session of its own.
	evaluate[any](b, `calls.splice(0, Infinity, ['onLoad'])`)
	toSuccess(b)
	evaluate[any](b, `handler.exit()`) // as Plaid: after success, exit is onSuccess
	b.awaitEnd()
	if all := b.callbacks(); len(of(all, "onSuccess")) != 1 || len(of(all, "onExit")) != 0 {
		t.Errorf("callbacks = %v, want one onSuccess", all)
	}

	evaluate[any](b, `calls.splice(0, Infinity, ['onLoad'])`)
	toIntro(b)
	evaluate[any](b, `handler.destroy(), handler.open(), handler.exit({ force: true })`)
	if n := evaluate[int](b, `document.querySelectorAll('iframe, dialog').length`); n != 0 {
		t.Errorf("destroy left %d elements", n)
	}
	b.Await(`document.documentElement.style.overflow === ''`)
	if all := b.callbacks(); len(all) != 2 { // onLoad and OPEN
		t.Errorf("callbacks after destroy = %v, want none", all[2:])
	}
}

func testArguments(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, nothingYet)
	b := openTab(t, browser, w.app)
	const missing = "Missing Link parameter. Link requires a key or token to be provided."
	for config, want := range map[string]string{
		`undefined`:                                                       missing,
		`{ ...config, token: undefined }`:                                 missing,
		`{ ...config, token: null }`:                                      missing,
		`{ ...config, token: '' }`:                                        missing,
		`{ ...config, token: 7 }`:                                         missing,
		`{ ...config, onSuccess: null }`:                                  "Missing Link parameter. Link requires an onSuccess callback to be provided.",
		`{ ...config, onExit: 'exit' }`:                                   "Invalid Link parameter. onExit must be a function.",
		`{ ...config, onEvent: 1 }`:                                       "Invalid Link parameter. onEvent must be a function.",
		`{ ...config, onLoad: {} }`:                                       "Invalid Link parameter. onLoad must be a function.",
		`{ ...config, receivedRedirectUri: 'http' }`:                      "oauth uri does not contain a valid oauth_state_id query parameter",
		`{ ...config, receivedRedirectUri: 'http://localhost/?state=1' }`: "oauth uri does not contain a valid oauth_state_id query parameter",
		`{ ...config, receivedRedirectUri: 'http://localhost/?oauth_state_id=1' }`: "accepted",
		`{ token: config.token, onSuccess() {} }`:                                  "accepted",
	} {
		got := evaluate[string](b, fmt.Sprintf(`(() => {
			try { Plaid.create(%s).destroy(); return 'accepted'; } catch (error) { return error.message; }
		})()`, config))
		if got != want {
			t.Errorf("create(%s): %q, want %q", config, got, want)
		}
	}
	if got := evaluate[string](b, `Object.keys(Plaid.create(config)).sort().join(' ')`); got != "destroy exit open submit" {
		t.Errorf("a handler has %q, want destroy, exit, open and submit", got)
	}
}

func testOpenBeforeLoad(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, atOnce)
	b := openTab(t, browser, w.app)
	b.Await(`calls.length === 2`)
	b.awaitPane("intro")
	same(t, b.callbacks(), []callback{on("onLoad"), on("onEvent", "OPEN", event(object{"request_id": "request1"}))})
}

func testThrowingCallback(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, `config.onEvent = () => { throw new Error('a bug in the app'); };`+onButton)
	b := openTab(t, browser, w.app)
	b.Await(`calls.length > 0`)
	b.Press(kb.Enter)
	b.awaitPane("intro")
	evaluate[any](b, `handler.exit({ force: true })`)
	b.Await(`calls.some(([name]) => name === 'onExit')`)
	if got := strings.Join(b.Complaints(), "\n"); !strings.Contains(got, "a bug in the app") {
		t.Errorf("the console says %q, want the app's own error", got)
	}
}

func testDestroyInCallback(t *testing.T, browser *browsertest.Browser) {
	for _, tt := range []struct{ name, script, last string }{
		{"onEvent", `config.onEvent = (...args) => {
			note('onEvent')(...args);
			if (args[0] === 'TRANSITION_VIEW') handler.destroy();
		};`, "onEvent"}, // no onExit
		{"onExit", `config.onExit = (...args) => { note('onExit')(...args); handler.destroy(); };`, "onExit"}, // no EXIT
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, goodToken, tt.script+onButton)
			b := openTab(t, browser, w.app)
			toIntro(b)
			evaluate[any](b, `handler.exit({ force: true })`)
			b.Await(`!document.querySelector('iframe')`)
			all := b.callbacks()
			if last := all[len(all)-1]; last.name != tt.last {
				t.Errorf("callbacks = %v, want none after destroy in %s", all, tt.name)
			}
		})
	}
}

func testForgedMessage(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	b := openTab(t, browser, w.app)
	toIntro(b)
	// The page's own window is not the iframe, whatever it says. The message
	// that the promise waits for comes after the forged one.
	evaluate[bool](b, `new Promise((done) => {
		addEventListener('message', (event) => { if (event.data === 'after') done(true); });
		postMessage({ type: 'end', success: { public_token: 'public-sandbox-forged', metadata: {} }, events: [] }, '*');
		postMessage('after', '*');
	})`)
	if all := b.callbacks(); len(all) != 2 || !evaluate[bool](b, `document.querySelector('dialog').open`) {
		t.Errorf("callbacks = %v, want onLoad and OPEN, with Link still open", all)
	}
}

func testLyingPage(t *testing.T, browser *browsertest.Browser) {
	// embed shows link.html in a page that names an origin, tells it to open
	// Link, and lets the iframe work off its messages.
	embed := func(b *tab, w *world, origin string) {
		evaluate[bool](b, fmt.Sprintf(`new Promise((done) => {
			const frame = document.createElement('iframe');
			frame.onload = () => {
				frame.contentWindow.postMessage({ type: 'open', token: config.token }, '*');
				done(true);
			};
			frame.src = %q + '#origin=' + encodeURIComponent(%s);
			document.body.append(frame);
		})`, w.sim+link.Root+"link.html", origin))
	}
	t.Run("lie", func(t *testing.T) {
		w := newWorld(t, goodToken, nothingYet)
		b := openTab(t, browser, w.app)
		for _, origin := range []string{`'http://elsewhere.example'`, `'*'`, `''`, `location.origin + '/'`, `'null'`} {
			embed(b, w, origin)
			inside[bool](b, `new Promise((done) => setTimeout(() => setTimeout(() => done(true))))`)
			if n := w.backend.count("start"); n != 0 {
				t.Errorf("a page that calls itself %s began %d sessions", origin, n)
			}
			if len(b.Complaints()) == 0 {
				t.Errorf("a page that calls itself %s: nothing in the console", origin)
			}
			evaluate[any](b, `document.querySelector('iframe').remove()`)
		}
	})
	t.Run("truth", func(t *testing.T) { // the same steps do begin one
		w := newWorld(t, goodToken, nothingYet)
		b := openTab(t, browser, w.app)
		embed(b, w, `location.origin`)
		b.AwaitInside(`document.querySelector('#pane').dataset.pane === 'intro'`)
	})
}

// Every other subtest says that there was no violation. This one says that
// there would have been a complaint.
func testViolationNoticed(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	b := openTab(t, browser, w.app)
	evaluate[bool](b, `new Promise((done) => {
		addEventListener('securitypolicyviolation', () => done(true));
		document.body.append(Object.assign(document.createElement('script'), { textContent: 'calls.push(1)' }));
	})`)
	if got := b.Complaints(); len(got) != 2 || !strings.HasPrefix(got[0], "script-src-elem inline") {
		t.Errorf("complaints = %q, want the page's event and the browser's log", got)
	}
}
