package bank

import "time"

// newFreelancer is one person whose clients pay when they get round to it. The
// business has an account of its own, from which come the owner's draw and the
// estimated tax of each quarter; savings at an online bank carry the thin months.
func newFreelancer(seed uint64, at []Institution, _ *market) *book {
	r := newResident(seed, at, nil)
	luck := r.occasion("luck", r.first, 0)
	r.checking(1, 3_000_00)
	card := r.card(1, 7_500_00)
	firm := r.holds(0, "Business Checking", "checking", 6_500_00)
	firm.Holder = "business"
	savings := r.holds(2, "Online Savings", "savings", 9_000_00)

	r.wallets[rewardsCard], r.wallets[voyagerCard], r.wallets[partnersCard] = card, card, firm
	for _, p := range []payee{
		income("Halloran & Pike", "HALLORAN PIKE AP PAYMENT", "INCOME_CONTRACTOR"),
		income("Kestrel Museum", "KESTREL MUSEUM VENDOR PMT", "INCOME_CONTRACTOR"),
		income("Brightwater Engineering", "BRIGHTWATER ENG AP", "INCOME_CONTRACTOR"),
		income("Oakfield Press", "OAKFIELD PRESS INVOICE", "INCOME_CONTRACTOR"),
	} {
		r.incomes = append(r.incomes, incoming{payee: p, to: firm, cents: luck.about(1_480_00, 150), vary: 600, chance: 50})
	}
	r.draws = []draw{{from: firm, day: 5, reserve: 5_500_00,
		out: moved("OWNER DRAW XX"+tail(r.main), "TRANSFER_OUT_ACCOUNT_TRANSFER", "HIGH"),
		in:  moved("TRANSFER FROM BUSINESS XX"+tail(firm), "TRANSFER_IN_ACCOUNT_TRANSFER", "HIGH")}}
	r.bills = append(some(700, "Northfield Power & Light", "Halcyon Mobile"),
		some(1000, "Lumen Valley Fiber", "Reelhouse", "The Evening Ledger", "Ironworks Gym")...)
	r.bills = append(r.bills, rent(luck.about(1_380_00, 100)),
		bill{day: 15, cents: 2_400_00, vary: 80, months: []time.Month{time.January, time.April, time.June, time.September}, pays: partnersCard,
			payee: biller("", "IRS USATAXPYMT", "GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT", "")},
		bill{day: 8, cents: 54_99, steps: true, pays: partnersCard, payee: web("Pictorial Suite", "PICTORIAL SUITE SUBSCR", "GENERAL_SERVICES_OTHER_GENERAL_SERVICES", "pictorialsuite.example")},
		bill{day: 12, cents: 29_00, pays: partnersCard, payee: web("TaxWright", "TAXWRIGHT BOOKS", "GENERAL_SERVICES_ACCOUNTING_AND_FINANCIAL_PLANNING", "taxwright.example")})
	r.errands, r.thrift = without("weekly shop", "pets", "vet", "house repair", "furniture", "toll", "dentist"), 760
	r.saves(purse{floor: 1_600_00, ceiling: 4_200_00, savings: savings, cushion: 22_000_00, rate: 390})
	return r.book
}
