package ledger

import (
	"cmp"
	"strings"
)

// A Stream is money that comes or goes again and again, as Plaid finds it in the
// transactions of an account.
type Stream struct {
	ID          string
	Account     AccountID
	Description string
	Merchant    string // "" when there is none
	Category    Category
	// Frequency and Status are Plaid's, such as "MONTHLY" and "MATURE"; open.
	Frequency, Status string
	// Active is false when it has ended, nil when Plaid does not tell.
	Active      *bool
	First, Last Date
	Next        Date // foretold by Plaid
	// Average and Latest are below zero for what is paid.
	Average, Latest Amount
	// Count is how many transactions it was found in.
	Count int
}

// Ended reports whether Plaid says that it does not go on.
func (s Stream) Ended() bool { return s.Active != nil && !*s.Active || s.Status == "TOMBSTONED" }

// CompareWeight orders streams: what ended last, and by how much money moves, the most
// first. Amounts of different currencies go by the currency.
func (s Stream) CompareWeight(t Stream) int {
	ended := func(x Stream) int {
		if x.Ended() {
			return 1
		}
		return 0
	}
	size := func(x Stream) int64 { return max(x.Average.Minor(), -x.Average.Minor()) }
	return cmp.Or(ended(s)-ended(t), s.Average.Currency().Compare(t.Average.Currency()), cmp.Compare(size(t), size(s)))
}

// Often says in words how often it comes, "" when nobody knows.
func (s Stream) Often() string {
	switch s.Frequency {
	case "BIWEEKLY":
		return "every 2 weeks"
	case "SEMI_MONTHLY":
		return "twice a month"
	case "ANNUALLY":
		return "yearly"
	}
	return inWords(s.Frequency)
}

// Standing says in a word how sure it is that it goes on, "" when nobody knows.
func (s Stream) Standing() string {
	switch {
	case s.Ended():
		return "ended"
	case s.Status == "MATURE":
		return "sure"
	case s.Status == "EARLY_DETECTION":
		return "early"
	}
	return inWords(s.Status)
}

// inWords is one of Plaid's codes.
func inWords(code string) string {
	if code == "UNKNOWN" {
		return ""
	}
	return strings.ToLower(strings.ReplaceAll(code, "_", " "))
}

// Streams are all of one bank's, as they were told at one moment.
type Streams struct {
	Told
	List []Stream
}
