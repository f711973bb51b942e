package plaidsvc

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
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
	list, odd, err := s.client.streams(ctx, a)
	switch {
	case hasCode(err, codeNotEnabled), hasCode(err, codeNotSupported):
		return ledger.SyncResult{Item: item, Untold: []error{errNothingRecurs}}
	case err != nil:
		err = s.withheld(ctx, &item, recurring, err)
		return ledger.SyncResult{Item: item, Err: err}
	}
	r.send(item, ledger.PhaseSaving, 0, nil)
	told := ledger.Streams{Told: ledger.Told{Item: item.ID, At: s.cfg.Now()}, List: list}
	if err := s.vault.SaveStreams(ctx, told); err != nil {
		return ledger.SyncResult{Item: item, Err: fmt.Errorf("keep %s: %w", recurring.thing, err)}
	}
	result := ledger.SyncResult{Item: item, Err: s.answered(ctx, &item)}
	if result.Item = item; odd.rows > 0 {
		result.Untold = []error{leftOut(odd, recurring)}
	}
	return result
}

// streams asks what recurs on the Item's accounts.
func (c *client) streams(ctx context.Context, a access) ([]ledger.Stream, skipped, error) {
	req := plaid.TransactionsRecurringGetRequest{AccessToken: a.token.Reveal()}
	body, err := fetch(ctx, c, target{path: pathRecurring, item: a.item, again: a.again, aside: true},
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.TransactionsRecurringGetResponse, *http.Response, error) {
			return api.TransactionsRecurringGet(ctx).TransactionsRecurringGetRequest(req).Execute()
		})
	if err != nil {
		return nil, skipped{}, err
	}
	return decodeStreams(body)
}

// decodeStreams reads an answer of /transactions/recurring/get. What comes in is below
// zero with Plaid, as in transactions.
func decodeStreams(body []byte) (list []ledger.Stream, odd skipped, err error) {
	answer, err := parseLoose(body)
	in, hasIn := answer.listed("inflow_streams")
	out, hasOut := answer.listed("outflow_streams")
	if err != nil || !hasIn || !hasOut {
		return nil, odd, unexpected(pathRecurring, "it lists no streams")
	}
	for _, l := range append(in, out...) {
		id, acc := l.text("stream_id"), ledger.AccountID(l.text("account_id"))
		switch {
		case id == "":
			odd.add(id, errNoID)
			continue
		case acc == "":
			odd.add(id, errNoAccount)
			continue
		}
		category := l.object("personal_finance_category")
		list = append(list, ledger.Stream{
			ID:          id,
			Account:     acc,
			Description: l.text("description"),
			Merchant:    l.text("merchant_name"),
			Category:    ledger.Category(or(category.text("detailed"), category.text("primary"))),
			Frequency:   l.text("frequency"),
			Status:      l.text("status"),
			Active:      l.answer("is_active"),
			First:       l.date("first_date"),
			Last:        l.date("last_date"),
			Next:        l.date("predicted_next_date"),
			Average:     streamAmount(l.object("average_amount")),
			Latest:      streamAmount(l.object("last_amount")),
			Count:       len(l.texts("transaction_ids")),
		})
	}
	return list, odd, nil
}

func streamAmount(l loose) ledger.Amount { return l.amount("amount", l.currency()).Neg() }
