package plaidsim

import (
	"time"

	"coffer/plaidsvc/plaidsim/transfer"
)

type transferAnswer struct {
	Transfer wireTransfer `json:"transfer"`
	answered
}

// wireTransfer is Plaid's Transfer.
type wireTransfer struct {
	wireTerms
	ID                 string            `json:"id"`
	AuthorizationID    string            `json:"authorization_id"`
	Amount             string            `json:"amount"`
	Network            string            `json:"network"` // the one it was sent on
	Description        string            `json:"description"`
	Created            string            `json:"created"`
	Status             string            `json:"status"`
	SweepStatus        *string           `json:"sweep_status"`
	Cancellable        bool              `json:"cancellable"`
	Failure            *wireFailure      `json:"failure_reason"`
	Metadata           map[string]string `json:"metadata"`
	Guarantee          *string           `json:"guarantee_decision"`
	GuaranteeRationale *wireRationale    `json:"guarantee_decision_rationale"`
	Settlement         *string           `json:"expected_settlement_date"`
	StandardReturn     *string           `json:"standard_return_window"`
	UnauthorizedReturn *string           `json:"unauthorized_return_window"`
	Refunds            []struct{}        `json:"refunds"`
	RecurringID        *string           `json:"recurring_transfer_id"`
	Fee                string            `json:"facilitator_fee,omitempty"`
	TraceID            *string           `json:"network_trace_id"`
}

// wireFailure is Plaid's TransferFailure, which says the code twice since
// networks beside ACH have codes too.
type wireFailure struct {
	Code        *string `json:"failure_code"`
	ACHCode     *string `json:"ach_return_code"`
	Description string  `json:"description"`
}

func failureOf(f *transfer.Failure) *wireFailure {
	if f == nil {
		return nil
	}
	return &wireFailure{nullable(f.Code), nullable(f.Code), f.Description}
}

func (c *call) wireTransfer(m *movement) wireTransfer {
	w := wireTransfer{
		wireTerms:       c.wireTerms(m.authorization),
		ID:              m.ID,
		AuthorizationID: m.authorization.id,
		Amount:          dollars(m.amount),
		Network:         string(m.Network),
		Description:     m.description,
		Created:         instant(m.created),
		Status:          string(m.Status),
		Cancellable:     m.Status == transfer.Pending,
		Failure:         failureOf(m.Failure),
		Metadata:        m.metadata,
		Refunds:         []struct{}{},
		Fee:             m.fee,
	}
	if m.Network.IsACH() {
		settles := m.Network.Settlement(m.created)
		w.Settlement = ptr(settles.Format(time.DateOnly))
		w.StandardReturn = ptr(transfer.BankingDays(settles, transfer.StandardReturnDays).Format(time.DateOnly))
		w.UnauthorizedReturn = ptr(transfer.BankingDays(settles, transfer.UnauthorizedReturnDays).Format(time.DateOnly))
	}
	if m.Status != transfer.Pending && m.Status != transfer.Failed {
		w.TraceID = ptr(c.seed.trace(m.ID))
	}
	return w
}

// trace is the number under which the network knows a transfer: fifteen digits,
// as ACH's are.
func (s seed) trace(transferID string) string {
	sum := s.digest("trace", transferID)
	for i := range sum {
		sum[i] = '0' + sum[i]%10
	}
	return string(sum[:15])
}
