package plaidsim

import (
	"strings"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/custom"
	"coffer/plaidsvc/plaidsim/persona"
)

// A visit is a user who gave the right name and password at a bank.
type visit struct {
	user    string // the name; one user linked twice is two Items
	login   bank.Login
	mfa     persona.MFA // what the bank still asks, of people; the Sandbox endpoint is let in without
	refused *plaidError // what comes after the right answers instead of the accounts, or nil
	// deposits: the account numbers the person gives are verified by micro-deposits.
	deposits bool
}

const passGood = "pass_good"

// signIn checks what a person types in Link. A bank with OAuth asks on its own
// pages, which let everybody in: the Sandbox's special users and passwords mean
// nothing there.
func (c *call) signIn(institution bank.Institution, user, password string) (visit, *plaidError) {
	if institution.OAuth {
		user, password = persona.Good, passGood
	}
	return c.enter(institution, user, password)
}

// enter checks a user name and password at a bank, as the Sandbox does: the
// passwords pass_good and mfa_... are right for user_good, error_<CODE> fails
// with that code, the password of user_custom is a user, and any other user may
// have any password.
func (c *call) enter(institution bank.Institution, user, password string) (visit, *plaidError) {
	if err := c.reach(institution.ID); err != nil {
		return visit{}, err
	}
	if code, ok := strings.CutPrefix(password, "error_"); ok {
		return visit{}, refusal(strings.ToUpper(code))
	}
	switch life, special := persona.LifeOf(user); {
	case special && password != "":
		return visit{user: user, login: c.livingAt(institution, user, life)}, nil
	case user == persona.Custom:
		return c.enterCustom(institution, password)
	}
	mfa, good := persona.PasswordMFA(password)
	deposits := depositing(institution, user, password)
	good = good || password == passGood || deposits
	login, known := c.login(institution, user)
	if !known || password == "" || user == persona.Good && !good {
		return visit{}, fail("INVALID_CREDENTIALS")
	}
	return visit{user: user, login: login, mfa: mfa, deposits: deposits}, nil
}

// admit is enter for the Sandbox's endpoints, which are let in without what the
// bank asks of people. No name or password at all is those of user_good.
func (c *call) admit(institution bank.Institution, user, password *string) (visit, *plaidError) {
	name, word := persona.Good, passGood
	if user != nil {
		name = *user
	}
	if password != nil {
		word = *password
	}
	v, err := c.enter(institution, name, word)
	if err == nil {
		err = v.refused
	}
	return v, err
}

// refusal is the error that a password asks for. One that there is not makes it
// a wrong password like any other.
func refusal(code string) *plaidError {
	if _, known := errorTable[code]; !known {
		return fail("INVALID_CREDENTIALS")
	}
	return fail(code)
}

// enterCustom makes a user of the configuration that is given for a password.
// The same one at the same bank is the same user. What is wrong with it, Plaid
// does not say: here the message ends in it.
func (c *call) enterCustom(institution bank.Institution, password string) (visit, *plaidError) {
	u, err := custom.Parse(password)
	if err != nil {
		wrong := fail("INVALID_CREDENTIALS")
		return visit{}, wrong.saying("%s: %v", wrong.Message, err)
	}
	if u.ForceError != "" {
		return visit{}, fail(u.ForceError)
	}
	login := c.customer(institution, password, func() bank.Login { return u.Login(int64(c.seed), institution, c.now) })
	v := visit{user: persona.Custom, login: login, mfa: u.MFA}
	if u.Recaptcha != "" {
		v.mfa = persona.Recaptcha(v.mfa)
	}
	if u.Recaptcha == "bad" {
		v.refused = fail("RECAPTCHA_BAD")
	}
	return v, nil
}

// login is what a user has who is known to the banks. On request user_good is
// the one of Plaid's documentation.
func (c *call) login(institution bank.Institution, user string) (bank.Login, bool) {
	if user != persona.Good || !c.options.DocumentedUser {
		return c.banks.Login(institution.ID, user)
	}
	return c.customer(institution, user, func() bank.Login {
		u, err := custom.Parse(persona.GoodAsDocumented)
		if err != nil {
			panic("plaidsim: " + err.Error()) // the text is ours
		}
		return u.Login(int64(c.seed), institution, c.now)
	}), true
}

// livingAt is what a special user has at a bank. The history begins some time
// before the user is first linked.
func (c *call) livingAt(institution bank.Institution, user string, l persona.Life) bank.Login {
	return c.customer(institution, user, func() bank.Login {
		return bank.Play(l.Part, int64(c.seed), institution, c.now.AddDate(0, 0, -l.Days))
	})
}

// customer finds somebody who is made up when they first sign in.
func (c *call) customer(institution bank.Institution, who string, make func() bank.Login) bank.Login {
	key := institution.ID + "\x00" + who
	if c.customers[key] == nil {
		c.customers[key] = make()
	}
	return c.customers[key]
}

// belongsTo reports whether it is the Item's own user who has a login. All users
// of user_custom have one name, so they are told apart by what they have.
func (it *item) belongsTo(user string, login bank.Login) bool {
	return it.user == user && (user != persona.Custom || it.login == login)
}
