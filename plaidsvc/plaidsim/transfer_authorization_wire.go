package plaidsim

import "cmp"

type authorizationAnswer struct {
	Authorization wireAuthorization `json:"authorization"`
	answered
}

// wireAuthorization is Plaid's TransferAuthorization. Guarantees and scores are
// for who has bought them.
type wireAuthorization struct {
	ID                 string               `json:"id"`
	Created            string               `json:"created"`
	Decision           string               `json:"decision"`
	Rationale          *wireRationale       `json:"decision_rationale"`
	Guarantee          *string              `json:"guarantee_decision"`
	GuaranteeRationale *wireRationale       `json:"guarantee_decision_rationale"`
	PaymentRisk        *struct{}            `json:"payment_risk"`
	Proposed           wireProposedTransfer `json:"proposed_transfer"`
}

type wireRationale struct {
	Code        string `json:"code"`
	Description string `json:"description"`
}

type wireProposedTransfer struct {
	wireTerms
	Amount string `json:"amount"`
}

// wireTerms are what an authorization and its transfer have in common.
type wireTerms struct {
	Class                string           `json:"ach_class,omitempty"`
	AccountID            string           `json:"account_id"`
	FundingAccountID     *string          `json:"funding_account_id"`
	LedgerID             *string          `json:"ledger_id"`
	Type                 string           `json:"type"`
	User                 wireTransferUser `json:"user"`
	Network              string           `json:"network"`
	WireDetails          *wireDetails     `json:"wire_details"`
	OriginationAccountID string           `json:"origination_account_id"`
	Currency             string           `json:"iso_currency_code"`
	OriginatorClientID   *string          `json:"originator_client_id"`
	CreditFundsSource    *string          `json:"credit_funds_source"`
}

type wireTransferUser struct {
	LegalName string               `json:"legal_name"`
	Phone     *string              `json:"phone_number"`
	Email     *string              `json:"email_address"`
	Address   *wireTransferAddress `json:"address"`
}

type wireTransferAddress struct {
	Street     *string `json:"street"`
	City       *string `json:"city"`
	Region     *string `json:"region"`
	PostalCode *string `json:"postal_code"`
	Country    *string `json:"country"`
}

func (c *call) wireAuthorization(a *authorization) wireAuthorization {
	w := wireAuthorization{
		ID:       a.id,
		Created:  instant(a.created),
		Decision: a.decision,
		Proposed: wireProposedTransfer{c.wireTerms(a), dollars(a.amount)},
	}
	if a.rationale.Code != "" {
		w.Rationale = &wireRationale{a.rationale.Code, a.rationale.Description}
	}
	return w
}

// wireTerms are paid from the funding account that the app names, or else from
// its ledger at Plaid.
func (c *call) wireTerms(a *authorization) wireTerms {
	r := a.proposed
	w := wireTerms{
		Class:                r.Class,
		AccountID:            a.account.id,
		FundingAccountID:     nullable(r.FundingAccountID),
		LedgerID:             nullable(r.LedgerID),
		Type:                 r.Type,
		User:                 r.User.wire(),
		Network:              r.Network,
		WireDetails:          r.WireDetails,
		OriginationAccountID: r.OriginationAccountID,
		Currency:             cmp.Or(r.Currency, "USD"),
	}
	if w.FundingAccountID == nil && w.LedgerID == nil {
		w.LedgerID = ptr(c.seed.uuid("ledger"))
	}
	return w
}

func (u transferUser) wire() wireTransferUser {
	w := wireTransferUser{LegalName: u.LegalName, Phone: nullable(u.Phone), Email: nullable(u.Email)}
	if a := u.Address; a != nil {
		w.Address = &wireTransferAddress{
			Street: nullable(a.Street), City: nullable(a.City), Region: nullable(a.Region),
			PostalCode: nullable(a.PostalCode), Country: nullable(a.Country),
		}
	}
	return w
}
