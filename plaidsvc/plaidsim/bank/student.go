package bank

import "time"

// newStudent is one person who works beside studying, with help from home and a
// student loan at a lender.
func newStudent(seed uint64, at []Institution, _ *market) *book {
	r := newResident(seed, at, nil)
	luck := r.occasion("luck", r.first, 0)
	r.checking(0, 900_00)
	card := r.card(0, 1_500_00)
	savings := r.holds(0, offers(at[0].ID).savings, "savings", 600_00)
	owed := r.holds(1, "Student Loan", "student", 0)

	r.wallets[rewardsCard] = card
	r.incomes = []incoming{
		{payee: income("Second Cup Society", "SECOND CUP SOCIETY PAYROLL", "INCOME_SALARY"), to: r.main, cents: luck.about(560_00, 100), vary: 200, fortnight: true},
		{payee: moved("ZELLE FROM MOM", "TRANSFER_IN_TRANSFER_IN_FROM_APPS", "HIGH"), to: r.main, cents: luck.about(720_00, 150), days: []int{1}},
		{payee: income("Hollis College", "HOLLIS COLLEGE STIPEND", "INCOME_OTHER"), to: r.main, cents: luck.about(1_300_00, 100), days: []int{20}, months: []time.Month{time.January, time.August}},
	}
	r.bills = append(some(300, "Northfield Power & Light", "Halcyon Mobile"), some(1000, "Tuneloft")...)
	r.bills = append(r.bills, rent(luck.about(540_00, 100)),
		bill{day: 24, cents: 720_00, months: []time.Month{time.January, time.August}, pays: debitCard, payee: biller("Hollis College", "HOLLIS COLLEGE FEES", "GENERAL_SERVICES_EDUCATION", "holliscollege.example")})
	r.errands, r.thrift = without("pets", "vet", "house repair", "furniture", "car care", "toll", "parking", "dentist", "hardware", "wine", "electronics", "hair", "dry cleaning"), 400
	in, paidOut := moved("PRINCIPAL PAYMENT RECEIVED", "TRANSFER_IN_OTHER_TRANSFER_IN", "MEDIUM"), moved("LOAN DISBURSEMENT", "LOAN_DISBURSEMENTS_STUDENT", "HIGH")
	r.owes(loan{account: owed, start: month{2000, time.September}, again: 9, months: 96, rate: 450, amount: luck.between(70, 95) * 100_00, due: 12, payer: r.main,
		out: biller("Tartan Student Lending", "TARTAN STUDENT LN PMT", "LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT", "tartan.example"), in: &in, paidOut: &paidOut})
	r.saves(purse{floor: 350_00, ceiling: 1_300_00, savings: savings, cushion: 3_500_00, rate: 60})
	return r.book
}
