package plaidsim

import (
	"strconv"
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/strict"
	"coffer/plaidsvc/plaidsim/transfer"

	"github.com/shopspring/decimal"
)

// transferCreateRequest has some fields from before there were authorizations.
// What the authorization says counts.
type transferCreateRequest struct {
	credentials
	AccessToken          string            `json:"access_token" plaid:"required"`
	AccountID            string            `json:"account_id" plaid:"required"`
	AuthorizationID      string            `json:"authorization_id" plaid:"required"`
	Description          string            `json:"description" plaid:"required"`
	Amount               string            `json:"amount"` // "" is all that was authorized
	Metadata             map[string]string `json:"metadata"`
	Fee                  string            `json:"facilitator_fee"`
	TestClockID          string            `json:"test_clock_id"`
	IdempotencyKey       string            `json:"idempotency_key"`
	Type                 string            `json:"type"`
	Network              string            `json:"network"`
	Class                string            `json:"ach_class"`
	User                 strict.Object     `json:"user"`
	OriginationAccountID string            `json:"origination_account_id"`
	Currency             string            `json:"iso_currency_code"`
}

// transferCreate makes use of an authorization. Asked again, it answers with the
// transfer that was made, so that an app can try again whatever it heard.
func transferCreate(c *call, r *transferCreateRequest) (answer, *plaidError) {
	it, err := c.item(r.AccessToken)
	if err != nil {
		return nil, err
	}
	if _, err := it.account(r.AccountID); err != nil {
		return nil, err
	}
	a := c.moves.authorizations[r.AuthorizationID]
	if a == nil || a.item != it || a.account.id != r.AccountID {
		return nil, noSuch("authorization_id", "authorization of this account")
	}
	if a.movement == nil {
		if err := a.usable(c.now); err != nil {
			return nil, err
		}
		amount, err := r.check(a)
		if err != nil {
			return nil, err
		}
		c.move(a, r, amount)
	}
	return &transferAnswer{Transfer: c.wireTransfer(a.movement)}, nil
}

// usable refuses authorizations that are none. Plaid does not document the codes.
func (a *authorization) usable(now time.Time) *plaidError {
	switch {
	case a.decision != approved:
		return fail("INVALID_FIELD").saying("authorization_id must be that of an approved authorization, this one is %s", a.decision)
	case !now.Before(a.created.Add(authorizationLife)):
		return fail("INVALID_FIELD").saying("authorization_id must be that of an authorization of the last hour, this one has expired")
	}
	return nil
}

const (
	maxDescription    = 15
	maxACHDescription = 10 // what an ACH entry has room for
	maxMetadata       = 50
	maxMetadataKey    = 40
	maxMetadataValue  = 500
)

// check holds the request against its authorization, and reads the amount.
func (r *transferCreateRequest) check(a *authorization) (decimal.Decimal, *plaidError) {
	amount, ok := a.amount, true
	if r.Amount != "" {
		amount, ok = transfer.ParseAmount(r.Amount)
	}
	most := maxDescription
	if transfer.Network(a.proposed.Network).IsACH() {
		most = maxACHDescription
	}
	switch {
	case !ok:
		return amount, badAmount("amount")
	case amount.GreaterThan(a.amount):
		return amount, fail("INVALID_FIELD").saying("amount must be at most the authorized %s", dollars(a.amount))
	case len(r.Description) > most:
		return amount, tooLong("description", most)
	case len(r.IdempotencyKey) > maxIdempotencyKey:
		return amount, tooLong("idempotency_key", maxIdempotencyKey)
	case r.TestClockID != "":
		return amount, noSuch("test_clock_id", "test clock")
	}
	if r.Fee != "" {
		if fee, ok := transfer.ParseAmount(r.Fee); !ok || fee.GreaterThan(amount) {
			return amount, fail("INVALID_FIELD").saying("facilitator_fee must be a decimal string of at most the amount")
		}
	}
	return amount, checkMetadata(r.Metadata)
}

// checkMetadata holds an app's own notes against Plaid's limits.
func checkMetadata(pairs map[string]string) *plaidError {
	if len(pairs) > maxMetadata {
		return fail("INVALID_FIELD").saying("metadata must have at most %d pairs", maxMetadata)
	}
	for key, value := range pairs {
		switch {
		case len(key) > maxMetadataKey:
			return tooLong("every key of metadata", maxMetadataKey)
		case len(value) > maxMetadataValue:
			return tooLong("every value of metadata", maxMetadataValue)
		case strings.ContainsFunc(key+value, func(r rune) bool { return r > '\x7f' }):
			return fail("INVALID_FIELD").saying("metadata must only contain ASCII characters")
		}
	}
	return nil
}

// move makes the transfer of an authorization.
func (c *call) move(a *authorization, r *transferCreateRequest, amount decimal.Decimal) {
	a.movement = &movement{
		Transfer: transfer.Transfer{
			ID:      c.seed.uuid("transfer", strconv.Itoa(len(c.moves.byID))),
			Network: transfer.Network(a.proposed.Network).Sent(c.now),
			Type:    transfer.Type(a.proposed.Type),
			Status:  transfer.Pending,
		},
		authorization: a,
		amount:        amount,
		description:   r.Description,
		metadata:      r.Metadata,
		fee:           r.Fee,
		created:       c.now,
	}
	c.moves.byID[a.movement.ID] = a.movement
	c.moves.journal.Note(a.movement.Transfer, c.now)
}
