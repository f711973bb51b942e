package bank

// newRetired is two people who live on a pension and on Social Security, owe
// nothing, see doctors, and have a portfolio at a broker.
func newRetired(seed uint64, at []Institution, m *market) *book {
	r := newResident(seed, at, m)
	luck := r.occasion("luck", r.first, 0)
	r.checking(0, 4_200_00)
	card := r.card(0, 8_000_00)
	savings := r.holds(0, "Share Savings", "savings", 12_000_00)
	nest := r.invests(r.holds(1, "Individual", "brokerage", 0), m, mixed())
	for _, a := range r.accounts {
		a.ownership = byBoth
	}
	nest.deposit(r.first.at(9*hour), deposited, luck.between(350, 900)*100_00)

	r.wallets[rewardsCard], r.wallets[voyagerCard] = card, card
	const pension = "INCOME_RETIREMENT_PENSION"
	r.incomes = []incoming{
		{payee: income("Social Security", "SSA TREAS 310 XXSOC SEC", pension), to: r.main, cents: luck.about(1_880_00, 100), days: []int{9}},
		{payee: income("Social Security", "SSA TREAS 310 XXSOC SEC SPOUSE", pension), to: r.main, cents: luck.about(1_120_00, 100), days: []int{16}},
		{payee: income("State Teachers Retirement", "STATE TCHRS RET PENSION", pension), to: r.main, cents: luck.about(1_050_00, 150), days: []int{1}},
	}
	r.bills = some(1000, "Northfield Power & Light", "Clearbrook Water", "Tri-County Waste", "Lumen Valley Fiber", "Halcyon Mobile", "Keystone Mutual",
		"Dutchess Food Bank", "Clearview Opticians", "The Evening Ledger", "TaxWright")
	r.bills = append(r.bills,
		bill{day: 20, cents: 418_00, pays: debitCard, payee: biller("Medigap Alliance", "MEDIGAP ALLIANCE PREMIUM", "GENERAL_SERVICES_INSURANCE", "medigapalliance.example")},
		bill{day: 11, cents: 395_00, pays: debitCard, payee: biller("", "TOWN OF MILLBROOK PROPERTY TAX", "GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT", "")})
	r.errands, r.thrift = without("partner coffee", "games", "train", "parking", "fast food"), 720
	for i := range r.errands {
		if e := &r.errands[i]; e.name == "doctor" || e.name == "pharmacy" {
			e.often = daily(150, 40)
		}
	}
	r.saves(purse{floor: 1_800_00, ceiling: 4_500_00, savings: savings, cushion: 20_000_00, rate: 240, nest: nest})
	return r.book
}
