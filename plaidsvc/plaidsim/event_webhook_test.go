package plaidsim_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"
)

// What an app that syncs is told of rows: of all kinds of changes, and of rows
// that went away.
var (
	allNews = []string{"TRANSACTIONS DEFAULT_UPDATE", "TRANSACTIONS TRANSACTIONS_REMOVED", "TRANSACTIONS SYNC_UPDATES_AVAILABLE"}
	removal = []string{"TRANSACTIONS TRANSACTIONS_REMOVED", "TRANSACTIONS SYNC_UPDATES_AVAILABLE"}
)

// eventWebhooks has every event: what happened three days before it, what the
// app is told when it happens, and what it has been told ten days later.
var eventWebhooks = []struct {
	before, event string
	now, later    []string
}{
	{event: `"login_required"`, now: []string{"ITEM ERROR"}},
	{event: `"login_repaired"`, before: `"login_required"`, now: append([]string{"ITEM LOGIN_REPAIRED"}, allNews...)},
	{event: `"permission_revoked"`, now: []string{"ITEM USER_PERMISSION_REVOKED"}},
	{event: `"consent_expiry","in":"8d"`, later: []string{"ITEM PENDING_DISCONNECT", "ITEM ERROR"}},
	{event: `"pending_disconnect","in":"3d"`, now: []string{"ITEM PENDING_DISCONNECT"}, later: []string{"ITEM ERROR"}},
	{event: `"account_revoked"`, now: []string{"ITEM USER_ACCOUNT_REVOKED"}},
	{event: `"account_closed"`},
	{event: `"account_churn"`, now: append(allNews, "AUTH DEFAULT_UPDATE")},
	{event: `"new_account"`, now: []string{"ITEM NEW_ACCOUNTS_AVAILABLE"}},
	{event: `"rows_removed"`, now: removal},
	{event: `"rows_modified"`, now: []string{"TRANSACTIONS DEFAULT_UPDATE", "TRANSACTIONS SYNC_UPDATES_AVAILABLE"}},
	{event: `"rows_vanished"`, now: removal},
	{event: `"rows_unlinked"`}, // seen when the rows post, as the next
	{event: `"rows_repriced"`},
	{event: `"institution_down","institution_id":"ins_109508"`},
	{event: `"institution_up","institution_id":"ins_109508"`, before: `"institution_down","institution_id":"ins_109508"`, now: allNews},
	{event: `"mutate_on_page","page":2`},
	{event: `"rate_limits","limits":"sandbox"`},
}

// The webhooks that events cause fit Plaid's document, and are fired as it
// happens.
func TestEveryEventIsTold(t *testing.T) {
	ordeal.Alone(t)
	var events []string
	for _, tt := range eventWebhooks {
		name := strings.Split(tt.event, `"`)[1]
		events = append(events, name)
		t.Run(name, func(t *testing.T) {
			w := controlled(t)
			play := func(event string) { w.does("scenario/play", `{"events":[{"event":`+event+`}]}`) }
			w.pages(w.linkAll(hook), "", 500)
			if tt.before != "" {
				play(tt.before)
			}
			w.pass(3*day + time.Second) // Plaid has just asked the bank
			told := len(w.judged())
			play(tt.event)
			if got := w.judged()[told:]; !slices.Equal(got, tt.now) {
				t.Errorf("at once: told %q, want %q", got, tt.now)
			}
			if tt.later == nil {
				return
			}
			w.pass(10 * day)
			got := w.judged()
			for _, code := range tt.later {
				if !slices.Contains(got, code) {
					t.Errorf("ten days later: told %q, want %s too", got, code)
				}
			}
		})
	}
	slices.Sort(events)
	if all := plaidsim.EventNames(); !slices.Equal(events, all) {
		t.Errorf("played %q, want all events, %q", events, all)
	}
}
