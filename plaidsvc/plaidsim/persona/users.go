package persona

import "coffer/plaidsvc/plaidsim/bank"

// The names of users that other packages ask for.
const (
	Good    = "user_good"
	Custom  = "user_custom"
	Dynamic = "user_transactions_dynamic"
)

// A Life is what one of the Sandbox's special users has, at any bank.
type Life struct {
	Part bank.Part
	// Days is how much history the user has on the day of linking.
	Days int
	// News is how many rows /transactions/refresh finds that are new, and
	// Raises whether it finds one amount to be a dollar more.
	News   int
	Raises bool
}

// LifeOf is the life of a user, for any password that is not blank. Other users
// have none: user_good, user_custom and those nobody knows.
func LifeOf(user string) (Life, bool) {
	quarter := func(p bank.Part) Life { return Life{Part: p, Days: 91, News: 1} }
	years := func(p bank.Part) Life { return Life{Part: p, Days: 730} }
	l, known := map[string]Life{
		Dynamic:               {Part: bank.Everyday, Days: 182, News: 3, Raises: true},
		"user_ewa_user":       quarter(bank.WageAdvancer),
		"user_yuppie":         quarter(bank.Professional),
		"user_small_business": quarter(bank.SmallBusiness),

		"user_bank_income":              years(bank.ManyIncomes),
		"user_credit_profile_excellent": years(bank.Prosperous),
		"user_credit_profile_good":      years(bank.Balanced),
		"user_credit_profile_poor":      years(bank.Struggling),
		"user_credit_bonus":             years(bank.Bonuses),
		"user_credit_joint_account":     years(bank.Couple),
	}[user]
	return l, known
}
