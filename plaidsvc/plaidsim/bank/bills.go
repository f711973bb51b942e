package bank

import (
	"slices"
	"time"
)

// A bill is something that comes every month, or in some months, on its day.
type bill struct {
	payee  payee
	day    int   // of the month, at most 24
	cents  int64 // of 2025
	vary   int   // perMille by which the amount differs from month to month
	steps  bool  // a subscription: the price stays for months, then rises by 50 cents
	heated bool  // follows the heating season
	months []time.Month
	pays   wallet
}

// biller makes a company that draws money from an account by ACH.
func biller(name, text, category, site string) payee {
	return payee{name: name, text: text, category: category, site: site, channel: "other", code: "direct debit", party: "merchant"}
}

// bills is what a family has to pay. The companies are invented.
func bills() []bill { return append(contracts(), subscriptions()...) }

func contracts() []bill {
	return []bill{
		{day: 14, cents: 13800, vary: 90, heated: true, pays: debitCard, payee: biller("Northfield Power & Light", "NORTHFIELD PWR LT WEB PMT", "RENT_AND_UTILITIES_GAS_AND_ELECTRICITY", "northfieldpower.example")},
		{day: 21, cents: 4700, vary: 120, pays: debitCard, payee: biller("Clearbrook Water", "CLEARBROOK WATER DIST", "RENT_AND_UTILITIES_WATER", "clearbrook.example")},
		{day: 3, cents: 2850, pays: debitCard, payee: biller("Tri-County Waste", "TRI COUNTY WASTE SVC", "RENT_AND_UTILITIES_SEWAGE_AND_WASTE_MANAGEMENT", "tricountywaste.example")},
		{day: 8, cents: 6499, steps: true, pays: debitCard, payee: biller("Lumen Valley Fiber", "LUMEN VALLEY FIBER AUTOPAY", "RENT_AND_UTILITIES_INTERNET_AND_CABLE", "lumenvalley.example")},
		{day: 19, cents: 8400, vary: 30, pays: partnersCard, payee: biller("Halcyon Mobile", "HALCYON MOBILE ACH PMT", "RENT_AND_UTILITIES_TELEPHONE", "halcyonmobile.example")},
		{day: 11, cents: 12650, pays: debitCard, payee: biller("Keystone Mutual", "KEYSTONE MUTUAL AUTO INS", "GENERAL_SERVICES_INSURANCE", "keystonemutual.example")},
		{day: 6, cents: 4200, pays: debitCard, payee: biller("Evergreen Life", "EVERGREEN LIFE PREM", "GENERAL_SERVICES_INSURANCE", "evergreenlife.example")},
		{day: 4, cents: 21000, months: school(), pays: debitCard, payee: biller("After-School House", "AFTER SCHOOL HOUSE TUITION", "GENERAL_SERVICES_CHILDCARE", "")},
		{day: 9, cents: 64000, months: []time.Month{time.June, time.July}, pays: debitCard, payee: biller("Camp Tamarack", "CAMP TAMARACK SESSION FEE", "GENERAL_SERVICES_CHILDCARE", "camptamarack.example")},
		{day: 10, cents: 4000, pays: debitCard, payee: biller("Dutchess Food Bank", "DUTCHESS FOOD BANK GIFT", "GOVERNMENT_AND_NON_PROFIT_DONATIONS", "dutchessfood.example")},
		{day: 16, cents: 8200, months: []time.Month{time.September}, pays: debitCard, payee: biller("Department of Motor Vehicles", "STATE DMV REGISTRATION", "GOVERNMENT_AND_NON_PROFIT_GOVERNMENT_DEPARTMENTS_AND_AGENCIES", "")},
		{day: 24, cents: 11500, months: []time.Month{time.February}, pays: rewardsCard, payee: web("TaxWright", "TAXWRIGHT ONLINE", "GENERAL_SERVICES_ACCOUNTING_AND_FINANCIAL_PLANNING", "taxwright.example")},
		{day: 17, cents: 14000, months: []time.Month{time.March, time.October}, pays: rewardsCard, payee: local("Clearview Opticians", "CLEARVIEW OPTICIANS", "MEDICAL_EYE_CARE")},
		{day: 5, cents: 9500, months: []time.Month{time.May}, pays: voyagerCard, payee: payee{text: "ANNUAL MEMBERSHIP FEE", category: "BANK_FEES_OTHER_BANK_FEES", channel: "other", code: "bank charge", party: "financial_institution"}},
	}
}

func subscriptions() []bill {
	return []bill{
		{day: 12, cents: 1649, steps: true, pays: rewardsCard, payee: web("Reelhouse", "REELHOUSE.EXAMPLE", "ENTERTAINMENT_TV_AND_MOVIES", "reelhouse.example")},
		{day: 20, cents: 1149, steps: true, pays: rewardsCard, payee: web("Tuneloft", "TUNELOFT PREMIUM", "ENTERTAINMENT_MUSIC_AND_AUDIO", "tuneloft.example")},
		{day: 24, cents: 349, steps: true, pays: rewardsCard, payee: web("Stratus Drive", "STRATUS DRIVE STORAGE", "GENERAL_SERVICES_OTHER_GENERAL_SERVICES", "stratusdrive.example")},
		{day: 15, cents: 849, steps: true, pays: partnersCard, payee: guessed(web("The Evening Ledger", "EVENING LEDGER DIGITAL", "GENERAL_MERCHANDISE_BOOKSTORES_AND_NEWSSTANDS", "eveningledger.example"), "GENERAL_SERVICES_OTHER_GENERAL_SERVICES")},
		{day: 2, cents: 4249, steps: true, pays: rewardsCard, payee: payee{name: "Ironworks Gym", text: "IRONWORKS GYM DUES", category: "PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS", site: "ironworksgym.example", channel: "other", code: "standing order", party: "merchant"}},
		{day: 22, cents: 2949, steps: true, pays: rewardsCard, payee: web("Porchlight Security", "PORCHLIGHT SECURITY", "HOME_IMPROVEMENT_SECURITY", "porchlight.example")},
	}
}

// school lists the months with school.
func school() []time.Month {
	return []time.Month{1, 2, 3, 4, 5, 6, 9, 10, 11, 12}
}

// heating is how a month's energy bill compares with the year's mean, perMille.
func heating(m time.Month) int64 {
	return [...]int64{1560, 1480, 1250, 920, 690, 720, 880, 860, 680, 760, 970, 1230}[m-1]
}

// comes tells whether the bill is due on a day, and how much it is.
func (b *book) comes(bl *bill, o *occasion) (int64, bool) {
	today := b.date(o.day)
	if len(bl.months) > 0 && !slices.Contains(bl.months, today.month) {
		return 0, false
	}
	if bl.payee.code == "purchase" && today.dom != bl.day || bl.payee.code != "purchase" && !b.falls(o.day, bl.day) {
		return 0, false
	}
	switch {
	case bl.steps:
		// A price rises on its own anniversary, not at New Year with all others.
		anniversary := o.day - day(bl.cents%12*30)
		return max(0, b.priced(max(b.first, anniversary), bl.cents)/50*50+49), true
	case bl.heated:
		return o.about(b.priced(o.day, bl.cents)*heating(today.month)/1000, bl.vary), true
	}
	return o.about(b.priced(o.day, bl.cents), bl.vary), true
}

// pay pays a bill: by card like a purchase, or drawn from an account.
func (b *book) pay(bl *bill, o occasion, a *account, amount int64) {
	if bl.payee.code == "purchase" || a.Type == "credit" && bl.payee.party == "merchant" {
		b.swipe(o, a, &bl.payee, amount, 0, 5*hour+o.below(4*hour))
		return
	}
	b.debit(o, a, &bl.payee, amount)
}
