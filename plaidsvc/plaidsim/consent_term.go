package plaidsim

import (
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// How long a consent is good for.
const (
	yearOfConsent   = 365 * 24 * time.Hour
	usaaConsent     = 548 * 24 * time.Hour // 18 months
	europeanConsent = 180 * 24 * time.Hour
)

// consentTerm is for how long a person's consent is good at a bank, 0 for ever:
// the American banks of Plaid's list ask anew each year, European ones after 180
// days.
func consentTerm(i bank.Institution) time.Duration {
	switch i.ID {
	case "ins_10", "ins_127989", "ins_128026", "ins_11", "ins_5", "ins_12", "ins_15", "ins_13", "ins_14":
		return yearOfConsent
	case "ins_7":
		return usaaConsent
	}
	if !overlap(i.Countries, []string{"US", "CA"}) {
		return europeanConsent
	}
	return 0
}
