package bank

import (
	"cmp"
	"time"

	"github.com/shopspring/decimal"
)

// A security is something that portfolios hold, and how its price moves. All
// but the two coins are made up.
type security struct {
	ticker, name, kind, exchange string
	sector, industry             string
	places                       int32 // decimals of a quantity
	opening                      int64 // price on the Epoch, in millionths of a dollar
	growth                       int64 // of the trend in a trading day, in millionths
	follows                      int64 // how much of the market's shocks it takes, in thousandths
	wobble                       int64 // the most that a day's shock of its own moves it, in millionths
	yield                        int64 // dividends or interest of a year, in hundredths of a per cent
	payments                     int   // of them in a year
}

// The securities there are, by their place in the list.
const (
	totalMarket = iota
	international
	bonds
	target
	foxglove
	lakespring
	kilnField
	bitcoin
	ether
	municipal
	securityCount
)

// securities lists them. The order never changes: it is not what their prices
// depend on, but others count on it.
func securities() [securityCount]security {
	const dollar = 1_000_000
	return [securityCount]security{
		totalMarket:   {ticker: "EMTM", name: "Ember Total Market ETF", kind: "etf", exchange: "ARCX", places: 4, opening: 62 * dollar, growth: 155, follows: 1000, wobble: 1_500, yield: 140, payments: 4},
		international: {ticker: "EMIIX", name: "Ember International Index Fund", kind: "mutual fund", exchange: "XNAS", places: 3, opening: 24 * dollar, growth: 110, follows: 900, wobble: 5_000, yield: 270, payments: 2},
		bonds:         {ticker: "EMBDX", name: "Ember Core Bond Fund", kind: "mutual fund", exchange: "XNAS", places: 3, opening: 10 * dollar, growth: 6, follows: -60, wobble: 1_800, yield: 330, payments: 12},
		target:        {ticker: "EMRFX", name: "Ember Retirement 2045 Fund", kind: "mutual fund", exchange: "XNAS", places: 3, opening: 15 * dollar, growth: 120, follows: 800, wobble: 1_500, yield: 210, payments: 1},
		foxglove:      {ticker: "FXGL", name: "Foxglove Logistics Inc", kind: "equity", exchange: "XNYS", sector: "Transportation", industry: "Air Freight/Couriers", opening: 28 * dollar, growth: 170, follows: 1100, wobble: 26_000, yield: 180, payments: 4},
		lakespring:    {ticker: "LKSP", name: "Lakespring Software Corp", kind: "equity", exchange: "XNAS", sector: "Technology Services", industry: "Packaged Software", opening: 17 * dollar, growth: 260, follows: 1300, wobble: 34_000},
		kilnField:     {ticker: "KFLD", name: "Kiln & Field Foods Co", kind: "equity", exchange: "XNYS", sector: "Consumer Non-Durables", industry: "Food: Major Diversified", opening: 33 * dollar, growth: 90, follows: 600, wobble: 18_000, yield: 310, payments: 4},
		bitcoin:       {ticker: "BTC", name: "Bitcoin", kind: "cryptocurrency", places: 8, opening: 31_000 * dollar, growth: 140, follows: 1500, wobble: 70_000},
		municipal:     {name: "Dutchess County NY GO Bond 4.00% 12/15/2049", kind: "fixed income", opening: 985 * dollar, follows: -30, wobble: 2_200, yield: 400, payments: 2},
		ether:         {ticker: "ETH", name: "Ether", kind: "cryptocurrency", places: 8, opening: 1_400 * dollar, growth: 120, follows: 1700, wobble: 85_000},
	}
}

// key is what tells a security from all others. Bonds have no ticker symbol.
func (s *security) key() string { return cmp.Or(s.ticker, s.name) }

// id is the same for everybody, at every bank.
func (s *security) id() string { return opaqueText("security %s", s.key()) }

// told is a security with its last closing price.
func (s *security) told(cents int64, closed string) Security {
	return Security{
		ID: s.id(), Name: s.name, Ticker: s.ticker, Type: s.kind, Market: s.exchange,
		Sector: s.sector, Industry: s.industry, Currency: "USD", Close: money(cents), CloseDate: closed,
	}
}

// dollars is the security that stands for the cash of an account. It is worth
// one dollar whatever the day.
func dollars() Security {
	return Security{ID: opaqueText("security %s", "CUR:USD"), Name: "U S Dollar", Ticker: "CUR:USD", Type: "cash", Currency: "USD", CashEquivalent: true, Close: money(1_00)}
}

// units is a quantity as a number.
func (s *security) units(quantity int64) decimal.Decimal { return decimal.New(quantity, -s.places) }

// scale is how many of the smallest units are one.
func (s *security) scale() int64 {
	scale := int64(1)
	for range s.places {
		scale *= 10
	}
	return scale
}

// worth is what a quantity costs at a price, to the nearest cent.
func (s *security) worth(quantity, cents int64) int64 {
	return (quantity*cents + s.scale()/2) / s.scale()
}

// pays tells whether a security pays a dividend or interest in a month: the last
// of a year's in December.
func (s *security) pays(m time.Month) bool {
	return s.payments > 0 && int(m)%(12/s.payments) == 0
}
