package bank

import (
	"time"

	"github.com/shopspring/decimal"
)

// A Movement is one change of the balance of an account whose rows Plaid does
// not tell in /transactions/sync: a mortgage, a car loan, a brokerage account.
// The first one of an account is its opening; the sum of all up to a moment is
// the balance at that moment, to the cent.
type Movement struct {
	At     time.Time
	Kind   MovementKind
	Amount decimal.Decimal // in the account's currency; positive raises the balance, also of a debt

	at    moment
	after int64 // the balance then, in minor units
}

// A MovementKind says why a balance moved.
type MovementKind string

// Why an untold balance moves.
const (
	Disbursement MovementKind = "disbursement" // a loan is paid out: more is owed
	Principal    MovementKind = "principal"    // the part of a payment that lowers the debt
	Contribution MovementKind = "contribution" // money paid in
	Earnings     MovementKind = "earnings"     // dividends and interest came in
	Fee          MovementKind = "fee"          // the broker was paid
	Valuation    MovementKind = "valuation"    // the market moved
)

// move records a movement. Movements of an account come in the order of time.
func (a *account) move(at moment, kind MovementKind, cents int64) {
	if cents == 0 {
		return
	}
	a.current += cents
	a.moves = append(a.moves, Movement{
		At: at.utc(), Kind: kind, Amount: decimal.New(cents, -2),
		at: at, after: a.current,
	})
}
