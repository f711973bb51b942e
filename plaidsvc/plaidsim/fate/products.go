package fate

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// A Life knows what its login knows beside transactions, as far as the bank has
// told it by then.
var (
	_ bank.Owned    = (*Life)(nil)
	_ bank.Numbered = (*Life)(nil)
	_ bank.Invested = (*Life)(nil)
	_ bank.Indebted = (*Life)(nil)
)

// Owners implements [bank.Owned]. An account that was opened belongs to whom the
// first one belongs.
func (l *Life) Owners(accountID string) []bank.Owner {
	login, ok := l.login.(bank.Owned)
	if !ok {
		return nil
	}
	if accounts := l.login.Accounts(); len(accounts) > 0 && l.openedAs(accountID) != nil {
		accountID = accounts[0].ID
	}
	return login.Owners(accountID)
}

// Numbers implements [bank.Numbered]. An account that was opened is at the branch
// of the first one in its currency that has numbers.
func (l *Life) Numbers(accountID string) bank.Numbers {
	login, ok := l.login.(bank.Numbered)
	if !ok {
		return bank.Numbers{}
	}
	opened := l.openedAs(accountID)
	if opened == nil {
		return login.Numbers(accountID)
	}
	for _, a := range l.login.Accounts() {
		if n := login.Numbers(a.ID); n.Account != "" && a.Currency == opened.Currency {
			return n.Beside(numberOf(opened, len(n.Account), n.Tokenized))
		}
	}
	return bank.Numbers{}
}

// openedAs is an account that was opened, nil for one that was always there.
func (l *Life) openedAs(accountID string) *bank.Account {
	if i := slices.IndexFunc(l.opened, func(a bank.Account) bool { return a.ID == accountID }); i >= 0 {
		return &l.opened[i]
	}
	return nil
}

// numberOf is the number of an account, so many digits, that ends in its mask
// unless it is a token.
func numberOf(a *bank.Account, length int, token bool) string {
	end := a.Mask
	if token || length < len(end) {
		end = ""
	}
	var digits strings.Builder
	for n := 0; digits.Len() < length-len(end); n++ {
		digits.WriteByte('1' + fingerprint(fmt.Sprintf("%s digit %d", a.ID, n))[0]%9)
	}
	return digits.String() + end
}

// Holdings implements [bank.Invested].
func (l *Life) Holdings(at time.Time) []bank.Holding {
	if login, ok := l.login.(bank.Invested); ok {
		return login.Holdings(l.Heard(at))
	}
	return nil
}

// Trades implements [bank.Invested].
func (l *Life) Trades(from, until time.Time) []bank.Trade {
	if login, ok := l.login.(bank.Invested); ok {
		return login.Trades(from, l.Heard(until))
	}
	return nil
}

// Liabilities implements [bank.Indebted].
func (l *Life) Liabilities(at time.Time) bank.Liabilities {
	if login, ok := l.login.(bank.Indebted); ok {
		return login.Liabilities(l.Heard(at))
	}
	return bank.Liabilities{}
}
