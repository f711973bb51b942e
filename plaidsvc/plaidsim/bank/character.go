package bank

import "slices"

// A character is a person, or a couple, with the life of a sketch: money comes
// in by its incomes and goes out by its bills and errands. What is left over at
// the end of a month is saved, or, where nobody saves, sent home; what is not
// there is not spent, but by those who overdraw.
type character struct {
	*book
	sketch
	checking, savings, card *account
	wallet                  *account
	shops                   []errand
	loans                   []loan
	out, in, interest, home payee
	advance, repaid, fee    payee
	owes                    int64 // of advances
}

// newCharacter moves a character in on the Epoch.
func newCharacter(seed uint64, at Institution, s sketch) *book {
	c := &character{book: newBook(seed, 0, millbrook()), sketch: s}
	c.checking = c.open(0, 900_00, newAccount(seed, at.ID, "Checking", at.Name+" Checking", "checking"))
	c.wallet = c.checking
	if s.saves {
		c.savings = c.open(0, 2_500_00, newAccount(seed, at.ID, "Savings", at.Name+" Savings", "savings"))
	}
	if s.limit > 0 {
		card := newAccount(seed, at.ID, "Credit Card", at.Name+" Rewards Card", "credit card")
		card.limit = s.limit
		c.card = c.open(0, 0, card)
		c.wallet = c.card
		out, in := cardPayment("CARD AUTOPAY "+card.Mask, "VERY_HIGH"), cardPayment("AUTOPAY PAYMENT - THANK YOU", "VERY_HIGH")
		c.card.card = &billing{closes: 19, due: 13, payer: route{c.checking, c.card, &out, &in}}
	}
	c.lend(at)
	if s.joint {
		for _, a := range c.accounts {
			a.ownership = byBoth
		}
	}
	for i := range c.incomes {
		c.incomes[i].to = c.checking
	}
	c.shops = slices.DeleteFunc(errands(), func(e errand) bool { return !slices.Contains(s.errands, e.name) })
	c.heed(at)
	c.word()
	c.live = c.day
	return c.book
}

// lend opens the accounts of the sketch's loans.
func (c *character) lend(at Institution) {
	c.loans = slices.Clone(c.borrows)
	for i := range c.loans {
		l := &c.loans[i]
		kind := map[int]string{60: "auto", 120: "student", 360: "mortgage"}[l.months]
		name := map[string]string{"auto": "Auto Loan", "student": "Student Loan", "mortgage": "Mortgage"}[kind]
		l.account = c.open(0, 0, newAccount(c.seed, at.ID, name, at.Name+" "+name, kind))
		l.account.loan, l.payer = l, c.checking
		category := map[string]string{"auto": "LOAN_PAYMENTS_CAR_PAYMENT", "student": "LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT", "mortgage": "LOAN_PAYMENTS_MORTGAGE_PAYMENT"}[kind]
		l.out = biller("", "LOAN PAYMENT "+l.account.Mask, category, "")
		if kind == "student" {
			in, paidOut := cardPayment("PAYMENT - THANK YOU", "HIGH"), moved("LOAN DISBURSEMENT", "LOAN_DISBURSEMENTS_STUDENT", "HIGH")
			in.category = category
			l.in, l.paidOut = &in, &paidOut
		}
	}
}

func (c *character) word() {
	if c.savings != nil {
		c.out = moved("TRANSFER TO SAVINGS "+c.savings.Mask, "TRANSFER_OUT_SAVINGS", "HIGH")
		c.in = moved("TRANSFER FROM CHECKING "+c.checking.Mask, "TRANSFER_IN_SAVINGS", "HIGH")
	}
	c.home = moved("POCKETPAY TRANSFER TO FAMILY", "TRANSFER_OUT_TRANSFER_OUT_FROM_APPS", "MEDIUM")
	if c.savings != nil {
		c.home = moved("EMBER INDEX FUNDS PURCHASE", "TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS", "HIGH")
	}
	c.interest = payee{text: "INTEREST PAID", category: "INCOME_INTEREST_EARNED", channel: "other", code: "interest", party: "financial_institution"}
	c.advance = payee{name: "Payday Bridge", text: "PAYDAY BRIDGE ADVANCE", category: "LOAN_DISBURSEMENTS_EWA", channel: "other", code: "transfer", party: "merchant"}
	c.repaid = payee{name: "Payday Bridge", text: "PAYDAY BRIDGE REPAYMENT", category: "LOAN_PAYMENTS_EWA", channel: "other", code: "direct debit", party: "merchant"}
	c.fee = payee{text: "OVERDRAFT ITEM FEE", category: "BANK_FEES_OVERDRAFT_FEES", channel: "other", code: "bank charge", party: "financial_institution"}
}

// day is what a character does on a day. What reads balances comes last.
func (c *character) day(d day) {
	before := c.checking.current
	for i := range c.incomes {
		c.earn(&c.incomes[i], d)
	}
	if c.checking.current > before {
		c.repay(d)
	}
	for i := range c.loans {
		c.serve(&c.loans[i], d)
	}
	for i := range c.bills {
		bl := &c.bills[i]
		o := c.occasion(bl.payee.text, d, 0)
		if amount, due := c.comes(bl, &o); due {
			c.pay(bl, o, c.checking, amount)
		}
	}
	c.shop(d)
	if c.card != nil {
		c.bill(d, c.card)
	}
	c.borrowAhead(d)
	c.keep(d)
}

// shop runs the errands that there is money for.
func (c *character) shop(d day) {
	for i := range c.shops {
		e := &c.shops[i]
		for n := range c.times(e, d) {
			o := c.occasion(e.name, d, n+1)
			if o.chance(c.spends) && c.affords(c.priced(d, e.high)) {
				c.run(e, o, c.wallet)
			}
		}
	}
	if c.overdraw && c.spendable() < 0 && c.date(d).open && c.date(d).weekday == 2 {
		c.settle(c.occasion("overdraft", d, 0), c.checking, &c.fee, 34_00, 22*hour)
	}
}

// affords tells whether somebody would spend so much. Who has savings does not
// look; who overdraws stops when the bank would.
func (c *character) affords(cents int64) bool {
	switch {
	case c.overdraw:
		return c.spendable() > -450_00
	case c.saves:
		return true
	case c.card != nil:
		return c.spendable()-c.card.current-c.card.pending > cents
	}
	return c.spendable() > cents
}

func (c *character) spendable() int64 { return c.checking.current - c.checking.pending }

// borrowAhead has a part of the next wage paid out when money is short.
func (c *character) borrowAhead(d day) {
	if !c.advances || c.spendable() > c.priced(d, 60_00) || c.owes > c.priced(d, 150_00) {
		return
	}
	o := c.occasion("advance", d, 0)
	cents := round(c.priced(d, 40_00+int64(o.below(4))*20_00), 5_00)
	c.owes += cents
	c.settle(o, c.checking, &c.advance, -cents, 13*hour)
}

// repay pays the advances back out of the wage they were on.
func (c *character) repay(d day) {
	if c.owes > 0 {
		c.settle(c.occasion("repayment", d, 0), c.checking, &c.repaid, c.owes, 5*hour)
		c.owes = 0
	}
}

// keep puts away what is left of a month, and gets it back when the account
// would run dry. Savings pay interest; above a reserve they are invested.
func (c *character) keep(d day) {
	floor := c.priced(d, c.keeps)
	spare := round(c.spendable()-floor, 25_00)
	if c.savings == nil {
		if c.falls(d, 24) && spare > 0 {
			c.settle(c.occasion("home", d, 0), c.checking, &c.home, spare, 18*hour)
		}
		return
	}
	if c.falls(d, 22) && spare > 0 {
		c.transfer(c.occasion("saving", d, 0), route{c.checking, c.savings, &c.out, &c.in}, spare, spare)
	}
	if need := min(round(floor-c.spendable(), 25_00), round(c.savings.current, 1_00)); c.spendable() < floor/3 && need > 0 {
		back, arrived := c.in, c.out
		back.category, arrived.category = "TRANSFER_OUT_SAVINGS", "TRANSFER_IN_SAVINGS"
		c.transfer(c.occasion("refill", d, 0), route{c.savings, c.checking, &back, &arrived}, need, need)
	}
	if extra := round(c.savings.current-c.priced(d, 12_000_00), 100_00); c.date(d).month == 1 && c.falls(d, 12) && extra > 0 {
		c.settle(c.occasion("investing", d, 0), c.savings, &c.home, extra, 9*hour)
	}
	c.credit(d, c.savings, &c.interest, 210)
}
