package bank

// A wording is how the banks write what is neither a purchase nor a bill:
// salaries, transfers, interest. It names accounts by their masks.
type wording struct {
	salary, partnersPay, bonus, taxRefund, stateRefund  payee
	mortgage, rent, car, student                        payee
	studentIn, studentOut, carDown, houseDown           payee
	rewardsOut, rewardsIn, voyagerOut, voyagerIn        payee
	toRainy, fromEveryday, fromRainy, toEveryday        payee
	toShare, shareIn, shareOut, shareBack               payee
	partnersOut, partnersIn                             payee
	toEuro, euroIn, toFunds, rainyToFunds               payee
	interest, shareInterest                             payee
	cash, foreignCash, atmFee, foreignFee, piano        payee
	flights, booking, language, euroCash, rental, lodge payee
}

func newWording(f *family) wording {
	w := wording{
		rewardsOut: cardPayment("PLATYPUS CARD AUTOPAY "+tail(f.rewards), "VERY_HIGH"),
		rewardsIn:  cardPayment("AUTOPAY PAYMENT - THANK YOU", "VERY_HIGH"),
		voyagerOut: cardPayment("VOYAGER CARD AUTOPAY "+tail(f.voyager), "HIGH"),
		voyagerIn:  cardPayment("PAYMENT RECEIVED - THANK YOU", "VERY_HIGH"),

		toRainy:      moved("ONLINE TRANSFER TO SAV "+tail(f.rainy), "TRANSFER_OUT_SAVINGS", "HIGH"),
		fromEveryday: moved("ONLINE TRANSFER FROM CHK "+tail(f.everyday), "TRANSFER_IN_SAVINGS", "HIGH"),
		fromRainy:    moved("ONLINE TRANSFER TO CHK "+tail(f.everyday), "TRANSFER_OUT_SAVINGS", "MEDIUM"),
		toEveryday:   moved("ONLINE TRANSFER FROM SAV "+tail(f.rainy), "TRANSFER_IN_SAVINGS", "HIGH"),
		toShare:      moved("FIRST GINGHAM CU XFER", "TRANSFER_OUT_SAVINGS", "MEDIUM"),
		shareIn:      moved("ACH DEPOSIT PLATYPUS CHK "+tail(f.everyday), "TRANSFER_IN_SAVINGS", "HIGH"),
		shareOut:     moved("ACH WITHDRAWAL TO PLATYPUS "+tail(f.everyday), "TRANSFER_OUT_SAVINGS", "MEDIUM"),
		shareBack:    moved("FIRST GINGHAM CU DEPOSIT", "TRANSFER_IN_SAVINGS", "MEDIUM"),
		partnersOut:  moved("TRANSFER TO PLATYPUS XX"+tail(f.everyday), "TRANSFER_OUT_ACCOUNT_TRANSFER", "HIGH"),
		partnersIn:   moved("TARTAN BANK XFER FROM XX"+tail(f.partners), "TRANSFER_IN_ACCOUNT_TRANSFER", "HIGH"),
		toEuro:       moved("FX TRANSFER TO EUR "+tail(f.euro), "TRANSFER_OUT_ACCOUNT_TRANSFER", "HIGH"),
		euroIn:       moved("FX TRANSFER FROM USD "+tail(f.everyday), "TRANSFER_IN_ACCOUNT_TRANSFER", "HIGH"),
		toFunds:      moved("TARTAN INVEST CONTRIBUTION", "TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS", "VERY_HIGH"),
		rainyToFunds: moved("TARTAN INVEST TRANSFER", "TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS", "HIGH"),
	}
	w.nameIncome()
	w.nameDebts()
	w.nameOddities()
	w.nameTrips()
	return w
}

func (w *wording) nameIncome() {
	w.salary = income("Brightwater Engineering", "BRIGHTWATER ENG PAYROLL PPD", "INCOME_SALARY")
	w.partnersPay = income("Hollis School District", "HOLLIS SCHOOL DIST DIR DEP", "INCOME_SALARY")
	w.bonus = income("Brightwater Engineering", "BRIGHTWATER ENG BONUS PPD", "INCOME_SALARY")
	w.taxRefund = payee{text: "IRS TREAS 310 TAX REF", category: "INCOME_TAX_REFUND", channel: "other", code: "transfer", party: "income_source"}
	w.stateRefund = payee{text: "NYS DTF PIT TAX REFUND", category: "INCOME_TAX_REFUND", channel: "other", code: "transfer", party: "income_source", sure: "HIGH"}
	w.interest = payee{text: "INTEREST PAYMENT", category: "INCOME_INTEREST_EARNED", channel: "other", code: "interest", party: "financial_institution"}
	w.shareInterest = payee{text: "SHARE DIVIDEND", category: "INCOME_INTEREST_EARNED", channel: "other", code: "interest", party: "financial_institution", sure: "HIGH"}
}

func (w *wording) nameDebts() {
	w.mortgage = biller("First Gingham Credit Union", "FIRST GINGHAM CU MTG PMT", "LOAN_PAYMENTS_MORTGAGE_PAYMENT", "gingham.example")
	w.rent = biller("Harts Village Rentals", "HARTS VILLAGE RENTALS", "RENT_AND_UTILITIES_RENT", "")
	w.car = biller("First Gingham Credit Union", "FIRST GINGHAM CU AUTO LOAN", "LOAN_PAYMENTS_CAR_PAYMENT", "gingham.example")
	w.student = biller("Tartan Student Lending", "TARTAN STUDENT LN PMT", "LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT", "tartan.example")
	// The lender's own rows are no second spending: the payment is told where
	// it left the checking account.
	w.studentIn = moved("PRINCIPAL PAYMENT RECEIVED", "TRANSFER_IN_OTHER_TRANSFER_IN", "MEDIUM")
	w.studentOut = moved("REFINANCE DISBURSEMENT", "LOAN_DISBURSEMENTS_STUDENT", "HIGH")
	w.carDown = payee{name: "Valley Auto Gallery", text: "VALLEY AUTO GALLERY", category: "GENERAL_SERVICES_AUTOMOTIVE", channel: "other", code: "cheque", party: "merchant", sure: "LOW"}
	w.houseDown = payee{text: "WIRE OUT DUTCHESS TITLE & ESCROW", category: "TRANSFER_OUT_WIRE", channel: "other", code: "transfer", sure: "HIGH"}
}

func (w *wording) nameOddities() {
	w.cash = payee{text: "ATM WITHDRAWAL PLATYPUS MAIN ST", category: "TRANSFER_OUT_WITHDRAWAL", code: "atm", party: "financial_institution"}
	w.foreignCash = payee{text: "NON-NETWORK ATM WITHDRAWAL QUICKSTEP", category: "TRANSFER_OUT_WITHDRAWAL", code: "atm", sure: "HIGH"}
	w.atmFee = payee{text: "NON-NETWORK ATM FEE", category: "BANK_FEES_ATM_FEES", channel: "other", code: "bank charge", party: "financial_institution"}
	w.foreignFee = payee{text: "FOREIGN TRANSACTION FEE", category: "BANK_FEES_FOREIGN_TRANSACTION_FEES", channel: "other", code: "bank charge", party: "financial_institution"}
	w.piano = payee{text: "CHECK #", category: "OTHER_OTHER", channel: "other", code: "cheque", sure: "LOW"}
}

func (w *wording) nameTrips() {
	lake := &place{city: "Lake Placid", region: "NY", postal: "12946", country: "US", streets: []string{"Mirror Lake Dr", "Saranac Ave"}}
	w.flights = web("Meridian Airways", "MERIDIAN AIRWAYS 0162214478", "TRAVEL_FLIGHTS", "meridianair.example")
	w.booking = web("Staywell Booking", "STAYWELL*HOTEL RESERVATION", "TRAVEL_LODGING", "staywell.example")
	w.language = web("Língua Viva", "LINGUA VIVA ASSINATURA", "GENERAL_SERVICES_EDUCATION", "linguaviva.example")
	w.euroCash = payee{text: "ATM WITHDRAWAL AEROPORTO", category: "TRANSFER_OUT_WITHDRAWAL", channel: "other", code: "atm", sure: "HIGH"}
	w.rental = web("Roundtrip Rentals", "ROUNDTRIP RENT A CAR", "TRAVEL_RENTAL_CARS", "roundtriprent.example")
	w.lodge = payee{name: "Loon Bay Lodge", text: "LOON BAY LODGE", category: "TRAVEL_LODGING", code: "purchase", party: "merchant", place: lake}
}

func tail(a *account) string { return a.Mask }

// cardPayment is a leg of a card's bill.
func cardPayment(text, sure string) payee {
	return payee{text: text, category: "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT", channel: "other", code: "bill payment", sure: sure, party: "financial_institution"}
}

// moved is a leg of a transfer. Transfers have no merchant.
func moved(text, category, sure string) payee {
	return payee{text: text, category: category, channel: "other", code: "transfer", sure: sure}
}

func income(name, text, category string) payee {
	return payee{name: name, text: text, category: category, channel: "other", code: "transfer", party: "income_source"}
}
