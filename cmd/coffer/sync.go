package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

type syncDocument struct {
	Items []syncItemDocument `json:"items"`
}

type syncItemDocument struct {
	ID          ledger.ItemID  `json:"id"`
	Institution string         `json:"institution"`
	Added       *int           `json:"added"`
	Modified    *int           `json:"modified"`
	Removed     *int           `json:"removed"`
	Status      string         `json:"status"`
	Error       *errorDocument `json:"error"`
}

type errorDocument struct {
	Code    *string `json:"code"`
	Message string  `json:"message"`
	Action  *string `json:"action"`
}

func newSyncCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "sync [ID...]",
		Short: "fetch what is new at the banks",
		Long: `Fetch what is new at the banks, at all of them or at those named. A bank that
needs you does not keep the others from syncing.

Investments and the terms of loans come along, at most every six hours, where the
settings ask for them. That a bank does not tell them is said, and no failure.`,
		Example: "  coffer sync\n  coffer sync --json | jq '.items[] | {institution, added}'",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runSync(cmd.Context(), args) },
	}
}

func (a *app) runSync(ctx context.Context, args []string) error {
	return a.atBanks(ctx, args, a.printSynced, func(svc *plaidsvc.Service, ids []ledger.ItemID) ([]ledger.SyncResult, error) {
		a.recover(ctx, svc)
		return svc.Sync(ctx, ids, a.syncReporter())
	})
}

// atBanks does something at the banks named, or at all, and prints how that went.
func (a *app) atBanks(
	ctx context.Context, names []string, show func([]ledger.SyncResult) error,
	do func(*plaidsvc.Service, []ledger.ItemID) ([]ledger.SyncResult, error),
) error {
	return a.withVault(ctx, func(v *storage.Vault) error {
		ids, err := knownItems(ctx, v, names)
		if err != nil {
			return err
		}
		svc, err := a.service(ctx, v)
		if err != nil {
			return err
		}
		before, err := v.Book(ctx)
		if err != nil {
			return err
		}
		results, err := do(svc, ids)
		if err != nil {
			return err
		}
		if len(results) == 0 {
			a.tellNoBanks(ctx, v)
		}
		if err := a.tellEnded(ctx, v, before); err != nil {
			return err
		}
		return show(results)
	})
}

// tellNoBanks says why there was no bank to ask: no bank is linked, or those
// that are belong to another environment than the one in force.
func (a *app) tellNoBanks(ctx context.Context, v *storage.Vault) {
	items, err := v.Items(ctx)
	if err != nil || len(items) == 0 {
		fmt.Fprintln(a.err, "no bank is linked yet; coffer link does that")
		return
	}
	fmt.Fprintf(a.err, "no bank is linked in this environment; %s was linked in %s: set PLAID_ENV to that\n",
		printable(items[0].Name), printable(items[0].Environment))
}

// tellEnded says on standard error which accounts a sync found to be shared no more:
// their money is not in the net worth from now on.
func (a *app) tellEnded(ctx context.Context, v *storage.Vault, before *ledger.Book) error {
	after, err := v.Book(ctx)
	if err != nil {
		return err
	}
	shared := make(map[ledger.AccountID]bool)
	for _, acc := range before.Accounts() {
		shared[acc.ID] = true
	}
	banks := make(map[ledger.ItemID]string)
	for _, it := range after.Items() {
		banks[it.ID] = it.Name
	}
	for _, acc := range after.EndedAccounts() {
		if shared[acc.ID] {
			fmt.Fprintln(a.err, "coffer:", printable(fmt.Sprintf("%s: %s is not shared any more; what is here stays", banks[acc.Item], acc.Label())))
		}
	}
	return nil
}

// knownItems checks the ids on the command line before anything is fetched.
func knownItems(ctx context.Context, v *storage.Vault, args []string) ([]ledger.ItemID, error) {
	if len(args) == 0 {
		return nil, nil
	}
	items, err := v.Items(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]ledger.ItemID, 0, len(args))
	for _, arg := range args {
		if !slices.ContainsFunc(items, func(it ledger.Item) bool { return string(it.ID) == arg }) {
			return nil, fmt.Errorf("there is no bank with the id %q; coffer items lists them", arg)
		}
		ids = append(ids, ledger.ItemID(arg))
	}
	return ids, nil
}

// syncReporter tells on standard error how a sync goes, when a person looks on.
func (a *app) syncReporter() func(ledger.Progress) {
	var mu sync.Mutex
	if a.flags.json || !a.shows() {
		return func(ledger.Progress) {}
	}
	last := make(map[ledger.ItemID]ledger.Phase)
	return func(p ledger.Progress) {
		mu.Lock()
		defer mu.Unlock()
		if last[p.Item] == p.Phase || p.Phase == ledger.PhaseDone || p.Phase == ledger.PhaseFailed {
			return
		}
		last[p.Item] = p.Phase
		fmt.Fprintf(a.err, "%s: %s\n", printable(p.Name), p.Phase)
	}
}

// printSynced prints what each bank brought and returns the error that stands
// for all of them.
func (a *app) printSynced(results []ledger.SyncResult) error {
	if a.flags.json {
		doc := syncDocument{Items: make([]syncItemDocument, 0, len(results))}
		for _, r := range results {
			doc.Items = append(doc.Items, documentSync(r))
		}
		if err := a.printJSON(doc); err != nil {
			return err
		}
		return a.outcome(results)
	}
	for _, r := range okOf(results) {
		_, err := fmt.Fprintf(a.out, "%s: %d new, %d changed, %d gone\n",
			printable(r.Item.Name), r.Applied.Added, r.Applied.Modified, r.Applied.Removed)
		if err != nil {
			return err
		}
	}
	return a.outcome(results)
}

func documentSync(r ledger.SyncResult) syncItemDocument {
	doc := syncItemDocument{ID: r.Item.ID, Institution: r.Item.Name, Status: string(r.Item.State)}
	if r.Err != nil {
		doc.Error = &errorDocument{
			Code: orNull(plaidCode(r.Err)), Message: r.Err.Error(), Action: orNull(nextStep(r)),
		}
		return doc
	}
	doc.Added, doc.Modified, doc.Removed = &r.Applied.Added, &r.Applied.Modified, &r.Applied.Removed
	return doc
}

// nextStep is what the user can do about a sync that failed.
func nextStep(r ledger.SyncResult) string {
	switch {
	case errors.Is(r.Err, ledger.ErrCredentials):
		return "check Plaid's keys: coffer setup"
	case errors.Is(r.Err, ledger.ErrNetwork), errors.Is(r.Err, ledger.ErrRateLimited):
		return "try again later: coffer sync"
	case plaidCode(r.Err) == "CREDITS_EXHAUSTED":
		return "see your plan at https://dashboard.plaid.com"
	}
	return action(r.Item)
}

// plaidCode is Plaid's code of an error, "" when it was not Plaid that failed.
func plaidCode(err error) string {
	var api *plaidsvc.APIError
	if !errors.As(err, &api) {
		return ""
	}
	return api.Code
}

// tellMissing says on standard error what a sync had to do without.
func (a *app) tellMissing(r ledger.SyncResult) {
	missing := r.Untold
	if r.Skipped != nil {
		missing = append([]error{r.Skipped}, missing...)
	}
	for _, err := range missing {
		fmt.Fprintln(a.err, "coffer:", printable(fmt.Sprintf("%s: %v", r.Item.Name, err)))
	}
}

// outcome names the banks that failed on standard error and returns the error
// for the exit code: the vault's if it was the vault that failed, else attention
// if any bank wants it, offline if only the network failed. Wrong keys are no
// bank's fault, and nothing a bank can mend.
func (a *app) outcome(results []ledger.SyncResult) error {
	var failed []error
	offline, refused := false, false
	for _, r := range results {
		a.tellMissing(r)
		if r.Err == nil {
			continue
		}
		text := fmt.Sprintf("%s: %v", r.Item.Name, r.Err)
		if errors.Is(r.Err, ledger.ErrLoginRequired) { // the other texts say what to do
			text += "; run " + repairCommand(r.Item)
		}
		fmt.Fprintln(a.err, "coffer:", printable(text))
		switch {
		case errors.Is(r.Err, ledger.ErrNetwork), errors.Is(r.Err, ledger.ErrRateLimited):
			offline = true
		case errors.Is(r.Err, ledger.ErrCredentials):
			refused = true
		default:
			failed = append(failed, r.Err)
		}
	}
	switch {
	case len(failed) > 0:
		return &toldError{errAttention.Error(), append(failed, errAttention)}
	case offline:
		return errOffline
	case refused:
		return ledger.ErrCredentials
	}
	return nil
}
