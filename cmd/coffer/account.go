package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
	"coffer/tui/widget"
)

// accountHelp is the part of a command's help that says what ACCOUNT may be.
const accountHelp = `ACCOUNT is an id of coffer accounts --json, the last digits, or words of the bank's
and the account's name that no other account has: "platypus checking".`

// An accountHead is how a JSON document names the account it is about.
type accountHead struct {
	AccountID   ledger.AccountID `json:"account_id"`
	ItemID      ledger.ItemID    `json:"item_id"`
	Institution string           `json:"institution"`
	Name        string           `json:"name"`
	Mask        *string          `json:"mask"`
}

// A banked is an account with the name of its bank.
type banked struct {
	ledger.Account
	bank string
}

func (b banked) head() accountHead {
	return accountHead{AccountID: b.ID, ItemID: b.Item, Institution: b.bank, Name: b.Name, Mask: orNull(b.Mask)}
}

// title is what a person calls the account.
func (b banked) title() string { return b.bank + ", " + b.Label() }

// withAccount runs fn with the service and the account that text names.
func (a *app) withAccount(ctx context.Context, text string, fn func(*plaidsvc.Service, banked) error) error {
	return a.withVault(ctx, func(v *storage.Vault) error {
		all, err := allAccounts(ctx, v)
		if err != nil {
			return err
		}
		acc, err := findAccount(all, text)
		if err != nil {
			return err
		}
		svc, err := a.service(ctx, v)
		if err != nil {
			return err
		}
		return fn(svc, acc)
	})
}

// allAccounts lists the accounts of all banks, also those that are not shared any
// more, without loading the ledger.
func allAccounts(ctx context.Context, v *storage.Vault) ([]banked, error) {
	items, err := v.Items(ctx)
	if err != nil {
		return nil, err
	}
	var all []banked
	for _, it := range items {
		accounts, err := v.Accounts(ctx, it.ID)
		if err != nil {
			return nil, err
		}
		for _, acc := range accounts {
			all = append(all, banked{acc, it.Name})
		}
	}
	return all, nil
}

// findAccount returns the one shared account that a text names: by its id, else by
// its last digits, else by words that are all in its bank's and its own name. Case
// does not matter in words. Money may follow: two that fit are none, and an account
// that is not shared any more stands back for those that are.
func findAccount(all []banked, text string) (banked, error) {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return banked{}, usage("ACCOUNT is empty; coffer accounts lists them")
	}
	shared, ended := parted(all)
	found := fitting(shared, text, words)
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return banked{}, usage("%q can be any of these accounts; give more words or the id:\n%s", text, listed(found))
	case len(all) == 0:
		return banked{}, errors.New("there are no accounts yet; coffer link links a bank")
	}
	if gone := fitting(ended, text, words); len(gone) > 0 {
		return banked{}, fmt.Errorf("%s is not shared any more; coffer items repair %s --accounts can share it again",
			widget.Clean(gone[0].title()), gone[0].Item)
	}
	return banked{}, fmt.Errorf("there is no account %q; coffer accounts lists them", text)
}

// parted tells the accounts that banks share from those that they did.
func parted(all []banked) (shared, ended []banked) {
	for _, b := range all {
		if b.IsEnded() {
			ended = append(ended, b)
		} else {
			shared = append(shared, b)
		}
	}
	return shared, ended
}

// fitting returns the accounts that fit a text best, none if none fits at all.
func fitting(all []banked, text string, words []string) []banked {
	for _, fits := range []func(banked) bool{
		func(b banked) bool { return string(b.ID) == text },
		func(b banked) bool { return b.Mask != "" && b.Mask == text },
		func(b banked) bool { return strings.EqualFold(b.Name, strings.Join(strings.Fields(text), " ")) },
		func(b banked) bool { return b.has(words) },
	} {
		if found := slices.DeleteFunc(slices.Clone(all), func(b banked) bool { return !fits(b) }); len(found) > 0 {
			return found
		}
	}
	return nil
}

// has reports whether each word is in one of the account's names.
func (b banked) has(words []string) bool {
	names := strings.ToLower(strings.Join([]string{b.bank, b.Name, b.OfficialName, b.Mask}, "\n"))
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(names, w) })
}

func listed(accounts []banked) string {
	lines := make([]string, len(accounts))
	for i, b := range accounts {
		lines[i] = fmt.Sprintf("  %s  %s", b.ID, widget.Clean(b.title()))
	}
	return strings.Join(lines, "\n")
}

// tellWait says on standard error that a bank is being asked, when a person looks
// on.
func (a *app) tellWait(format string, args ...any) {
	if !a.flags.json && a.shows() {
		fmt.Fprintln(a.err, printable(fmt.Sprintf(format, args...)))
	}
}
