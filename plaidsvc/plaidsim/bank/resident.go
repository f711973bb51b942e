package bank

import "slices"

// A resident is a household with a modest life, of one person or two: what
// comes in, what has to be paid, what is bought, and what is put away. The kinds
// of them are in files of their own; what they have in common is here.
type resident struct {
	*book
	at      []Institution // the banks, by log
	main    *account      // what the bills are paid from
	wallets [cardCount]*account
	incomes []incoming
	draws   []draw
	bills   []bill
	errands []errand
	thrift  int // perMille of what the family would buy
	loans   []*loan
	purse   purse
	market  *market
}

// newResident moves somebody in on the Epoch.
func newResident(seed uint64, at []Institution, m *market) *resident {
	r := &resident{book: newBook(seed, 0, millbrook()), at: at, market: m}
	r.live = r.day
	return r
}

// holds opens an account at one of the banks.
func (r *resident) holds(log int, name, subtype string, balance int64) *account {
	at := r.at[log]
	a := r.open(log, balance, newAccount(r.seed, at.ID, name, at.Name+" "+name, subtype))
	a.mute = mutes(at.ID)
	if remembers(at.ID) {
		a.PersistentID = persistent(a.ID)
	}
	return a
}

// checking opens the account that bills are paid from, under the bank's name
// for it. Until there are cards, everything is paid with it.
func (r *resident) checking(log int, balance int64) *account {
	r.main = r.holds(log, offers(r.at[log].ID).checking, "checking", balance)
	for w := range r.wallets {
		r.wallets[w] = r.main
	}
	return r.main
}

// card opens a card that is paid in full from the main account.
func (r *resident) card(log int, limit int64) *account {
	name := offers(r.at[log].ID).card
	if name == "" {
		name = "Cash Back Card"
	}
	a := r.holds(log, name, "credit card", 0)
	a.limit = limit
	out, in := cardPayment("CARD AUTOPAY "+tail(a), "VERY_HIGH"), cardPayment("AUTOPAY PAYMENT - THANK YOU", "VERY_HIGH")
	a.card = &billing{closes: 16, due: 10, payer: route{r.main, a, &out, &in}}
	return a
}

// owes takes out a loan for the first time.
func (r *resident) owes(l loan) {
	l.account.loan = &l
	r.loans = append(r.loans, &l)
}

// day is what a resident does on a day. What reads balances comes last.
func (r *resident) day(d day) {
	for i := range r.incomes {
		r.earn(&r.incomes[i], d)
	}
	for i := range r.bills {
		o := r.occasion(r.bills[i].payee.text, d, 0)
		if amount, due := r.comes(&r.bills[i], &o); due {
			r.pay(&r.bills[i], o, r.wallets[r.bills[i].pays], amount)
		}
	}
	for _, l := range r.loans {
		r.serve(l, d)
	}
	r.shop(d)
	for _, a := range r.accounts {
		if a.card != nil {
			r.bill(d, a)
		}
	}
	r.keep(d)
	if r.market != nil {
		r.invested(r.market, d)
	}
}

// shop is an ordinary day's errands.
func (r *resident) shop(d day) {
	for i := range r.errands {
		e := &r.errands[i]
		for n := range r.times(e, d) {
			if o := r.occasion(e.name, d, n+1); o.chance(r.thrift) {
				r.run(e, o, r.wallets[e.pays])
			}
		}
	}
}

// some are the bills of those payees, at a share of what the family pays, in
// thousandths. Who has more bills than these adds them.
func some(share int64, payees ...string) []bill {
	var out []bill
	for _, b := range bills() {
		if slices.Contains(payees, b.payee.name) {
			b.cents = b.cents * share / 1000
			b.pays = debitCard
			out = append(out, b)
		}
	}
	return out
}

// rent is what somebody pays who owns no house.
func rent(cents int64) bill {
	return bill{day: 3, cents: cents, pays: debitCard, payee: biller("Elm Court Apartments", "ELM COURT APARTMENTS RENT", "RENT_AND_UTILITIES_RENT", "")}
}

// without are the errands but some, by name.
func without(names ...string) []errand {
	return slices.DeleteFunc(errands(), func(e errand) bool { return slices.Contains(names, e.name) })
}
