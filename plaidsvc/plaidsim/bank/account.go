package bank

// An account is an account with its money. Balances are kept in Plaid's sense:
// of a debt, what is owed.
type account struct {
	Account
	key    uint64 // folds the account into what is derived from it
	log    int    // which bank's log its rows are told in
	limit  int64  // of a card
	mute   bool   // this bank tells no pending rows
	clocks bool   // this bank tells the time of day
	ownership
	card      *billing
	loan      *loan
	portfolio *portfolio
	opening   int64
	current   int64
	pending   int64 // out, not yet posted
	closings  []standing
	moves     []Movement
}

// A standing is what an account had at a day's end.
type standing struct{ current, pending int64 }

// debt tells whether the balance counts what is owed.
func (a *account) debt() bool { return a.Type == "credit" || a.Type == "loan" }

// told tells whether the account's rows are part of /transactions/sync: Plaid
// serves depository, credit and student loan accounts there
// (https://plaid.com/docs/api/products/transactions/#transactionssync).
func (a *account) told() bool {
	return a.Type == "depository" || a.Type == "credit" || a.Subtype == "student"
}

// apply changes the standing by what happened to a row.
func (a *account) apply(r *row, s stage) {
	switch s {
	case stagePending:
		a.pending += max(0, r.held)
	case stageGone:
		a.pending -= max(0, r.held)
	case stagePosted:
		a.current += a.change(r.amount)
	case stageCorrected:
	}
}

// change turns an amount, positive out, into a change of the balance.
func (a *account) change(amount int64) int64 {
	if a.debt() {
		return amount
	}
	return -amount
}

// newAccount makes the account of a name at a bank. Its ids depend on the seed,
// the bank and the name only.
func newAccount(seed uint64, bank, name, official, subtype string) account {
	kinds := map[string]string{
		"checking": "depository", "savings": "depository", "credit card": "credit",
		"auto": "loan", "mortgage": "loan", "student": "loan", "brokerage": "investment",
		"ira": "investment", "401k": "investment", "crypto exchange": "investment",
	}
	id := opaqueText("%x account %s %s", seed, bank, name)
	return account{key: stirText(seed, id), Account: Account{
		ID: id, Mask: mask(id), Name: name, OfficialName: official,
		Type: kinds[subtype], Subtype: subtype, Holder: "personal", Currency: "USD",
	}}
}
