package wire

import (
	"cmp"

	"coffer/ledger"
)

// transaction turns a row round: Plaid counts money out of an account as
// positive (https://plaid.com/docs/api/products/transactions/), the ledger as
// negative, on every kind of account.
func transaction(r *row) (ledger.Transaction, error) {
	day := date(r.Date)
	switch {
	case r.ID == "":
		return ledger.Transaction{}, errNoID
	case r.Account == "":
		return ledger.Transaction{}, errNoAccount
	case day.IsZero():
		return ledger.Transaction{}, errNoDate
	}
	amount, exact, err := parseAmount(string(r.Amount), currency(r.ISO, r.Unofficial))
	if err != nil {
		return ledger.Transaction{}, err
	}
	t := ledger.Transaction{
		ID:         ledger.TransactionID(r.ID),
		Account:    ledger.AccountID(r.Account),
		PendingID:  ledger.TransactionID(r.PendingID),
		Pending:    r.Pending,
		Date:       day,
		Authorized: date(r.Authorized),
		Amount:     amount.Neg(),
		Category:   ledger.Category(cmp.Or(r.Category.Detailed, r.Category.Primary)),
		Name:       r.Name,
		Merchant:   r.Merchant,
		Original:   r.Original,
		Channel:    r.Channel,
		City:       r.Location.City,
		Country:    r.Location.Country,
		Check:      r.Check,
	}
	if !exact {
		t.RawAmount = string(r.Amount)
	}
	return t, nil
}
