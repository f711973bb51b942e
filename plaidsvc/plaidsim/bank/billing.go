package bank

// Billing is how a card is paid: the statement closes on one day of the month
// and is paid in full, automatically, on another.
type billing struct {
	closes, due int // days of the month
	payer       route
	statement   int64 // what the last one asked for
}

// bill does a card's billing of a day. A refund that arrives between the
// statement and its payment leaves the card overpaid, as it does in life.
func (b *book) bill(d day, card *account) {
	c := card.card
	if b.date(d).dom == c.closes {
		c.statement = card.current
	}
	if b.falls(d, c.due) && c.statement > 0 {
		b.transfer(b.occasionOf(stirText(card.key, "payment"), d, 0), c.payer, c.statement, c.statement)
		c.statement = 0
	}
}
