package link_test

import (
	"reflect"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
)

// An ending is what onExit must have been told.
type ending struct {
	err, institution, status any
	request                  string // the id of the last request, the exit itself
}

// check compares what the page and the backend heard of an exit.
func (e ending) check(t *testing.T, b *tab, w *world) {
	t.Helper()
	all := b.callbacks()
	same(t, of(all, "onSuccess"), nil)
	same(t, of(all, "onExit"), []callback{on("onExit", e.err, object{
		"institution": e.institution, "status": e.status, "link_session_id": "session-1", "request_id": e.request,
	})})
	last := event(object{"request_id": e.request, "exit_status": e.status})
	if e.institution != nil {
		last = atPlatypus(last)
	}
	if err, ok := e.err.(object); ok {
		last["error_type"], last["error_code"], last["error_message"] = err["error_type"], err["error_code"], err["error_message"]
	}
	same(t, all[len(all)-1:], []callback{on("onEvent", "EXIT", last)})

	told := w.backend.last("exit")
	if !reflect.DeepEqual(told["status"], e.status) || !reflect.DeepEqual(told["error"], e.err) {
		t.Errorf("the backend was told status %v, error %v; want %v, %v", told["status"], told["error"], e.status, e.err)
	}
}

func testExits(t *testing.T, browser *browsertest.Browser) {
	afterWrongPassword := func(b *tab) {
		toCredentials(b)
		b.Press("user_good", kb.Tab, "secret", kb.Enter)
		b.AwaitInside(`document.querySelector('#alert').textContent !== ''`)
	}
	afterGoingBack := func(b *tab) {
		afterWrongPassword(b)
		b.awaitFocus("password")
		b.Backtab() // to the user name, the way out, the way back
		b.Backtab()
		b.Backtab()
		b.awaitFocus("back")
		b.Press(kb.Enter)
		b.awaitPane("institutions")
		b.awaitRows(3)
	}
	for _, tt := range []struct {
		name string
		to   func(*tab)
		want ending
	}{
		{"intro", toIntro, ending{request: "request2"}},
		{"institutions", toInstitutions, ending{status: "institution_not_found", request: "request3"}},
		{"credentials", toCredentials, ending{status: "requires_credentials", institution: platypus(), request: "request4"}},
		{"credentials after a wrong password", afterWrongPassword, ending{
			err: plaidError("ITEM_ERROR", "INVALID_CREDENTIALS", "the credentials were not correct",
				"The credentials you entered are not correct. Please try again."),
			status: "requires_credentials", institution: platypus(), request: "request5",
		}},
		{"institutions after a wrong password", afterGoingBack, ending{status: "institution_not_found", request: "request6"}},
		{"accounts", toAccounts, ending{status: "requires_account_selection", institution: platypus(), request: "request5"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, goodToken, onButton)
			b := openTab(t, browser, w.app)
			tt.to(b)
			b.leave()
			tt.want.check(t, b, w)
		})
	}
	t.Run("success is no exit", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, goodToken, onButton)
		b := openTab(t, browser, w.app)
		toSuccess(b)
		b.Press(kb.Escape)
		b.awaitEnd()
		if all := b.callbacks(); len(of(all, "onSuccess")) != 1 || len(of(all, "onExit")) != 0 {
			t.Errorf("callbacks = %v, want one onSuccess", all)
		}
	})
}

func testStay(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	b := openTab(t, browser, w.app)
	toCredentials(b)
	b.Press("user_good")
	b.askToLeave()
	b.Press(kb.Enter) // stays
	b.awaitFocus("username")

	b.Backtab()
	b.awaitFocus("exit")
	b.Press(kb.Enter) // the X asks, too
	b.AwaitInside(`document.querySelector('#leave').open`)
	b.awaitFocus("exit-cancel")
	b.Press(kb.Escape) // and Escape stays, too
	b.awaitFocus("exit")
	b.Press(kb.Tab, kb.Tab, "pass_good", kb.Enter)
	b.awaitPane("accounts")
}

func testExpiredToken(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, expiredToken, onButton)
	b := openTab(t, browser, w.app)
	b.Await(`calls.length > 0`)
	b.Press(kb.Enter)
	b.awaitPane("problem")
	if got, want := b.text("#error-code"), "INVALID_LINK_TOKEN · request request1"; got != want {
		t.Errorf("the error pane shows %q, want %q", got, want)
	}
	b.finish()

	all := b.callbacks()
	// No backend named this session, so the page did: once, and at random.
	name, _ := all[1].args[1].(object)["link_session_id"].(string)
	if !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(name) {
		t.Errorf("link_session_id = %q, want 32 hex digits", name)
	}
	failed := object{
		"request_id": "request1", "link_session_id": name, "is_update_mode": nil, "error_type": "INVALID_INPUT",
		"error_code": "INVALID_LINK_TOKEN", "error_message": "invalid link_token provided",
	}
	same(t, all, []callback{
		on("onLoad"),
		on("onEvent", "OPEN", event(object{"request_id": "request1", "link_session_id": name, "is_update_mode": nil})),
		on("onEvent", "ERROR", event(failed)),
		on("onEvent", "TRANSITION_VIEW", event(object{
			"request_id": "request1", "link_session_id": name, "is_update_mode": nil, "view_name": "ERROR",
		})),
		on("onExit", plaidError("INVALID_INPUT", "INVALID_LINK_TOKEN", "invalid link_token provided", nil), object{
			"institution": nil, "status": nil, "link_session_id": name, "request_id": "request1",
		}),
		on("onEvent", "EXIT", event(failed)),
	})
	if n := w.backend.count("exit"); n != 0 {
		t.Errorf("the backend was told %d exits of a session it never began", n)
	}
}

func testFleetingToken(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, fleetToken, onButton)
	b := openTab(t, browser, w.app)
	toCredentials(b)
	b.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	b.awaitPane("problem")
	b.Press(kb.Escape)
	b.awaitEnd()
	ending{
		err:         plaidError("INVALID_INPUT", "INVALID_LINK_TOKEN", "invalid link_token provided", nil),
		institution: platypus(), status: "requires_credentials", request: "request5",
	}.check(t, b, w)
}

func testLeaveWhileBusy(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	release := w.backend.holdNext("credentials")
	b := openTab(t, browser, w.app)
	toCredentials(b)
	b.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	b.AwaitInside(`document.querySelector('#submit').ariaDisabled === 'true'`)
	b.Press(kb.Enter) // a second time changes nothing
	b.leave()
	release()
	ending{status: "requires_credentials", institution: platypus(), request: "request5"}.check(t, b, w)
	// The sign-in that was given up is nobody's error.
	if got := errorEvents(b.callbacks()); len(got) != 0 {
		t.Errorf("events = %v, want no ERROR", got)
	}
	if n := w.backend.count("credentials"); n != 1 {
		t.Errorf("signed in %d times, want 1", n)
	}
}

func testAnswerBehindQuestion(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	release := w.backend.holdNext("credentials")
	b := openTab(t, browser, w.app)
	toCredentials(b)
	b.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	b.AwaitInside(`document.querySelector('#submit').ariaDisabled === 'true'`)
	b.askToLeave()
	release()
	b.AwaitInside(`document.querySelector('#pane').dataset.pane === 'accounts'`)
	b.awaitFocus("exit-cancel") // the question is still the one that is asked
	b.Press(kb.Enter)
	b.awaitPane("accounts")
	b.Press(kb.Enter)
	b.awaitPane("success")
}

func testSilence(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, goodToken, onButton)
	b := openTab(t, browser, w.app)
	toCredentials(b)
	w.backend.stop()
	b.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	b.AwaitInside(`document.querySelector('#alert').textContent.startsWith('The simulator did not answer')`)
	b.awaitFocus("password")
	b.leave()
	exit := of(b.callbacks(), "onExit")[0]
	if code := exit.args[0].(object)["error_code"]; code != "INTERNAL_SERVER_ERROR" {
		t.Errorf("error_code = %v, want INTERNAL_SERVER_ERROR", code)
	}
	if status := exit.args[1].(object)["status"]; status != "requires_credentials" {
		t.Errorf("status = %v, want requires_credentials", status)
	}
}
