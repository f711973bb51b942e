package bank

import "time"

// Somebody is a customer of a bank whom nobody knows more of: one person with a
// checking account, a savings account and a card. Whoever it is has a name that
// tells them from others; from is where the told history begins.
func Somebody(seed int64, who string, at Institution, from time.Time) Login {
	s := moveIn(stirText(uint64(seed), "somebody "+who), at, newMarket(stirText(uint64(seed), "market")))
	if s.card == nil {
		s.issue(newAccount(s.seed, at.ID, "Card", at.Name+" Card", "credit card"))
		s.heed(at)
	}
	return &login{life: &life{book: s.book}, institution: at, from: max(-1, momentOf(from))}
}

// PrimaryCategory is the primary category of Plaid's taxonomy that a detailed
// one belongs to, or "".
func PrimaryCategory(detailed string) string { return primaryOf(detailed, primaries()) }
