package bank

// A deal is one line of an investment account's history. What the account holds
// is what all its deals left.
type deal struct {
	at       moment
	kind     dealKind
	security int   // its place in the market's list, or justMoney
	quantity int64 // bought, in the security's smallest units; negative is sold
	price    int64 // of one, in cents
	cash     int64 // change of the account's cash, in cents, fees included
	fees     int64
	n        int // which one of the account's, counted from the first
}

// justMoney is in the place of a security where money alone moved.
const justMoney = -1

// A dealKind says what happened in an investment account.
type dealKind uint8

// What happens in an investment account.
const (
	deposited dealKind = iota
	contributed
	matched
	bought
	sold
	dividend
	reinvested
	credited
	charged
)

// dealWords are Plaid's type and subtype of each kind, and how the broker calls
// it.
var dealWords = [...]struct{ kind, subtype, text string }{
	deposited:   {"cash", "deposit", "DEPOSIT"},
	contributed: {"cash", "contribution", "EMPLOYEE CONTRIBUTION"},
	matched:     {"cash", "contribution", "EMPLOYER MATCH"},
	bought:      {"buy", "buy", "BUY"},
	sold:        {"sell", "sell", "SELL"},
	dividend:    {"cash", "dividend", "DIVIDEND"},
	reinvested:  {"buy", "dividend reinvestment", "REINVESTMENT"},
	credited:    {"cash", "interest", "CREDIT INTEREST"},
	charged:     {"fee", "account fee", "ANNUAL ACCOUNT FEE"},
}

// movement is why such a deal moves the balance. What is bought or sold moves it
// by rounding and fees only, which counts as a change of value.
func (k dealKind) movement() MovementKind {
	switch k {
	case deposited, contributed, matched:
		return Contribution
	case dividend, credited:
		return Earnings
	case charged:
		return Fee
	case bought, sold, reinvested:
	}
	return Valuation
}

// A position is how much of a security an account holds.
type position struct {
	quantity int64 // in the security's smallest units
	cost     int64 // what it was bought for, in cents; a sale takes its share
	vested   int64 // the part of the quantity that nobody can take back
}

// Positions are what an account holds, by security, and its cash.
type positions struct {
	of   [securityCount]position
	cash int64
}

// apply changes positions by a deal.
func (p *positions) apply(d *deal, vested bool) {
	p.cash += d.cash
	if d.security == justMoney || d.quantity == 0 {
		return
	}
	held := &p.of[d.security]
	if d.quantity < 0 {
		held.cost += held.cost * d.quantity / held.quantity
	} else {
		held.cost -= d.cash
	}
	held.quantity += d.quantity
	if vested {
		held.vested += d.quantity
	}
	held.vested = min(held.vested, held.quantity)
}
