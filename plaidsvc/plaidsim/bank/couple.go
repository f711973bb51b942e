package bank

import "time"

// newCouple is two people who earn and rent together: a common account and card
// at a large bank; one's own account, the savings and the car loan at a credit
// union.
func newCouple(seed uint64, at []Institution, _ *market) *book {
	r := newResident(seed, at, nil)
	luck := r.occasion("luck", r.first, 0)
	r.checking(0, 2_100_00)
	card := r.card(0, 9_000_00)
	own := r.holds(1, "Partner Checking", "checking", 800_00)
	savings := r.holds(1, "Share Savings", "savings", 4_000_00)
	car := r.holds(1, "Auto Loan", "auto", 0)
	r.main.ownership, card.ownership, savings.ownership = byBoth, byBoth, byBoth
	own.ownership, car.ownership = bySecond, bySecond

	r.wallets[rewardsCard], r.wallets[voyagerCard], r.wallets[partnersCard] = card, card, own
	r.incomes = []incoming{
		{payee: employer(&luck), to: r.main, cents: luck.about(1_420_00, 100), fortnight: true},
		{payee: income("Hollis School District", "HOLLIS SCHOOL DIST DIR DEP", "INCOME_SALARY"), to: own, cents: luck.about(1_150_00, 80), days: []int{1, 15}},
		{payee: taxRefund(), to: r.main, cents: luck.about(900_00, 200), days: []int{18}, months: []time.Month{time.March}},
	}
	r.draws = []draw{{from: own, day: 2, reserve: 600_00,
		out: moved("TRANSFER TO JOINT XX"+tail(r.main), "TRANSFER_OUT_ACCOUNT_TRANSFER", "HIGH"),
		in:  moved("TRANSFER FROM XX"+tail(own), "TRANSFER_IN_ACCOUNT_TRANSFER", "HIGH")}}
	r.bills = append(some(900, "Northfield Power & Light", "Halcyon Mobile", "Keystone Mutual", "Department of Motor Vehicles"),
		some(1000, "Lumen Valley Fiber", "Reelhouse", "Tuneloft", "Stratus Drive", "Ironworks Gym", "Evergreen Life", "TaxWright")...)
	r.bills = append(r.bills, rent(luck.about(1_520_00, 100)))
	r.errands, r.thrift = without("pets", "vet", "house repair", "furniture", "dentist"), 800
	r.owes(loan{account: car, start: month{2001, time.May}, again: 7, months: 60, rate: 610, amount: luck.between(150, 190) * 100_00, due: 17, payer: own,
		out: biller("First Gingham Credit Union", "CU AUTO LOAN PMT", "LOAN_PAYMENTS_CAR_PAYMENT", "gingham.example")})
	r.saves(purse{floor: 1_300_00, ceiling: 3_400_00, savings: savings, cushion: 14_000_00, rate: 120})
	return r.book
}

func taxRefund() payee {
	return payee{text: "IRS TREAS 310 TAX REF", category: "INCOME_TAX_REFUND", channel: "other", code: "transfer", party: "income_source"}
}
