package link_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
)

func account(id, name string, mask any, kind, subtype string) object {
	return object{
		"id": id, "name": name, "mask": mask, "type": kind, "subtype": subtype,
		"verification_status": nil, "class_type": nil,
	}
}

func testSuccess(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	b := openTab(t, browser, w.app)
	toSuccess(b)

	opening := []callback{on("onLoad"), on("onEvent", "OPEN", event(object{"request_id": "request1"}))}
	same(t, b.callbacks(), opening) // everything else waits for the end

	b.finish()
	same(t, b.callbacks(), append(opening,
		on("onEvent", "TRANSITION_VIEW", event(object{"request_id": "request1", "view_name": "CONSENT"})),
		on("onEvent", "TRANSITION_VIEW", event(object{"request_id": "request1", "view_name": "SELECT_INSTITUTION"})),
		on("onEvent", "SEARCH_INSTITUTION", event(object{"request_id": "request2", "institution_search_query": "platy"})),
		on("onEvent", "SELECT_INSTITUTION", atPlatypus(object{"request_id": "request3"})),
		on("onEvent", "TRANSITION_VIEW", atPlatypus(object{"request_id": "request3", "view_name": "CREDENTIAL"})),
		on("onEvent", "SUBMIT_CREDENTIALS", atPlatypus(object{"request_id": "request3"})),
		on("onEvent", "TRANSITION_VIEW", atPlatypus(object{"request_id": "request4", "view_name": "SELECT_ACCOUNT"})),
		on("onEvent", "TRANSITION_VIEW", atPlatypus(object{"request_id": "request5", "view_name": "CONNECTED"})),
		on("onSuccess", "public-sandbox-1", object{
			"institution": platypus(),
			"accounts": []any{
				account("acc-checking", "Plaid Checking", "0000", "depository", "checking"),
				account("acc-saving", "Plaid Saving", "1111", "depository", "savings"),
				account("acc-card", "Plaid Credit Card", nil, "credit", "credit card"),
			},
			"link_session_id": "session-1",
		}),
		on("onEvent", "HANDOFF", atPlatypus(object{"request_id": "request5"})),
	))
	// The page is as it was: Link is gone and the focus is back.
	b.Await(`!document.querySelector('dialog').open && document.activeElement.id === 'link'
		&& document.documentElement.style.overflow === ''`)
}

func testWrongPassword(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	b := openTab(t, browser, w.app)
	toCredentials(b)

	b.Press(kb.Enter)
	b.AwaitInside(`document.querySelector('#alert').textContent !== ''`)
	if got, want := b.text("#alert"), "Enter a user name and a password."; got != want {
		t.Errorf("with empty fields it says %q, want %q", got, want)
	}
	if n := w.backend.count("credentials"); n != 0 {
		t.Errorf("empty fields were sent %d times", n)
	}

	b.Press("user_good", kb.Tab, "secret", kb.Enter)
	b.AwaitInside(`document.querySelector('#alert').textContent.startsWith('The cred')`)
	if got, want := b.text("#alert"), "The credentials you entered are not correct. Please try again."; got != want {
		t.Errorf("with a wrong password it says %q, want the display_message %q", got, want)
	}
	b.awaitFocus("password")
	b.Press("pass_good", kb.Enter) // the wrong one is selected, and typed over
	b.awaitPane("accounts")
	b.Press(kb.Enter)
	b.awaitPane("success")
	b.finish()

	all := b.callbacks()
	if len(of(all, "onSuccess")) != 1 || len(of(all, "onExit")) != 0 {
		t.Errorf("callbacks = %v, want one onSuccess", all)
	}
	want := on("onEvent", "ERROR", atPlatypus(object{
		"request_id": "request4", "error_type": "ITEM_ERROR", "error_code": "INVALID_CREDENTIALS",
		"error_message": "the credentials were not correct",
	}))
	same(t, errorEvents(all), []callback{want})
}

func testPreset(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, presetToken, onButton)
	b := openTab(t, browser, w.app)
	toIntro(b)
	if got, want := b.text("h1"), "Connect a bank to This Application"; got != want {
		t.Errorf("for a client name of 31 characters the title is %q, want %q", got, want)
	}
	b.Press(kb.Enter)
	b.awaitPane("credentials")
	if got, want := b.text("h1"), "Sign in to First Platypus Bank"; got != want {
		t.Errorf("title = %q, want %q", got, want)
	}
	if !inside[bool](b, `document.querySelector('#back').hidden`) {
		t.Error("there is a way back to a list that was never shown")
	}
	if n := w.backend.count("institutions"); n != 0 {
		t.Errorf("asked for institutions %d times, want 0", n)
	}
}

func testSearch(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	b := openTab(t, browser, w.app)
	toInstitutions(b)

	walk := []string{"ins_109508", "ins_109509", "ins_109508"}
	for i, key := range []string{kb.ArrowDown, kb.ArrowDown, kb.ArrowUp} {
		b.Press(key)
		if got := inside[string](b, `document.activeElement.dataset.institution`); got != walk[i] {
			t.Errorf("after %d arrow keys the focus is on %s, want %s", i+1, got, walk[i])
		}
	}
	b.Press(kb.ArrowUp)
	b.awaitFocus("institution-search")

	if got := b.text(`[data-institution="ins_127287"] strong`); got != hostileName {
		t.Errorf("name = %q, want %q as it is", got, hostileName)
	}
	if n := inside[int](b, `document.images.length`); n != 0 {
		t.Errorf("a bank's name made %d images", n)
	}
	if got := inside[string](b, `document.querySelector('[data-institution="ins_127287"] .tile').style.cssText`); got != "" {
		t.Errorf("a bank's colour set the style %q", got)
	}

	b.Enter("no such bank")
	b.awaitRows(0)
	if got := b.text("[role=status]"); !strings.HasPrefix(got, "No bank") {
		t.Errorf("for no match it says %q", got)
	}
	b.Press(kb.Enter) // nothing to pick: nothing happens
	b.awaitFocus("institution-search")
}

func testOvertakenSearch(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	b := openTab(t, browser, w.app)
	toInstitutions(b)
	release := w.backend.holdNext("institutions")
	b.Enter("first") // two banks
	b.Press(kb.Enter)
	b.awaitSearches(w, 2)
	b.Enter(" g") // one
	b.Press(kb.Enter)
	b.awaitRows(1)

	release()
	b.awaitAnsweredSearches(w)
	if n := inside[int](b, `document.querySelectorAll('[data-institution]').length`); n != 1 {
		t.Errorf("the late answer changed the list to %d banks, want the 1 that was asked for last", n)
	}
}

func testAccountSelection(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	b := openTab(t, browser, w.app)
	toAccounts(b)
	if n := inside[int](b, `document.querySelectorAll('[data-account]:checked').length`); n != 3 {
		t.Errorf("%d accounts are ticked at first, want all 3", n)
	}
	b.awaitFocus("every")
	b.Press(" ")
	b.AwaitInside(`document.querySelectorAll('[data-account]:checked').length === 0
		&& document.querySelector('#finish').ariaDisabled === 'true'`)
	b.Press(kb.Enter)
	b.AwaitInside(`document.querySelector('#alert').textContent === 'Choose at least one account.'`)
	b.awaitFocus("every")

	b.Press(kb.ArrowDown, kb.ArrowDown, " ")
	b.AwaitInside(`document.activeElement.dataset.account === 'acc-saving' && document.querySelector('#every').indeterminate
		&& document.querySelector('#finish').ariaDisabled === 'false'`)
	b.Press(kb.Enter)
	b.awaitPane("success")
	if ids, ok := w.backend.last("finish")["account_ids"].([]any); !ok || len(ids) != 1 || ids[0] != "acc-saving" {
		t.Errorf("account_ids = %v, want [acc-saving]", ids)
	}
	b.finish()
	accounts := of(b.callbacks(), "onSuccess")[0].args[1].(object)["accounts"].([]any)
	if len(accounts) != 1 {
		t.Errorf("accounts = %v, want Plaid Saving alone", accounts)
	}
}
