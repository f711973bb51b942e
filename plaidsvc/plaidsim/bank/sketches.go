package bank

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// sketches are the characters by the part they play. Employers and landlords are
// invented.
func sketches() map[Part]sketch {
	all := spenders()
	maps.Copy(all, earners())
	return all
}

// What people buy: those who have to look at prices, and those who do not.
const (
	thrifty = "weekly shop,top-up shop,fast food,convenience,pharmacy"
	lavish  = "weekly shop,coffee,fast food,dinner out,wine,marketplace,clothes,electronics,cinema,ride,games,hair"
)

// spenders are known for how they spend.
func spenders() map[Part]sketch {
	return map[Part]sketch{
		WageAdvancer: {
			incomes: []incoming{{payee: income("Harbor Warehousing", "HARBOR WAREHOUSING PAYROLL", "INCOME_SALARY"), cents: 435_00, vary: 90, days: []int{3, 10, 17, 24}}},
			bills:   monthly(790_00, "HALCYON", "NORTHFIELD"), errands: strings.Split(thrifty+",vending,games", ","), spends: 900, keeps: 120_00, advances: true,
		},
		Professional: {
			incomes: []incoming{salary("Meridian Labs", 3_650_00, 1, 15)},
			bills:   monthly(2_650_00, "HALCYON", "LUMEN", "REELHOUSE", "TUNELOFT", "IRONWORKS"), errands: strings.Split(lavish, ","), spends: 1000,
			saves: true, keeps: 1_400_00, limit: 15_000_00, borrows: []loan{studies(28_000_00)},
		},
		Prosperous: {
			incomes: []incoming{salary("Aldergrove Partners", 5_400_00, 1, 15), other("TENANT RENT DEPOSIT", "INCOME_RENTAL", 1_900_00, 3)},
			bills:   monthly(0, "HALCYON", "NORTHFIELD", "LUMEN", "KEYSTONE", "EVERGREEN"), errands: strings.Split(lavish, ","), spends: 900,
			saves: true, keeps: 1_400_00, limit: 25_000_00, borrows: []loan{house(380_000_00, 2016), car(32_000_00)},
		},
		Balanced: {
			incomes: []incoming{gig("Hopalong", 128_00, 500), gig("Noodle Courier", 72_00, 420), gig("Handmade Row", 48_00, 180)},
			bills:   monthly(980_00, "HALCYON", "NORTHFIELD"), errands: strings.Split(thrifty+",coffee,games", ","), spends: 1000, keeps: 900_00, limit: 2_500_00,
			borrows: []loan{studies(14_000_00)},
		},
		Struggling: {
			incomes: []incoming{
				gig("Noodle Courier", 82_00, 360), {payee: income("", "CASH DEPOSIT", "TRANSFER_IN_DEPOSIT"), cents: 90_00, vary: 400, chance: 70},
				{payee: income("", "IRS TREAS 310 TAX REF", "INCOME_TAX_REFUND"), cents: 5_200_00, vary: 80, days: []int{20}, months: []time.Month{time.February}},
			},
			bills: monthly(520_00, "HALCYON"), errands: strings.Split(thrifty, ","), spends: 650, keeps: 4_000_00, overdraw: true,
		},
	}
}

// earners are known for what they earn.
func earners() map[Part]sketch {
	return map[Part]sketch{
		ManyIncomes: {
			incomes: []incoming{
				salary("Foxglove Logistics", 1_450_00, 1, 15), gig("Hopalong", 64_00, 200), gig("Noodle Courier", 38_00, 150),
				other("TENANT RENT DEPOSIT", "INCOME_RENTAL", 600_00, 4), other("STATE CHILD SUPPORT", "INCOME_CHILD_SUPPORT", 280_00, 9),
				other("SSA TREAS 310 XXSOC SEC", "INCOME_RETIREMENT_PENSION", 540_00, 12), other("VACP TREAS 310 XXVA BENEF", "INCOME_MILITARY", 390_00, 2),
				{payee: income("", "UI BENEFITS STATE", "INCOME_UNEMPLOYMENT"), cents: 310_00, days: []int{7, 21}, months: []time.Month{time.February, time.March, time.September}},
				{payee: income("", "IRS TREAS 310 TAX REF", "INCOME_TAX_REFUND"), cents: 1_150_00, vary: 200, days: []int{19}, months: []time.Month{time.March}},
				{payee: income("", "EMBER FUNDS DIVIDEND", "INCOME_DIVIDENDS"), cents: 96_00, vary: 150, days: []int{20}, months: []time.Month{time.March, time.June, time.September, time.December}},
			},
			bills: monthly(1_350_00, "HALCYON", "NORTHFIELD", "LUMEN"), errands: strings.Split(lavish, ","), spends: 700, saves: true, keeps: 1_400_00,
		},
		Bonuses: {
			incomes: []incoming{
				salary("Meridian Labs", 2_300_00, 1, 15), bonus("Meridian Labs", 4_000_00, time.March, time.September),
				salary("Tillerman College", 950_00, 8), bonus("Tillerman College", 700_00, time.June, time.December),
			},
			bills: monthly(1_700_00, "HALCYON", "NORTHFIELD", "LUMEN"), errands: strings.Split(lavish, ","), spends: 750, saves: true, keeps: 1_400_00, limit: 8_000_00,
		},
		Couple: {
			incomes: []incoming{salary("Foxglove Logistics", 1_950_00, 1, 15), salary("Dutchess Schools", 1_640_00, 5, 20)},
			bills:   monthly(0, "HALCYON", "NORTHFIELD", "LUMEN", "CLEARBROOK", "KEYSTONE"), errands: strings.Split(lavish+",pets,hardware", ","), spends: 800,
			saves: true, keeps: 1_400_00, limit: 12_000_00, borrows: []loan{house(265_000_00, 2018)}, joint: true,
		},
	}
}

// salary is paid by an employer on days of the month.
func salary(name string, cents int64, days ...int) incoming {
	return incoming{payee: income(name, strings.ToUpper(name)+" PAYROLL", "INCOME_SALARY"), cents: cents, days: days}
}

// gig is paid whenever there was work.
func gig(name string, cents int64, chance int) incoming {
	return incoming{payee: income(name, strings.ToUpper(name)+" PAYOUT", "INCOME_GIG_ECONOMY"), cents: cents, vary: 450, chance: chance}
}

// bonus is paid on top of a salary in some months.
func bonus(name string, cents int64, months ...time.Month) incoming {
	return incoming{payee: income(name, strings.ToUpper(name)+" BONUS PAYROLL", "INCOME_SALARY"), cents: cents, vary: 250, days: []int{16}, months: months}
}

// other is an income that is no wage.
func other(text, category string, cents int64, days ...int) incoming {
	return incoming{payee: income("", text, category), cents: cents, days: days}
}

// monthly is a rent, unless it is nothing, and those of the everyday bills whose
// descriptors begin with a word.
func monthly(rent int64, words ...string) []bill {
	out := slices.DeleteFunc(bills(), func(b bill) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(b.payee.text, w) })
	})
	if rent > 0 {
		out = append(out, bill{payee: biller("Elm Court Apartments", "ELM COURT APARTMENTS RENT", "RENT_AND_UTILITIES_RENT", ""), day: 2, cents: rent})
	}
	return out
}

func studies(amount int64) loan {
	return loan{start: month{2000, time.September}, again: 11, months: 120, rate: 480, amount: amount, due: 12}
}

func car(amount int64) loan {
	return loan{start: month{2000, time.March}, again: 6, months: 60, rate: 560, amount: amount, due: 18}
}

func house(amount int64, year int) loan {
	return loan{start: month{year, time.August}, months: 360, rate: 388, amount: amount, due: 1, escrow: 410_00}
}
