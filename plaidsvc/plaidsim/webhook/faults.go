package webhook

import "time"

// Faults are what can go wrong between Plaid and a receiver. Each is a number:
// n makes it happen to every nth webhook of an address, 1 to all, 0 to none.
type Faults struct {
	// Duplicate delivers a webhook twice.
	Duplicate int
	// Reorder holds a webhook back for a minute, so that those fired meanwhile
	// overtake it.
	Reorder int
	// BadSignature signs something else than what is sent.
	BadSignature int
	// Stale signs as of ten minutes ago, twice as old as a receiver may accept.
	Stale int
	// Lose never delivers a webhook.
	Lose int
}

const (
	staleness = 10 * time.Minute
	heldBack  = time.Minute
)

// apply is what becomes of the nth letter of an address: the copies that are to
// be delivered.
func (f Faults) apply(l Letter, n int) []*letter {
	hits := func(every int) bool { return every > 0 && n%every == 0 }
	if hits(f.Lose) {
		return nil
	}
	spoiled := letter{Letter: l, due: l.At, forged: hits(f.BadSignature), stale: hits(f.Stale)}
	if hits(f.Reorder) {
		spoiled.due = l.At.Add(heldBack)
	}
	copies := []*letter{&spoiled}
	if hits(f.Duplicate) {
		again := spoiled
		copies = append(copies, &again)
	}
	return copies
}
