package plaidsim_test

import (
	"slices"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

// updateToken is a link token to repair an Item with.
func (w *world) updateToken(item string, changes fields) string {
	w.Helper()
	request := linkRequest(changes)
	request["access_token"] = item
	delete(request, "products")
	return w.must("/link/token/create", request).text("link_token")
}

// linked are the ids of the accounts an Item has.
func (w *world) linked(item string) []string {
	w.Helper()
	var ids []string
	for _, a := range w.must("/accounts/get", fields{"access_token": item}).list("accounts") {
		ids = append(ids, a.text("account_id"))
	}
	return ids
}

func TestUpdateModeRefusesAnotherUser(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link := w.updateToken(w.link(nil), nil)
	w.refused("/link/session/credentials", with(w.start(link), fields{
		"institution_id": "ins_109508", "username": "user_custom", "password": "x",
	}), "INVALID_UPDATED_USERNAME")
}

func TestUpdateModeWithoutSelectionKeepsTheAccounts(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	item := w.link(nil)
	before := w.linked(item)
	session := w.start(w.updateToken(item, nil))
	answer := w.must("/link/session/credentials", with(session, fields{
		"institution_id": "ins_109508", "username": "user_good", "password": "pass_good",
	}))
	if answer["skip_accounts"] != true {
		t.Errorf("skip_accounts: got %v, want true", answer["skip_accounts"])
	}
	done := w.finish(with(session, fields{"institution_id": "ins_109508", "account_ids": []string{}}))
	if got := w.linked(item); !slices.Equal(got, before) || len(done.list("metadata", "accounts")) != len(before) {
		t.Errorf("accounts: got %v and %v, want %v", got, done, before)
	}
}

func TestUpdateModeChangesTheAccounts(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	item := w.link(nil)
	before := w.linked(item)
	selection := fields{"update": fields{"account_selection_enabled": true}}
	choose := func(ids ...string) []fields {
		session := w.start(w.updateToken(item, selection))
		offered := w.must("/link/session/credentials", with(session, fields{
			"institution_id": "ins_109508", "username": "user_good", "password": "pass_good",
		}))
		done := w.finish(with(session, fields{"institution_id": "ins_109508", "account_ids": ids}))
		if got := len(done.list("metadata", "accounts")); got != len(ids) || offered["skip_accounts"] != false {
			t.Errorf("metadata.accounts: got %d, want the %d chosen", got, len(ids))
		}
		return offered.list("accounts")
	}
	choose(before[0])
	if got := w.linked(item); !slices.Equal(got, before[:1]) {
		t.Errorf("after leaving all but one: got %v, want %v", got, before[:1])
	}
	for _, a := range choose(before...) {
		if want := a.text("id") == before[0]; a["selected"] != want {
			t.Errorf("%s: got selected %v, want %v", a.text("name"), a["selected"], want)
		}
	}
	if got := w.linked(item); !slices.Equal(got, before) {
		t.Errorf("after they joined again: got %v, want the old ids %v", got, before)
	}
}

func TestUpdateModeAsksForMore(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	public := w.finish(w.signIn(w.linkToken(nil), "ins_109508", "user_good", "pass_good")).text("public_token")
	item := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	w.refused("/auth/get", fields{"access_token": item}, "ADDITIONAL_CONSENT_REQUIRED")
	link := w.updateToken(item, fields{"additional_consented_products": []string{"auth"}})
	w.finish(with(w.signIn(link, "ins_109508", "user_good", "pass_good"), fields{"account_ids": []string{}}))
	w.must("/auth/get", fields{"access_token": item})
}

func TestUpdateModeOfAUserIsNotPlayed(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	w.refused("/link/token/create", linkRequest(fields{"update": fields{"user": true}, "user_token": "user-sandbox-1"}), "INVALID_FIELD")
}

func TestNoUpdateModeForWhatIsGone(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	revoked, removed := w.link(nil), w.link(nil)
	w.server.OnItem(revoked, w.server.Revoke())
	w.refused("/link/token/create", linkRequest(fields{"products": nil, "access_token": revoked}), "USER_PERMISSION_REVOKED")
	// A token that was made before is no way around it.
	link := w.updateToken(removed, nil)
	w.must("/item/remove", fields{"access_token": removed})
	w.refused("/link/token/create", linkRequest(fields{"products": nil, "access_token": removed}), "ITEM_NOT_FOUND")
	w.refused("/link/session/start", fields{"link_token": link}, "INVALID_LINK_TOKEN")
}

func TestUpdateModeAtABankWithOAuthAlwaysAsksForAccounts(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	public := w.finish(w.signIn(w.linkToken(nil), "ins_127287", "anybody", "any")).text("public_token")
	item := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	session := w.start(w.updateToken(item, nil))
	offered := w.must("/link/session/credentials", with(session, fields{
		"institution_id": "ins_127287", "username": "anybody", "password": "any",
	}))
	if offered["skip_accounts"] != false {
		t.Errorf("skip_accounts: got %v, want false", offered["skip_accounts"])
	}
	first := offered.text("accounts", 0, "id")
	w.finish(with(session, fields{"institution_id": "ins_127287", "account_ids": []string{first}}))
	if got := w.linked(item); !slices.Equal(got, []string{first}) {
		t.Errorf("accounts: got %v, want the one chosen", got)
	}
}
