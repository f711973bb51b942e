package main

import (
	"context"
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
	Color          *string       `json:"color"`
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
	return a.withVault(ctx, func(v *storage.Vault) error {
		book, err := v.Book(ctx)
		if err != nil {
			return err
		}
		if err := a.tellSlots(ctx, v); err != nil {
			return err
		}
		if a.flags.json {
			docs := make([]itemDocument, 0, len(book.Items()))
			for _, it := range book.Items() {
				docs = append(docs, documentItem(book, it))
			}
			return a.printJSON(docs)
		}
		if len(book.Items()) == 0 {
			fmt.Fprintln(a.err, "no bank is linked yet; coffer link does that")
			return nil
		}
		t := newTable("~Bank", "State", "Synced", ">Accounts", "Id", "To do")
		for _, it := range book.Items() {
			t.add(it.Name, string(it.State), a.ago(it.LastSync), strconv.Itoa(accountsOf(book, it.ID)), string(it.ID), action(it))
		}
		return a.printTable(t)
	})
}

func documentItem(book *ledger.Book, it ledger.Item) itemDocument {
	return itemDocument{
		ID: it.ID, Institution: it.Name, State: string(it.State), LastSync: timeOrNull(it.LastSync),
		ConsentExpires: timeOrNull(it.ConsentExpires), Accounts: accountsOf(book, it.ID), Action: orNull(action(it)),
		Color: orNull(strings.TrimSuffix(it.Color, ledger.NoColor)),
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
	repair := repairCommand(it)
	switch it.State {
	case ledger.ItemLoginRequired:
		return because(it, "sign in again: "+repair)
	case ledger.ItemExpiring:
		return because(it, "sign in again before it expires: "+repair)
	case ledger.ItemRevoked:
		if it.Foreign() {
			return because(it, "check the keys and PLAID_ENV first: coffer setup; else link the bank again: coffer link")
		}
		if it.Twin != "" {
			return "it is linked again; take the old link out: coffer items remove " + string(it.ID)
		}
		return because(it, "link the bank again: coffer link")
	case ledger.ItemUnavailable:
		return unavailable(it)
	}
	if it.Twin != "" {
		return "linked twice, and what both have counts twice; take one out: coffer items remove " + string(it.ID)
	}
	if it.HasMore() {
		return "it has an account that is not shared yet; choose: " + repair
	}
	return ""
}

// repairCommand signs in to a bank again.
func repairCommand(it ledger.Item) string {
	if it.Chooses() {
		return "coffer items repair " + string(it.ID) + " --accounts"
	}
	return "coffer items repair " + string(it.ID)
}

// unavailable tells what passes from what does not.
func unavailable(it ledger.Item) string {
	switch reason := it.Reason(); {
	case it.GivenUp():
		return reason + "; what is here stays"
	case it.Wants() != "":
		return reason + "; allow it: coffer items repair " + string(it.ID) + " --allow " + string(it.Wants())
	case reason != "":
		return "wait; " + reason
	}
	return "try again: coffer sync; if it stays so, coffer items repair " + string(it.ID)
}

// because puts the reason before what to do, if it is known.
func because(it ledger.Item, do string) string {
	if reason := it.Reason(); reason != "" {
		return reason + "; " + do
	}
	return do
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
