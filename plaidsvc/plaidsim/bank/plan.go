package bank

// A plan is what is done with the money of a portfolio.
type plan struct {
	shares     [securityCount]int64 // of the whole, in thousandths; the rest stays cash
	reinvests  bool                 // dividends of funds buy more of them
	least      int64                // that is worth a purchase, in cents
	commission int64                // of a trade in shares, in cents
	fee        int64                // of a year, in cents
	vests      int                  // years until what is bought cannot be taken back; 0 is at once
}

// mixed is for a goal far away, by somebody who likes a few companies.
func mixed() plan {
	return plan{
		shares:    [securityCount]int64{totalMarket: 460, international: 180, bonds: 90, municipal: 60, lakespring: 70, kilnField: 80},
		reinvests: true, least: 100_00, commission: 4_95, fee: 25_00,
	}
}

// picked is companies mostly.
func picked() plan {
	return plan{
		shares: [securityCount]int64{totalMarket: 300, foxglove: 200, lakespring: 250, kilnField: 200},
		least:  40_00,
	}
}

// retirement is an employer's plan: a fund and the employer's own shares, which
// are the person's for good after three years.
func retirement() plan {
	return plan{
		shares:    [securityCount]int64{target: 790, foxglove: 200},
		reinvests: true, least: 25_00, fee: 40_00, vests: 3,
	}
}

// rolledOver is left alone.
func rolledOver() plan {
	return plan{
		shares:    [securityCount]int64{target: 700, bonds: 290},
		reinvests: true, least: 25_00,
	}
}

// coins are the two best known ones.
func coins() plan {
	return plan{
		shares: [securityCount]int64{bitcoin: 650, ether: 330},
		least:  10_00,
	}
}
