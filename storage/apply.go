package storage

import (
	"context"
	"errors"

	"coffer/ledger"
)

// Apply stores all that one sync of a bank brought, in one commit: rows,
// removals, accounts with their balances, the cursor, and the bank's state.
// Edits of pending rows go on with the posted rows that take their place
// (ledger.Carry); edits of other removed rows wait under their ids, in case the
// row comes back.
//
// It counts what really changed. The errors are ErrNoItem, ledger.ErrStale when
// the bank's cursor is not d.From any more, and those of every operation. A
// Delta that replaces everything from the beginning (Replace, From "") is never
// stale: what it leaves does not depend on what was there.
func (v *Vault) Apply(ctx context.Context, d ledger.Delta) (ledger.Applied, error) {
	var applied ledger.Applied
	if err := checkDelta(&d); err != nil {
		return applied, wrap("store sync", err)
	}
	err := v.update(ctx, func(t *sealedTx) error {
		a, err := t.apply(ctx, &d, ledger.DateOf(v.o.Now()))
		if err == nil {
			applied = a.applied
		}
		return err
	})
	if err != nil {
		return ledger.Applied{}, wrap("store sync", err)
	}
	return applied, nil
}

// checkDelta refuses what no caller may hand over: it would make a vault in
// which a row has two places.
func checkDelta(d *ledger.Delta) error {
	seen := make(map[ledger.TransactionID]bool, len(d.Upserts)+len(d.Removed))
	for i := range d.Upserts {
		id := d.Upserts[i].ID
		if id == "" || seen[id] {
			return errors.New("a transaction without an id, or twice in one sync; sync again")
		}
		seen[id] = true
	}
	for _, id := range d.Removed {
		if seen[id] {
			return errors.New("a transaction both stored and removed in one sync; sync again")
		}
	}
	for _, a := range d.Accounts {
		if a.ID == "" || a.Item != d.Item {
			return errors.New("an account without an id, or of another bank; sync again")
		}
	}
	return nil
}

func (t *sealedTx) apply(ctx context.Context, d *ledger.Delta, today ledger.Date) (*application, error) {
	item, err := t.item(d.Item)
	if err != nil {
		return nil, err
	}
	cursor, err := t.itemText(bucketCursors, d.Item)
	if err != nil {
		return nil, err
	}
	fresh := d.Replace && d.From == ""
	if cursor != d.From && !fresh {
		return nil, ledger.ErrStale
	}
	a := &application{sealedTx: t, delta: d, today: today}
	if err := a.rows(ctx); err != nil {
		return nil, err
	}
	if err := a.carry(); err != nil {
		return nil, err
	}
	if err := a.accounts(ctx); err != nil {
		return nil, err
	}
	if cursor != d.Next {
		if err := t.putItemText(bucketCursors, d.Item, d.Next); err != nil {
			return nil, err
		}
	}
	return a, t.putItem(synced(item, d))
}

// synced returns a bank after a sync that worked. One whose consent ends soon
// still needs the user.
func synced(item ledger.Item, d *ledger.Delta) ledger.Item {
	if item.State != ledger.ItemOK && item.State != ledger.ItemExpiring {
		item.State, item.Code, item.Since = ledger.ItemOK, "", d.At
	}
	item.LastSync, item.HistoryReady = d.At, d.HistoryReady
	return item
}

// accounts makes the bank's accounts those of the Delta. One that the bank no
// longer lists has ended: it and its rows stay, since an account that was closed
// is part of what was; unless it is one of those that came, under another id. A Delta
// without accounts leaves them.
func (a *application) accounts(ctx context.Context) error {
	if len(a.delta.Accounts) == 0 {
		return nil
	}
	old, err := a.sealedTx.accounts()
	if err != nil {
		return err
	}
	balances := make(map[ledger.AccountID]ledger.Balance)
	for _, account := range old {
		balances[account.ID] = account.Balance
	}
	var ended []ledger.Account
	listed := make(map[ledger.AccountID]bool)
	for _, account := range a.delta.Accounts {
		listed[account.ID] = true
		account.Balance = newer(balances[account.ID], account.Balance)
		if err := errors.Join(a.putAccount(account), a.noteBalance(account, a.today)); err != nil {
			return err
		}
	}
	for _, account := range old {
		if account.Item != a.delta.Item || listed[account.ID] {
			continue
		}
		ended = append(ended, account)
		if account.IsEnded() {
			continue
		}
		account.Ended = a.delta.At
		if err := a.putAccount(account); err != nil {
			return err
		}
	}
	return a.regrant(ctx, ended)
}

// newer keeps a balance that the user had the bank asked for when Plaid's own,
// which comes with every sync, is older than that.
func newer(kept, synced ledger.Balance) ledger.Balance {
	if kept.Live && !synced.AsOf.IsZero() && kept.AsOf.After(synced.AsOf) {
		return kept
	}
	return synced
}
