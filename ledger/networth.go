package ledger

import "slices"

// A NetWorth is what is owned less what is owed, in one currency.
type NetWorth struct {
	Total Amount
	// Cash is depository accounts, Cards credit, Invested investments and Other
	// the rest that is not Loans. What is owed is negative.
	Cash, Cards, Invested, Loans, Other Amount
	// Debt is all that is owed, negative: the accounts that are below zero
	// though they are debts. An overpaid card owes nothing.
	Debt Amount
	// Unknown are accounts left out, since their bank did not say what they hold.
	// Those whose currency is not known either are with the first currency; if
	// there is none, the only result has them and no Amount in it is Known.
	Unknown []AccountID
}

// NetWorth sums the accounts, one result per currency, in the order of
// [Book.Spending].
func (b *Book) NetWorth() []NetWorth {
	byCurrency := map[Currency]*worth{}
	var order []Currency
	var nowhere []AccountID
	for _, a := range b.accounts {
		cur := a.Balance.Current.Currency()
		if !a.Balance.Current.Known() {
			cur = a.Currency
		}
		if cur == (Currency{}) {
			nowhere = append(nowhere, a.ID)
			continue
		}
		if byCurrency[cur] == nil {
			byCurrency[cur] = new(worth)
			order = append(order, cur)
		}
		byCurrency[cur].add(a)
	}
	slices.SortFunc(order, b.compareCurrencies)
	var list []NetWorth
	for _, cur := range order {
		list = append(list, byCurrency[cur].report(cur))
	}
	if len(nowhere) > 0 {
		if len(list) == 0 {
			list = append(list, NetWorth{})
		}
		list[0].Unknown = append(list[0].Unknown, nowhere...)
	}
	return list
}

// compareCurrencies orders currencies as reports do: those with the most rows
// first, then by code.
func (b *Book) compareCurrencies(x, y Currency) int {
	place := func(c Currency) int {
		i := slices.IndexFunc(b.facts.currencyOrder, func(n uint32) bool { return b.facts.currencies[n] == c })
		if i < 0 {
			return len(b.facts.currencyOrder)
		}
		return i
	}
	if d := place(x) - place(y); d != 0 {
		return d
	}
	return x.Compare(y)
}

// worth adds up the accounts of one currency.
type worth struct {
	total, cash, cards, invested, loans, other, debt sum

	unknown []AccountID
}

func (w *worth) add(a Account) {
	if !a.Balance.Current.Known() {
		w.unknown = append(w.unknown, a.ID)
		return
	}
	minor := a.Balance.Current.Minor()
	w.total.add(minor)
	w.kind(a.Type).add(minor)
	if a.Type.IsDebt() && minor < 0 {
		w.debt.add(minor)
	}
}

func (w *worth) kind(t AccountType) *sum {
	switch t {
	case Depository:
		return &w.cash
	case Credit:
		return &w.cards
	case Investment:
		return &w.invested
	case Loan:
		return &w.loans
	}
	return &w.other
}

func (w *worth) report(cur Currency) NetWorth {
	return NetWorth{
		Total:    w.total.amount(cur),
		Cash:     w.cash.amount(cur),
		Cards:    w.cards.amount(cur),
		Invested: w.invested.amount(cur),
		Loans:    w.loans.amount(cur),
		Other:    w.other.amount(cur),
		Debt:     w.debt.amount(cur),
		Unknown:  w.unknown,
	}
}
