package bank

import "fmt"

// A firm is what a busy household runs: an operating account and purchasing
// cards, as many purchases a day as asked for. The operating account is held on
// the imprest system: each week it is brought to the same sum, exactly. With
// cards that are paid in full each month this makes the firm forget: its
// balances depend on some months, not on all since the Epoch, so its life can
// begin shortly before the history that is asked for and still be the same.
type firm struct {
	*book
	operating *account
	cards     []*account
	errands   []errand
	perDay    int   // purchases per account, in thousandths
	imprest   int64 // what the operating account is brought to
	client    payee
	drawn     payee
	out, in   payee
}

// memory is how many days a firm's books look back: a refund comes up to 45
// days after its purchase, the next statement closes within a month, is paid
// within 24 days, and the imprest is restored within a week.
const memory = 120

// newFirm opens a firm's accounts at a bank for a history from a day on.
func newFirm(seed uint64, at Institution, from day, accounts, perDay int) *book {
	f := &firm{book: newBook(seed, max(0, from-memory), millbrook()), errands: errands(), perDay: perDay}
	f.imprest = (1 + int64(accounts*perDay)*60*60/1000/1000) * 1_000_00
	operating := newAccount(seed, at.ID, "Operating Account", at.Name+" Business Checking", "checking")
	operating.Holder = "business"
	f.operating = f.open(0, f.imprest, operating)
	f.client = income("Foxglove Logistics", "FOXGLOVE LOGISTICS REMITTANCE", "INCOME_OTHER")
	f.drawn = moved("OWNER DRAW", "TRANSFER_OUT_OTHER_TRANSFER_OUT", "MEDIUM")
	f.out, f.in = cardPayment("PURCHASING CARD AUTOPAY", "HIGH"), cardPayment("AUTOPAY PAYMENT - THANK YOU", "VERY_HIGH")
	for n := range accounts - 1 {
		f.issue(at, n)
	}
	f.heed(at)
	f.live = f.day
	return f.book
}

// issue opens a purchasing card.
func (f *firm) issue(at Institution, n int) {
	card := newAccount(f.seed, at.ID, fmt.Sprintf("Purchasing Card %d", n+1), at.Name+" Business Purchasing Card", "credit card")
	card.Holder = "business"
	card.limit = f.imprest
	a := f.open(0, 0, card)
	a.card = &billing{closes: 3 + n%8, due: 24, payer: route{f.operating, a, &f.out, &f.in}}
	f.cards = append(f.cards, a)
}

func (f *firm) day(d day) {
	f.restore(d)
	f.purchase(f.operating, d)
	for _, card := range f.cards {
		f.bill(d, card)
		f.purchase(card, d)
	}
}

// restore brings the operating account to its sum on the week's first open day.
func (f *firm) restore(d day) {
	monday := d - day(f.date(d).weekday+6)%7
	if !f.date(d).open || f.settles(monday) != d {
		return
	}
	o := f.occasion("imprest", d, 0)
	switch missing := f.imprest - f.operating.current; {
	case missing > 0:
		f.settle(o, f.operating, &f.client, -missing, 7*hour)
	case missing < 0:
		f.settle(o, f.operating, &f.drawn, -missing, 7*hour)
	}
}

// purchase is a day's shopping on one account: a third less at weekends.
func (f *firm) purchase(a *account, d day) {
	stream := stirText(a.key, "purchase")
	o := f.occasionOf(stream, d, 0)
	rate := f.perDay * 21 / 19
	if w := f.date(d).weekday; w == 0 || w == 6 {
		rate = rate * 2 / 3
	}
	for n := range o.count(int(o.about(int64(rate), 300))) {
		o := f.occasionOf(stream, d, n+1)
		f.run(&f.errands[o.below(len(f.errands))], o, a)
	}
}
