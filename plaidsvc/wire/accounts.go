package wire

import (
	"errors"

	"coffer/ledger"
)

// ReadAccounts reads an answer of /accounts/get or /accounts/balance/get. It knows
// neither the Item nor, but where the bank says so itself, of when the balances are:
// who asked does.
func ReadAccounts(body []byte) (List[ledger.Account], error) {
	answer, err := parseLoose(body)
	if err != nil {
		return List[ledger.Account]{}, err
	}
	listed, ok := answer.listed("accounts")
	if !ok {
		return List[ledger.Account]{}, errors.New("it lists no accounts")
	}
	var list List[ledger.Account]
	for _, l := range listed {
		if l.text("account_id") == "" {
			list.Skipped.add("", errNoID)
			continue
		}
		list.All = append(list.All, account(l))
	}
	return list, nil
}

func account(l loose) ledger.Account {
	balances := l.object("balances")
	a := ledger.Account{
		ID:           ledger.AccountID(l.text("account_id")),
		Name:         l.text("name"),
		OfficialName: l.text("official_name"),
		Mask:         l.text("mask"),
		Type:         ledger.AccountType(l.text("type")),
		Subtype:      l.text("subtype"),
		Currency:     balances.currency(),
		Persistent:   l.text("persistent_account_id"),
	}
	a.Balance = balance(balances, a.Currency, a.Type.IsDebt())
	return a
}

// balance reads three amounts, each of which the bank may not have told. What is owed
// is positive with Plaid and negative in the ledger; only the current balance changes
// its sign.
func balance(l loose, cur ledger.Currency, debt bool) ledger.Balance {
	b := ledger.Balance{
		Current:   l.amount("current", cur),
		Available: l.amount("available", cur),
		Limit:     l.amount("limit", cur),
		AsOf:      l.instant("last_updated_datetime"),
	}
	if debt {
		b.Current = b.Current.Neg()
	}
	return b
}
