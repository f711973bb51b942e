package plaidsim

import (
	"strings"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/persona"
)

// A visit is a user who gave the right name and password at a bank.
type visit struct {
	user  string // the name; one user linked twice is two Items
	login bank.Login
	mfa   persona.MFA // what the bank still asks, of people; the Sandbox endpoint is let in without
	// deposits: the account numbers the person gives are verified by micro-deposits.
	deposits bool
}

// signIn checks a user name and password at a bank, as the Sandbox does: the
// passwords pass_good and mfa_... are right for user_good, error_<CODE> fails
// with that code, and any other user of the household may have any password. A
// bank with OAuth asks on its own pages, which let everybody in.
func (c *call) signIn(institution bank.Institution, user, password string) (visit, *plaidError) {
	if err := c.reach(institution.ID); err != nil {
		return visit{}, err
	}
	if code, ok := strings.CutPrefix(password, "error_"); ok && !institution.OAuth {
		return visit{}, fail(code)
	}
	if institution.OAuth {
		user, password = "user_good", "pass_good"
	}
	mfa, good := persona.PasswordMFA(password)
	login, known := c.banks.Login(institution.ID, user)
	deposits := depositing(institution, user, password)
	if !known || password == "" || user == "user_good" && password != "pass_good" && !good && !deposits {
		return visit{}, fail("INVALID_CREDENTIALS")
	}
	return visit{user: user, login: login, mfa: mfa, deposits: deposits}, nil
}
