package plaidsim

import (
	"encoding/json"

	"coffer/plaidsvc/plaidsim/bank"
)

// wireStudentLoan is Plaid's StudentLoan.
type wireStudentLoan struct {
	AccountID          string       `json:"account_id"`
	AccountNumber      *string      `json:"account_number"`
	DisbursementDates  []string     `json:"disbursement_dates"`
	ExpectedPayoffDate *string      `json:"expected_payoff_date"`
	Guarantor          *string      `json:"guarantor"`
	Rate               json.Number  `json:"interest_rate_percentage"`
	Overdue            *bool        `json:"is_overdue"`
	LastPayment        *json.Number `json:"last_payment_amount"`
	LastPaymentDate    *string      `json:"last_payment_date"`
	StatementDate      *string      `json:"last_statement_issue_date"`
	Name               *string      `json:"loan_name"`
	Status             wireLoanEnd  `json:"loan_status"`
	MinimumPayment     *json.Number `json:"minimum_payment_amount"`
	NextPaymentDueDate *string      `json:"next_payment_due_date"`
	OriginationDate    *string      `json:"origination_date"`
	Origination        *json.Number `json:"origination_principal_amount"`
	Interest           *json.Number `json:"outstanding_interest_amount"`
	Reference          *string      `json:"payment_reference_number"`
	PSLF               wirePSLF     `json:"pslf_status"`
	Plan               wirePlan     `json:"repayment_plan"`
	Sequence           *string      `json:"sequence_number"`
	Servicer           wirePlace    `json:"servicer_address"`
	YTDInterest        *json.Number `json:"ytd_interest_paid"`
	YTDPrincipal       *json.Number `json:"ytd_principal_paid"`
}

// wireLoanEnd is Plaid's StudentLoanStatus.
type wireLoanEnd struct {
	Ends *string `json:"end_date"`
	Type *string `json:"type"`
}

// wirePlan is Plaid's StudentRepaymentPlan.
type wirePlan struct {
	Description *string `json:"description"`
	Type        *string `json:"type"`
}

// wirePSLF is Plaid's PSLFStatus: all null at any servicer of today.
type wirePSLF struct {
	EligibilityDate   *string `json:"estimated_eligibility_date"`
	PaymentsMade      *int    `json:"payments_made"`
	PaymentsRemaining *int    `json:"payments_remaining"`
}

func wireStudent(id string, d bank.StudentLoan) wireStudentLoan {
	w := wireStudentLoan{
		AccountID:          id,
		AccountNumber:      nullable(d.AccountNumber),
		DisbursementDates:  d.DisbursementDates,
		ExpectedPayoffDate: nullable(d.ExpectedPayoffDate),
		Guarantor:          nullable(d.Guarantor),
		Rate:               exactly(d.Rate),
		Overdue:            d.Overdue,
		LastPayment:        number(d.LastPayment),
		LastPaymentDate:    nullable(d.LastPaymentDate),
		StatementDate:      nullable(d.StatementDate),
		Name:               nullable(d.Name),
		Status:             wireLoanEnd{nullable(d.StatusEnds), nullable(d.Status)},
		MinimumPayment:     number(d.MinimumPayment),
		NextPaymentDueDate: nullable(d.NextPaymentDueDate),
		OriginationDate:    nullable(d.OriginationDate),
		Origination:        number(d.Origination),
		Interest:           number(d.Interest),
		Reference:          nullable(d.Reference),
		Plan:               wirePlan{nullable(d.PlanDescription), nullable(d.Plan)},
		Sequence:           nullable(d.Sequence),
		Servicer:           wireHome(d.Servicer),
		YTDInterest:        number(d.YTDInterest),
		YTDPrincipal:       number(d.YTDPrincipal),
	}
	if p := d.PSLF; p != nil {
		w.PSLF = wirePSLF{nullable(p.EligibilityDate), p.PaymentsMade, p.PaymentsRemaining}
	}
	return w
}
