package plaidsim

import (
	"slices"

	"coffer/plaidsvc/plaidsim/strict"
	"coffer/plaidsvc/plaidsim/transfer"

	"github.com/shopspring/decimal"
)

type transferAuthorizationRequest struct {
	credentials
	AccessToken          string        `json:"access_token" plaid:"required"`
	AccountID            string        `json:"account_id" plaid:"required"`
	Type                 string        `json:"type" plaid:"required"`
	Network              string        `json:"network" plaid:"required"`
	Amount               string        `json:"amount" plaid:"required"`
	Class                string        `json:"ach_class"`
	User                 transferUser  `json:"user" plaid:"required"`
	WireDetails          *wireDetails  `json:"wire_details"`
	Currency             string        `json:"iso_currency_code"`
	IdempotencyKey       string        `json:"idempotency_key"`
	FundingAccountID     string        `json:"funding_account_id"`
	LedgerID             string        `json:"ledger_id"`
	OriginatorClientID   string        `json:"originator_client_id"`
	TestClockID          string        `json:"test_clock_id"`
	PaymentProfileToken  string        `json:"payment_profile_token"`
	OriginationAccountID string        `json:"origination_account_id"`
	CreditFundsSource    string        `json:"credit_funds_source"`
	BeaconSessionID      string        `json:"beacon_session_id"`
	Device               strict.Object `json:"device"`
	UserPresent          bool          `json:"user_present"`
	WithGuarantee        bool          `json:"with_guarantee"`
}

// transferUser is the holder of the account, as the app knows them.
type transferUser struct {
	LegalName string           `json:"legal_name" plaid:"required"`
	Phone     string           `json:"phone_number"`
	Email     string           `json:"email_address"`
	Address   *transferAddress `json:"address"`
}

type transferAddress struct {
	Street     string `json:"street"`
	City       string `json:"city"`
	Region     string `json:"region"`
	PostalCode string `json:"postal_code"`
	Country    string `json:"country"`
}

type wireDetails struct {
	Message *string `json:"message_to_beneficiary"`
}

const (
	maxIdempotencyKey = 50
	maxWireMessage    = 140
)

// check refuses what no bank is needed for to refuse, and reads the amount.
func (r *transferAuthorizationRequest) check() (decimal.Decimal, *plaidError) {
	types := []string{string(transfer.Debit), string(transfer.Credit)}
	networks := []string{string(transfer.ACH), string(transfer.SameDayACH), string(transfer.RTP), string(transfer.Wire)}
	if err := oneOf("type", r.Type, types); err != nil {
		return decimal.Zero, err
	}
	if err := oneOf("network", r.Network, networks); err != nil {
		return decimal.Zero, err
	}
	network := transfer.Network(r.Network)
	amount, ok := transfer.ParseAmount(r.Amount)
	switch {
	case !ok:
		return amount, badAmount("amount")
	case amount.GreaterThan(network.Limit()):
		return amount, fail("TRANSFER_NETWORK_LIMIT_EXCEEDED").saying(
			"%s transaction amount cannot exceed $%s", r.Network, dollars(network.Limit()))
	case !network.Carries(transfer.Type(r.Type)):
		return amount, fail("INVALID_FIELD").saying("type must be credit for transfers on the network %s", r.Network)
	case r.Currency != "" && r.Currency != "USD":
		return amount, fail("INVALID_FIELD").saying("iso_currency_code must be USD")
	}
	if err := r.checkClass(); err != nil {
		return amount, err
	}
	return amount, r.checkRest()
}

// checkClass holds the ACH class against the network and the type.
func (r *transferAuthorizationRequest) checkClass() *plaidError {
	if !transfer.Network(r.Network).IsACH() {
		return nil
	}
	if r.Class == "" {
		return missing("ach_class")
	}
	if err := oneOf("ach_class", r.Class, transfer.Classes(transfer.Debit)); err != nil {
		return err
	}
	if !slices.Contains(transfer.Classes(transfer.Type(r.Type)), r.Class) {
		return fail("TRANSFER_FORBIDDEN_ACH_CLASS")
	}
	return nil
}

// checkRest refuses what is too long, and what there is none of here: platforms
// with originators, payment profiles, and clocks of a single transfer. Here one
// clock is everybody's.
func (r *transferAuthorizationRequest) checkRest() *plaidError {
	switch {
	case len(r.IdempotencyKey) > maxIdempotencyKey:
		return tooLong("idempotency_key", maxIdempotencyKey)
	case r.WireDetails != nil && r.WireDetails.Message != nil && len(*r.WireDetails.Message) > maxWireMessage:
		return tooLong("wire_details.message_to_beneficiary", maxWireMessage)
	case r.OriginatorClientID != "":
		return fail("TRANSFER_ORIGINATOR_NOT_FOUND")
	case r.PaymentProfileToken != "":
		return noSuch("payment_profile_token", "payment profile")
	case r.TestClockID != "":
		return noSuch("test_clock_id", "test clock")
	}
	return nil
}

func badAmount(field string) *plaidError {
	return fail("INVALID_FIELD").saying(`%s must be a decimal string with two digits of precision, greater than zero, e.g. "10.00"`, field)
}
