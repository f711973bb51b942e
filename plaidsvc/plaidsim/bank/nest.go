package bank

// nests are the investment accounts of a single, where the bank has any.
type nests struct {
	*market
	saved    *portfolio // takes what the person saves; nil is none
	retiring *portfolio // takes a part of each wage, and half as much of the employer; nil is none
}

// nest opens the investment accounts at a bank that is known for them.
func (s *single) nest(at Institution, m *market) {
	switch at.ID {
	case "ins_11":
		s.saved = s.nestEgg(at, m, Account{Name: "Individual", OfficialName: "Schwab One Brokerage Account", Subtype: "brokerage"}, picked())
	case "ins_12":
		s.saved = s.nestEgg(at, m, Account{Name: "Individual", OfficialName: "Fidelity Individual - TOD", Subtype: "brokerage"}, mixed())
		s.retiring = s.nestEgg(at, m, Account{Name: "401(k)", OfficialName: "Foxglove Logistics 401(k) Plan", Subtype: "401k"}, retirement())
		ira := s.nestEgg(at, m, Account{Name: "Rollover IRA", OfficialName: "Fidelity Rollover IRA", Subtype: "ira"}, rolledOver())
		ira.deposit(s.first.at(9*hour), deposited, 11_000_00)
	default:
		return
	}
	s.market = m
	s.saved.deposit(s.first.at(9*hour), deposited, 3_000_00)
}

// nestEgg opens an investment account with nothing in it.
func (b *book) nestEgg(at Institution, m *market, as Account, p plan) *portfolio {
	return b.invests(b.open(0, 0, newAccount(b.seed, at.ID, as.Name, as.OfficialName, as.Subtype)), m, p)
}

// nestDay puts away a part of the wage, and lets the market have its day.
func (s *single) nestDay(d day) {
	if s.market == nil {
		return
	}
	if s.retiring != nil && s.falls(d, 1) {
		cents := round(s.priced(d, 260_00), 1_00)
		s.retiring.deposit(d.at(16*hour), contributed, cents)
		s.retiring.deposit(d.at(16*hour), matched, cents/2)
	}
	s.invested(s.market, d)
}
