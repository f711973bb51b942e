package plaidsim

import (
	"encoding/json"

	"coffer/plaidsvc/plaidsim/bank"
)

// wireCardDebt is Plaid's CreditCardLiability.
type wireCardDebt struct {
	AccountID          string       `json:"account_id"`
	APRs               []wireAPR    `json:"aprs"`
	Overdue            *bool        `json:"is_overdue"`
	LastPayment        *json.Number `json:"last_payment_amount"`
	LastPaymentDate    *string      `json:"last_payment_date"`
	StatementDate      *string      `json:"last_statement_issue_date"`
	Statement          *json.Number `json:"last_statement_balance"`
	MinimumPayment     *json.Number `json:"minimum_payment_amount"`
	NextPaymentDueDate *string      `json:"next_payment_due_date"`
}

// wireAPR is Plaid's APR.
type wireAPR struct {
	Percentage     json.Number  `json:"apr_percentage"`
	Type           string       `json:"apr_type"`
	Subject        *json.Number `json:"balance_subject_to_apr"`
	InterestCharge *json.Number `json:"interest_charge_amount"`
}

func wireCard(id string, d bank.CardDebt) wireCardDebt {
	w := wireCardDebt{
		AccountID:          id,
		APRs:               []wireAPR{},
		Overdue:            d.Overdue,
		LastPayment:        number(d.LastPayment),
		LastPaymentDate:    nullable(d.LastPaymentDate),
		StatementDate:      nullable(d.StatementDate),
		Statement:          number(d.Statement),
		MinimumPayment:     number(d.MinimumPayment),
		NextPaymentDueDate: nullable(d.NextPaymentDueDate),
	}
	for _, a := range d.APRs {
		w.APRs = append(w.APRs, wireAPR{exactly(a.Percentage), a.Type, number(a.Subject), number(a.InterestCharge)})
	}
	return w
}

// wireMortgage is Plaid's MortgageLiability.
type wireMortgage struct {
	AccountID            string       `json:"account_id"`
	AccountNumber        *string      `json:"account_number"`
	LateFee              *json.Number `json:"current_late_fee"`
	Escrow               *json.Number `json:"escrow_balance"`
	HasPMI               *bool        `json:"has_pmi"`
	HasPrepaymentPenalty *bool        `json:"has_prepayment_penalty"`
	InterestRate         wireRate     `json:"interest_rate"`
	LastPayment          *json.Number `json:"last_payment_amount"`
	LastPaymentDate      *string      `json:"last_payment_date"`
	LoanType             *string      `json:"loan_type_description"`
	Term                 *string      `json:"loan_term"`
	MaturityDate         *string      `json:"maturity_date"`
	NextPayment          *json.Number `json:"next_monthly_payment"`
	NextPaymentDate      *string      `json:"next_payment_due_date"`
	OriginationDate      *string      `json:"origination_date"`
	Origination          *json.Number `json:"origination_principal_amount"`
	PastDue              *json.Number `json:"past_due_amount"`
	Property             wirePlace    `json:"property_address"`
	YTDInterest          *json.Number `json:"ytd_interest_paid"`
	YTDPrincipal         *json.Number `json:"ytd_principal_paid"`
}

// wireRate is Plaid's MortgageInterestRate.
type wireRate struct {
	Percentage *json.Number `json:"percentage"`
	Type       *string      `json:"type"`
}

// wirePlace is Plaid's MortgagePropertyAddress and ServicerAddressData.
type wirePlace struct {
	City       *string `json:"city"`
	Country    *string `json:"country"`
	PostalCode *string `json:"postal_code"`
	Region     *string `json:"region"`
	Street     *string `json:"street"`
}

// wireHome is an address, or five nulls where the bank has none.
func wireHome(a *bank.Address) wirePlace {
	if a == nil {
		return wirePlace{}
	}
	return wirePlace{nullable(a.City), nullable(a.Country), nullable(a.PostalCode), nullable(a.Region), nullable(a.Street)}
}

func wireHouse(id string, d bank.Mortgage) wireMortgage {
	return wireMortgage{
		AccountID:            id,
		AccountNumber:        nullable(d.AccountNumber),
		LateFee:              number(d.LateFee),
		Escrow:               number(d.Escrow),
		HasPMI:               d.HasPMI,
		HasPrepaymentPenalty: d.HasPrepaymentPenalty,
		InterestRate:         wireRate{number(d.Rate), nullable(d.RateType)},
		LastPayment:          number(d.LastPayment),
		LastPaymentDate:      nullable(d.LastPaymentDate),
		LoanType:             nullable(d.LoanType),
		Term:                 nullable(d.Term),
		MaturityDate:         nullable(d.MaturityDate),
		NextPayment:          number(d.NextPayment),
		NextPaymentDate:      nullable(d.NextPaymentDate),
		OriginationDate:      nullable(d.OriginationDate),
		Origination:          number(d.Origination),
		PastDue:              number(d.PastDue),
		Property:             wireHome(d.Property),
		YTDInterest:          number(d.YTDInterest),
		YTDPrincipal:         number(d.YTDPrincipal),
	}
}
