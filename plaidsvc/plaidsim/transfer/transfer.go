// Package transfer knows how money moves between a person's account and an app:
// what may be asked for, what becomes of it, and on which days.
//
// # Use
//
// A [Transfer] is pending when it begins. [Status.Next] says what may become of
// it; a [Journal] numbers what did, for apps that ask what is new.
//
// # Promise
//
// Statuses, transitions, limits, return codes and cut-off times are those of
// Plaid's public documentation (https://plaid.com/docs/transfer/). Banking days
// are the Federal Reserve's. Amounts are exact.
//
// # What it never does
//
// It moves nothing: no balance of a bank changes. It reads no clock, and knows
// nothing of Items, tokens or HTTP.
package transfer

import "slices"

// A Network is the rails that money moves on.
type Network string

// The networks that Plaid documents.
const (
	ACH        Network = "ach"
	SameDayACH Network = "same-day-ach"
	RTP        Network = "rtp"
	Wire       Network = "wire"
)

// A Type says which way money moves, seen from the app: a debit takes it from
// the person.
type Type string

// The two ways.
const (
	Debit  Type = "debit"
	Credit Type = "credit"
)

// IsACH reports whether a network is one of the two of the Automated Clearing
// House.
func (n Network) IsACH() bool { return n == ACH || n == SameDayACH }

// Carries reports whether there are such transfers on the network: what is not
// ACH only pays out.
func (n Network) Carries(t Type) bool {
	return n.IsACH() || (n == RTP || n == Wire) && t == Credit
}

// Classes are the ACH classes of a type, Plaid's ach_class. Of debits Plaid's
// reference lists no ppd, which its own quickstart asks for and gets.
func Classes(t Type) []string {
	if t == Credit {
		return []string{"ccd", "ppd"}
	}
	return []string{"ccd", "ppd", "tel", "web"}
}

// A Status is how far a transfer is.
type Status string

// The statuses that a transfer goes through by itself.
const (
	Pending        Status = "pending"
	Posted         Status = "posted"
	Settled        Status = "settled"
	FundsAvailable Status = "funds_available"
	Failed         Status = "failed"
	Returned       Status = "returned"
)

// Next are the statuses that may follow on s. Only ACH debits are held until
// their funds are available.
func (s Status) Next(n Network, t Type) []Status {
	switch {
	case s == Pending:
		return []Status{Posted, Failed}
	case s == Posted:
		return []Status{Settled, Returned}
	case s == Settled && n.IsACH() && t == Debit:
		return []Status{FundsAvailable}
	}
	return nil
}

// A Transfer is one movement of money.
type Transfer struct {
	ID      string
	Network Network
	Type    Type
	Status  Status
	Failure *Failure // of a transfer that failed or was returned
}

// Become moves the transfer on, if that may follow, and reports whether it did.
// The failure says why, and is left out where nothing went wrong.
func (t *Transfer) Become(s Status, why Failure) bool {
	if !slices.Contains(t.Status.Next(t.Network, t.Type), s) {
		return false
	}
	t.Status = s
	if s == Failed || s == Returned {
		t.Failure = &why
	}
	return true
}
