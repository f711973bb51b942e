package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
	"coffer/internal/secret"
)

// A linkVisit is a person at the page that the program serves, with Link over
// it. Each step waits for what a person would wait for to have the focus, so
// that a control which keys do not reach stops it.
type linkVisit struct {
	*browsertest.Page
	t *testing.T
}

func visitLink(t *testing.T, chromium *browsertest.Browser, address string) linkVisit {
	t.Helper()
	v := linkVisit{chromium.Open(t, address), t}
	v.awaitTitle("Sign in to your bank")
	v.awaitPane("intro")
	return v
}

// awaitTitle waits until the program's own page has a title.
func (v linkVisit) awaitTitle(title string) {
	v.t.Helper()
	v.Await(fmt.Sprintf(`document.querySelector('#title').textContent === %q`, title))
}

// awaitPane waits until a pane of Link has the focus.
func (v linkVisit) awaitPane(name string) {
	v.t.Helper()
	v.AwaitInside(fmt.Sprintf(`document.querySelector('#pane').dataset.pane === %q
		&& document.querySelector('#pane').contains(document.activeElement)`, name))
}

// toCredentials finds the bank by part of its name.
func (v linkVisit) toCredentials() {
	v.t.Helper()
	v.Press(kb.Enter)
	v.awaitPane("institutions")
	v.Enter("Platypus")
	const found = `[...document.querySelectorAll('[data-institution]')].map((row) => row.innerText.includes('Platypus'))`
	v.AwaitInside(found + `.includes(true) && !` + found + `.includes(false)`)
	v.Press(kb.ArrowDown)
	v.AwaitInside(`document.activeElement.innerText?.includes('First Platypus Bank')`)
	v.Press(kb.Enter)
	v.awaitPane("credentials")
}

// slip signs in with a slip of the finger.
func (v linkVisit) slip() {
	v.t.Helper()
	v.Press("user_good", kb.Tab, "pass_goof", kb.Enter)
	v.AwaitInside(`document.querySelector('#alert').textContent !== '' && document.activeElement.id === 'password'`)
}

// toAccounts types the password anew, over the wrong one.
func (v linkVisit) toAccounts() {
	v.t.Helper()
	v.Press("pass_good", kb.Enter)
	v.awaitPane("accounts")
}

// toSuccess takes all accounts.
func (v linkVisit) toSuccess() {
	v.t.Helper()
	v.Press(kb.Enter)
	v.awaitPane("success")
}

// finish closes Link when all is done.
func (v linkVisit) finish() {
	v.t.Helper()
	v.Press(kb.Enter)
}

// signIn goes from the first pane to the end of the last.
func (v linkVisit) signIn() {
	v.t.Helper()
	v.toCredentials()
	v.slip()
	v.toAccounts()
	v.toSuccess()
	v.finish()
}

// leave closes Link and says that it is meant.
func (v linkVisit) leave() {
	v.t.Helper()
	v.Press(kb.Escape)
	v.AwaitInside(`document.querySelector('#leave').open && document.activeElement.id === 'exit-cancel'`)
	v.Press(kb.Tab)
	v.AwaitInside(`document.activeElement.id === 'exit-confirm'`)
	v.Press(kb.Enter)
}

// keepsNoSecret wants nothing that the browser was given, by whom ever, to hold
// what belongs to the program and Plaid alone.
func (v linkVisit) keepsNoSecret(token secret.Text) {
	v.t.Helper()
	given := []string{browsertest.Evaluate[string](v.Page, `document.documentElement.outerHTML`)}
	for _, a := range v.Answers() {
		given = append(given, fmt.Sprintf("%s %d %v\n%s", a.URL, a.Status, a.Header, a.Body))
	}
	all := strings.Join(given, "\n")
	for _, private := range []string{clientID, clientSecret, token.Reveal(), "access-"} {
		if i := strings.Index(all, private); i >= 0 {
			v.t.Errorf("the browser was given %q: %.200q", private, all[max(0, i-100):])
		}
	}
	// What it must have been given, to be sure that all was looked through: the
	// program's page, Link's script and page, and what came of it.
	for _, public := range []string{"data-nonce=", "link-sandbox-", "Plaid.create", "/link/v2/stable/link.html", "public-sandbox-", "/result 204"} {
		if !strings.Contains(all, public) {
			v.t.Errorf("%q is not in the %d answers to the browser", public, len(given)-1)
		}
	}
}
