package plaidsim

import (
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/persona"
)

// Automated micro-deposits are how an account number is verified at a bank that
// does not tell it: the person types it into Link, Plaid sends a cent, and sees
// it arrive. In the Sandbox that is user_good with the password below at
// Houndstooth Bank (https://plaid.com/docs/auth/coverage/testing/). The page here
// does not ask for numbers; the person is taken to have typed the right ones.

const (
	depositBank     = "ins_109512"
	depositPassword = "microdeposits_good"
	// depositTime is how long it takes: "will automatically succeed after
	// twenty-four hours".
	depositTime = 24 * time.Hour
)

// What can be seen of it, Plaid's verification_status.
const (
	verificationPending = "pending_automatic_verification"
	verificationDone    = "automatically_verified"
	verificationExpired = "verification_expired"
)

// depositing reports whether a login is one whose numbers have to be verified.
func depositing(institution bank.Institution, user, password string) bool {
	return institution.ID == depositBank && user == persona.Good && password == depositPassword
}

// sendDeposits starts to verify the Item's accounts that money can be moved on,
// if that is what it was linked for.
func (s *Server) sendDeposits(it *item, now time.Time) {
	if !slices.Contains(it.products, "auth") && !slices.Contains(it.products, "transfer") {
		return
	}
	it.verification = make(map[string]string)
	for _, a := range it.accounts {
		if it.numbers(a) == (bank.Numbers{}) {
			continue
		}
		it.verification[a.ID] = verificationPending
		s.agenda.at(now.Add(depositTime), func(now time.Time) {
			if !it.removed && it.verification[a.ID] == verificationPending {
				s.verify(it, a, verificationDone, now)
			}
		})
	}
}

// verify ends the wait of an account, and tells the app how.
func (s *Server) verify(it *item, a account, status string, now time.Time) {
	it.verification[a.ID] = status
	code := "AUTOMATICALLY_VERIFIED"
	if status == verificationExpired {
		code = "VERIFICATION_EXPIRED"
	}
	s.notify(it, now, "AUTH", code, details{"account_id": a.id})
}

// verified reports whether the account's number may be handed out: it is known
// from the bank, or the cent arrived.
func (it *item) verified(a account) bool {
	status := it.verification[a.ID]
	return status == "" || status == verificationDone
}

// linkAccounts are the Item's accounts as Link tells them.
func (it *item) linkAccounts() []wireLinkAccount {
	w := linkAccounts(it.accounts)
	for i, a := range it.accounts {
		w[i].VerificationStatus = nullable(it.verification[a.ID])
	}
	return w
}
