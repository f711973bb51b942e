package plaidsim

import (
	"encoding/json"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

type liabilitiesAnswer struct {
	Accounts    []wireAccount   `json:"accounts"`
	Item        wireItem        `json:"item"`
	Liabilities wireLiabilities `json:"liabilities"`
	answered
}

// wireLiabilities is Plaid's LiabilitiesObject. A kind of debt that the Item
// does not have is null.
type wireLiabilities struct {
	Credit   []wireCardDebt    `json:"credit"`
	Mortgage []wireMortgage    `json:"mortgage"`
	Student  []wireStudentLoan `json:"student"`
}

// liabilitiesGet tells what is owed on which terms, as of the Item's last
// update, like the balances beside it.
func liabilitiesGet(c *call, r *accountsRequest) (answer, *plaidError) {
	it, err := c.healthyItem(r.AccessToken)
	if err != nil {
		return nil, err
	}
	if err := it.may("liabilities"); err != nil {
		return nil, err
	}
	names, err := it.eligible(r.Options.AccountIDs, account.hasTerms, "NO_LIABILITY_ACCOUNTS")
	if err != nil {
		return nil, err
	}
	it.initialise("liabilities")
	at := it.asOf(c.now)
	picked := func(a account) bool { return names[a.ID] != "" }
	a := &liabilitiesAnswer{Accounts: it.wireAccounts(at, picked), Item: it.wire()}
	a.Liabilities.fill(it.life.Liabilities(at), names)
	return a, nil
}

// hasTerms tells the accounts whose debts Plaid has details of
// (https://plaid.com/docs/api/products/liabilities/).
func (a account) hasTerms() bool {
	return a.Type == "credit" && (a.Subtype == "credit card" || a.Subtype == "paypal") ||
		a.Type == "loan" && (a.Subtype == "mortgage" || a.Subtype == "student")
}

// fill puts in the debts of the accounts that have a name.
func (w *wireLiabilities) fill(l bank.Liabilities, names map[string]string) {
	for _, d := range l.Cards {
		if id := names[d.AccountID]; id != "" {
			w.Credit = append(w.Credit, wireCard(id, d))
		}
	}
	for _, d := range l.Mortgages {
		if id := names[d.AccountID]; id != "" {
			w.Mortgage = append(w.Mortgage, wireHouse(id, d))
		}
	}
	for _, d := range l.Students {
		if id := names[d.AccountID]; id != "" {
			w.Student = append(w.Student, wireStudent(id, d))
		}
	}
}

// exactly is a decimal as JSON has numbers.
func exactly(d decimal.Decimal) json.Number { return json.Number(d.String()) }
