package ledger

import "time"

// Told says which bank told something besides its transactions, and when. What it
// tells takes the place of what it told before.
type Told struct {
	Item ItemID
	At   time.Time
}

// Source is Told itself, for what embeds it.
func (t Told) Source() Told { return t }
