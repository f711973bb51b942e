package plaidsim

import (
	"cmp"

	"coffer/plaidsvc/plaidsim/transfer"
)

type transferSimulateRequest struct {
	credentials
	TransferID string `json:"transfer_id" plaid:"required"`
	EventType  string `json:"event_type" plaid:"required"`
	Failure    struct {
		Code        string `json:"failure_code"` // as in newer documents
		ACHCode     string `json:"ach_return_code"`
		Description string `json:"description"`
	} `json:"failure_reason"`
	TestClockID string `json:"test_clock_id"`
	Webhook     string `json:"webhook"` // as in newer documents
}

// sandboxTransferSimulate makes something happen to a transfer. "Transfer
// webhooks are not sent automatically in Sandbox": one is, to the address that is
// named here.
func sandboxTransferSimulate(c *call, r *transferSimulateRequest) (answer, *plaidError) {
	m := c.moves.byID[r.TransferID]
	if m == nil {
		return nil, noSuch("transfer_id", "transfer")
	}
	if err := oneOf("event_type", r.EventType, []string{
		string(transfer.Posted), string(transfer.Settled), string(transfer.FundsAvailable),
		string(transfer.Failed), string(transfer.Returned),
	}); err != nil {
		return nil, err
	}
	status := transfer.Status(r.EventType)
	why := transfer.Failure{Code: cmp.Or(r.Failure.Code, r.Failure.ACHCode), Description: r.Failure.Description}
	why, known := why.Explain(status)
	switch {
	case !known:
		return nil, fail("INVALID_FIELD").saying("failure_reason.ach_return_code must be a valid ACH return code")
	case r.TestClockID != "":
		return nil, noSuch("test_clock_id", "test clock")
	case !isWebAddress(r.Webhook):
		return nil, fail("INVALID_FIELD").saying("webhook must be a valid url")
	case !m.Become(status, why):
		return nil, fail("SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID")
	}
	c.moves.journal.Note(m.Transfer, c.now)
	if status == transfer.Returned && why.Blocks() {
		c.moves.blocked[m.authorization.account.ID] = true
	}
	c.tell(r.Webhook, c.now, "TRANSFER", "TRANSFER_EVENTS_UPDATE", nil)
	return &answered{}, nil
}
