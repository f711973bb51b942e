package plaidsim

import (
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// hearAuth tells which accounts have numbers that they had not, or others.
func (s *Server) hearAuth(it *item, now time.Time) {
	if !slices.Contains(it.products, "auth") {
		return
	}
	was, is := it.told.numbers, make(map[string]bank.Numbers)
	for _, a := range it.accounts {
		if n := it.numbers(a); n != (bank.Numbers{}) {
			is[a.id] = n
		}
	}
	it.told.numbers = is
	if was == nil {
		return
	}
	var added []string
	updated := make(map[string][]string)
	for _, a := range it.accounts {
		before, known := was[a.id]
		after, has := is[a.id]
		switch {
		case has && !known:
			added = append(added, a.id)
		case has && before != after:
			updated[a.id] = changedNumbers(before, after)
		}
	}
	if len(added)+len(updated) > 0 {
		s.notify(it, now, "AUTH", "DEFAULT_UPDATE", authUpdate(added, updated))
	}
}

// changedNumbers says which of the two kinds of numbers changed. An IBAN is
// both in one.
func changedNumbers(a, b bank.Numbers) []string {
	var kinds []string
	if a.Account != b.Account || a.IBAN != b.IBAN || a.Tokenized != b.Tokenized {
		kinds = append(kinds, "ACCOUNT_NUMBER")
	}
	a.Account, a.Tokenized = b.Account, b.Tokenized
	if a != b {
		kinds = append(kinds, "ROUTING_NUMBER")
	}
	return kinds
}

func authUpdate(added []string, updated map[string][]string) details {
	return details{
		"account_ids_with_new_auth":     append([]string{}, added...),
		"account_ids_with_updated_auth": updated,
		"error":                         nil,
	}
}
