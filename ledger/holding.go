package ledger

import (
	"maps"
	"slices"
)

// A Holding is what one account has of one security, as the bank tells it.
type Holding struct {
	Account  AccountID
	Security string // its name
	Ticker   string // "" when it has none
	Kind     string // Plaid's, such as "etf"; open
	Quantity Decimal
	// Price is of one unit, at the end of PriceDate, both of them the bank's.
	Price     Decimal
	PriceDate Date
	Currency  Currency
	Value     Amount
	// Cost is what was paid for all of it. Many banks do not tell.
	Cost Amount
}

// Gain is how much more it is worth than it cost, not known unless both are.
func (h Holding) Gain() Amount {
	if !h.Value.Known() || !h.Cost.Known() {
		return Amount{}
	}
	gain, err := h.Value.Sub(h.Cost)
	if err != nil {
		return Amount{}
	}
	return gain
}

// Holdings are all of one bank's, as they were told at one moment.
type Holdings struct {
	Told
	List []Holding
}

// AnyUnvalued reports whether the bank tells no value of some holding.
func AnyUnvalued(list []Holding) bool {
	return slices.ContainsFunc(list, func(h Holding) bool { return !h.Value.Known() })
}

// ValueOf is what holdings are worth together, by currency. What has no known value is
// left out, and a total that is too large for an Amount too.
func ValueOf(list []Holding) []Amount {
	sums := make(map[Currency]*sum)
	for _, h := range list {
		if !h.Value.Known() {
			continue
		}
		if sums[h.Value.Currency()] == nil {
			sums[h.Value.Currency()] = new(sum)
		}
		sums[h.Value.Currency()].add(h.Value.Minor())
	}
	var total []Amount
	for _, cur := range slices.SortedFunc(maps.Keys(sums), Currency.Compare) {
		if a := sums[cur].amount(cur); a.Known() {
			total = append(total, a)
		}
	}
	return total
}
