package storage

import (
	"cmp"
	"slices"

	"coffer/ledger"
)

// lostMonths names the months of transactions that the file still has a place for
// and that are lost. The name of a block tells nothing, but it can be made of every
// account and month that may be meant.
func (r *recovery) lostMonths() []LostMonth {
	names := r.accountNames()
	var lost []LostMonth
	seen := make(map[blockID]bool)
	for _, id := range slices.Concat(r.months, r.guessMonths(names)) {
		if _, kept := r.kept[bucketFacts][string(r.blockKey(id))]; kept || seen[id] {
			continue
		}
		seen[id] = true
		m := LostMonth{Bank: string(id.item), Account: string(id.account), Month: id.month}
		if a, known := names[id.account]; known {
			m.Account = cmp.Or(a.Name, m.Account)
		}
		if i, _ := decodeItem(r.plain(bucketItems, r.nameOf(bucketItems, string(id.item)))); i.Name != "" {
			m.Bank = i.Name
		}
		lost = append(lost, m)
	}
	slices.SortFunc(lost, func(a, b LostMonth) int {
		return cmp.Or(cmp.Compare(a.Bank, b.Bank), cmp.Compare(a.Account, b.Account), a.Month.Compare(b.Month))
	})
	return lost
}

// accountNames are the accounts that anything tells of.
func (r *recovery) accountNames() map[ledger.AccountID]ledger.Account {
	names := make(map[ledger.AccountID]ledger.Account)
	for _, x := range r.kept[bucketFacts] {
		names[x.index.id.account] = ledger.Account{Item: x.index.id.item}
	}
	for key := range r.kept[bucketAccounts] {
		a, _ := decodeAccount(r.plain(bucketAccounts, []byte(key)))
		names[a.ID] = a
	}
	return names
}

// guessMonths finds out which blocks the spoiled ones were: any of a known account,
// in a year before, within or after the time that there are transactions of.
func (r *recovery) guessMonths(names map[ledger.AccountID]ledger.Account) []blockID {
	spoiled := make(map[string]bool)
	for _, x := range r.spoiled[bucketFacts] {
		spoiled[string(x.key)] = true
	}
	if len(spoiled) == 0 || len(r.kept[bucketFacts]) == 0 {
		return nil
	}
	const around, most = 12, 100 * 12 // a bank may say any date
	var first, last ledger.Month
	for _, x := range r.kept[bucketFacts] {
		m := x.index.id.month
		if first.IsZero() || m.Compare(first) < 0 {
			first = m
		}
		if m.Compare(last) > 0 {
			last = m
		}
	}
	if last.Sub(first) > most {
		first = last.Add(-most)
	}
	var found []blockID
	for account, a := range names {
		for m := first.Add(-around); m.Compare(last.Add(around)) <= 0; m = m.Add(1) {
			if id := (blockID{a.Item, account, m}); spoiled[string(r.blockKey(id))] {
				found = append(found, id)
			}
		}
	}
	return found
}
