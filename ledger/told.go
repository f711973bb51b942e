package ledger

import "time"

// Told says which bank told something besides its transactions, and when. Only what
// it told last is kept.
type Told struct {
	Item ItemID
	At   time.Time
}

// Source is Told itself, for what embeds it.
func (t Told) Source() Told { return t }
