package bank

import "slices"

// A trade is the extent of a busy household's firms.
type trade struct {
	banks    int
	accounts int // per bank
	perDay   int // purchases per account, in thousandths
}

const (
	// familyRows is how many rows a year the family has, about.
	familyRows = 1350
	// mostFirms is at how many banks a household has firms at most: with the
	// family's four banks it has thirty.
	mostFirms = 26
	// mostAccounts is how many accounts the firms have at most, together.
	mostAccounts = 160
)

// trade spreads the rows that are asked for over banks and accounts, but those
// that the household has in a year anyway.
func (o Options) trade(anyway int) trade {
	years := min(20, max(1, o.Years))
	if o.Years == 0 {
		years = 2
	}
	rows := o.Transactions/years - anyway // a year
	if rows <= 0 {
		return trade{}
	}
	accounts := min(mostAccounts, 2+rows/3000)
	t := trade{banks: min(mostFirms, 1+accounts/6)}
	t.accounts = max(2, accounts/t.banks)
	// One purchase in thirty is refunded, which is a row of its own.
	t.perDay = rows * 1000 / 365 * 30 / 31 / (t.accounts * t.banks)
	return t
}

// tradeBanks are where firms bank, the first ones first: every American bank
// that is well and tells all its history.
func tradeBanks() []Institution {
	first := []string{"ins_109510", "ins_109512", "ins_130016", "ins_135858", "ins_132241", "ins_133502", "ins_133503"}
	never := []string{"ins_132361", "ins_132363", "ins_133402", "ins_128026"}
	banks := slices.DeleteFunc(Institutions(), func(i Institution) bool {
		told := slices.Contains(i.Products, "transactions")
		return i.Countries[0] != "US" || !told || slices.Contains(never, i.ID)
	})
	rank := func(i Institution) int {
		switch at := slices.Index(first, i.ID); {
		case at >= 0:
			return at
		case slices.Contains(familyBanks(), i.ID):
			return len(first) + 1
		}
		return len(first)
	}
	slices.SortStableFunc(banks, func(a, b Institution) int { return rank(a) - rank(b) })
	return banks
}

// trade opens the firms, at banks where nobody of the household banks yet.
func (h *Household) trade(t trade) {
	for _, at := range tradeBanks() {
		if t.banks == 0 {
			return
		}
		if slices.Contains(h.banks, at.ID) {
			continue
		}
		t.banks--
		l := &life{book: newFirm(h.seed("firm "+at.ID), at, max(0, h.from.day()), t.accounts, t.perDay)}
		h.banks = append(h.banks, at.ID)
		h.logins[at.ID] = h.login(l, at, 0)
	}
}
