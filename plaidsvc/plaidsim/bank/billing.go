package bank

// Billing is how a card is paid: the statement closes on one day of the month
// and is paid in full, automatically, on another.
type billing struct {
	closes, due int // days of the month
	payer       route
	statement   int64 // what the last one asked for
	statements  []cardStatement
}

// bill does a card's billing of a day. A refund that arrives between the
// statement and its payment leaves the card overpaid, as it does in life.
func (b *book) bill(d day, card *account) {
	c := card.card
	if b.date(d).dom == c.closes {
		c.statement = card.current
		c.statements = append(c.statements, cardStatement{closed: d, due: b.dueDay(d, c), balance: card.current})
	}
	if b.falls(d, c.due) && c.statement > 0 {
		last := &c.statements[len(c.statements)-1]
		last.paid = b.transfer(b.occasionOf(stirText(card.key, "payment"), d, 0), c.payer, c.statement, c.statement)
		c.statement = 0
	}
}
