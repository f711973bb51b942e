package link_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
)

// TestLink drives the page in one browser, by keys alone: no subtest clicks.
func TestLink(t *testing.T) {
	chromium := browsertest.Start(t)
	for _, sub := range []struct {
		name string
		test func(*testing.T, *browsertest.Browser)
	}{
		{"success", testSuccess},
		{"wrong password, then success", testWrongPassword},
		{"exit from each pane", testExits},
		{"staying keeps what was entered", testStay},
		{"expired token", testExpiredToken},
		{"token that expires during the session", testFleetingToken},
		{"institution named by the token", testPreset},
		{"search", testSearch},
		{"search that is overtaken", testOvertakenSearch},
		{"account selection", testAccountSelection},
		{"what the bank asks beside the password", testMFA},
		{"exits from what the bank asks", testMFAExits},
		{"back from what the bank asks", testBackFromMFA},
		{"bank with OAuth: agreed", testOAuth},
		{"bank with OAuth: declined", testOAuthDeclined},
		{"bank with OAuth: window closed", testOAuthClosed},
		{"bank with OAuth: again, back, and out", testOAuthAgain},
		{"bank with OAuth: back, too late", testOAuthTooLate},
		{"bank with OAuth: window blocked", testOAuthBlocked},
		{"bank's window without Link", testStranded},
		{"update", testUpdate},
		{"update with a selection", testUpdateWithSelection},
		{"update at a bank with OAuth", testUpdateAtOAuthBank},
		{"banks that will not do", testNotices},
		{"banks that hardly do", testPastNotice},
		{"filtered accounts", testFilteredAccounts},
		{"leaving while the bank thinks", testLeaveWhileBusy},
		{"answer behind the question whether to leave", testAnswerBehindQuestion},
		{"simulator that stops", testSilence},
		{"events as the backend hears them", testReport},
		{"the page's own exit, open and destroy", testHandler},
		{"arguments of create", testArguments},
		{"a part of the page", testEmbedded},
		{"a part of no page", testEmbeddedNowhere},
		{"open before load", testOpenBeforeLoad},
		{"callback that throws", testThrowingCallback},
		{"destroy in a callback", testDestroyInCallback},
		{"message that a page forges", testForgedMessage},
		{"page that lies about its origin", testLyingPage},
		{"violation is noticed", testViolationNoticed},
	} {
		t.Run(sub.name, func(t *testing.T) {
			t.Parallel()
			sub.test(t, chromium)
		})
	}
}

// The way through the panes, one step each. Every step waits for its pane to
// have the focus, so that a control which keys do not reach stops it.

func toIntro(b *tab) {
	b.t.Helper()
	b.Await(`calls.length > 0 && document.activeElement.id === 'link'`)
	b.Press(kb.Enter)
	b.Await(`document.querySelector('dialog').open`)
	b.awaitPane("intro")
}

func toInstitutions(b *tab) {
	b.t.Helper()
	toIntro(b)
	b.Press(kb.Enter)
	b.awaitPane("institutions")
	b.awaitRows(3)
}

func (b *tab) awaitRows(n int) {
	b.t.Helper()
	b.AwaitInside(fmt.Sprintf(`document.querySelectorAll('[data-institution]').length === %d`, n))
}

// awaitSearches waits until the backend has got n searches.
func (b *tab) awaitSearches(w *world, n int) {
	b.t.Helper()
	for w.backend.count("institutions") < n {
		inside[bool](b, `new Promise((done) => setTimeout(() => done(true), 5))`)
	}
}

// awaitAnsweredSearches waits until the page has dealt with the answers to all
// searches that the backend has got. How many those are depends on how fast the
// keys came: a pause between them searches, too.
func (b *tab) awaitAnsweredSearches(w *world) {
	b.t.Helper()
	// An answer is in the browser when its timing is, and has been dealt with a
	// few turns later.
	const answered = `new Promise((done) => setTimeout(() => done(
		performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/institutions')).length), 5))`
	for inside[int](b, answered) < w.backend.count("institutions") {
	}
	inside[bool](b, `new Promise((done) => setTimeout(() => setTimeout(() => done(true))))`)
}

func toCredentials(b *tab) {
	b.t.Helper()
	toInstitutions(b)
	b.Enter("platy")
	b.awaitRows(1)
	b.Press(kb.Enter)
	b.AwaitInside(`document.activeElement.dataset.institution === 'ins_109508'`)
	b.Press(kb.Enter)
	b.awaitPane("credentials")
}

func toAccounts(b *tab) {
	b.t.Helper()
	toCredentials(b)
	b.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	b.awaitPane("accounts")
}

func toSuccess(b *tab) {
	b.t.Helper()
	toAccounts(b)
	b.Press(kb.Enter)
	b.awaitPane("success")
}

// finish presses Enter and waits for the callbacks that end a session.
func (b *tab) finish() {
	b.t.Helper()
	b.Press(kb.Enter)
	b.awaitEnd()
}

func (b *tab) awaitEnd() {
	b.t.Helper()
	b.Await(`calls.some(([, event]) => event === 'HANDOFF' || event === 'EXIT')`)
}

// askToLeave presses Escape and waits for the question.
func (b *tab) askToLeave() {
	b.t.Helper()
	b.Press(kb.Escape)
	b.AwaitInside(`document.querySelector('#leave').open`)
	b.awaitFocus("exit-cancel")
}

// leave gives up the session as a person does.
func (b *tab) leave() {
	b.t.Helper()
	b.askToLeave()
	b.Press(kb.Tab)
	b.awaitFocus("exit-confirm")
	b.finish()
}

// event is the metadata of an event with the given keys set, and null in all
// the others.
func event(set object) object {
	all := object{"link_session_id": "session-1", "timestamp": "now", "is_update_mode": false}
	for _, key := range []string{
		"account_number_mask", "brand_name", "error_code", "error_message", "error_type", "exit_status",
		"institution_id", "institution_name", "institution_search_query", "match_reason", "mfa_type",
		"request_id", "routing_number", "selection", "view_name",
	} {
		all[key] = nil
	}
	for key, value := range set {
		all[key] = value
	}
	return all
}

// atPlatypus is an event of a session that has chosen its bank.
func atPlatypus(set object) object {
	all := event(set)
	all["institution_id"], all["institution_name"] = "ins_109508", "First Platypus Bank"
	return all
}

// platypus is that bank as onSuccess and onExit name it.
func platypus() object {
	return object{"name": "First Platypus Bank", "institution_id": "ins_109508"}
}

func on(name string, args ...any) callback { return callback{name, args} }

// same compares callbacks one by one.
func same(t *testing.T, got, want []callback) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		var g, w callback
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g.name != w.name || len(g.args) != len(w.args) || len(g.args) > 0 && !reflect.DeepEqual(g.args, w.args) {
			t.Errorf("callback %d:\n got %v\nwant %v", i, g, w)
		}
	}
}
