package main

import (
	"cmp"
	"context"

	"coffer/ledger"
	"coffer/storage"
)

// A directory is what banks and accounts are called, and in which order they stand.
type directory struct {
	banks    map[ledger.ItemID]string
	accounts map[ledger.AccountID]ledger.Account
	places   map[ledger.AccountID]int // from 1
}

func readDirectory(ctx context.Context, v *storage.Vault) (directory, error) {
	d := directory{make(map[ledger.ItemID]string), make(map[ledger.AccountID]ledger.Account), make(map[ledger.AccountID]int)}
	items, err := v.Items(ctx)
	if err != nil {
		return d, err
	}
	for _, it := range items {
		d.banks[it.ID] = it.Name
		accounts, err := v.Accounts(ctx, it.ID)
		if err != nil {
			return d, err
		}
		for _, acc := range accounts {
			d.accounts[acc.ID], d.places[acc.ID] = acc, len(d.places)+1
		}
	}
	return d, nil
}

// label is what an account is called, "" where the bank lists it no more.
func (d directory) label(id ledger.AccountID) string { return d.accounts[id].Label() }

// title is label where something must stand.
func (d directory) title(id ledger.AccountID) string {
	return cmp.Or(d.label(id), "an account that it lists no more")
}

// compare orders accounts as they are listed.
func (d directory) compare(a, b ledger.AccountID) int {
	return cmp.Or(cmp.Compare(d.places[a], d.places[b]), cmp.Compare(a, b))
}
