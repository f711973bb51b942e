package plaidsvc

import (
	"context"
	"fmt"
	"slices"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// besidesEvery is how old what a bank told besides its transactions must be to be
// asked for again by a sync: Plaid itself asks banks about once a day.
const besidesEvery = 6 * time.Hour

// A telling is something that a bank tells besides its transactions.
type telling[T interface{ Source() ledger.Told }] struct {
	topic
	none string // Plaid's code for an Item that has no such accounts
	kept func(context.Context) ([]T, error)
	// ask asks the bank once: the next sync does it again. Before is what the bank
	// told last.
	ask  func(ctx context.Context, now ledger.Told, before T) (T, wire.Skipped, error)
	save func(context.Context, T) error
}

// besides asks a bank for what its accounts hold and on which terms money is owed,
// where the user agreed to that and there is such an account: to ask for more would
// start, and bill, a product for nothing. It comes after a sync whose facts are kept,
// and is no part of its success: what was told before stays, with its time, and the
// result says what is missing.
func (j *job) besides(ctx context.Context, list []ledger.Account) {
	j.untold = nil
	if j.offers(investments, list, ledger.Investment) {
		tell(ctx, j, j.holdings())
		tell(ctx, j, j.trades())
	}
	if j.offers(debts, list, ledger.Credit, ledger.Loan) {
		tell(ctx, j, j.liabilities(list))
	}
}

// offers reports whether a bank may be asked, and has something to tell: types may be
// others one day, so only what is not billed yet depends on them.
func (j *job) offers(what topic, list []ledger.Account, types ...ledger.AccountType) bool {
	return slices.Contains(j.billed, what.product) || slices.Contains(j.consented, what.product) &&
		slices.ContainsFunc(list, func(a ledger.Account) bool { return slices.Contains(types, a.Type) })
}

// tell asks for one telling and keeps it, unless the last is not old and nobody says
// that there is a newer one.
func tell[T interface{ Source() ledger.Told }](ctx context.Context, j *job, what telling[T]) {
	before, err := lastTold(ctx, what.kept, j.item.ID)
	now := ledger.Told{Item: j.item.ID, At: j.s.cfg.Now()}
	age := now.At.Sub(before.Source().At)
	if err == nil && j.how == syncUsual && age >= 0 && age < besidesEvery {
		return
	}
	var odd wire.Skipped
	if err == nil {
		j.r.send(j.item, ledger.PhaseAsking, 0, nil)
		odd, err = what.fetch(ctx, now, before)
	}
	switch {
	case ctx.Err() != nil: // nothing was found out
	case err != nil:
		j.untold = append(j.untold, err)
	case odd.Rows > 0:
		j.untold = append(j.untold, leftOut(odd, what.topic))
	}
}

// leftOut says how much of a telling nobody can read.
func leftOut(odd wire.Skipped, of topic) error {
	return fmt.Errorf("%d entries of %s could not be read and were left out (the first: %w)", odd.Rows, of.thing, odd.First)
}

// fetch asks the bank and keeps what it tells. That there are no such accounts is an
// answer, too.
func (what telling[T]) fetch(ctx context.Context, now ledger.Told, before T) (wire.Skipped, error) {
	answer, odd, err := what.ask(ctx, now, before)
	if err != nil && !hasCode(err, what.none) {
		if told := what.refused(now.Item, err); told != nil {
			return odd, told
		}
		return odd, fmt.Errorf("ask for %s: %w", what.thing, err)
	}
	if err := what.save(ctx, answer); err != nil {
		return odd, fmt.Errorf("keep %s: %w", what.thing, err)
	}
	return odd, nil
}

// lastTold is what a bank told last, the zero T if it never did.
func lastTold[T interface{ Source() ledger.Told }](
	ctx context.Context, kept func(context.Context) ([]T, error), id ledger.ItemID,
) (last T, err error) {
	all, err := kept(ctx)
	for _, x := range all {
		if x.Source().Item == id {
			last = x
		}
	}
	return last, err
}
