package bank

import (
	"slices"
	"strings"
)

// A single is who signs in at a bank where the household is no customer: one
// person with a checking and a savings account, with a card where the bank is
// known for one, and with investment accounts where it is known for those.
type single struct {
	*book
	checking, savings *account
	card              *account // nil is none
	wallet            *account // what the errands are paid with
	errands           []errand
	bills             []bill
	pay, rent         payee
	out, in, interest payee
	investing         payee
	nests
}

// newSingle is the life of whoever signs in at a bank.
func newSingle(seed uint64, at Institution, m *market) *book { return moveIn(seed, at, m).book }

// moveIn moves a person in on the Epoch, in the bank's own country.
func moveIn(seed uint64, at Institution, m *market) *single {
	home, currency := millbrook(), "USD"
	switch at.Countries[0] {
	case "CA":
		home, currency = place{city: "Guelph", region: "ON", postal: "N1H 3A1", country: "CA", streets: []string{"Wyndham St N", "Quebec St"}}, "CAD"
	case "GB":
		home, currency = place{city: "Otley", postal: "LS21 1AD", country: "GB", streets: []string{"Boroughgate", "Kirkgate"}}, "GBP"
	}
	s := &single{book: newBook(seed, 0, home), errands: plainErrands()}
	checking := newAccount(seed, at.ID, offers(at.ID).checking, at.Name+" Checking", "checking")
	savings := newAccount(seed, at.ID, offers(at.ID).savings, at.Name+" Savings", "savings")
	checking.Currency, savings.Currency = currency, currency
	s.checking, s.savings = s.open(0, 1_900_00, checking), s.open(0, 3_200_00, savings)
	s.wallet = s.checking
	if name := offers(at.ID).card; name != "" {
		s.issue(newAccount(seed, at.ID, name, at.Name+" "+name+" Card", "credit card"))
	}
	s.nest(at, m)
	s.heed(at)
	s.word()
	s.live = s.day
	return s
}

// heed makes the accounts of a book that is kept at one bank behave as that
// bank's do.
func (b *book) heed(at Institution) {
	for _, a := range b.accounts {
		a.mute = mutes(at.ID)
		if remembers(at.ID) {
			a.PersistentID = persistent(a.ID)
		}
	}
}

// issue gives the person a card, which the errands are then paid with and which
// is paid in full each month.
func (s *single) issue(card account) {
	card.limit = 6_500_00
	s.card = s.open(0, 0, card)
	s.wallet = s.card
	out, in := cardPayment("CARD AUTOPAY "+card.Mask, "VERY_HIGH"), cardPayment("AUTOPAY PAYMENT - THANK YOU", "VERY_HIGH")
	s.card.card = &billing{closes: 17, due: 11, payer: route{s.checking, s.card, &out, &in}}
}

// plainErrands are those that anybody anywhere runs.
func plainErrands() []errand {
	names := []string{"weekly shop", "coffee", "fast food", "dinner out", "marketplace", "clothes", "superstore", "pharmacy", "convenience", "ride", "games"}
	return slices.DeleteFunc(errands(), func(e errand) bool { return !slices.Contains(names, e.name) })
}

func (s *single) word() {
	s.pay = income("Foxglove Logistics", "FOXGLOVE LOGISTICS PAYROLL", "INCOME_SALARY")
	s.rent = biller("Elm Court Apartments", "ELM COURT APARTMENTS RENT", "RENT_AND_UTILITIES_RENT", "")
	s.out = moved("TRANSFER TO SAVINGS "+s.savings.Mask, "TRANSFER_OUT_SAVINGS", "HIGH")
	s.in = moved("TRANSFER FROM CHECKING "+s.checking.Mask, "TRANSFER_IN_SAVINGS", "HIGH")
	s.investing = moved("EMBER INDEX FUNDS PURCHASE", "TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS", "HIGH")
	s.interest = payee{text: "INTEREST PAID", category: "INCOME_INTEREST_EARNED", channel: "other", code: "interest", party: "financial_institution"}
	s.bills = slices.DeleteFunc(bills(), func(b bill) bool {
		return !strings.HasPrefix(b.payee.category, "ENTERTAINMENT_") && b.payee.category != "RENT_AND_UTILITIES_TELEPHONE" && b.payee.category != "RENT_AND_UTILITIES_GAS_AND_ELECTRICITY"
	})
}

func (s *single) day(d day) {
	if s.falls(d, 1) {
		s.settle(s.occasion("salary", d, 0), s.checking, &s.pay, -s.priced(d, 3_240_00), 4*hour)
	}
	if s.falls(d, 3) {
		s.debit(s.occasion("rent", d, 0), s.checking, &s.rent, s.priced(d, 1_290_00))
	}
	for i := range s.bills {
		o := s.occasion(s.bills[i].payee.text, d, 0)
		if amount, due := s.comes(&s.bills[i], &o); due {
			s.book.pay(&s.bills[i], o, s.checking, amount)
		}
	}
	for i := range s.errands {
		e := &s.errands[i]
		for n := range s.times(e, d) {
			// One person does less than the family that the errands were made for.
			if o := s.occasion(e.name, d, n+1); o.chance(650) {
				s.run(e, o, s.wallet)
			}
		}
	}
	if s.card != nil {
		s.bill(d, s.card)
	}
	s.save(d)
	s.nestDay(d)
}

// save keeps checking near a month's spending; the interest of savings is paid,
// and what grows above a reserve is invested once a year.
func (s *single) save(d day) {
	if spare := round(s.checking.current-s.checking.pending-s.priced(d, 2_600_00), 25_00); s.falls(d, 22) && spare > 0 {
		s.transfer(s.occasion("saving", d, 0), route{s.checking, s.savings, &s.out, &s.in}, spare, spare)
	}
	if spare := round(s.savings.current-s.priced(d, 9_000_00), 100_00); s.date(d).month == 1 && s.falls(d, 12) && spare > 0 {
		s.settle(s.occasion("investing", d, 0), s.savings, &s.investing, spare, 9*hour)
		if s.saved != nil {
			s.saved.deposit(d.at(16*hour), deposited, spare)
		}
	}
	s.credit(d, s.savings, &s.interest, 210)
}
