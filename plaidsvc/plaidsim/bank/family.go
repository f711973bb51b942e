package bank

import "time"

// A family is the household everybody meets first: two earners, a child, a
// house, a car, and accounts at four banks. The log numbers of its accounts
// are the places of their banks in familyBanks.
type family struct {
	*book
	everyday, rainy, rewards *account // First Platypus Bank
	share, car, house        *account // First Gingham Credit Union
	partners, student, funds *account // Tartan Bank
	voyager, euro            *account // Platypus OAuth Bank

	wallets [cardCount]*account
	errands []errand
	bills   []bill
	loans   []loan
	words   wording
	abroad  []destination
	fuel    payee
	market  *market
}

// familyBanks are the banks of the family, in the order of its logs.
func familyBanks() []string {
	return []string{"ins_109508", "ins_109509", "ins_109511", "ins_127287"}
}

func millbrook() place {
	return place{city: "Millbrook", region: "NY", postal: "12545", country: "US",
		streets: []string{"Main St", "Union Ave", "Franklin Ave", "Church St", "Harts Village Rd", "Depot Hill Rd"}}
}

// newFamily moves the family in on the Epoch.
func newFamily(seed uint64, m *market) *book {
	f := &family{book: newBook(seed, 0, millbrook()), errands: errands(), bills: bills(), abroad: destinations(), fuel: fuel(), market: m}
	f.openAccounts()
	f.words = newWording(f)
	f.wallets = [cardCount]*account{rewardsCard: f.rewards, debitCard: f.everyday, voyagerCard: f.voyager, partnersCard: f.partners}
	f.invests(f.funds, f.market, mixed()).deposit(f.first.at(9*hour), deposited, 18_000_00)
	f.borrow()
	f.rewards.card = &billing{closes: 20, due: 14, payer: route{f.everyday, f.rewards, &f.words.rewardsOut, &f.words.rewardsIn}}
	f.voyager.card = &billing{closes: 25, due: 19, payer: route{f.everyday, f.voyager, &f.words.voyagerOut, &f.words.voyagerIn}}
	f.live = f.day
	return f.book
}

func (f *family) openAccounts() {
	f.everyday = f.account(0, "Everyday Checking", "Platypus Everyday Checking", "checking", 2_400_00)
	f.rainy = f.account(0, "Rainy Day Savings", "Platypus High Yield Savings", "savings", 6_500_00)
	f.rewards = f.account(0, "Rewards Card", "Platypus Cash Rewards Visa Signature", "credit card", 310_25)
	f.rewards.limit = 12_000_00
	f.share = f.account(1, "Share Savings", "Gingham Primary Share Savings", "savings", 1_800_00)
	f.car = f.account(1, "Auto Loan", "Gingham New Auto Loan", "auto", 0)
	f.house = f.account(1, "Home Mortgage", "Gingham 30 Year Fixed Mortgage", "mortgage", 0)
	f.partners = f.account(2, "Partner Checking", "Tartan Free Checking", "checking", 1_150_00)
	f.student = f.account(2, "Student Loan", "Tartan Student Refinance", "student", 0)
	f.funds = f.account(2, "Brokerage", "Tartan Invest Individual Brokerage", "brokerage", 0)
	f.voyager = f.account(3, "Voyager Card", "Platypus Voyager Travel Card", "credit card", 0)
	f.voyager.limit = 9_000_00
	f.euro = f.account(3, "Travel Account EUR", "Platypus Foreign Currency Account", "checking", 140_00)
	f.euro.Currency = "EUR"
	for _, a := range []*account{f.everyday, f.rainy, f.rewards, f.house} {
		a.ownership = byBoth
	}
	for _, a := range []*account{f.partners, f.student, f.funds} {
		a.ownership = bySecond
	}
	for _, a := range f.accounts {
		a.mute = a.log == 2   // Tartan tells nothing before it posts
		a.clocks = a.log == 3 // Platypus OAuth tells the time of day
		if a.clocks {
			a.PersistentID = persistent(a.ID)
		}
	}
}

func (f *family) account(log int, name, official, subtype string, balance int64) *account {
	return f.open(log, balance, newAccount(f.seed, familyBanks()[log], name, official, subtype))
}

func (f *family) borrow() {
	o := f.occasion("borrow", f.first, 0)
	home, car := o.between(284, 304)*1_000_00, o.between(185, 215)*100_00
	f.loans = []loan{
		{account: f.house, start: month{2014, time.August}, months: 360, rate: 388, amount: home, due: 1, escrow: 465_00, payer: f.everyday, out: f.words.mortgage},
		{account: f.car, start: month{2000, time.March}, again: 6, months: 60, rate: 560, amount: car, due: 18, payer: f.everyday, out: f.words.car},
		{account: f.student, start: month{2013, time.September}, months: 240, rate: 450, amount: 24_000_00, due: 12, payer: f.partners, out: f.words.student, in: &f.words.studentIn, paidOut: &f.words.studentOut},
	}
	for i := range f.loans {
		f.loans[i].account.loan = &f.loans[i]
	}
}

// day is what the family does on a day. What reads balances comes last.
func (f *family) day(d day) {
	f.earn(d)
	f.owe(d)
	if !f.travel(d) {
		f.shop(d)
	}
	f.settleCards(d)
	f.save(d)
	f.invested(f.market, d)
}

func (f *family) settleCards(d day) {
	f.bill(d, f.rewards)
	f.bill(d, f.voyager)
}
