package browsertest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
)

// A site is a page and another origin's page in an iframe of it. Both have a
// policy that allows the scripts of their own origin.
type site struct{ address string }

const (
	outer = `<!doctype html><title>outer</title><script src="/page.js"></script><body>
		<input id="name" autofocus><button id="go">Go</button><p id="said"></p><iframe src="%s"></iframe>`
	inner = `<!doctype html><title>inner</title><script src="/page.js"></script><body>
		<input id="name"><button id="go">Go</button><p id="said"></p>`
	script = `addEventListener('click', (event) => {
		if (event.target.id === 'go') document.querySelector('#said').textContent = document.querySelector('#name').value;
	});`
)

func newSite(t *testing.T) site {
	t.Helper()
	frame := serve(t, inner)
	return site{serve(t, fmt.Sprintf(outer, frame))}
}

func serve(t *testing.T, html string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Security-Policy", "default-src 'self'; frame-src http:")
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, html)
		case "/page.js":
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, script)
		case "/nothing":
			w.WriteHeader(http.StatusNoContent)
		default:
			http.Error(w, "no such thing", http.StatusNotFound)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL + "/"
}

func TestPage(t *testing.T) {
	browser := browsertest.Start(t)
	for _, sub := range []struct {
		name string
		test func(*testing.T, *browsertest.Browser, site)
	}{
		{"keys go where the focus is", testKeys},
		{"keys reach the iframe", testKeysInside},
		{"complaints of the page", testComplaints},
		{"complaints of the iframe", testComplaintsInside},
		{"a status is no complaint", testStatus},
		{"answers", testAnswers},
		{"the page's scripts see nothing of the test", testUnseen},
		{"a look", testLook},
		{"a window that the page opens", testPopup},
	} {
		t.Run(sub.name, func(t *testing.T) {
			t.Parallel()
			sub.test(t, browser, newSite(t))
		})
	}
}

func testKeys(t *testing.T, browser *browsertest.Browser, s site) {
	p := browser.Open(t, s.address)
	p.Await(`document.activeElement.id === 'name'`)
	p.Press("Ana", kb.Tab)
	p.Await(`document.activeElement.id === 'go'`)
	p.Backtab()
	p.Press(kb.End)
	p.Enter(" Äöß")
	p.Press(kb.Tab, kb.Enter)
	p.Await(`document.querySelector('#said').textContent !== ''`)
	if got, want := browsertest.Evaluate[string](p, `document.querySelector('#said').textContent`), "Ana Äöß"; got != want {
		t.Errorf("the page was told %q, want %q", got, want)
	}
}

func testKeysInside(t *testing.T, browser *browsertest.Browser, s site) {
	p := browser.Open(t, s.address)
	p.Press(kb.Tab, kb.Tab)
	p.AwaitInside(`document.activeElement.id === 'name'`)
	p.Press("Ana", kb.Tab, kb.Enter)
	p.AwaitInside(`document.querySelector('#said').textContent === 'Ana'`)
	if got := browsertest.Inside[string](p, `document.title`); got != "inner" {
		t.Errorf("the iframe's title is %q, want inner", got)
	}
}

const (
	// Scripts run in turn: the promise settles when the violation is known.
	violate = `new Promise((done) => {
		addEventListener('securitypolicyviolation', () => done(true));
		document.body.append(Object.assign(document.createElement('script'), { textContent: 'alert(1)' }));
	})`
	throwLater = `new Promise((done) => { setTimeout(() => { throw new Error('a bug') }); setTimeout(() => done(true)) })`
)

func testComplaints(t *testing.T, browser *browsertest.Browser, s site) {
	p := browser.Open(t, s.address)
	browsertest.Evaluate[bool](p, violate)
	browsertest.Evaluate[any](p, `console.log('a line')`)
	browsertest.Evaluate[bool](p, throwLater)
	wantComplaints(t, p)
	if left := p.Complaints(); len(left) > 0 {
		t.Errorf("complaints are told twice: %q", left)
	}
}

func testComplaintsInside(t *testing.T, browser *browsertest.Browser, s site) {
	p := browser.Open(t, s.address)
	browsertest.Inside[bool](p, violate)
	browsertest.Inside[any](p, `console.log('a line')`)
	browsertest.Inside[bool](p, throwLater)
	browsertest.Evaluate[any](p, `document.querySelector('iframe').remove()`) // which loses nothing
	wantComplaints(t, p)
}

// wantComplaints wants the violation as the document was told of it, and then
// the console's lines in some order.
func wantComplaints(t *testing.T, p *browsertest.Page) {
	t.Helper()
	got := p.Complaints()
	if len(got) != 4 || got[0] != "script-src-elem inline" {
		t.Fatalf("complaints = %q, want script-src-elem inline and three lines", got)
	}
	for _, want := range []string{"Content Security Policy", "console.log", "a bug"} {
		if !strings.Contains(strings.Join(got[1:], "\n"), want) {
			t.Errorf("complaints = %q, want one with %q", got, want)
		}
	}
}

func testStatus(t *testing.T, browser *browsertest.Browser, s site) {
	p := browser.Open(t, s.address)
	if status := browsertest.Evaluate[int](p, `fetch('/favicon.ico').then((reply) => reply.status)`); status != http.StatusNotFound {
		t.Fatalf("status = %d, want 404", status)
	}
	if got := p.Complaints(); len(got) != 0 {
		t.Errorf("complaints = %q, want none", got)
	}
}

func testAnswers(t *testing.T, browser *browsertest.Browser, s site) {
	p := browser.Open(t, s.address)
	browsertest.Evaluate[string](p, `fetch('/missing').then((reply) => reply.text())`)
	browsertest.Evaluate[int](p, `fetch('/nothing').then((reply) => reply.status)`)
	browsertest.Evaluate[any](p, `document.querySelector('iframe').remove()`) // whose answers stay
	type kept struct {
		path   string
		status int
		body   string
	}
	got := make(map[kept]int)
	for _, a := range p.Answers() {
		body := string(a.Body)
		if strings.HasPrefix(body, "<!doctype") {
			body = body[len("<!doctype html><title>"):strings.Index(body, "</title>")]
			if a.Header.Get("Content-Security-Policy") == "" {
				t.Errorf("%s: its headers were lost: %v", a.URL, a.Header)
			}
		}
		got[kept{a.URL[strings.LastIndex(a.URL, "/"):], a.Status, body}]++
	}
	for want, n := range map[kept]int{
		{"/", 200, "outer"}: 1, {"/", 200, "inner"}: 1, {"/page.js", 200, script}: 2,
		{"/missing", 404, "no such thing\n"}: 1, {"/nothing", 204, ""}: 1,
	} {
		if got[want] != n {
			t.Errorf("%+v was answered %d times, want %d; all: %+v", want, got[want], n, got)
		}
	}
}

func testUnseen(t *testing.T, browser *browsertest.Browser, s site) {
	const own = `Object.getOwnPropertyNames(window).length`
	p := browser.Open(t, s.address)
	before := browsertest.Evaluate[int](p, own)
	p.AwaitInside(`true`)
	p.Complaints()
	if after := browsertest.Evaluate[int](p, own); after != before {
		t.Errorf("the page's window has %d properties after a look at it, %d before", after, before)
	}
	const seen = `'reportViolation' in window`
	if !browsertest.Inside[bool](p, seen) || browsertest.Evaluate[bool](p, seen) {
		t.Error("the test's own function is not where the test alone sees it")
	}
}

func testLook(t *testing.T, browser *browsertest.Browser, s site) {
	p := browser.Open(t, s.address)
	const look = `innerWidth + ' by ' + innerHeight + (matchMedia('(prefers-color-scheme: dark)').matches ? ' dark' : ' light')`
	if got, want := browsertest.Evaluate[string](p, look), "1280 by 800 light"; got != want {
		t.Errorf("a page opens at %s, want %s", got, want)
	}
	p.Look(390, 844, "dark")
	if got, want := browsertest.Evaluate[string](p, look), "390 by 844 dark"; got != want {
		t.Errorf("it looks %s, want %s", got, want)
	}
}

func testPopup(t *testing.T, browser *browsertest.Browser, s site) {
	p := browser.Open(t, s.address)
	again := func() *browsertest.Page {
		return p.Popup(func() { browsertest.Evaluate[any](p, `void window.open(location.href, '_blank', 'popup')`) })
	}
	popup := again()
	popup.Await(`document.activeElement.id === 'name'`)
	popup.Press("Ana", kb.Tab, kb.Enter)
	popup.Await(`document.querySelector('#said').textContent === 'Ana'`)
	if got := browsertest.Evaluate[string](p, `document.querySelector('#said').textContent`); got != "" {
		t.Errorf("the page that opened the window was told %q", got)
	}
	popup.Close()
	popup.AwaitGone()

	other := again()
	other.Await(`document.activeElement.id === 'name'`)
	browsertest.Evaluate[any](other, `addEventListener('keydown', () => window.close())`)
	other.PressAway(kb.Enter)
}
