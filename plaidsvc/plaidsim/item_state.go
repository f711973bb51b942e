package plaidsim

import "time"

// What is wrong with an Item is one error code, as Plaid's item.error is, and
// changes in this file only. What is here may run inside a request or off the
// agenda, so it is told the moment.

// damage makes every call about an Item fail with a code, until it is mended.
func (s *Server) damage(it *item, code string, now time.Time) {
	it.trouble, it.reason = code, ""
	s.notify(it, now, "ITEM", "ERROR", details{"error": it.problem()})
}

// mend makes an Item work again, as the end of update mode does. A consent that
// runs out is given anew for as long as it was given first, and a disconnection
// that was announced is off. What a person has revoked stays revoked.
func (s *Server) mend(it *item, now time.Time) {
	if it.trouble == revoked {
		return
	}
	it.trouble, it.reason, it.disconnects = "", "", time.Time{}
	if s.options.SandboxExpiry {
		s.age(it, now)
	}
	if it.consentLife > 0 {
		s.consent(it, it.consentLife, now)
	}
	s.catchUpOn(it, now)
}

// repair makes an Item work again that a person repaired somewhere else, in
// another app for example, which this app is told.
func (s *Server) repair(it *item, now time.Time) {
	if it.trouble != loginRequired {
		return
	}
	s.mend(it, now)
	s.notify(it, now, "ITEM", "LOGIN_REPAIRED", nil)
}

// revoke takes the app's permission away for good, as a person does in Plaid's
// portal. The access token is answered this code from now on; there is no update
// mode for it, only /item/remove and a new Item.
func (s *Server) revoke(it *item, now time.Time) {
	it.trouble, it.reason = revoked, ""
	s.notify(it, now, "ITEM", "USER_PERMISSION_REVOKED", details{"error": it.problem()})
}

// The two codes that more than one place looks for.
const (
	loginRequired = "ITEM_LOGIN_REQUIRED"
	revoked       = "USER_PERMISSION_REVOKED"
)

// problem is what is wrong with the Item as Plaid words it, nil if nothing is.
func (it *item) problem() *plaidError {
	if it.trouble == "" {
		return nil
	}
	return fail(it.trouble).because(it.reason)
}
