package bank

// An everyday is somebody with one wage, one rent, one subscription, and a
// purchase every five days, which is pending for eleven: at any moment a few
// rows are pending. It is about fifty rows in half a year.
type everyday struct {
	*book
	checking, card  *account
	pay, rent, film payee
	shops           []errand
}

const purchaseEvery, purchasePends = 5, 11 // days

func newEveryday(seed uint64, at Institution) *book {
	e := &everyday{book: newBook(seed, 0, millbrook())}
	e.checking = e.open(0, 3_100_00, newAccount(seed, at.ID, "Checking", at.Name+" Checking", "checking"))
	card := newAccount(seed, at.ID, "Credit Card", at.Name+" Credit Card", "credit card")
	card.limit = 4_000_00
	e.card = e.open(0, 0, card)
	e.heed(at)
	out, in := cardPayment("CARD AUTOPAY "+card.Mask, "VERY_HIGH"), cardPayment("AUTOPAY PAYMENT - THANK YOU", "VERY_HIGH")
	e.card.card = &billing{closes: 17, due: 11, payer: route{e.checking, e.card, &out, &in}}
	e.pay = income("Foxglove Logistics", "FOXGLOVE LOGISTICS PAYROLL", "INCOME_SALARY")
	e.rent = biller("Elm Court Apartments", "ELM COURT APARTMENTS RENT", "RENT_AND_UTILITIES_RENT", "")
	e.film = web("Reelhouse", "REELHOUSE.EXAMPLE", "ENTERTAINMENT_TV_AND_MOVIES", "reelhouse.example")
	e.shops = plainErrands()
	e.live = e.day
	return e.book
}

func (e *everyday) day(d day) {
	if e.falls(d, 1) {
		// The wage makes up for what was spent, so that the account stays level.
		missing := round(e.priced(d, 3_100_00)-e.checking.current, 1)
		e.settle(e.occasion("salary", d, 0), e.checking, &e.pay, -max(e.priced(d, 1_650_00), missing), 4*hour)
	}
	if e.falls(d, 3) {
		e.settle(e.occasion("rent", d, 0), e.checking, &e.rent, e.priced(d, 1_290_00), 4*hour)
	}
	if e.date(d).dom == 12 {
		e.settle(e.occasion("film", d, 0), e.card, &e.film, 16_49, 5*hour)
	}
	if d%purchaseEvery == 0 {
		e.purchase(d)
	}
	e.bill(d, e.card)
}

// purchase is made with the card, every other time with the account's own.
func (e *everyday) purchase(d day) {
	o := e.occasion("purchase", d, 0)
	shop := &e.shops[o.below(len(e.shops))]
	from := e.card
	if d/purchaseEvery%2 == 0 {
		from = e.checking
	}
	r := o.row(from, &shop.merchants[o.below(len(shop.merchants))], e.priced(d, o.between(shop.low, shop.high)))
	r.pending, r.shown = !from.mute, d.at(9*hour+o.below(9*hour))
	r.settled = (d + purchasePends).at(3*hour + o.below(2*hour))
	e.enter(r)
}
