package plaidsim_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// ofLink are the webhooks of a Link code that were queued so far.
func (w *world) ofLink(code string) []plaidsim.Notice {
	return slices.DeleteFunc(w.server.Notices(), func(n plaidsim.Notice) bool { return n.Kind != "LINK" || n.Code != code })
}

// codes are those of all webhooks queued so far.
func (w *world) codes() []string {
	var codes []string
	for _, n := range w.server.Notices() {
		codes = append(codes, n.Code)
	}
	return codes
}

func TestHostedLinkTellsWhatCameOfIt(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link, _ := w.address(nil)
	session := w.signIn(link, "ins_109508", "user_good", "pass_good")
	w.report(session, "OPEN")
	public := w.finish(session).text("public_token")
	w.report(session, "HANDOFF")

	left := w.start(link)
	w.must("/link/session/exit", with(left, fields{"status": nil, "error": nil}))
	w.report(left, "EXIT")
	want := []string{"ITEM_ADD_RESULT", "SESSION_FINISHED", "EVENTS", "SESSION_FINISHED", "EVENTS"}
	if got := w.codes(); !slices.Equal(got, want) {
		t.Fatalf("webhooks: got %v, want %v", got, want)
	}
	if got := w.ofLink("ITEM_ADD_RESULT")[0].Details["public_token"]; got != public {
		t.Errorf("ITEM_ADD_RESULT: got %v, want %s", got, public)
	}
	finished := w.ofLink("SESSION_FINISHED")
	for i, status := range []string{"SUCCESS", "EXITED"} {
		d := finished[i].Details
		if d["status"] != status || d["link_token"] != link || len(d["public_tokens"].([]string)) != 1-i {
			t.Errorf("SESSION_FINISHED %d: got %v, want %s", i, d, status)
		}
	}
	for _, n := range w.server.Notices() {
		checkWebhook(t, n)
	}
}

// checkWebhook holds what is posted for a webhook of Link against the document.
func checkWebhook(t *testing.T, n plaidsim.Notice) {
	t.Helper()
	schema := map[string]string{
		"ITEM_ADD_RESULT":  "ItemAddResultWebhook",
		"SESSION_FINISHED": "LinkSessionFinishedWebhook",
		"EVENTS":           "LinkEventsWebhook",
	}[n.Code]
	for _, complaint := range judge(t).Schema(schema, n.Body) {
		t.Errorf("%s\nin %s", complaint, n.Body)
	}
}

func TestClosedPageIsToldLater(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link, _ := w.address(nil)
	session := w.start(link)
	w.report(session, "OPEN")
	w.pass(9 * time.Minute)
	w.report(session, "SELECT_INSTITUTION")
	w.pass(9 * time.Minute)
	if got := w.codes(); len(got) != 0 {
		t.Errorf("while the person is busy: got %v", got)
	}
	w.pass(time.Minute)
	if got := w.ofLink("EVENTS"); len(got) != 1 {
		t.Fatalf("ten minutes after the last event: got %v, want EVENTS", w.codes())
	}
	w.report(session, "SUBMIT_CREDENTIALS") // still there, after all
	w.pass(11 * time.Minute)
	if got, want := w.codes(), []string{"EVENTS", "EVENTS", "SESSION_FINISHED"}; !slices.Equal(got, want) {
		t.Fatalf("after the token expired: got %v, want %v", got, want)
	}
	all, _ := json.Marshal(w.ofLink("EVENTS")[1].Details["events"])
	var events []fields
	if err := json.Unmarshal(all, &events); err != nil || len(events) != 3 {
		t.Errorf("second EVENTS: got %s (%v), want all three again", all, err)
	}
	if got := w.ofLink("SESSION_FINISHED")[0].Details["status"]; got != "EXITED" {
		t.Errorf("status: got %v, want EXITED", got)
	}
}

func TestUpdateModeAddsNoItem(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link := w.updateToken(w.link(nil), fields{"hosted_link": fields{}, "webhook": "https://example.com/hook"})
	w.finish(with(w.signIn(link, "ins_109508", "user_good", "pass_good"), fields{"account_ids": []string{}}))
	if got, want := w.codes(), []string{"SESSION_FINISHED"}; !slices.Equal(got, want) {
		t.Errorf("webhooks: got %v, want %v", got, want)
	}
}
