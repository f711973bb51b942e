package plaidsim

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"coffer/plaidsvc/plaidsim/strict"
	"coffer/plaidsvc/plaidsim/tomorrow"
)

// A Scenario is a script of what goes wrong and what happens, see
// [ReadScenario].
type Scenario struct {
	// RateLimits turns on limits, those of "sandbox" or "production".
	RateLimits RateLimits `json:"rate_limits,omitempty"`
	// Tomorrow gives answers as they may be one day.
	Tomorrow *Tomorrow `json:"tomorrow,omitempty"`
	// Link replaces [Options.Link].
	Link *LinkOptions `json:"link,omitempty"`
	// Webhooks says what goes wrong with webhooks.
	Webhooks *Misdelivery `json:"webhooks,omitempty"`
	Faults   []Fault      `json:"faults,omitempty"`
	Events   []Event      `json:"events,omitempty"`
}

// Misdelivery is [WebhookFaults] as scenarios have them: n is every nth webhook
// of an address, 1 all of them.
type Misdelivery struct {
	Duplicate    int `json:"duplicate,omitempty" plaid:"min=1"`
	Reorder      int `json:"reorder,omitempty" plaid:"min=1"`
	BadSignature int `json:"bad_signature,omitempty" plaid:"min=1"`
	Stale        int `json:"stale,omitempty" plaid:"min=1"`
	Lose         int `json:"lose,omitempty" plaid:"min=1"`
}

// Tomorrow says how odd the answers of tomorrow are: unknown fields, words and
// categories are in all of them, and nulls where today is a value. Webhooks have
// unknown fields, and unknown ones come beside them, never instead.
type Tomorrow struct {
	// Datetimes says how date-times are written: "plain" as today, "precise"
	// with fractions and other zones, or "loose", without a zone, too.
	Datetimes string `json:"datetimes,omitempty"`
}

// mode is nil where tomorrow has not come.
func (t *Tomorrow) mode(seed int64) *tomorrow.Mode {
	if t == nil {
		return nil
	}
	return &tomorrow.Mode{Seed: uint64(seed), Moments: datetimes[t.Datetimes]}
}

var datetimes = map[string]tomorrow.Moments{
	"":        tomorrow.Precise,
	"plain":   tomorrow.Plain,
	"precise": tomorrow.Precise,
	"loose":   tomorrow.Loose,
}

// ReadScenario reads a scenario from JSON. A key that it does not know is an
// error, as is a value that cannot be meant; the error names the place.
//
// The document is an object with any of these keys:
//
//	rate_limits  "sandbox" or "production"
//	tomorrow     {"datetimes": "plain", "precise" or "loose"}
//	link         {"single_use_tokens": bool, "all_sessions": bool}, see [LinkOptions]
//	webhooks     {"duplicate": n, "reorder": n, "bad_signature": n, "stale": n, "lose": n},
//	             each of every nth webhook
//	faults       a list of faults, see [Fault] for their keys
//	events       a list of events
//
// An event has a name, "event", and happens at a moment, "at" (RFC 3339), or
// "after" an Item was linked ("90s", "36h", "30d"); without either it happens
// when it is linked. It happens to all Items, or to those of one bank,
// "institution_id", or to one, "item", counted from 1 in the order of linking.
// The events, and the keys they may have beside:
//
//	login_required                     the bank wants the person to sign in again
//	login_repaired                     they did so in another app
//	permission_revoked                 the person took the app's permission away
//	consent_expiry      in             the consent ends, after 7d unless it says so
//	pending_disconnect  in, reason     the connection will end; INSTITUTION_MIGRATION
//	                                   or INSTITUTION_TOKEN_EXPIRATION
//	account_revoked     account        one account is taken from the app
//	account_closed      account        the bank does not have it any more
//	account_churn       account        it comes back under another account_id
//	new_account                        the person opened a savings account
//	rows_removed        rows, contains      posted rows are gone
//	rows_modified       rows, contains, by  posted rows have another amount
//	rows_vanished       rows, contains      holds never post
//	rows_unlinked       rows, contains      pending rows post without the link
//	rows_repriced       rows, contains, by  pending rows post for another amount
//	institution_down    code           a bank does not answer (institution_id)
//	institution_up                     it does again, and tells what it has missed;
//	                                   events of rows and accounts wait for this
//	mutate_on_page      page, times    data changes under a /transactions/sync loop
//	rate_limits         limits         "sandbox", "production" or "off"
//
// "account" is a name, mask, subtype or account_id, and the first account unless
// it is given; "rows" is how many, the newest first, and 1 unless it is given;
// "contains" is in their name; "by" is added to the amount, "1.00" unless it is
// given. What is not there does not happen: a row that is not pending cannot
// vanish.
//
// What happens to rows and accounts at a moment of its own is part of the bank's
// past: an Item that is linked later finds it so. A new process with the same
// scenario therefore understands the cursors of an earlier one. After a moment
// counted from linking it does so only if it links at the same moment.
//
//	{
//	  "rate_limits": "sandbox",
//	  "tomorrow": {"datetimes": "loose"},
//	  "link": {"single_use_tokens": true},
//	  "webhooks": {"duplicate": 3, "bad_signature": 5},
//	  "faults": [
//	    {"endpoint": "/accounts/balance/get", "call": 2, "code": "INSTITUTION_NOT_RESPONDING", "delay": "30s"},
//	    {"endpoint": "/transactions/sync", "item": 1, "call": 3, "every": 3, "break": "truncated"},
//	    {"institution_id": "ins_109509", "times": 2, "status": 502}
//	  ],
//	  "events": [
//	    {"event": "rows_modified", "after": "2h", "rows": 3, "by": "0.50"},
//	    {"event": "new_account", "after": "1d", "institution_id": "ins_109508"},
//	    {"event": "account_churn", "after": "2d", "item": 1, "account": "checking"},
//	    {"event": "pending_disconnect", "after": "3d", "item": 2, "in": "2d", "reason": "INSTITUTION_TOKEN_EXPIRATION"},
//	    {"event": "institution_down", "at": "2026-04-01T06:00:00Z", "institution_id": "ins_109508"},
//	    {"event": "institution_up", "at": "2026-04-01T18:00:00Z", "institution_id": "ins_109508"}
//	  ]
//	}
func ReadScenario(r io.Reader) (*Scenario, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read the scenario: %w", err)
	}
	if err := checkSyntax(text); err != nil {
		return nil, fmt.Errorf("read the scenario: %w", err)
	}
	s := new(Scenario)
	if flaw := strict.Read(text, s); flaw != nil {
		return nil, fmt.Errorf("read the scenario: %s", inScenario(flaw))
	}
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("read the scenario: %w", err)
	}
	return s, nil
}

// inScenario says what is wrong with a scenario, that is an object at least.
func inScenario(flaw *strict.Flaw) string {
	switch {
	case len(flaw.Unknown) > 0:
		return "the following fields are not recognized in a scenario: " + strings.Join(flaw.Unknown, ", ")
	case len(flaw.Missing) > 0:
		return "the following required fields are missing: " + strings.Join(flaw.Missing, ", ")
	}
	return flaw.Wrong
}

// checkSyntax finds the line of what is no JSON object.
func checkSyntax(text []byte) error {
	var object map[string]json.RawMessage
	err := json.Unmarshal(text, &object)
	if bad := new(json.SyntaxError); errors.As(err, &bad) {
		line := 1 + strings.Count(string(text[:min(int(bad.Offset), len(text))]), "\n")
		return fmt.Errorf("line %d: %w", line, err)
	}
	if err != nil || object == nil {
		return errors.New("want an object, {...}")
	}
	return nil
}

// check holds every value against what it can mean.
func (s *Scenario) check() error {
	switch s.RateLimits {
	case RateLimitsOff, RateLimitsSandbox, RateLimitsProduction:
	default:
		return fmt.Errorf("rate_limits: got %q, want %q or %q", s.RateLimits, RateLimitsSandbox, RateLimitsProduction)
	}
	if s.Tomorrow != nil {
		if _, known := datetimes[s.Tomorrow.Datetimes]; !known {
			return fmt.Errorf("tomorrow.datetimes: got %q, want plain, precise or loose", s.Tomorrow.Datetimes)
		}
	}
	for i := range s.Faults {
		if err := s.Faults[i].check(); err != nil {
			return fmt.Errorf("faults[%d]: %w", i, err)
		}
	}
	for i := range s.Events {
		if err := s.Events[i].check(); err != nil {
			return fmt.Errorf("events[%d]: %w", i, err)
		}
	}
	return nil
}

// perform begins a scenario, beside what is under way.
func (s *Server) perform(sc *Scenario) {
	if sc == nil {
		return
	}
	if err := sc.check(); err != nil {
		panic(fmt.Sprintf("plaidsim: Options.Scenario: %v", err)) // a file has been checked
	}
	if sc.RateLimits != RateLimitsOff {
		s.limiter = sc.RateLimits.limiter()
	}
	if sc.Link != nil {
		s.links.options = *sc.Link
	}
	if sc.Webhooks != nil {
		s.Misdeliver(WebhookFaults(*sc.Webhooks))
	}
	if sc.Tomorrow != nil {
		s.tomorrow = sc.Tomorrow.mode(s.options.Seed)
	}
	for _, f := range sc.Faults {
		s.faults.inject(f)
	}
	s.play(sc.Events)
}
