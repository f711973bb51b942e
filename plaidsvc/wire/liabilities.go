package wire

import (
	"errors"

	"coffer/ledger"
)

// ReadLiabilities reads an answer of /liabilities/get, where Plaid names no currency:
// the amounts are in that of the account. What is owed on an account that has none
// here, since the bank does not list it, is left out: nobody could tell whose it is.
func ReadLiabilities(body []byte, currencies map[ledger.AccountID]ledger.Currency) (list List[ledger.Liability], err error) {
	answer, err := parseLoose(body)
	owed := answer.object("liabilities")
	if err != nil || owed == nil {
		return list, errors.New("it tells of no liabilities")
	}
	for _, kind := range []struct {
		name ledger.LiabilityKind
		read func(loose, ledger.Currency) ledger.Liability
	}{{ledger.CardDebt, card}, {ledger.Mortgage, mortgage}, {ledger.StudentLoan, student}} {
		for _, l := range owed.list(string(kind.name)) {
			id := ledger.AccountID(l.text("account_id"))
			cur, listed := currencies[id]
			if !listed {
				list.Skipped.add(string(id), errNoAccount)
				continue
			}
			x := kind.read(l, cur)
			x.Account, x.Kind, x.Due = id, kind.name, l.date("next_payment_due_date")
			x.LastPayment, x.LastPaid = l.amount("last_payment_amount", cur), l.date("last_payment_date")
			list.All = append(list.All, x)
		}
	}
	return list, nil
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
