package plaidsim

import "coffer/plaidsvc/plaidsim/transfer"

type transferEventSyncRequest struct {
	credentials
	AfterID *int `json:"after_id" plaid:"required"`
	Count   *int `json:"count" plaid:"min=1,max=25"`
}

// wireTransferEvent is Plaid's TransferEvent. There are no sweeps and no refunds.
type wireTransferEvent struct {
	ID                   int          `json:"event_id"`
	Timestamp            string       `json:"timestamp"`
	Type                 string       `json:"event_type"`
	AccountID            string       `json:"account_id"`
	FundingAccountID     *string      `json:"funding_account_id"`
	LedgerID             *string      `json:"ledger_id"`
	TransferID           string       `json:"transfer_id"`
	OriginationAccountID *string      `json:"origination_account_id"`
	TransferType         string       `json:"transfer_type"`
	TransferAmount       string       `json:"transfer_amount"`
	Failure              *wireFailure `json:"failure_reason"`
	SweepID              *string      `json:"sweep_id"`
	SweepAmount          *string      `json:"sweep_amount"`
	RefundID             *string      `json:"refund_id"`
	OriginatorClientID   *string      `json:"originator_client_id"`
}

// transferEventSync tells what happened to all transfers since an event, oldest
// first.
func transferEventSync(c *call, r *transferEventSyncRequest) (answer, *plaidError) {
	if *r.AfterID < 0 {
		return nil, fail("INVALID_FIELD").saying("after_id must be greater than or equal to 0")
	}
	count := 25
	if r.Count != nil {
		count = *r.Count
	}
	events, more := c.moves.journal.After(*r.AfterID, count)
	told := []wireTransferEvent{}
	for _, e := range events {
		told = append(told, c.wireTransferEvent(e))
	}
	return &struct {
		Events  []wireTransferEvent `json:"transfer_events"`
		HasMore bool                `json:"has_more"`
		answered
	}{Events: told, HasMore: more}, nil
}

func (c *call) wireTransferEvent(e transfer.Event) wireTransferEvent {
	m := c.moves.byID[e.Transfer]
	terms := c.wireTerms(m.authorization)
	return wireTransferEvent{
		ID:                   e.ID,
		Timestamp:            instant(e.At),
		Type:                 string(e.Status),
		AccountID:            terms.AccountID,
		FundingAccountID:     terms.FundingAccountID,
		LedgerID:             terms.LedgerID,
		TransferID:           m.ID,
		OriginationAccountID: &terms.OriginationAccountID,
		TransferType:         terms.Type,
		TransferAmount:       dollars(m.amount),
		Failure:              failureOf(e.Failure),
	}
}
