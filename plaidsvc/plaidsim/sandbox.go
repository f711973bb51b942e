package plaidsim

import (
	"strings"

	"coffer/plaidsvc/plaidsim/bank"
)

// signIn checks a user name and password at a bank, as the Sandbox does: the
// password pass_good is right for user_good, error_<CODE> fails with that code,
// and any other user of the household may have any password. A bank with OAuth
// asks on its own pages, which let everybody in.
func (c *call) signIn(institution bank.Institution, user, password string) (bank.Login, *plaidError) {
	if code, ok := strings.CutPrefix(password, "error_"); ok && !institution.OAuth {
		return nil, fail(code)
	}
	if institution.OAuth {
		user, password = "user_good", "pass_good"
	}
	login, known := c.banks.Login(institution.ID, user)
	if !known || password == "" || user == "user_good" && password != "pass_good" {
		return nil, fail("INVALID_CREDENTIALS")
	}
	return login, nil
}

// sandboxResetLogin makes the bank ask the person to sign in again.
func sandboxResetLogin(c *call, r *itemRequest) (answer, *plaidError) {
	it, err := c.item(r.AccessToken)
	if err != nil {
		return nil, err
	}
	it.trouble = "ITEM_LOGIN_REQUIRED"
	return &struct {
		ResetLogin bool `json:"reset_login"`
		answered
	}{ResetLogin: true}, nil
}
