package plaidsim_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

func TestRequestsAreRefusedAsPlaidRefusesThem(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	noKeys := http.Header{"Content-Type": {"application/json; charset=utf-8"}}
	for _, tt := range []struct {
		name, endpoint string
		header         http.Header
		body           string
		code, message  string
	}{
		{"no content type", "/item/get", http.Header{}, `{}`, "INVALID_HEADERS", "Content-Type"},
		{"a form", "/item/get", http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, `a=b`,
			"INVALID_BODY", "body could not be parsed as JSON"},
		{"no JSON", "/item/get", keys(), `{"access_token":`, "INVALID_BODY", "body could not be parsed as JSON"},
		{"two documents", "/item/get", keys(), `{} {}`, "INVALID_BODY", "body could not be parsed as JSON"},
		{"an array", "/item/get", keys(), `[]`, "INVALID_BODY", "body could not be parsed as JSON"},
		{"empty", "/item/get", keys(), ``, "INVALID_BODY", "body could not be parsed as JSON"},
		{"no credentials", "/item/get", noKeys, `{"access_token":"x"}`,
			"MISSING_FIELDS", "the following required fields are missing: client_id, secret"},
		{"no secret", "/item/get", noKeys, `{"access_token":"x","client_id":"a"}`,
			"MISSING_FIELDS", "the following required fields are missing: secret"},
		{"missing", "/sandbox/public_token/create", keys(), `{}`,
			"MISSING_FIELDS", "the following required fields are missing: institution_id, initial_products"},
		{"missing inside", "/link/token/create", keys(),
			`{"client_name":"c","language":"en","country_codes":["US"],"products":["auth"],"user":{}}`,
			"MISSING_FIELDS", "the following required fields are missing: user.client_user_id"},
		{"null where needed", "/item/get", keys(), `{"access_token":null}`,
			"MISSING_FIELDS", "the following required fields are missing: access_token"},
		{"empty where needed", "/item/get", keys(), `{"access_token":""}`,
			"INVALID_FIELD", "access_token must be a non-empty string"},
		{"unknown", "/transactions/sync", keys(), `{"access_token":"x","options":{"count":1},"acount":1}`,
			"UNKNOWN_FIELDS", "the following fields are not recognized by this endpoint: acount, options.count"},
		{"other case", "/item/get", keys(), `{"Access_Token":"x"}`,
			"UNKNOWN_FIELDS", "the following fields are not recognized by this endpoint: Access_Token"},
		{"number for string", "/item/get", keys(), `{"access_token":1}`, "INVALID_FIELD", "access_token must be a string"},
		{"string for number", "/transactions/sync", keys(), `{"access_token":"x","count":"5"}`,
			"INVALID_FIELD", "count must be an integer"},
		{"too small", "/transactions/sync", keys(), `{"access_token":"x","count":0}`,
			"INVALID_FIELD", "count must be greater than or equal to 1"},
		{"too big", "/transactions/sync", keys(), `{"access_token":"x","count":501}`,
			"INVALID_FIELD", "count must be less than or equal to 500"},
		{"string for boolean", "/transactions/sync", keys(), `{"access_token":"x","options":{"include_original_description":"yes"}}`,
			"INVALID_FIELD", "options.include_original_description must be a boolean"},
		{"string for object", "/transactions/sync", keys(), `{"access_token":"x","options":"all"}`,
			"INVALID_FIELD", "options must be an object"},
		{"string for array", "/accounts/get", keys(), `{"access_token":"x","options":{"account_ids":"a"}}`,
			"INVALID_FIELD", "options.account_ids must be an array"},
		{"number in array", "/accounts/get", keys(), `{"access_token":"x","options":{"account_ids":["a",2]}}`,
			"INVALID_FIELD", "options.account_ids[1] must be a string"},
		{"no date", "/sandbox/public_token/create", keys(),
			`{"institution_id":"i","initial_products":["auth"],"options":{"transactions":{"start_date":"yesterday"}}}`,
			"INVALID_FIELD", "options.transactions.start_date must be a date in the format YYYY-MM-DD"},
		{"no time", "/accounts/balance/get", keys(),
			`{"access_token":"x","options":{"min_last_updated_datetime":"2026-03-15"}}`,
			"INVALID_FIELD", "options.min_last_updated_datetime must be a date and time"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, answer := w.send(tt.endpoint, tt.body, tt.header)
			if status != http.StatusBadRequest || answer["error_code"] != tt.code ||
				!strings.Contains(answer.text("error_message"), tt.message) {
				t.Errorf("got %d %s %q, want 400 %s %q", status, answer["error_code"], answer["error_message"], tt.code, tt.message)
			}
			if answer["error_type"] != "INVALID_REQUEST" {
				t.Errorf("error_type: got %v, want INVALID_REQUEST", answer["error_type"])
			}
		})
	}
}

func TestCredentialsMayBeInTheBody(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	status, answer := w.send("/institutions/get_by_id",
		`{"client_id":"a","secret":"b","institution_id":"ins_109508","country_codes":["US"]}`,
		http.Header{"Content-Type": {"application/json"}})
	if status != http.StatusOK {
		t.Errorf("got %d %v, want 200", status, answer)
	}
}

func TestWhatPlaidDoesNotHaveIsNotFound(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for _, endpoint := range []string{"/", "/item/create", "/item/get/", "//item/get", "/nothing"} {
		status, answer := w.ask(endpoint, fields{})
		if status != http.StatusNotFound || answer["error_code"] != "NOT_FOUND" || answer["error_type"] != "INVALID_REQUEST" {
			t.Errorf("%s: got %d %v, want 404 NOT_FOUND", endpoint, status, answer)
		}
	}
}

// A browser that is sent to an endpoint, or to the root, has no body to show.
func TestGetIsNotFound(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for _, endpoint := range []string{"/", "/accounts/get"} {
		recorder := httptest.NewRecorder()
		w.server.ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), http.MethodGet, endpoint, nil))
		if got := decodeFields(t, recorder.Body.Bytes()); recorder.Code != http.StatusNotFound || got["error_code"] != "NOT_FOUND" {
			t.Errorf("GET %s: got %d %v, want 404 NOT_FOUND", endpoint, recorder.Code, got)
		}
	}
}

func TestTokensAreCheckedBeforeAnythingElse(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for _, tt := range []struct{ name, token, message string }{
		{"no token", "nonsense", "provided access token is in an invalid format. expected format: access-<environment>-<identifier>"},
		{"another kind", "public-sandbox-1", "provided access token is in an invalid format. expected format: access-<environment>-<identifier>"},
		{"another environment", "access-production-1", `provided access token is for the wrong Plaid environment. expected "sandbox", got "production"`},
		{"unknown", "access-sandbox-0c3a1b2d-0000-4000-8000-000000000000", "could not find matching access token"},
	} {
		for _, endpoint := range []string{
			"/item/get", "/item/remove", "/accounts/get", "/accounts/balance/get",
			"/transactions/sync", "/transactions/refresh", "/sandbox/item/reset_login",
		} {
			t.Run(tt.name+endpoint, func(t *testing.T) {
				answer := w.on(t).refused(endpoint, fields{"access_token": tt.token}, "INVALID_ACCESS_TOKEN")
				if answer["error_message"] != tt.message || answer["error_type"] != "INVALID_INPUT" {
					t.Errorf("got %v, want INVALID_INPUT and message %q", answer, tt.message)
				}
			})
		}
	}
}
