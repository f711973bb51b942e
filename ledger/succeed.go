package ledger

import (
	"cmp"
	"slices"
)

// This file tells what of a new link to a bank was in an old one: Plaid's ids of
// accounts and rows are other ones, and the user's edits belong to what they stand
// for.

// Is reports whether two accounts of links to one bank are one account at the bank:
// by the bank's own id where it has one, else by name and last digits. Without
// either nothing is proved.
func (a Account) Is(b Account) bool {
	if a.Persistent != "" && b.Persistent != "" {
		return a.Persistent == b.Persistent
	}
	return a.Mask != "" && a.Mask == b.Mask && a.Name == b.Name
}

// resembles is weaker than [Account.Is]: it will do where rows are compared too.
// Names are not looked at, since a renamed account gets another id.
func (a Account) resembles(b Account) bool {
	if a.Mask != b.Mask {
		return false
	}
	return a.Type == b.Type && a.Subtype == b.Subtype && a.Currency == b.Currency
}

// Successors finds the account that takes the place of each old one. Each has one
// and is that of one; where more than one may be meant, none is.
func Successors(old, fresh []Account) map[AccountID]AccountID {
	found := make(map[AccountID]AccountID)
	for _, alike := range []func(a, b Account) bool{Account.Is, Account.resembles} {
		old = slices.DeleteFunc(slices.Clone(old), func(a Account) bool { return found[a.ID] != "" })
		taken := make(map[AccountID]bool)
		for _, to := range found {
			taken[to] = true
		}
		fresh = slices.DeleteFunc(slices.Clone(fresh), func(a Account) bool { return taken[a.ID] })
		claims := make(map[AccountID][]AccountID)
		for _, a := range old {
			var may []Account
			for _, b := range fresh {
				if alike(a, b) {
					may = append(may, b)
				}
			}
			if len(may) == 1 {
				claims[may[0].ID] = append(claims[may[0].ID], a.ID)
			}
		}
		for to, from := range claims {
			if len(from) == 1 {
				found[from[0]] = to
			}
		}
	}
	return found
}

// Heirs finds the row that stands for each old one, in the accounts that took the
// places of theirs. It is the row of the same day, amount and name; of several that
// are alike to the letter it does not matter which, and those that come first in old
// are served first. What is left is matched as a posted row is to its pending one
// ([Carry]): a few days apart either way, a name that is alike, and no doubt. No row
// is the heir of two.
func Heirs(old, fresh []Transaction, accounts map[AccountID]AccountID) map[TransactionID]TransactionID {
	fresh = slices.SortedFunc(slices.Values(fresh), func(a, b Transaction) int { return cmp.Compare(a.ID, b.ID) })
	heirs := make(map[TransactionID]TransactionID)
	exact := make(map[identity][]TransactionID)
	for i := range fresh {
		id := identityOf(&fresh[i], fresh[i].Account)
		exact[id] = append(exact[id], fresh[i].ID)
	}
	taken := make(map[TransactionID]bool)
	for i := range old {
		id := identityOf(&old[i], accounts[old[i].Account])
		if same := exact[id]; len(same) > 0 && id.account != "" {
			heirs[old[i].ID], taken[same[0]], exact[id] = same[0], true, same[1:]
		}
	}
	loose := make(map[likeness][]*Transaction)
	for i := range fresh {
		if t := &fresh[i]; !taken[t.ID] {
			loose[likenessOf(t)] = append(loose[likenessOf(t)], t)
		}
	}
	for to, from := range claimsOf(old, heirs, loose, accounts) {
		if len(from) == 1 {
			heirs[from[0]] = to
		}
	}
	return heirs
}

// claimsOf lists, for each row that is left, the old rows that can only have become
// this one.
func claimsOf(
	old []Transaction, heirs map[TransactionID]TransactionID, loose map[likeness][]*Transaction, accounts map[AccountID]AccountID,
) map[TransactionID][]TransactionID {
	claims := make(map[TransactionID][]TransactionID)
	for i := range old {
		t := &old[i]
		if heirs[t.ID] != "" || accounts[t.Account] == "" {
			continue
		}
		var may []TransactionID
		for _, f := range loose[likeness{accounts[t.Account], t.Amount}] {
			if days := f.Date.Sub(t.Date); days >= -carryDays && days <= carryDays && alike(t, f) {
				may = append(may, f.ID)
			}
		}
		if len(may) == 1 {
			claims[may[0]] = append(claims[may[0]], t.ID)
		}
	}
	return claims
}

// An identity is what a row has in every link to its bank.
type identity struct {
	account AccountID
	date    Date
	amount  Amount
	name    string
	pending bool
}

func identityOf(t *Transaction, account AccountID) identity {
	return identity{account, t.Date, t.Amount, t.Name, t.Pending}
}

// A Handover is what becomes of the user's edits when a link to a bank goes.
type Handover struct {
	// Moves leads from rows that the user edited to those that stand for them in
	// the links that stay. Rows that the user edited there too are not among them.
	Moves map[TransactionID]TransactionID
	// Left counts the edited rows that no other link has.
	Left int
	// Early is true when some are left and another link has not all of its history yet:
	// they may be in it.
	Early bool
}

// Handover says what becomes of the edits of an Item's rows when it is removed: they
// go on in the other links to the same bank.
func (b *Book) Handover(id ItemID) Handover {
	h := Handover{Moves: make(map[TransactionID]TransactionID)}
	at := slices.IndexFunc(b.items, func(i Item) bool { return i.ID == id })
	if at < 0 {
		return h
	}
	others := b.items
	if b.items[at].Institution == "" {
		others = nil // nobody knows which bank it is
	}
	gone := b.items[at]
	var old, fresh []Account
	early := false
	for _, a := range slices.Concat(b.accounts, b.ended) {
		switch i := slices.IndexFunc(others, func(i Item) bool { return i.ID == a.Item }); {
		case a.Item == id:
			old = append(old, a)
		case i >= 0 && others[i].Institution == gone.Institution && others[i].Environment == gone.Environment:
			fresh = append(fresh, a)
			early = early || !others[i].HistoryReady
		}
	}
	rows := b.rowsOf(old)
	edited := 0
	for i := range rows {
		if _, ok := b.edits[rows[i].ID]; ok { // served first
			rows[edited], rows[i] = rows[i], rows[edited]
			edited++
		}
	}
	if edited == 0 {
		return h
	}
	heirs := Heirs(rows, b.rowsOf(fresh), Successors(old, fresh))
	for _, t := range rows[:edited] {
		to := heirs[t.ID]
		if _, own := b.edits[to]; to == "" {
			h.Left++
		} else if !own {
			h.Moves[t.ID] = to
		}
	}
	h.Early = early && h.Left > 0
	return h
}

// rowsOf returns the rows of accounts, newest first.
func (b *Book) rowsOf(accounts []Account) []Transaction {
	if len(accounts) == 0 {
		return nil // no account would mean any
	}
	var q Query
	for _, a := range accounts {
		q.Accounts = append(q.Accounts, a.ID)
	}
	var rows []Transaction
	for _, r := range b.Select(q, Sort{By: SortDate}).Rows {
		rows = append(rows, b.facts.transaction(r))
	}
	return rows
}
