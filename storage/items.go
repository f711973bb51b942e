package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
)

// nameCredentials is a name in bucketSettings. The other buckets go by ids.
const nameCredentials = "credentials"

// Credentials returns what SetCredentials stored, and false if nothing is.
func (v *Vault) Credentials(ctx context.Context) (Credentials, bool, error) {
	var c Credentials
	var found bool
	err := v.view(ctx, func(t *sealedTx) error {
		plain, err := t.get(bucketSettings, t.nameOf(bucketSettings, nameCredentials))
		if err != nil || plain == nil {
			return err
		}
		found = true
		c, err = decodeCredentials(plain)
		return malformed(bucketSettings, err)
	})
	return c, found, wrap("read credentials", err)
}

// SetCredentials stores what Plaid wants to know of the program's user.
func (v *Vault) SetCredentials(ctx context.Context, c Credentials) error {
	return wrap("store credentials", v.update(ctx, func(t *sealedTx) error {
		return t.put(bucketSettings, t.nameOf(bucketSettings, nameCredentials), encodeCredentials(c))
	}))
}

// Items lists the banks by name.
func (v *Vault) Items(ctx context.Context) ([]ledger.Item, error) {
	var items []ledger.Item
	err := v.view(ctx, func(t *sealedTx) error {
		var err error
		items, err = t.items()
		return err
	})
	return items, wrap("read banks", err)
}

// Accounts lists the accounts of one bank in the order of
// ledger.CompareAccounts: none if the bank is not known.
func (v *Vault) Accounts(ctx context.Context, id ledger.ItemID) ([]ledger.Account, error) {
	var accounts []ledger.Account
	err := v.view(ctx, func(t *sealedTx) error {
		all, err := t.accounts()
		accounts = slices.DeleteFunc(all, func(a ledger.Account) bool { return a.Item != id })
		return err
	})
	return accounts, wrap("read accounts", err)
}

// AccessToken returns the token that AddItem stored. The error is ErrNoItem
// when the bank is not known.
func (v *Vault) AccessToken(ctx context.Context, id ledger.ItemID) (secret.Text, error) {
	text, err := v.itemText(ctx, bucketTokens, id)
	return secret.New(text), wrap("read access token", err)
}

// Cursor returns where the next sync of a bank starts, "" at the beginning. The
// error is ErrNoItem when the bank is not known.
func (v *Vault) Cursor(ctx context.Context, id ledger.ItemID) (string, error) {
	text, err := v.itemText(ctx, bucketCursors, id)
	return text, wrap("read cursor", err)
}

func (v *Vault) itemText(ctx context.Context, bucket string, id ledger.ItemID) (string, error) {
	var text string
	err := v.view(ctx, func(t *sealedTx) error {
		var err error
		text, err = t.itemText(bucket, id)
		return err
	})
	return text, err
}

// AddItem stores a newly linked bank and its access token, and nothing else:
// the token is the one thing that Plaid gives only once. For a bank that is
// here already it replaces both and leaves cursor and rows.
func (v *Vault) AddItem(ctx context.Context, item ledger.Item, token secret.Text) error {
	return wrap("store bank", v.update(ctx, func(t *sealedTx) error { return t.addItem(item, token) }))
}

func (t *sealedTx) addItem(item ledger.Item, token secret.Text) error {
	if err := t.countLinked(item); err != nil {
		return err
	}
	if err := t.putItemText(bucketTokens, item.ID, token.Reveal()); err != nil {
		return err
	}
	if err := t.putItem(item); err != nil {
		return err
	}
	if t.value(bucketCursors, t.nameOf(bucketCursors, string(item.ID))) != nil {
		return nil
	}
	return t.putItemText(bucketCursors, item.ID, "")
}

// SaveItem stores the state of a bank. The error is ErrNoItem when it is not
// known: a bank that another process removed does not come back. A sync that
// another process finished meanwhile is not forgotten, nor is what it learned of
// the bank's accounts.
func (v *Vault) SaveItem(ctx context.Context, item ledger.Item) error {
	return wrap("store bank", v.update(ctx, func(t *sealedTx) error {
		old, err := t.item(item.ID)
		if err != nil {
			return err
		}
		if old.LastSync.After(item.LastSync) {
			item.LastSync, item.HistoryReady = old.LastSync, old.HistoryReady
		}
		item.Offered, item.Chosen = later(old.Offered, item.Offered), later(old.Chosen, item.Chosen)
		if old == item {
			return nil
		}
		return t.putItem(item)
	}))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// SaveBalances stores accounts with balances newer than the last sync's. The
// error is ErrNoItem, and nothing is stored, when the bank of one is not known.
func (v *Vault) SaveBalances(ctx context.Context, accounts []ledger.Account) error {
	return wrap("store balances", v.update(ctx, func(t *sealedTx) error {
		for _, a := range accounts {
			if _, err := t.item(a.Item); err != nil {
				return err
			}
			if err := errors.Join(t.putAccount(a), t.noteBalance(a, ledger.DateOf(v.o.Now()))); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (t *sealedTx) items() ([]ledger.Item, error) {
	var items []ledger.Item
	err := t.each(bucketItems, func(_, plain []byte) error {
		item, err := decodeItem(plain)
		items = append(items, item)
		return malformed(bucketItems, err)
	})
	slices.SortFunc(items, func(a, b ledger.Item) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return items, err
}

// item returns a bank, or ErrNoItem.
func (t *sealedTx) item(id ledger.ItemID) (ledger.Item, error) {
	plain, err := t.get(bucketItems, t.nameOf(bucketItems, string(id)))
	if err != nil {
		return ledger.Item{}, err
	}
	if plain == nil {
		return ledger.Item{}, ErrNoItem
	}
	item, err := decodeItem(plain)
	return item, malformed(bucketItems, err)
}

func (t *sealedTx) putItem(item ledger.Item) error {
	return t.put(bucketItems, t.nameOf(bucketItems, string(item.ID)), encodeItem(item))
}

// itemText returns a bank's token or cursor, or ErrNoItem.
func (t *sealedTx) itemText(bucket string, id ledger.ItemID) (string, error) {
	plain, err := t.get(bucket, t.nameOf(bucket, string(id)))
	if err != nil {
		return "", err
	}
	if plain == nil {
		return "", ErrNoItem
	}
	text, err := decodeText(plain)
	return text, malformed(bucket, err)
}

func (t *sealedTx) putItemText(bucket string, id ledger.ItemID, text string) error {
	return t.put(bucket, t.nameOf(bucket, string(id)), encodeText(text))
}

func (t *sealedTx) accounts() ([]ledger.Account, error) {
	var accounts []ledger.Account
	err := t.each(bucketAccounts, func(_, plain []byte) error {
		a, err := decodeAccount(plain)
		accounts = append(accounts, a)
		return malformed(bucketAccounts, err)
	})
	slices.SortFunc(accounts, ledger.CompareAccounts)
	return accounts, err
}

// putAccount stores an account unless it is there word for word.
func (t *sealedTx) putAccount(a ledger.Account) error {
	key := t.nameOf(bucketAccounts, string(a.ID))
	plain := encodeAccount(a)
	old, err := t.get(bucketAccounts, key)
	if err != nil || old != nil && string(old) == string(plain) {
		return err
	}
	return t.put(bucketAccounts, key, plain)
}

// malformed says in which bucket a record that authenticates does not decode.
func malformed(bucket string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w: %w", bucketTitle(bucket), err, ErrDamaged)
	}
	return nil
}
