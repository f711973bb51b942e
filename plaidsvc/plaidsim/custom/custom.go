// Package custom makes customers of a bank from a text: the JSON that Plaid's
// Sandbox takes as the password of its test user user_custom.
//
// # Promise
//
// What the text says comes out as it went in: accounts, balances, rows, owners,
// account numbers, holdings, trades, debts. What it leaves open is made up, as
// Plaid documents it, and is a function of the text and a seed. A text is either
// understood or refused with a reason; it cannot make the program fail.
//
// The schema is Plaid's (https://plaid.com/docs/sandbox/user-custom/). Null is
// the same as absent, everywhere, and unknown fields are passed over: the files
// that Plaid publishes have both. A starting balance is what the account holds
// when the user is first linked; from then on balances follow the rows.
//
// # What it never does
//
// It reads no clock and opens nothing. Payrolls and tax forms are accepted, but
// nothing is made of them: they belong to Income, and an account of type payroll
// is no account that the other products know.
package custom

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/persona"
)

// A User is what a text describes.
type User struct {
	MFA        persona.MFA
	Recaptcha  string // "good", "bad", or "" for none
	ForceError string // Plaid's code, or ""

	text   string
	schema schema
}

// Parse reads a text. The error says what is wrong with it and where.
func Parse(text string) (*User, error) {
	u := &User{text: text}
	if err := json.Unmarshal([]byte(text), &u.schema); err != nil {
		return nil, fmt.Errorf("read the user's configuration: %w", plain(err))
	}
	if err := u.schema.check(); err != nil {
		return nil, fmt.Errorf("read the user's configuration: %w", err)
	}
	u.Recaptcha, u.ForceError = u.schema.Recaptcha, u.schema.ForceError
	u.MFA = u.schema.MFA.mfa()
	return u, nil
}

// plain words an error of encoding/json without the names of Go's types.
func plain(err error) error {
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		return fmt.Errorf("%s cannot be a %s", mistyped.Field, mistyped.Value)
	}
	return err
}

// Login makes the user a customer of a bank, who is first linked at a moment.
func (u *User) Login(seed int64, at bank.Institution, linked time.Time) bank.Login {
	linked = linked.UTC()
	l := &login{institution: at, linked: linked}
	m := maker{seed: seed, key: identity("custom", fmt.Sprint(seed), at.ID, u.text), at: at, linked: linked}
	if u.schema.Seed != "" {
		m.key = identity("custom", u.schema.Seed, at.ID, u.text)
	}
	m.shift = u.schema.shift(linked)
	for i, o := range u.schema.accounts() {
		if o.Type != "payroll" {
			l.accounts = append(l.accounts, m.account(i, o))
		}
	}
	m.introduce(l.accounts)
	return l
}
