package plaidsvc

import (
	"errors"
	"time"

	"coffer/ledger"
)

// This file is the one door between Plaid's facts and the ledger's.

// What a row cannot do without.
var (
	errNoID      = errors.New("it has no id")
	errNoAccount = errors.New("it names no account")
	errNoDate    = errors.New("it has no date")
)

// transaction turns a row round: Plaid counts money out of an account as
// positive (https://plaid.com/docs/api/products/transactions/), the ledger as
// negative, on every kind of account.
func transaction(w *wireRow) (ledger.Transaction, error) {
	day := date(w.Date)
	switch {
	case w.ID == "":
		return ledger.Transaction{}, errNoID
	case w.Account == "":
		return ledger.Transaction{}, errNoAccount
	case day.IsZero():
		return ledger.Transaction{}, errNoDate
	}
	amount, exact, err := parseAmount(string(w.Amount), currency(w.ISO, w.Unofficial))
	if err != nil {
		return ledger.Transaction{}, err
	}
	t := ledger.Transaction{
		ID:         ledger.TransactionID(w.ID),
		Account:    ledger.AccountID(w.Account),
		PendingID:  ledger.TransactionID(w.PendingID),
		Pending:    w.Pending,
		Date:       day,
		Authorized: date(w.Authorized),
		Amount:     amount.Neg(),
		Category:   ledger.Category(or(w.Category.Detailed, w.Category.Primary)),
		Name:       w.Name,
		Merchant:   w.Merchant,
		Original:   w.Original,
		Channel:    w.Channel,
		City:       w.Location.City,
		Country:    w.Location.Country,
		Check:      w.Check,
	}
	if !exact {
		t.RawAmount = string(w.Amount)
	}
	return t, nil
}

// told says when, and on whose word, a bank's balances are what they are.
type told struct {
	at   time.Time // zero when nobody knows
	live bool
	// invested is when investment accounts were last told of, if that is apart.
	invested time.Time
	// billed and consented are the Item's products: in use, and agreed to.
	billed, consented []string
}

// account turns an account of item round. What is owed is positive with Plaid
// and negative in the ledger; only the current balance changes its sign.
func account(w *wireAccount, item ledger.ItemID, when told) (ledger.Account, error) {
	if w.ID == "" {
		return ledger.Account{}, errNoID
	}
	a := ledger.Account{
		ID:           ledger.AccountID(w.ID),
		Item:         item,
		Name:         w.Name,
		OfficialName: w.Official,
		Mask:         w.Mask,
		Type:         ledger.AccountType(w.Type),
		Subtype:      w.Subtype,
		Currency:     currency(w.Balances.ISO, w.Balances.Unofficial),
		Persistent:   w.Persistent,
	}
	a.Balance = balance(&w.Balances, a.Currency, a.Type.IsDebt())
	a.Balance.Live, a.Balance.AsOf = when.live, when.at
	if a.Type == ledger.Investment && !when.invested.IsZero() {
		a.Balance.AsOf = when.invested
	}
	if at := instant(w.Balances.Updated); !at.IsZero() {
		// Only Capital One says so, which tells cards and loans not in real time.
		a.Balance.AsOf, a.Balance.Live = at, when.live && a.Type == ledger.Depository
	}
	return a, nil
}

// balance reads three amounts, each of which the bank may not have told.
func balance(w *wireBalances, cur ledger.Currency, debt bool) ledger.Balance {
	known := func(text string) ledger.Amount {
		amount, _, err := parseAmount(text, cur)
		if err != nil {
			return ledger.Amount{} // null, or not a number: not known
		}
		return amount
	}
	b := ledger.Balance{
		Current:   known(string(w.Current)),
		Available: known(string(w.Available)),
		Limit:     known(string(w.Limit)),
	}
	if debt {
		b.Current = b.Current.Neg()
	}
	return b
}

// accounts turns a whole list round; what cannot be read is counted.
func accounts(list []wireAccount, item ledger.ItemID, when told) ([]ledger.Account, skipped) {
	var out []ledger.Account
	var odd skipped
	for i := range list {
		a, err := account(&list[i], item, when)
		if err != nil {
			odd.add(list[i].ID, err)
			continue
		}
		out = append(out, a)
	}
	return out, odd
}

// instant reads RFC 3339. What does not read, for want of a zone say, is not
// known.
func instant(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
