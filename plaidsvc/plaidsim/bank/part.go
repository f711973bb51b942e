package bank

import "time"

// A Part is a life of which more is known than whose it is: how it earns, spends
// and owes.
type Part string

// The parts there are.
const (
	Everyday      Part = "everyday"       // a wage, a rent, a purchase every five days that is pending for long
	WageAdvancer  Part = "wage advancer"  // lives from week to week, and has wages paid out early
	Professional  Part = "professional"   // young, well paid, spends it
	SmallBusiness Part = "small business" // an operating account and a purchasing card
	ManyIncomes   Part = "many incomes"   // money from every source there is
	Prosperous    Part = "prosperous"     // earns more than is spent: a high salary and a tenant
	Balanced      Part = "balanced"       // spends what gigs bring in
	Struggling    Part = "struggling"     // spends more than irregular work brings in
	Bonuses       Part = "bonuses"        // two salaries, each with a bonus
	Couple        Part = "couple"         // two people, two salaries, joint accounts
)

// Play makes the login of somebody who lives a part at a bank. The history is
// told from a moment on, which changes nothing after it. An unknown part is a
// mistake in the program.
func Play(p Part, seed int64, at Institution, from time.Time) Login {
	key := stirText(uint64(seed), "part "+string(p)+" "+at.ID)
	since := max(-1, momentOf(from))
	l := &login{institution: at, from: since}
	switch p {
	case Everyday:
		l.life = &life{book: newEveryday(key, at)}
		return &revised{login: l}
	case SmallBusiness:
		l.life = &life{book: newFirm(key, at, max(0, since.day()), 2, 1_100)}
	default:
		s, known := sketches()[p]
		if !known {
			panic("bank: play " + string(p) + ": there is no such part")
		}
		l.life = &life{book: newCharacter(key, at, s)}
	}
	return l
}

// A sketch is what makes a character: the rest is everyday life.
type sketch struct {
	incomes  []incoming // the account is filled in
	bills    []bill
	errands  []string // names of errands
	spends   int      // perMille of the errands that the family would run
	saves    bool     // has a savings account
	limit    int64    // of a card, 0 is none
	keeps    int64    // what stays in checking when the month is over, in cents of 2025
	advances bool     // borrows against the next wage
	overdraw bool     // spends what is not there, and is charged for it
	borrows  []loan   // the account, the payer and the words are filled in
	joint    bool     // two people hold the accounts
}
