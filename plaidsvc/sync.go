package plaidsvc

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// A manner is how an Item is synced.
type manner uint8

const (
	syncUsual  manner = iota
	syncAnew          // what the bank tells besides is asked for however new it is
	syncReplay        // that, and the whole history is fetched again
)

// parallel is how many Items are worked on at once.
const parallel = 4

// Sync brings Items up to date: those in ids, or all of this environment if ids
// is nil. Each succeeds or fails by itself, and its result says which; a result
// that failed left the facts as they were. The results are in the order of the
// Items. Where a bank has only just been linked, Sync waits a while for Plaid
// to have something ([ledger.PhaseWaiting]) and then gives up with
// [ledger.ErrNotReady].
//
// The error is for what concerns all: an Item that does not exist, a vault that
// cannot be read, a context that ended. Report may be nil; it is never called
// twice at the same time.
func (s *Service) Sync(ctx context.Context, ids []ledger.ItemID, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
	return s.each(ctx, ids, report, func(ctx context.Context, r *reporter, item ledger.Item) ledger.SyncResult {
		return s.syncItem(ctx, r, item, syncUsual)
	})
}

// resync is Sync of one Item that has something new to tell besides.
func (s *Service) resync(ctx context.Context, id ledger.ItemID) ([]ledger.SyncResult, error) {
	return s.each(ctx, []ledger.ItemID{id}, nil, func(ctx context.Context, r *reporter, item ledger.Item) ledger.SyncResult {
		return s.syncItem(ctx, r, item, syncAnew)
	})
}

// Replay fetches the whole history of an Item again and puts it in the place of
// what the vault has. The user's edits stay.
func (s *Service) Replay(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
	results, err := s.each(ctx, []ledger.ItemID{id}, report,
		func(ctx context.Context, r *reporter, item ledger.Item) ledger.SyncResult {
			return s.syncItem(ctx, r, item, syncReplay)
		})
	if len(results) == 0 {
		return ledger.SyncResult{}, err
	}
	// A context that ended is in the result, if it ended this.
	if err := results[0].Err; err != nil {
		return results[0], fmt.Errorf("replay %s: %w", title(results[0].Item), err)
	}
	return results[0], nil
}

// each does work for every wanted Item, a few at a time.
func (s *Service) each(
	ctx context.Context, ids []ledger.ItemID, report func(ledger.Progress),
	work func(context.Context, *reporter, ledger.Item) ledger.SyncResult,
) ([]ledger.SyncResult, error) {
	items, err := s.items(ctx, ids)
	if err != nil {
		return nil, err
	}
	r := &reporter{fn: report}
	for _, item := range items {
		r.send(item, ledger.PhaseWaiting, 0, nil)
	}
	results := make([]ledger.SyncResult, len(items))
	slots := make(chan struct{}, parallel)
	var group sync.WaitGroup
	for i, item := range items {
		group.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			results[i] = work(ctx, r, item)
			if err := results[i].Err; err != nil {
				results[i].Item = s.failed(ctx, results[i].Item, err)
			}
		})
	}
	group.Wait()
	return results, ctx.Err()
}

// syncItem syncs one Item and reports how it went.
func (s *Service) syncItem(ctx context.Context, r *reporter, item ledger.Item, how manner) ledger.SyncResult {
	result, odd := s.syncTurn(ctx, r, item, how)
	if result.Err != nil {
		r.send(result.Item, ledger.PhaseFailed, 0, result.Err)
		return result
	}
	n := result.Applied
	result.Skipped = skipped(item.ID, odd)
	r.send(result.Item, ledger.PhaseDone, n.Added+n.Modified+n.Removed, result.Skipped)
	return result
}

// syncTurn waits for its turn with the Item and syncs it. When another process
// was faster, the vault's cursor is a newer one: once more from there.
func (s *Service) syncTurn(ctx context.Context, r *reporter, item ledger.Item, how manner) (ledger.SyncResult, wire.Skipped) {
	current, a, release, err := s.hold(ctx, item.ID)
	if err != nil {
		return ledger.SyncResult{Item: item, Err: err}, wire.Skipped{}
	}
	defer release()
	a.again = func() { r.send(current, ledger.PhaseWaiting, 0, nil) }
	j := job{s: s, r: r, item: current, access: a, how: how}
	err = j.run(ctx)
	if errors.Is(err, ledger.ErrStale) {
		err = j.run(ctx)
	}
	if err != nil {
		err = s.fail(ctx, &j.item, err)
	}
	return ledger.SyncResult{Item: j.item, Applied: j.applied, Err: err, Untold: j.untold}, j.odd
}

// A job is the sync of one Item, by one who holds it.
type job struct {
	s      *Service
	r      *reporter
	item   ledger.Item
	access access
	how    manner

	billed, consented []string // products: in use, and agreed to

	applied ledger.Applied
	odd     wire.Skipped
	untold  []error
	rowless error // why there are no transactions
}

// run does all of one sync: the pages, the accounts, one commit, and then what the
// bank tells besides.
func (j *job) run(ctx context.Context) error {
	from, err := j.s.vault.Cursor(ctx, j.item.ID)
	if err != nil {
		return fmt.Errorf("read the cursor: %w", err)
	}
	l := loop{client: j.s.client, access: j.access, start: from, report: func(p ledger.Phase, rows int) {
		j.r.send(j.item, p, rows, nil)
	}}
	if j.how == syncReplay || from == "" && !j.item.LastSync.IsZero() {
		// A bank that was synced and has no cursor lost it, with rows perhaps.
		l.start, l.replace = "", true
	}
	got, err := j.rows(ctx, l, from)
	if err != nil {
		return err
	}
	item := j.item
	list, err := j.accounts(ctx, &item)
	if err != nil {
		return err
	}
	j.r.send(item, ledger.PhaseSaving, got.stage.seen, nil)
	if err := j.save(ctx, item, got, from, list); err != nil {
		return err
	}
	j.besides(ctx, list.All)
	j.missesRows(from, list.All)
	return nil
}

// accounts fetches the accounts and how the Item is doing. The second is worth
// having and not worth failing for.
func (j *job) accounts(ctx context.Context, item *ledger.Item) (list wire.List[ledger.Account], err error) {
	if list, err = j.s.client.accounts(ctx, j.access); err != nil {
		return list, err
	}
	when, broken, err := j.s.describe(ctx, j.access, item)
	if err != nil && ctx.Err() != nil {
		return list, err
	}
	if broken.state == "" {
		broken = j.s.healthy(item)
	}
	j.s.setState(item, broken)
	j.billed, j.consented = when.billed, when.consented
	if len(when.billed)+len(when.consented) > 0 { // else Plaid was not heard
		item.Billed, item.Consented = ledger.ProductsOf(when.billed), ledger.ProductsOf(when.consented)
	}
	when.stamp(list.All, item.ID)
	return list, nil
}

// save hands the vault everything at once, and then how the Item is doing.
func (j *job) save(ctx context.Context, item ledger.Item, got harvest, from string, list wire.List[ledger.Account]) error {
	d := ledger.Delta{
		Item: item.ID, From: from, Next: got.next,
		Accounts: list.All, Replace: got.replace,
		HistoryReady: got.historyReady(), At: j.s.cfg.Now(),
	}
	d.Upserts, d.Removed = got.stage.result()
	if d.Replace {
		d.Removed = nil // what is not in the history is gone anyway
	}
	applied, err := j.s.vault.Apply(ctx, d)
	if err != nil {
		return fmt.Errorf("keep the transactions: %w", err)
	}
	item.LastSync, item.HistoryReady = d.At, d.HistoryReady
	j.item, j.applied, j.odd = item, applied, got.stage.odd.And(list.Skipped)
	// The facts are kept: cancelling now must not make it look otherwise.
	if err := j.s.vault.SaveItem(context.WithoutCancel(ctx), item); err != nil {
		return fmt.Errorf("keep the state of the bank: %w", err)
	}
	return nil
}

// A reporter hands progress on, one report at a time.
type reporter struct {
	mu sync.Mutex
	fn func(ledger.Progress)
}

func (r *reporter) send(item ledger.Item, phase ledger.Phase, rows int, err error) {
	if r.fn == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fn(ledger.Progress{Item: item.ID, Name: item.Name, Phase: phase, Rows: rows, Err: err})
}

// title is what an error calls a bank.
func title(item ledger.Item) string { return cmp.Or(item.Name, string(item.ID)) }
