package plaidsim_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// linkRequest is a good request for a link token, with some fields replaced.
func linkRequest(changes fields) fields {
	request := fields{
		"client_name": "coffer", "language": "en", "country_codes": []string{"US"},
		"user": fields{"client_user_id": "1"}, "products": []string{"transactions"},
	}
	maps.Copy(request, changes)
	return request
}

func (w *world) linkToken(changes fields) string {
	w.Helper()
	return w.must("/link/token/create", linkRequest(changes)).text("link_token")
}

// start begins a session of Link as the page does, and returns what the page
// sends with every other request.
func (w *world) start(link string) fields {
	w.Helper()
	session := w.must("/link/session/start", fields{"link_token": link}).text("link_session_id")
	return fields{"link_token": link, "link_session_id": session}
}

func with(f fields, more fields) fields {
	both := maps.Clone(f)
	maps.Copy(both, more)
	return both
}

// signIn goes through Link up to the choice of accounts, and returns a request
// that finishes with all of them.
func (w *world) signIn(link, institution, user, password string) fields {
	w.Helper()
	session := w.start(link)
	answer := w.must("/link/session/credentials", with(session, fields{
		"institution_id": institution, "username": user, "password": password,
	}))
	var ids []string
	for _, a := range answer.list("accounts") {
		ids = append(ids, a.text("id"))
	}
	return with(session, fields{"institution_id": institution, "account_ids": ids})
}

func (w *world) finish(request fields) fields {
	w.Helper()
	return w.must("/link/session/finish", request)
}

func TestLinkTokenExpires(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	fresh := w.must("/link/token/create", linkRequest(nil))
	if got, want := fresh["expiration"], "2026-03-15T13:00:00Z"; got != want {
		t.Errorf("for a new Item: got expiration %v, want %v", got, want)
	}
	if got := fresh.text("link_token"); !strings.HasPrefix(got, "link-sandbox-") {
		t.Errorf("link_token: got %q, want link-sandbox-…", got)
	}
	request := linkRequest(fields{"access_token": w.link(nil)})
	delete(request, "products")
	update := w.must("/link/token/create", request)
	if got, want := update["expiration"], "2026-03-15T09:30:00Z"; got != want {
		t.Errorf("in update mode: got expiration %v, want %v", got, want)
	}

	w.pass(30*time.Minute + time.Second)
	w.start(fresh.text("link_token"))
	w.refused("/link/session/start", fields{"link_token": update["link_token"]}, "INVALID_LINK_TOKEN")
	w.pass(4 * time.Hour)
	w.refused("/link/session/start", fields{"link_token": fresh["link_token"]}, "INVALID_LINK_TOKEN")
	w.must("/link/token/get", fields{"link_token": fresh["link_token"]})
}

func TestLinkTokenRefusesWhatPlaidRefuses(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	item := w.link(nil)
	for name, tt := range map[string]struct {
		change fields
		code   string
	}{
		"language":                {fields{"language": "tlh"}, "INVALID_FIELD"},
		"country":                 {fields{"country_codes": []string{"XX"}}, "INVALID_FIELD"},
		"no country":              {fields{"country_codes": []string{}}, "INVALID_FIELD"},
		"e-mail as user id":       {fields{"user": fields{"client_user_id": "me@example.com"}}, "INVALID_FIELD"},
		"phone as user id":        {fields{"user": fields{"client_user_id": "+14155550123"}}, "INVALID_FIELD"},
		"no phone number":         {fields{"user": fields{"client_user_id": "1", "phone_number": "415-555-0123"}}, "INVALID_FIELD"},
		"balance":                 {fields{"products": []string{"transactions", "balance"}}, "INVALID_PRODUCT"},
		"unknown product":         {fields{"optional_products": []string{"luck"}}, "INVALID_PRODUCT"},
		"products twice":          {fields{"optional_products": []string{"transactions"}}, "INVALID_FIELD"},
		"no products":             {fields{"products": []string{}}, "INVALID_FIELD"},
		"products missing":        {fields{"products": nil}, "MISSING_FIELDS"},
		"webhook":                 {fields{"webhook": "nowhere"}, "INVALID_FIELD"},
		"redirect in the clear":   {fields{"redirect_uri": "http://example.com/back"}, "INVALID_FIELD"},
		"redirect with query":     {fields{"redirect_uri": "https://example.com/back?a=b"}, "INVALID_FIELD"},
		"bank":                    {fields{"institution_id": "ins_0"}, "INVALID_INSTITUTION"},
		"days":                    {fields{"transactions": fields{"days_requested": 731}}, "INVALID_FIELD"},
		"filter type":             {fields{"account_filters": fields{"pension": fields{"account_subtypes": []string{"all"}}}}, "UNKNOWN_FIELDS"},
		"unknown Item":            {fields{"products": nil, "access_token": "access-sandbox-1"}, "INVALID_ACCESS_TOKEN"},
		"products in update mode": {fields{"access_token": item}, "INVALID_FIELD"},
		"filters in update mode": {fields{"products": nil, "access_token": item,
			"account_filters": fields{"credit": fields{"account_subtypes": []string{"all"}}}}, "INVALID_FIELD"},
	} {
		t.Run(name, func(t *testing.T) {
			w.on(t).refused("/link/token/create", linkRequest(tt.change), tt.code)
		})
	}
}

// What plaid-go v29 puts on the wire by itself, and every object that only
// matters to products the simulator does not play.
func TestLinkTokenAcceptsWhatClientsSend(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link := w.linkToken(fields{
		"user": fields{
			"client_user_id": "1", "legal_name": "A B", "phone_number": "+14155550123", "email_address": "a@example.com",
			"name": fields{"given_name": "A", "family_name": "B"}, "date_of_birth": "1990-01-31",
			"address": fields{"country": "US"}, "phone_number_verified_time": "2026-01-01T00:00:00Z",
		},
		"update": fields{"account_selection_enabled": false, "user": false}, "hosted_link": fields{"is_mobile_app": false},
		"auth": fields{"auth_type_select_enabled": true}, "statements": fields{"start_date": "2025-01-01", "end_date": "2025-02-01"},
		"transactions": fields{"days_requested": 730}, "webhook": "https://example.com/hook",
		"redirect_uri": "http://localhost:8000/back", "link_customization_name": "default",
		"investments": fields{"allow_unverified_crypto_wallets": false}, "enable_multi_item_link": false,
		"required_if_supported_products": []string{"auth"}, "optional_products": []string{"identity"},
		"additional_consented_products": []string{"investments"},
		"account_filters":               fields{"depository": fields{"account_subtypes": []string{"checking"}}},
	})
	got := w.must("/link/token/get", fields{"link_token": link})
	if subtype := got.at("metadata", "account_filters", "depository", "account_subtypes", 0); subtype != "checking" {
		t.Errorf("metadata.account_filters: got %v, want what was asked for", got.at("metadata", "account_filters"))
	}
	if sessions := got["link_sessions"]; len(sessions.([]any)) != 0 {
		t.Errorf("link_sessions before any: got %v, want []", sessions)
	}
}

func TestOptionalProductsAreAddedWhereTheBankHasThem(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link := w.linkToken(fields{
		"required_if_supported_products": []string{"auth"},
		"optional_products":              []string{"payment_initiation"},
	})
	public := w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good")).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	if got := w.must("/item/get", fields{"access_token": token}).at("item", "products"); !slices.Equal(got.([]any), []any{"auth", "transactions"}) {
		t.Errorf("products: got %v, want auth and transactions", got)
	}
}

func TestBankWithOAuthLetsEverybodyIn(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	w.finish(w.signIn(w.linkToken(nil), "ins_127287", "anybody", "error_ITEM_LOCKED"))
}

func TestLinkSessionEndsInAnItem(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Link: plaidsim.LinkOptions{AllSessions: true}})
	link := w.linkToken(fields{"transactions": fields{"days_requested": 730}, "webhook": "https://example.com/hook"})
	started := w.must("/link/session/start", fields{"link_token": link})
	if started["client_name"] != "coffer" || started["update_mode"] != false || started["institution"] != nil {
		t.Errorf("start: got %v", started)
	}
	session := fields{"link_token": link, "link_session_id": started["link_session_id"]}

	banks := w.must("/link/session/institutions", with(session, fields{"query": "TARTAN"})).list("institutions")
	if !slices.ContainsFunc(banks, func(b fields) bool { return b.text("institution_id") == "ins_109511" }) {
		t.Errorf("search for TARTAN: got %v, want Tartan Bank", banks)
	}
	credentials := with(session, fields{"institution_id": "ins_109508", "username": "user_good", "password": "guess"})
	wrong := w.refused("/link/session/credentials", credentials, "INVALID_CREDENTIALS")
	if want := "The credentials were not correct. Please try again."; wrong["display_message"] != want {
		t.Errorf("display_message: got %v, want %q", wrong["display_message"], want)
	}
	finish := with(session, fields{"institution_id": "ins_109508", "account_ids": []string{"any"}})
	w.refused("/link/session/finish", finish, "INVALID_CREDENTIALS")

	credentials["password"] = "pass_good"
	offered := w.must("/link/session/credentials", credentials).list("accounts")
	w.refused("/link/session/finish", finish, "INVALID_ACCOUNT_ID")
	finish["account_ids"] = []string{}
	w.refused("/link/session/finish", finish, "INVALID_FIELD")
	finish["account_ids"] = []string{offered[1].text("id")}
	done := w.finish(finish)
	w.refused("/link/session/finish", finish, "INVALID_FIELD")

	checkMetadata(t, done, offered[1], session)
	token := w.must("/item/public_token/exchange", fields{"public_token": done["public_token"]}).text("access_token")
	accounts := w.must("/accounts/get", fields{"access_token": token})
	if got := accounts.list("accounts"); len(got) != 1 || got[0]["name"] != offered[1]["name"] ||
		got[0].text("account_id") != done.text("metadata", "accounts", 0, "id") {
		t.Errorf("accounts: got %v, want the one chosen, %v", got, offered[1])
	}
	if got := accounts.at("item", "webhook"); got != "https://example.com/hook" {
		t.Errorf("webhook: got %v, want the link token's", got)
	}
	checkResult(t, w.must("/link/token/get", fields{"link_token": link}), done)
}

// checkMetadata looks at what onSuccess is given.
func checkMetadata(t *testing.T, done, offered, session fields) {
	t.Helper()
	if got := done.text("metadata", "institution", "name"); got != "First Platypus Bank" {
		t.Errorf("metadata.institution: got %q, want First Platypus Bank", got)
	}
	if got := done.at("metadata", "link_session_id"); got != session["link_session_id"] {
		t.Errorf("metadata.link_session_id: got %v, want %v", got, session["link_session_id"])
	}
	account := done.list("metadata", "accounts")[0]
	for _, key := range []string{"name", "mask", "type", "subtype"} {
		if account[key] != offered[key] {
			t.Errorf("metadata.accounts[0].%s: got %v, want %v", key, account[key], offered[key])
		}
	}
	for _, key := range []string{"verification_status", "class_type"} {
		if value, present := account[key]; !present || value != nil {
			t.Errorf("metadata.accounts[0].%s: got %v, want an explicit null", key, value)
		}
	}
}

// checkResult looks at what /link/token/get says of a finished session.
func checkResult(t *testing.T, token, done fields) {
	t.Helper()
	session := token.list("link_sessions")[0]
	result := session.list("results", "item_add_results")[0]
	if result["public_token"] != done["public_token"] || session["finished_at"] == nil || session["exit"] != nil {
		t.Errorf("link_sessions[0]: got %v, want the public token, an end and no exit", session)
	}
}

func TestLinkSessionCanBeLeft(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Link: plaidsim.LinkOptions{AllSessions: true}})
	link := w.linkToken(nil)
	first, second := w.start(link), w.start(link)
	w.refused("/link/session/credentials", with(first, fields{
		"institution_id": "ins_109508", "username": "user_good", "password": "error_ITEM_LOCKED",
	}), "ITEM_LOCKED")
	w.must("/link/session/exit", with(first, fields{
		"institution_id": "ins_109508",
		"status":         "requires_credentials",
		"error":          fields{"error_type": "ITEM_ERROR", "error_code": "ITEM_LOCKED", "error_message": "m", "display_message": nil},
	}))
	w.must("/link/session/exit", with(second, fields{"status": "institution_not_found", "error": nil}))
	w.refused("/link/session/institutions", with(second, fields{"query": ""}), "INVALID_FIELD")

	sessions := w.must("/link/token/get", fields{"link_token": link}).list("link_sessions")
	if got := sessions[0].text("exit", "error", "error_code"); got != "ITEM_LOCKED" {
		t.Errorf("first exit: got error %q, want ITEM_LOCKED", got)
	}
	if got := sessions[0].text("exit", "metadata", "institution", "institution_id"); got != "ins_109508" {
		t.Errorf("first exit: got institution %q, want ins_109508", got)
	}
	if got := sessions[1].at("exit", "error"); got != nil {
		t.Errorf("second exit: got error %v, want null", got)
	}
	if got := sessions[1].text("exit", "metadata", "status"); got != "institution_not_found" {
		t.Errorf("second exit: got status %q, want institution_not_found", got)
	}
}

func TestLinkOffersOnlyWhatTheTokenAllows(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	all := w.must("/link/session/institutions", with(w.start(w.linkToken(nil)), fields{"query": ""})).list("institutions")
	if len(all) < 3 {
		t.Errorf("an empty query: got %d banks, want at least three", len(all))
	}
	british := w.linkToken(fields{"country_codes": []string{"GB"}})
	session := w.start(british)
	for _, i := range w.must("/link/session/institutions", with(session, fields{"query": ""})).list("institutions") {
		if i.text("institution_id") == "ins_109508" {
			t.Errorf("a bank of the US is offered in GB")
		}
	}
	w.refused("/link/session/credentials", with(session, fields{
		"institution_id": "ins_109508", "username": "user_good", "password": "pass_good",
	}), "INVALID_INSTITUTION")

	cards := w.linkToken(fields{"account_filters": fields{"credit": fields{"account_subtypes": []string{"credit card"}}}})
	offered := w.must("/link/session/credentials", with(w.start(cards), fields{
		"institution_id": "ins_109508", "username": "user_good", "password": "pass_good",
	})).list("accounts")
	for _, a := range offered {
		if a["subtype"] != "credit card" {
			t.Errorf("with a filter for credit cards: got %v", a)
		}
	}
	none := w.linkToken(fields{"account_filters": fields{"loan": fields{"account_subtypes": []string{"business"}}}})
	w.refused("/link/session/credentials", with(w.start(none), fields{
		"institution_id": "ins_109508", "username": "user_good", "password": "pass_good",
	}), "NO_ACCOUNTS")
}

func TestUpdateModeIsForTheItemsOwnBank(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	request := linkRequest(fields{"access_token": token})
	delete(request, "products")
	link := w.must("/link/token/create", request).text("link_token")
	started := w.must("/link/session/start", fields{"link_token": link})
	if started["update_mode"] != true || started.text("institution", "institution_id") != "ins_109508" {
		t.Errorf("start: got %v, want update mode at ins_109508", started)
	}
	w.refused("/link/session/credentials", with(w.start(link), fields{
		"institution_id": "ins_109509", "username": "user_good", "password": "pass_good",
	}), "INVALID_INSTITUTION")
	before := w.must("/item/get", fields{"access_token": token}).text("item", "item_id")
	w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good"))
	if after := w.must("/item/get", fields{"access_token": token}).text("item", "item_id"); after != before {
		t.Errorf("item_id after update mode: got %s, want %s", after, before)
	}
}

func TestUnknownLinkTokenIsInvalid(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	w.refused("/link/token/get", fields{"link_token": "link-sandbox-1"}, "INVALID_LINK_TOKEN")
	w.refused("/link/session/start", fields{"link_token": "link-sandbox-1"}, "INVALID_LINK_TOKEN")
}

func TestLongClientNameIsNotShown(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link := w.linkToken(fields{"client_name": strings.Repeat("x", 31)})
	if got := w.must("/link/session/start", fields{"link_token": link})["client_name"]; got != "This Application" {
		t.Errorf("client_name: got %v, want This Application", got)
	}
}
