package link_test

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
)

// oauthBank is a bank that signs people in on its own site.
const oauthBank = "ins_127287"

// opener is how a test opens a tab.
func opener(t *testing.T, browser *browsertest.Browser) func(string) *tab {
	return func(address string) *tab { return openTab(t, browser, address) }
}

// toOAuth goes to the pane before the bank's own site.
func toOAuth(t *testing.T, browser *browsertest.Browser) (simulation, *tab) {
	t.Helper()
	s := newSimulation(t)
	b := s.open(opener(t, browser), nil)
	b.Press(kb.Enter)
	b.awaitPane("institutions")
	b.Enter("platypus oauth bank")
	b.awaitRows(1)
	b.Press(kb.ArrowDown, kb.Enter)
	b.awaitPane("oauth")
	return s, b
}

// atBank presses Enter and waits for the bank's own window.
func (b *tab) atBank() *tab {
	b.t.Helper()
	popup := &tab{b.Popup(func() { b.Press(kb.Enter) }), b.t}
	popup.awaitSite("credentials")
	return popup
}

// awaitSite waits until a pane of the bank's own site has the focus.
func (b *tab) awaitSite(name string) {
	b.t.Helper()
	b.Await(`document.querySelector('#pane')?.dataset.pane === '` + name + `'
		&& document.querySelector('#pane').contains(document.activeElement)`)
}

// toConsent signs in on the bank's own site, where any password will do.
func (b *tab) toConsent() {
	b.t.Helper()
	b.Press("somebody", kb.Tab, "anything", kb.Enter)
	b.awaitSite("consent")
}

// seen are the names of the events, but those of views.
func (b *tab) seen() []string {
	b.t.Helper()
	var names []string
	for _, c := range of(b.callbacks(), "onEvent") {
		if name := c.args[0].(string); name != "TRANSITION_VIEW" {
			names = append(names, name)
		}
	}
	return names
}

func testOAuth(t *testing.T, browser *browsertest.Browser) {
	s, b := toOAuth(t, browser)
	popup := b.atBank()
	if got := evaluate[string](popup, `document.title + ', ' + document.querySelector('#bank').textContent`); got != "Platypus OAuth Bank, Platypus OAuth Bank" {
		t.Errorf("the bank's window is called %q", got)
	}
	if got := evaluate[string](popup, `location.search + location.hash`); got != "" {
		t.Errorf("the address of the bank's window carries %q", got)
	}
	popup.toConsent()
	popup.Press(" ", kb.Enter) // nothing is ticked
	popup.Await(`document.querySelector('#alert').textContent.startsWith('Choose at least one')`)
	popup.Press(kb.ArrowDown, " ") // the first account
	popup.PressAway(kb.Enter)
	b.awaitPane("success")
	b.finish()
	if got, want := b.seen(), []string{"OPEN", "SEARCH_INSTITUTION", "SELECT_INSTITUTION", "OPEN_OAUTH", "HANDOFF"}; !slices.Equal(got, want) {
		t.Errorf("events = %q, want %q", got, want)
	}
	if got := s.accounts(s.exchange(b)); len(got) != 1 {
		t.Errorf("accounts = %q, want the one that was ticked", got)
	}
}

func testOAuthDeclined(t *testing.T, browser *browsertest.Browser) {
	for name, decline := range map[string]func(*tab){
		"at the sign-in": func(popup *tab) { popup.PressAway(kb.Escape) },
		"at the consent": func(popup *tab) {
			popup.toConsent()
			for evaluate[string](popup, `document.activeElement.id`) != "decline" {
				popup.Press(kb.Tab)
			}
			popup.PressAway(kb.Enter)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, b := toOAuth(t, browser)
			popup := b.atBank()
			decline(popup)
			checkOAuthExit(t, b, "FAIL_OAUTH", "because you did not agree")
		})
	}
}

func testOAuthClosed(t *testing.T, browser *browsertest.Browser) {
	_, b := toOAuth(t, browser)
	b.atBank().Close()
	checkOAuthExit(t, b, "CLOSE_OAUTH", "was closed before you were done")
}

// checkOAuthExit waits until Link says why the bank shares nothing, and wants
// the exit after it to be told as Plaid tells it.
func checkOAuthExit(t *testing.T, b *tab, event, words string) {
	t.Helper()
	b.AwaitInside(`document.querySelector('#alert').textContent.includes('` + words + `')`)
	b.awaitFocus("open-bank")
	b.leave()
	if got := b.exited()["status"]; got != "requires_oauth" {
		t.Errorf("status = %v, want requires_oauth", got)
	}
	if got, want := b.seen(), []string{"OPEN", "SEARCH_INSTITUTION", "SELECT_INSTITUTION", "OPEN_OAUTH", event, "EXIT"}; !slices.Equal(got, want) {
		t.Errorf("events = %q, want %q", got, want)
	}
}

// After all that a second try works, and leaving Link or going back closes the
// bank's window.
func testOAuthAgain(t *testing.T, browser *browsertest.Browser) {
	_, b := toOAuth(t, browser)
	b.atBank().Close()
	b.AwaitInside(`document.querySelector('#alert').textContent !== ''`)
	popup := b.atBank()
	b.Backtab()
	b.Backtab()
	b.awaitFocus("back")
	b.Press(kb.Enter)
	b.awaitPane("institutions")
	popup.AwaitGone()

	b.Enter("platypus oauth bank")
	b.awaitRows(1)
	b.Press(kb.ArrowDown, kb.Enter)
	b.awaitPane("oauth")
	popup = b.atBank()
	evaluate[any](b, `handler.exit({ force: true })`)
	popup.AwaitGone()
	b.awaitEnd()
	if got := b.exited()["status"]; got != "requires_oauth" {
		t.Errorf("status = %v, want requires_oauth", got)
	}
}

// Who agreed at the bank and goes back then has agreed all the same.
func testOAuthTooLate(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	release := w.backend.holdNext("finish")
	b := openTab(t, browser, w.app)
	toInstitutions(b)
	b.Press(kb.ArrowDown, kb.ArrowDown, kb.ArrowDown, kb.Enter)
	b.awaitPane("oauth")
	popup := b.atBank()
	popup.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	popup.awaitSite("consent")
	popup.PressAway(kb.Enter)
	b.Backtab()
	b.Backtab()
	b.awaitFocus("back")
	b.Press(kb.Enter)
	release()
	b.awaitPane("success")
	b.finish()
	if n := len(of(b.callbacks(), "onSuccess")); n != 1 {
		t.Errorf("onSuccess was called %d times, want once", n)
	}
}

func testOAuthBlocked(t *testing.T, browser *browsertest.Browser) {
	s := newSimulation(t)
	// The sandbox stands for a browser that lets no window open.
	b := s.openWith(opener(t, browser), object{"institution_id": oauthBank}, `
		const make = document.createElement.bind(document);
		document.createElement = (tag) => {
			const node = make(tag);
			if (tag === 'iframe') node.sandbox = 'allow-scripts allow-same-origin allow-forms';
			return node;
		};`+onButton)
	b.Press(kb.Enter)
	b.awaitPane("oauth")
	b.Press(kb.Enter)
	b.AwaitInside(`document.querySelector('#alert').textContent.includes('Allow pop-ups')`)
	b.awaitFocus("open-bank")
	if got := b.Complaints(); len(got) == 0 {
		t.Error("the browser opened a window after all: it says nothing")
	}
}

// Nobody gets anywhere by opening the bank's window on their own.
func testStranded(t *testing.T, browser *browsertest.Browser) {
	s := newSimulation(t)
	b := openTab(t, browser, s.sim+"/link/v2/stable/bank.html")
	b.Await(`document.querySelector('#pane')?.dataset.pane === 'stranded'`)
}
