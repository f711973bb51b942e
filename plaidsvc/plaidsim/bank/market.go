package bank

// A market prices one broad fund: a steady growth of five and a half per cent a
// year, around which a slow random walk swings by a tenth or so. The walk is
// pulled back to the trend, so that no long life ends in absurd riches.
type market struct {
	trend int64 // price on the trend, in millionths of a dollar
	swing int64 // distance from the trend, in millionths of it
}

const openingPrice = 40_000_000 // dollars and millionths

func newMarket() market { return market{trend: openingPrice} }

// trade lets one trading day pass.
func (m *market) trade(o occasion) {
	m.trend += m.trend * 213 / 1_000_000
	shock := int64(o.below(15_000)+o.below(15_000)) - 15_000
	m.swing += shock - m.swing*4/1000
}

// price is what a share costs, in millionths of a dollar.
func (m *market) price() int64 { return m.trend + m.trend*m.swing/1_000_000 }

// A portfolio holds shares of the market's fund in an account whose balance is
// their value. Its rows are not told; its movements are.
type portfolio struct {
	account *account
	shares  int64 // in ten thousandths
}

// buy turns money into shares. The account's value rises by that money.
func (p *portfolio) buy(m *market, at moment, cents int64) {
	p.shares += cents * 100_000_000 / m.price()
	p.account.move(at, Contribution, cents)
}

// value brings the balance to what the shares are worth.
func (p *portfolio) value(m *market, at moment) {
	worth := p.shares / 100 * m.price() / 1_000_000
	p.account.move(at, Valuation, worth-p.account.current)
}
