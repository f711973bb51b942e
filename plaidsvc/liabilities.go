package plaidsvc

import (
	"context"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
)

var debts = topic{"liabilities", "the terms of its cards and loans"}

// liabilities is on which terms money is owed on the accounts of list. Plaid names
// no currency there: the amounts are in that of the account.
func (j *job) liabilities(list []ledger.Account) telling[ledger.Liabilities] {
	currencies := make(map[ledger.AccountID]ledger.Currency)
	for _, a := range list {
		currencies[a.ID] = a.Currency
	}
	return telling[ledger.Liabilities]{
		topic: debts, none: codeNoLiabilities, kept: j.s.vault.Liabilities, save: j.s.vault.SaveLiabilities,
		ask: func(ctx context.Context, now ledger.Told, _ ledger.Liabilities) (ledger.Liabilities, skipped, error) {
			list, odd, err := j.s.client.liabilities(ctx, j.access, currencies)
			return ledger.Liabilities{Told: now, List: list}, odd, err
		},
	}
}

func (c *client) liabilities(
	ctx context.Context, a access, currencies map[ledger.AccountID]ledger.Currency,
) ([]ledger.Liability, skipped, error) {
	req := plaid.LiabilitiesGetRequest{AccessToken: a.token.Reveal()}
	body, err := fetch(ctx, c, target{path: pathLiabilities, item: a.item, once: true, aside: true},
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.LiabilitiesGetResponse, *http.Response, error) {
			return api.LiabilitiesGet(ctx).LiabilitiesGetRequest(req).Execute()
		})
	if err != nil {
		return nil, skipped{}, err
	}
	return decodeLiabilities(body, currencies)
}

// decodeLiabilities reads an answer of /liabilities/get. What is owed on an account
// that the bank does not list is left out: nobody could tell whose it is.
func decodeLiabilities(
	body []byte, currencies map[ledger.AccountID]ledger.Currency,
) (list []ledger.Liability, odd skipped, err error) {
	answer, err := parseLoose(body)
	owed := answer.object("liabilities")
	if err != nil || owed == nil {
		return nil, odd, unexpected(pathLiabilities, "it tells of no liabilities")
	}
	for _, kind := range []struct {
		name ledger.LiabilityKind
		read func(loose, ledger.Currency) ledger.Liability
	}{{ledger.CardDebt, card}, {ledger.Mortgage, mortgage}, {ledger.StudentLoan, student}} {
		for _, l := range owed.list(string(kind.name)) {
			id := ledger.AccountID(l.text("account_id"))
			cur, listed := currencies[id]
			if !listed {
				odd.add(string(id), errNoAccount)
				continue
			}
			x := kind.read(l, cur)
			x.Account, x.Kind, x.Due = id, kind.name, l.date("next_payment_due_date")
			x.LastPayment, x.LastPaid = l.amount("last_payment_amount", cur), l.date("last_payment_date")
			list = append(list, x)
		}
	}
	return list, odd, nil
}

func card(l loose, cur ledger.Currency) ledger.Liability {
	x := statement(l, cur)
	for _, apr := range l.list("aprs") {
		if percent := apr.decimal("apr_percentage"); percent != "" {
			x.Rates = append(x.Rates, ledger.Rate{Kind: apr.text("apr_type"), Percent: percent})
		}
	}
	return x
}

func student(l loose, cur ledger.Currency) ledger.Liability {
	x := statement(l, cur)
	x.Name, x.Ends = l.text("loan_name"), l.date("expected_payoff_date")
	x.Principal = l.amount("origination_principal_amount", cur)
	if percent := l.decimal("interest_rate_percentage"); percent != "" {
		x.Rates = []ledger.Rate{{Percent: percent}}
	}
	return x
}

// statement reads what a card and a student loan have in common.
func statement(l loose, cur ledger.Currency) ledger.Liability {
	return ledger.Liability{
		Minimum:       l.amount("minimum_payment_amount", cur),
		Overdue:       l.answer("is_overdue"),
		Statement:     l.amount("last_statement_balance", cur),
		StatementDate: l.date("last_statement_issue_date"),
	}
}

func mortgage(l loose, cur ledger.Currency) ledger.Liability {
	x := ledger.Liability{
		Name:      l.text("loan_type_description"),
		Minimum:   l.amount("next_monthly_payment", cur),
		PastDue:   l.amount("past_due_amount", cur),
		Principal: l.amount("origination_principal_amount", cur),
		Ends:      l.date("maturity_date"),
	}
	rate := l.object("interest_rate")
	if percent := rate.decimal("percentage"); percent != "" {
		x.Rates = []ledger.Rate{{Kind: rate.text("type"), Percent: percent}}
	}
	return x
}
