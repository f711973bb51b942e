package plaidsim_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// sessions are those of a link token that the app is shown.
func (w *world) sessions(link string) []fields {
	w.Helper()
	return w.must("/link/token/get", fields{"link_token": link}).list("link_sessions")
}

// report sends events as the page does.
func (w *world) report(session fields, names ...string) {
	w.Helper()
	events := []fields{}
	for _, name := range names {
		events = append(events, fields{"name": name, "metadata": fields{
			"institution_id": "ins_109508", "view_name": nil, "is_update_mode": false, "timestamp": "2001-01-01T00:00:00Z",
		}})
	}
	w.must("/link/session/events", with(only(session), fields{"events": events}))
}

// only keeps of a request what names the session.
func only(session fields) fields {
	return fields{"link_token": session["link_token"], "link_session_id": session["link_session_id"]}
}

// signInAgain goes up to the choice of accounts in a session that is open, and
// returns a request that finishes with all of them.
func (w *world) signInAgain(session fields, institution string) fields {
	w.Helper()
	answer := w.must("/link/session/credentials", with(only(session), fields{
		"institution_id": institution, "username": "user_good", "password": "pass_good",
	}))
	var ids []string
	for _, a := range answer.list("accounts") {
		ids = append(ids, a.text("id"))
	}
	return with(only(session), fields{"institution_id": institution, "account_ids": ids})
}

func TestSessionsOfALinkToken(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link, _ := w.address(fields{"hosted_link": fields{"url_lifetime_seconds": 3600}})
	left := w.start(link)
	w.pass(time.Minute)
	w.must("/link/session/exit", with(left, fields{"status": "choose_device", "error": nil}))
	w.start(link) // and its page is closed
	w.pass(time.Minute)
	done := w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good"))

	got := w.sessions(link)
	if len(got) != 3 {
		t.Fatalf("link_sessions: got %d, want 3", len(got))
	}
	if got[0].text("exit", "metadata", "status") != "choose_device" || got[0].text("on_exit", "metadata", "status") != "choose_device" ||
		got[0].text("finished_at") != "2026-03-15T09:01:00Z" || got[0]["results"] != nil || got[0]["on_success"] != nil {
		t.Errorf("the session that was left: got %v", got[0])
	}
	if got[1]["finished_at"] != nil || got[1]["exit"] != nil || got[1]["results"] != nil {
		t.Errorf("the session whose page was closed: got %v, want one that is open", got[1])
	}
	if got[2].text("results", "item_add_results", 0, "public_token") != done.text("public_token") ||
		got[2].text("on_success", "public_token") != done.text("public_token") || got[2]["exit"] != nil ||
		got[2].text("started_at") != "2026-03-15T09:02:00Z" {
		t.Errorf("the session that went well: got %v", got[2])
	}

	w.pass(58 * time.Minute)
	if got := w.sessions(link)[1]; got.text("finished_at") != "2026-03-15T10:00:00Z" || got["exit"] != nil {
		t.Errorf("a closed page's session after the token expired: got %v, want an end at 10:00 and no exit", got)
	}
}

func TestSessionsAreKeptSixHours(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link, _ := w.address(fields{"hosted_link": fields{"url_lifetime_seconds": 86400}})
	leave := func() fields {
		session := w.start(link)
		w.must("/link/session/exit", with(session, fields{"status": nil, "error": nil}))
		return session
	}
	first := leave()
	w.pass(6*time.Hour - time.Second)
	second := leave()
	if got := len(w.sessions(link)); got != 2 {
		t.Errorf("a second before six hours: got %d sessions, want both", got)
	}
	w.pass(time.Second)
	if got := w.sessions(link); len(got) != 1 || got[0]["link_session_id"] != second["link_session_id"] {
		t.Errorf("after six hours: got %v, want the second alone", got)
	}
	w.refused("/link/session/events", with(first, fields{"events": []fields{}}), "INVALID_FIELD")
	if third := leave(); third["link_session_id"] == first["link_session_id"] || third["link_session_id"] == second["link_session_id"] {
		t.Errorf("a third session has the name of an earlier one: %v", third)
	}
}

func TestOtherSessionsAreShownOnRequestOnly(t *testing.T) {
	for _, all := range []bool{false, true} {
		w := newWorld(t, plaidsim.Options{Link: plaidsim.LinkOptions{AllSessions: all}})
		link := w.linkToken(fields{"webhook": "https://example.com/hook"})
		w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good"))
		if got := len(w.sessions(link)) == 1; got != all {
			t.Errorf("AllSessions %v: session shown: %v", all, got)
		}
		if got := len(w.ofLink("SESSION_FINISHED")) == 1; got != all {
			t.Errorf("AllSessions %v: webhook sent: %v", all, got)
		}
	}
}

func TestSingleUseLinkToken(t *testing.T) {
	for _, single := range []bool{false, true} {
		w := newWorld(t, plaidsim.Options{Link: plaidsim.LinkOptions{SingleUseTokens: single}})
		link := w.linkToken(nil)
		w.must("/link/session/exit", with(w.start(link), fields{"status": nil, "error": nil}))
		w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good"))
		if single {
			w.refused("/link/session/start", fields{"link_token": link}, "INVALID_LINK_TOKEN")
		} else {
			w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good"))
		}
	}
}

// A scenario that has rules for Link has all of them.
func TestLinkOptionsOfAScenario(t *testing.T) {
	sc, err := plaidsim.ReadScenario(strings.NewReader(`{"link":{"single_use_tokens":true,"all_sessions":true}}`))
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, plaidsim.Options{Scenario: sc, Control: true})
	link := w.linkToken(nil)
	w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good"))
	w.refused("/link/session/start", fields{"link_token": link}, "INVALID_LINK_TOKEN")
	if got := len(w.sessions(link)); got != 1 {
		t.Errorf("got %d sessions, want the one of the token", got)
	}
	w.does("scenario/play", `{"link":{"all_sessions":false}}`)
	w.start(link)
	if got := len(w.sessions(link)); got != 0 {
		t.Errorf("called off: got %d sessions, want none told", got)
	}
}

func TestTooManyBadLoginsInvalidateTheToken(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link, _ := w.address(nil)
	attempt := with(w.start(link), fields{"institution_id": "ins_109508", "username": "user_good", "password": "guess"})
	mfa := with(w.start(link), fields{"institution_id": "ins_109508", "username": "user_good", "password": "mfa_device"})
	w.must("/link/session/credentials", mfa)
	for range 4 {
		w.refused("/link/session/credentials", attempt, "INVALID_CREDENTIALS")
	}
	w.refused("/link/session/mfa", with(only(mfa), fields{"institution_id": "ins_109508", "answers": []string{"x"}}), "INVALID_MFA")
	w.refused("/link/session/credentials", attempt, "INVALID_LINK_TOKEN")
	w.refused("/link/session/start", fields{"link_token": link}, "INVALID_LINK_TOKEN")
	// The page can still say that the person gave up.
	w.must("/link/session/exit", with(only(attempt), fields{"status": "requires_credentials", "error": fields{
		"error_type": "INVALID_INPUT", "error_code": "INVALID_LINK_TOKEN", "error_message": "m", "display_message": nil,
	}}))
	if got := w.sessions(link)[0].text("exit", "error", "error_code"); got != "INVALID_LINK_TOKEN" {
		t.Errorf("exit.error: got %q, want INVALID_LINK_TOKEN", got)
	}
}

func TestExitStatusIsOneOfLinks(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	w.refused("/link/session/exit", with(w.start(w.linkToken(nil)), fields{"status": "bored", "error": nil}), "INVALID_FIELD")
}

func TestSessionKeepsItsEvents(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link, _ := w.address(nil)
	session := w.signIn(link, "ins_109508", "user_good", "pass_good")
	w.report(session, "OPEN", "SELECT_INSTITUTION")
	w.pass(time.Minute)
	w.finish(session)
	w.report(session, "HANDOFF")
	var names []string
	ids := make(map[string]bool)
	for _, e := range w.sessions(link)[0].list("events") {
		names = append(names, e.text("event_name")+" "+e.text("timestamp"))
		ids[e.text("event_id")] = true
		if got := e.at("event_metadata"); len(got.(map[string]any)) != 2 || e.text("event_metadata", "institution_id") != "ins_109508" ||
			e.text("event_metadata", "request_id") == "" {
			t.Errorf("event_metadata: got %v, want the bank and a request", got)
		}
	}
	want := []string{"OPEN 2026-03-15T09:00:00Z", "SELECT_INSTITUTION 2026-03-15T09:00:00Z", "HANDOFF 2026-03-15T09:01:00Z"}
	if !slices.Equal(names, want) || len(ids) != 3 {
		t.Errorf("events: got %v with %d ids, want %v", names, len(ids), want)
	}
}

func TestSessionBoundsItsEvents(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link, _ := w.address(nil)
	session := w.start(link)
	w.report(session, slices.Repeat([]string{"TRANSITION_VIEW"}, 500)...)
	one := func(name string, metadata fields) fields {
		return with(session, fields{"events": []fields{{"name": name, "metadata": metadata}}})
	}
	w.refused("/link/session/events", one("EXIT", fields{}), "INVALID_FIELD")
	session = w.start(link)
	w.refused("/link/session/events", one(strings.Repeat("X", 1001), fields{}), "INVALID_FIELD")
	w.must("/link/session/events", one("ERROR", fields{"error_message": strings.Repeat("x", 1001), "error_code": "ITEM_LOCKED"}))
	got := w.sessions(link)[1].list("events")
	if len(got) != 1 || got[0].text("event_metadata", "error_code") != "ITEM_LOCKED" || got[0].at("event_metadata", "error_message") != nil {
		t.Errorf("events: got %v, want one without the endless message", got)
	}
}

func TestMultiItemLinkLinksSeveralBanks(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link := w.linkToken(fields{
		"enable_multi_item_link": true, "user_token": "user-sandbox-1", "webhook": "https://example.com/hook",
	})
	started := w.must("/link/session/start", fields{"link_token": link})
	if started["multi_item"] != true {
		t.Errorf("start: got %v, want multi_item", started)
	}
	session := fields{"link_token": link, "link_session_id": started["link_session_id"]}
	w.refused("/link/session/handoff", session, "INVALID_FIELD")
	var tokens []string
	for _, bank := range []string{"ins_109508", "ins_109511"} {
		finish := w.signInAgain(session, bank)
		tokens = append(tokens, w.finish(finish).text("public_token"))
		w.refused("/link/session/finish", finish, "INVALID_CREDENTIALS")
	}
	if got := w.sessions(link)[0]; got["finished_at"] != nil || len(w.ofLink("SESSION_FINISHED")) != 0 {
		t.Errorf("before the person is done: got %v, want an open session", got)
	}
	done := w.must("/link/session/handoff", session)
	if done["public_token"] != nil || done.at("metadata", "institution") != nil || len(done.list("metadata", "accounts")) != 0 {
		t.Errorf("onSuccess: got %v, want an empty one", done)
	}
	got := w.sessions(link)[0]
	var added []string
	for _, result := range got.list("results", "item_add_results") {
		added = append(added, result.text("public_token"))
		w.must("/item/public_token/exchange", fields{"public_token": result["public_token"]})
	}
	if !slices.Equal(added, tokens) || got["finished_at"] == nil || got["on_success"] != nil {
		t.Errorf("session: got %v, want both banks", got)
	}
	if got := w.ofLink("SESSION_FINISHED")[0].Details["public_tokens"]; fmt.Sprint(got) != fmt.Sprint(tokens) {
		t.Errorf("public_tokens: got %v, want %v", got, tokens)
	}
	if got := w.ofLink("ITEM_ADD_RESULT"); len(got) != 2 || got[1].Details["public_token"] != tokens[1] {
		t.Errorf("ITEM_ADD_RESULT: got %v, want one for each", got)
	}
}

func TestMultiItemLinkNeedsAUser(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	w.refused("/link/token/create", linkRequest(fields{"enable_multi_item_link": true}), "MISSING_FIELDS")
	w.refused("/link/token/create", linkRequest(fields{"user": nil}), "MISSING_FIELDS")
	w.must("/link/token/create", linkRequest(fields{"enable_multi_item_link": true, "user_id": "usr_1"}))
	// The document still wants a user; today its id will do.
	w.quick("/link/token/create", linkRequest(fields{"user": nil, "user_id": "usr_1"}))
}

func TestProductsAreAddedForAccountsThatHaveThem(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link := w.linkToken(fields{"optional_products": []string{"liabilities", "auth"}})
	finish := w.signIn(link, "ins_109508", "user_good", "pass_good")
	for kind, want := range map[string][]any{
		"checking":    {"auth", "transactions"},
		"credit card": {"liabilities", "transactions"},
	} {
		finish := with(finish, nil)
		maps.Copy(finish, w.start(link))
		offered := w.must("/link/session/credentials", with(only(finish), fields{
			"institution_id": "ins_109508", "username": "user_good", "password": "pass_good",
		})).list("accounts")
		i := slices.IndexFunc(offered, func(a fields) bool { return a["subtype"] == kind })
		finish["account_ids"] = []string{offered[i].text("id")}
		public := w.finish(finish).text("public_token")
		token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
		if got := w.must("/item/get", fields{"access_token": token}).at("item", "products"); !slices.Equal(got.([]any), want) {
			t.Errorf("a %s alone: got products %v, want %v", kind, got, want)
		}
	}
}

func TestLinkForAuthOffersAccountsThatHaveNumbers(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	offered := w.must("/link/session/credentials", with(w.start(w.linkToken(fields{"products": []string{"auth"}})), fields{
		"institution_id": "ins_109508", "username": "user_good", "password": "pass_good",
	})).list("accounts")
	for _, a := range offered {
		if a["type"] != "depository" {
			t.Errorf("offered %v", a)
		}
	}
	if len(offered) == 0 {
		t.Error("offered no account")
	}
}
