package bank

// An investor is who signs in at a broker that is no bank: one person who sends
// money there each month from elsewhere. Nothing there is told in
// /transactions/sync.
type investor struct {
	*book
	market        *market
	stock, crypto *portfolio
}

// newInvestor moves a person in on the Epoch. They have bought coins since 2015.
func newInvestor(seed uint64, at Institution, m *market) *book {
	i := &investor{book: newBook(seed, 0, millbrook()), market: m}
	i.stock = i.nestEgg(at, m, Account{Name: "Individual", OfficialName: at.Name + " Individual Investing", Subtype: "brokerage"}, picked())
	i.crypto = i.nestEgg(at, m, Account{Name: "Crypto", OfficialName: at.Name + " Crypto", Subtype: "crypto exchange"}, coins())
	i.stock.deposit(i.first.at(9*hour), deposited, 1_500_00)
	i.live = i.day
	return i.book
}

func (i *investor) day(d day) {
	if i.falls(d, 5) {
		i.stock.deposit(d.at(16*hour), deposited, round(i.priced(d, 150_00), 5_00))
	}
	if i.falls(d, 12) && i.date(d).year >= 2015 {
		i.crypto.deposit(d.at(16*hour), deposited, round(i.priced(d, 55_00), 5_00))
	}
	i.invested(i.market, d)
}
