package plaidsim

import (
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// noticeOfExpiry is how long before the end of a consent or a connection Plaid
// tells the app: "Fired when an Item's access consent is expiring in 7 days".
const noticeOfExpiry = 7 * 24 * time.Hour

// Why a connection ends, in the words of PENDING_DISCONNECT. The second is newer
// than the document the tests use.
const (
	institutionMigration       = "INSTITUTION_MIGRATION"
	institutionTokenExpiration = "INSTITUTION_TOKEN_EXPIRATION"
)

// consentExpired is error_code_reason of a login that a consent ran out on.
const consentExpired = "OAUTH_CONSENT_EXPIRED"

// consent makes the person's consent good for a while from now. Plaid tells the
// app seven days before it ends, or at once if it is shorter, and then the login
// is required. Update mode gives it anew.
func (s *Server) consent(it *item, life time.Duration, now time.Time) {
	it.consentLife, it.consentUntil = life, now.Add(life)
	until := it.consentUntil
	// A consent that was given anew has another end: then these plans are void.
	current := func() bool { return !it.removed && it.trouble == "" && it.consentUntil.Equal(until) }
	s.agenda.at(latest(now, until.Add(-noticeOfExpiry)), func(now time.Time) {
		if current() {
			s.warnOfExpiry(it, now)
		}
	})
	s.agenda.at(until, func(now time.Time) {
		if current() {
			s.expire(it, consentExpired, now)
		}
	})
}

// warnOfExpiry sends what Plaid sends in that country: PENDING_EXPIRATION in
// Europe, PENDING_DISCONNECT in the United States and Canada.
func (s *Server) warnOfExpiry(it *item, now time.Time) {
	if american(it.institution) {
		s.notify(it, now, "ITEM", "PENDING_DISCONNECT", details{
			"reason":          institutionTokenExpiration,
			"disconnect_time": instant(it.consentUntil),
		})
		return
	}
	s.notify(it, now, "ITEM", "PENDING_EXPIRATION", details{"consent_expiration_time": instant(it.consentUntil)})
}

// disconnect announces that the bank will end the connection after a while. The
// Item works until then.
func (s *Server) disconnect(it *item, reason string, after time.Duration, now time.Time) {
	deadline := now.Add(after)
	it.disconnects = deadline
	s.notify(it, now, "ITEM", "PENDING_DISCONNECT", details{
		"reason":          reason,
		"disconnect_time": instant(deadline),
	})
	s.agenda.at(deadline, func(now time.Time) {
		if !it.removed && it.trouble == "" && it.disconnects.Equal(deadline) {
			s.expire(it, "", now)
		}
	})
}

// expire is damage that came with time: the person has to sign in again.
func (s *Server) expire(it *item, reason string, now time.Time) {
	it.trouble, it.reason = loginRequired, reason
	s.notify(it, now, "ITEM", "ERROR", details{"error": it.problem()})
}

// How long a consent is good for.
const (
	yearOfConsent   = 365 * 24 * time.Hour
	usaaConsent     = 548 * 24 * time.Hour // 18 months
	europeanConsent = 180 * 24 * time.Hour
)

// consentTerm is for how long a person's consent is good at a bank, 0 for ever:
// the American banks of Plaid's list ask anew each year, European ones after 180
// days.
func consentTerm(i bank.Institution) time.Duration {
	switch i.ID {
	case "ins_10", "ins_127989", "ins_128026", "ins_11", "ins_5", "ins_12", "ins_15", "ins_13", "ins_14":
		return yearOfConsent
	case "ins_7":
		return usaaConsent
	}
	if !american(i) {
		return europeanConsent
	}
	return 0
}

// sandboxLife is how long a Sandbox Item works: "Items in Sandbox go into the
// ITEM_LOGIN_REQUIRED state 30 days after they were linked", unless they are
// repaired before.
const sandboxLife = 30 * 24 * time.Hour

// age lets the login of a Sandbox Item run out, thirty days after now.
func (s *Server) age(it *item, now time.Time) {
	end := now.Add(sandboxLife)
	it.sandboxEnd = end
	s.agenda.at(end, func(now time.Time) {
		if !it.removed && it.trouble == "" && it.sandboxEnd.Equal(end) {
			s.expire(it, "", now)
		}
	})
}

// american reports whether a bank is in the United States or Canada.
func american(i bank.Institution) bool { return overlap(i.Countries, []string{"US", "CA"}) }

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
