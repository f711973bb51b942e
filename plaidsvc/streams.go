package plaidsvc

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// errNothingRecurs is said of a bank that has no transactions at Plaid.
var errNothingRecurs = errors.New("it has no transactions in which something could recur")

// recurring is no product that a user agrees to: it comes with the transactions,
// where Plaid's keys have it.
var recurring = topic{"", "what recurs"}

// Recurring asks Plaid what comes and goes again and again at the banks, as it finds it
// in their transactions, and keeps that. Plaid sells it by itself and tells it once
// the whole history is there. Ids, results, error and report are as those of
// [Service.Sync]; Applied stays zero. A bank without transactions has Untold.
func (s *Service) Recurring(ctx context.Context, ids []ledger.ItemID, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
	return s.each(ctx, ids, report, func(ctx context.Context, r *reporter, item ledger.Item) ledger.SyncResult {
		result := s.streamsOf(ctx, r, item)
		phase := ledger.PhaseDone
		if result.Err != nil {
			phase = ledger.PhaseFailed
		}
		r.send(result.Item, phase, 0, result.Err)
		return result
	})
}

// streamsOf does it for one Item.
func (s *Service) streamsOf(ctx context.Context, r *reporter, item ledger.Item) ledger.SyncResult {
	current, a, release, err := s.hold(ctx, item.ID)
	if err != nil {
		return ledger.SyncResult{Item: item, Err: err}
	}
	defer release()
	item = current
	a.again = func() { r.send(current, ledger.PhaseWaiting, 0, nil) }
	r.send(item, ledger.PhaseFetching, 0, nil)
	list, err := s.client.streams(ctx, a)
	switch {
	case hasCode(err, codeNotEnabled), hasCode(err, codeNotSupported):
		return ledger.SyncResult{Item: item, Untold: []error{errNothingRecurs}}
	case err != nil:
		err = s.withheld(ctx, &item, recurring, err)
		return ledger.SyncResult{Item: item, Err: err}
	}
	r.send(item, ledger.PhaseSaving, 0, nil)
	told := ledger.Streams{Told: ledger.Told{Item: item.ID, At: s.cfg.Now()}, List: list.All}
	if err := s.vault.SaveStreams(ctx, told); err != nil {
		return ledger.SyncResult{Item: item, Err: fmt.Errorf("keep %s: %w", recurring.thing, err)}
	}
	result := ledger.SyncResult{Item: item, Err: s.answered(ctx, &item)}
	if result.Item = item; list.Skipped.Rows > 0 {
		result.Untold = []error{leftOut(list.Skipped, recurring)}
	}
	return result
}

// streams asks what recurs on the Item's accounts.
func (c *client) streams(ctx context.Context, a access) (wire.List[ledger.Stream], error) {
	req := plaid.TransactionsRecurringGetRequest{AccessToken: a.token.Reveal()}
	return fetch(ctx, c, target{path: pathRecurring, item: a.item, again: a.again, aside: true}, wire.ReadStreams,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.TransactionsRecurringGetResponse, *http.Response, error) {
			return api.TransactionsRecurringGet(ctx).TransactionsRecurringGetRequest(req).Execute()
		})
}
