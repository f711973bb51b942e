package plaidsim

import "coffer/plaidsvc/plaidsim/bank"

// household is the Banks of the options' seed: every institution there is, and
// what one household has at some of them.
type household struct{ *bank.Household }

// Households lists the kinds of household there are, from a family to one person
// with one account. What is no such kind makes [New] panic.
func Households() []string { return bank.Kinds() }

// defaultYears is two, the most Plaid hands out.
const defaultYears = 2

func newHousehold(o Options) household {
	years := o.Years
	if years <= 0 {
		years = defaultYears
	}
	return household{bank.NewHousehold(bank.Options{
		Seed:         o.Seed,
		Kind:         o.Household,
		From:         o.Clock().UTC().AddDate(-years, 0, 0),
		Years:        years,
		Transactions: o.Transactions,
	})}
}

// Institutions implements [Banks].
func (household) Institutions() []bank.Institution { return bank.Institutions() }

// HomeBanks lists the ids of the institutions where the household banks, in a
// fixed order: user_good signs in there to a household's real life, and elsewhere
// to a small one made up on the spot.
func (s *Server) HomeBanks() []string {
	home, ok := s.banks.(interface{ Banks() []string })
	if !ok {
		return nil
	}
	return home.Banks()
}
