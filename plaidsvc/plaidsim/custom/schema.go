package custom

import "time"

// A schema is the configuration object of Plaid's documentation.
type schema struct {
	Version     string     `json:"version"`
	Seed        string     `json:"seed"`
	Accounts    []override `json:"override_accounts"`
	MFA         mfa        `json:"mfa"`
	Recaptcha   string     `json:"recaptcha"`
	ForceError  string     `json:"force_error"`
	RollForward bool       `json:"roll_dates_forward"` // of Plaid's files, not of its schema
}

type override struct {
	Type         string       `json:"type"`
	Subtype      string       `json:"subtype"`
	Starting     *amount      `json:"starting_balance"`
	Available    *amount      `json:"force_available_balance"`
	NoAvailable  bool         `json:"has_null_available_balance"`
	Currency     string       `json:"currency"`
	Holder       string       `json:"holder_category"`
	Meta         meta         `json:"meta"`
	Numbers      numbers      `json:"numbers"`
	Transactions *[]*row      `json:"transactions"`
	Holdings     many[hold]   `json:"holdings"`
	Trades       many[trade]  `json:"investment_transactions"`
	Identity     *owner       `json:"identity"`
	Liability    liability    `json:"liability"`
	Inflow       inflow       `json:"inflow_model"`
	Income       *undisclosed `json:"income"`
}

// undisclosed is what is accepted and not looked into.
type undisclosed struct{}

type meta struct {
	Name     string  `json:"name"`
	Official string  `json:"official_name"`
	Limit    *amount `json:"limit"`
	Mask     *string `json:"mask"`
}

type numbers struct {
	Account        string `json:"account"`
	ACHRouting     string `json:"ach_routing"`
	ACHWireRouting string `json:"ach_wire_routing"`
	EFTInstitution string `json:"eft_institution"`
	EFTBranch      string `json:"eft_branch"`
	BIC            string `json:"international_bic"`
	IBAN           string `json:"international_iban"`
	SortCode       string `json:"bacs_sort_code"`
}

// A row is a transaction.
type row struct {
	Transacted  date    `json:"date_transacted"`
	Posted      date    `json:"date_posted"`
	Amount      *amount `json:"amount"`
	Description string  `json:"description"`
	Currency    string  `json:"currency"`
}

// A hold is a holding.
type hold struct {
	Price    *amount  `json:"institution_price"`
	PriceAt  date     `json:"institution_price_as_of"`
	Cost     *amount  `json:"cost_basis"`
	Quantity *amount  `json:"quantity"`
	Currency string   `json:"currency"`
	Security security `json:"security"`
}

// A trade is an investment transaction.
type trade struct {
	Date     date      `json:"date"`
	Name     string    `json:"name"`
	Quantity *amount   `json:"quantity"`
	Price    *amount   `json:"price"`
	Fees     *amount   `json:"fees"`
	Type     string    `json:"type"`
	Currency string    `json:"currency"`
	Security *security `json:"security"`
}

type security struct {
	ISIN     string `json:"isin"`
	CUSIP    string `json:"cusip"`
	SEDOL    string `json:"sedol"`
	Name     string `json:"name"`
	Ticker   string `json:"ticker_symbol"`
	Currency string `json:"currency"`
}

type owner struct {
	Names     []string  `json:"names"`
	Phones    []contact `json:"phone_numbers"`
	Emails    []contact `json:"emails"`
	Addresses []address `json:"addresses"`
}

type contact struct {
	Data    string `json:"data"`
	Primary bool   `json:"primary"`
	Type    string `json:"type"`
}

type address struct {
	Data struct {
		City       string `json:"city"`
		Region     string `json:"region"`
		Street     string `json:"street"`
		PostalCode string `json:"postal_code"`
		Country    string `json:"country"`
	} `json:"data"`
	Primary bool `json:"primary"`
}

type liability struct {
	Type            string    `json:"type"`
	PurchaseAPR     *amount   `json:"purchase_apr"`
	CashAPR         *amount   `json:"cash_apr"`
	TransferAPR     *amount   `json:"balance_transfer_apr"`
	SpecialAPR      *amount   `json:"special_apr"`
	LastPayment     *amount   `json:"last_payment_amount"`
	MinimumPayment  *amount   `json:"minimum_payment_amount"`
	Overdue         *bool     `json:"is_overdue"`
	Originated      date      `json:"origination_date"`
	Principal       *amount   `json:"principal"`
	NominalAPR      *amount   `json:"nominal_apr"`
	Grace           *int      `json:"interest_capitalization_grace_period_months"`
	Repayment       repayment `json:"repayment_model"`
	Payoff          date      `json:"expected_payoff_date"`
	Guarantor       string    `json:"guarantor"`
	Federal         *bool     `json:"is_federal"`
	LoanName        string    `json:"loan_name"`
	Status          status    `json:"loan_status"`
	Reference       string    `json:"payment_reference_number"`
	PSLF            *pslf     `json:"pslf_status"`
	PlanDescription string    `json:"repayment_plan_description"`
	Plan            string    `json:"repayment_plan_type"`
	Sequence        string    `json:"sequence_number"`
	Servicer        *address  `json:"servicer_address"`
}

type repayment struct {
	Type     string `json:"type"`
	Deferred int    `json:"non_repayment_months"`
	Months   int    `json:"repayment_months"`
}

type status struct {
	Ends date   `json:"end_date"`
	Type string `json:"type"`
}

type pslf struct {
	Eligible  date `json:"estimated_eligibility_date"`
	Made      *int `json:"payments_made"`
	Remaining *int `json:"payments_remaining"`
}

type inflow struct {
	Type      string     `json:"type"`
	Amount    *amount    `json:"income_amount"`
	Payment   dayOfMonth `json:"payment_day_of_month"`
	Name      string     `json:"transaction_name"`
	Statement dayOfMonth `json:"statement_day_of_month"`
}

type mfa struct {
	Type          string `json:"type"`
	Rounds        *int   `json:"question_rounds"`
	PerRound      *int   `json:"questions_per_round"`
	Selections    *int   `json:"selection_rounds"`
	PerSelections *int   `json:"selections_per_question"`
}

// accounts are those of the text. A text without any is a user with one of each
// everyday kind.
func (s *schema) accounts() []override {
	if len(s.Accounts) > 0 {
		return s.Accounts
	}
	return []override{
		{Type: "depository", Subtype: "checking"},
		{Type: "depository", Subtype: "savings"},
		{Type: "credit", Subtype: "credit card"},
	}
}

// shift is by how many days the dates of rows and holdings move, in a text whose
// dates roll forward: its latest one becomes the day on which the user is
// linked. That is what Plaid's files did before they said it in a field.
func (s *schema) shift(linked time.Time) int {
	var latest date
	for _, o := range s.Accounts {
		for _, r := range o.rows() {
			latest = max(latest, r.Transacted, r.Posted)
		}
		for _, h := range o.Holdings {
			latest = max(latest, h.PriceAt)
		}
		for _, t := range o.Trades {
			latest = max(latest, t.Date)
		}
	}
	if !s.RollForward || latest == "" {
		return 0
	}
	return max(0, int(midnight(linked).Sub(latest.time()).Hours()/24))
}

// rows are the transactions that say anything.
func (o *override) rows() []*row {
	if o.Transactions == nil {
		return nil
	}
	var rows []*row
	for _, r := range *o.Transactions {
		if r != nil && *r != (row{}) {
			rows = append(rows, r)
		}
	}
	return rows
}
