package link_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
)

// embedded shows Link in a part of the page, between two buttons.
const embedded = `
	let handler;
	addEventListener('DOMContentLoaded', () => {
		const place = document.createElement('div');
		place.id = 'place';
		document.body.append(place, Object.assign(document.createElement('button'), { id: 'after', textContent: 'After' }));
		handler = Plaid.createEmbedded(config, place);
	});`

func testEmbedded(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, embedded)
	b := openTab(t, browser, w.app)
	b.Await(`calls.length === 2`) // onLoad and OPEN
	b.awaitRows(3)
	if got := evaluate[string](b, `document.activeElement.id`); got != "link" {
		t.Errorf("Link took the focus away from the page's own %q", got)
	}
	if modal := evaluate[bool](b, `Boolean(document.querySelector('dialog:modal'))`); modal {
		t.Error("Link lies over the page before a bank is picked")
	}
	b.Press(kb.Escape) // leaves nothing
	b.toEmbedded()
	b.Press(kb.ArrowDown, kb.Enter)
	b.Await(`Boolean(document.querySelector('dialog:modal'))`)
	b.awaitPane("intro")
	b.Press(kb.Enter)
	b.awaitPane("credentials")
	b.leave()
	exit := b.exited()
	if exit["status"] != "requires_credentials" {
		t.Errorf("exit = %v, want requires_credentials", exit)
	}

	// The list is back in its place, and leads to a session of its own.
	b.Await(`!document.querySelector('dialog:modal')`)
	b.awaitRows(3)
	if n := w.backend.count("start"); n != 2 {
		t.Errorf("%d sessions were begun, want 2", n)
	}
	b.toEmbedded()
	b.Press(kb.ArrowDown, kb.Enter)
	b.awaitPane("intro")
	b.Press(kb.Enter)
	b.awaitPane("credentials")
	b.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	b.awaitPane("accounts")
	b.Press(kb.Enter)
	b.awaitPane("success")
	b.Press(kb.Enter)
	b.Await(`calls.some(([name]) => name === 'onSuccess') && !document.querySelector('dialog:modal')`)
	evaluate[any](b, `handler.destroy()`)
	if got := evaluate[string](b, `Object.keys(handler).join() + document.querySelector('#place').innerHTML`); got != "destroy" {
		t.Errorf("after destroy there is %q", got)
	}
}

// toEmbedded goes from wherever the focus is to the search field in the page.
func (b *tab) toEmbedded() {
	b.t.Helper()
	for range 4 {
		if evaluate[string](b, `document.activeElement.tagName`) == "IFRAME" {
			break
		}
		b.Press(kb.Tab)
	}
	b.awaitFocus("institution-search")
}

func testEmbeddedNowhere(t *testing.T, browser *browsertest.Browser) {
	b := openTab(t, browser, newWorld(t, goodToken, nothingYet).app)
	const want = "Invalid Link parameter. createEmbedded requires the DOM element to show Link in."
	for _, place := range []string{`undefined`, `null`, `'#link'`} {
		got := evaluate[string](b, `(() => {
			try { Plaid.createEmbedded(config, `+place+`); return 'accepted'; } catch (error) { return error.message; }
		})()`)
		if got != want {
			t.Errorf("createEmbedded in %s: %q, want %q", place, got, want)
		}
	}
}
