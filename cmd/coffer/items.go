package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

type itemDocument struct {
	ID             ledger.ItemID `json:"id"`
	Institution    string        `json:"institution"`
	State          string        `json:"state"`
	LastSync       *string       `json:"last_sync"`
	ConsentExpires *string       `json:"consent_expires_at"`
	Accounts       int           `json:"accounts"`
	Action         *string       `json:"action"`
}

func newItemsCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "items",
		Short:   "list the linked banks and how they are",
		Example: "  coffer items --json\n  coffer items remove ID --yes",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runItems(cmd.Context()) },
	}
	cmd.AddCommand(newRemoveCommand(a), newReplayCommand(a), newRefreshCommand(a), newRepairCommand(a))
	return cmd
}

func (a *app) runItems(ctx context.Context) error {
	return a.withBook(ctx, func(book *ledger.Book) error {
		if a.flags.json {
			docs := make([]itemDocument, 0, len(book.Items()))
			for _, it := range book.Items() {
				docs = append(docs, documentItem(book, it))
			}
			return a.printJSON(docs)
		}
		t := newTable("Bank", "State", "Synced", ">Accounts", "Id", "To do")
		for _, it := range book.Items() {
			t.add(it.Name, string(it.State), a.ago(it.LastSync), strconv.Itoa(accountsOf(book, it.ID)), string(it.ID), action(it))
		}
		return t.print(a.out)
	})
}

func documentItem(book *ledger.Book, it ledger.Item) itemDocument {
	return itemDocument{
		ID: it.ID, Institution: it.Name, State: string(it.State), LastSync: timeOrNull(it.LastSync),
		ConsentExpires: timeOrNull(it.ConsentExpires), Accounts: accountsOf(book, it.ID), Action: orNull(action(it)),
	}
}

func accountsOf(book *ledger.Book, id ledger.ItemID) int {
	n := 0
	for _, acc := range book.Accounts() {
		if acc.Item == id {
			n++
		}
	}
	return n
}

// action is what the user can do for a bank, "" when there is nothing to do.
func action(it ledger.Item) string {
	switch it.State {
	case ledger.ItemLoginRequired:
		return "sign in again: coffer items repair " + string(it.ID)
	case ledger.ItemExpiring:
		return "sign in again before it expires: coffer items repair " + string(it.ID)
	case ledger.ItemRevoked:
		return "link the bank again: coffer link"
	case ledger.ItemUnavailable:
		return "wait; the bank cannot be reached at the moment"
	}
	return ""
}

// withItem runs fn with the service and the Item that the argument names.
func (a *app) withItem(ctx context.Context, id string, fn func(*storage.Vault, *plaidsvc.Service, ledger.Item) error) error {
	return a.withVault(ctx, func(v *storage.Vault) error {
		items, err := v.Items(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(items, func(it ledger.Item) bool { return string(it.ID) == id })
		if i < 0 {
			return fmt.Errorf("there is no bank with the id %q; coffer items lists them", id)
		}
		svc, err := a.service(ctx, v)
		if err != nil {
			return err
		}
		return fn(v, svc, items[i])
	})
}

func newRemoveCommand(a *app) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "remove ID",
		Short: "unlink a bank at Plaid and erase it here",
		Long: `Unlink a bank at Plaid, then erase it here: its accounts, its transactions and
your edits of them. If Plaid cannot be told, nothing is erased.`,
		Example: "  coffer items remove ID --yes",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withItem(cmd.Context(), args[0], func(_ *storage.Vault, svc *plaidsvc.Service, it ledger.Item) error {
				if err := a.confirm(cmd.Context(), yes, "Unlink "+printable(it.Name)+" and erase it here?"); err != nil {
					return err
				}
				if err := svc.Remove(cmd.Context(), it.ID); err != nil {
					return err
				}
				return a.done(fmt.Sprintf("%s is unlinked and erased", it.Name))
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

// confirm asks the user, unless they said yes already.
func (a *app) confirm(ctx context.Context, yes bool, question string) error {
	if yes {
		return nil
	}
	if !a.asks() {
		return usage("nobody can be asked here; --yes confirms")
	}
	answer, err := a.askLine(ctx, question+" [y/N] ")
	if err != nil {
		return err
	}
	if s := strings.ToLower(strings.TrimSpace(answer)); s != "y" && s != "yes" {
		return errors.New("nothing was changed")
	}
	return nil
}

type doneDocument struct {
	Done string `json:"done"`
}

func (a *app) done(text string) error {
	if a.flags.json {
		return a.printJSON(doneDocument{text})
	}
	_, err := fmt.Fprintln(a.out, printable(text))
	return err
}

func newReplayCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "replay ID",
		Short: "fetch a bank's whole history again",
		Long: `Drop the cursor and fetch a bank's whole history again. Your edits stay. It costs
nothing; rows that the bank no longer has are gone afterwards.`,
		Example: "  coffer items replay ID",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withItem(cmd.Context(), args[0], func(_ *storage.Vault, svc *plaidsvc.Service, it ledger.Item) error {
				result, err := svc.Replay(cmd.Context(), it.ID, a.syncReporter())
				if err != nil {
					return err
				}
				return a.printSynced([]ledger.SyncResult{result})
			})
		},
	}
}

func newRefreshCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "refresh ID",
		Short: "have Plaid ask a bank now",
		Long: `Have Plaid ask a bank for new transactions now. Plaid may bill it. The rows come
with a sync a little later.`,
		Example: "  coffer items refresh ID && sleep 30 && coffer sync",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withItem(cmd.Context(), args[0], func(_ *storage.Vault, svc *plaidsvc.Service, it ledger.Item) error {
				if err := svc.Refresh(cmd.Context(), it.ID); err != nil {
					return err
				}
				return a.done(fmt.Sprintf("Plaid is asking %s; coffer sync fetches what is new in a minute", it.Name))
			})
		},
	}
}
