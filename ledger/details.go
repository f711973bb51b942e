package ledger

import "time"

// Details are what a bank tells of one account besides its transactions and its
// balance.
type Details struct {
	Holdings []Holding
	HeldAt   time.Time // zero when the bank never told
	Trades   []Trade   // the newest first
	Debt     *Liability
	OwedAt   time.Time // zero when the bank never told
}

// DetailsOf picks what banks tell of one account.
func DetailsOf(acc Account, held []Holdings, traded []Trades, owed []Liabilities) Details {
	var d Details
	for _, told := range held {
		if told.Item != acc.Item {
			continue
		}
		d.HeldAt = told.At
		for _, h := range told.List {
			if h.Account == acc.ID {
				d.Holdings = append(d.Holdings, h)
			}
		}
	}
	for _, told := range traded {
		for _, t := range told.List {
			if t.Account == acc.ID {
				d.Trades = append(d.Trades, t)
			}
		}
	}
	for _, told := range owed {
		if told.Item != acc.Item {
			continue
		}
		d.OwedAt = told.At
		for i := range told.List {
			if told.List[i].Account == acc.ID {
				d.Debt = &told.List[i]
			}
		}
	}
	return d
}
