package plaidsim

import (
	"math"
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/strict"
)

// Plaid documents rules for Capital One that no other bank has. Balances of
// what is not a depository account are not told in real time there, so a call
// that wants one says how old it may be; balances say when they were updated.
// The history is of 90 days. Nothing can be refreshed but depository accounts.
const (
	capitalOne     = "ins_128026"
	capitalOneDays = 90
)

// atCapitalOne reports whether the Item is one of those.
func (it *item) atCapitalOne() bool { return it.institution.ID == capitalOne }

// checkFreshness refuses a call for balances that are not told in real time
// unless it says how old they may be and they are not older.
func (it *item) checkFreshness(ids []string, oldest strict.Datetime, now time.Time) *plaidError {
	late := func(a account) bool {
		return a.Type != "depository" && (len(ids) == 0 || slices.Contains(ids, a.id))
	}
	if !it.atCapitalOne() || !slices.ContainsFunc(it.accounts, late) {
		return nil
	}
	if oldest == "" {
		return fail("INVALID_FIELD").saying("min_last_updated_datetime must be provided " +
			"when requesting balances of non-depository accounts at this institution")
	}
	updated := it.asOf(now)
	if least, err := time.Parse(time.RFC3339, string(oldest)); err != nil || least.After(updated) {
		return fail("LAST_UPDATED_DATETIME_OUT_OF_RANGE").saying(
			"requested datetime out of range, most recently updated balance %s", instant(updated))
	}
	return nil
}

// wireAccount is an account with its balance at a moment, or with the one the
// bank last told.
func (it *item) wireAccount(a account, balances map[string]bank.Balance, at time.Time) wireAccount {
	if !it.atCapitalOne() {
		return it.wireOf(a, balances[a.ID])
	}
	if a.Type != "depository" {
		at = it.asOf(at)
		balances = it.balances(at)
	}
	w := it.wireOf(a, balances[a.ID])
	w.Balances.LastUpdated = ptr(instant(at))
	return w
}

// mostDays is how much history the Item's bank tells.
func (it *item) mostDays() int {
	if it.atCapitalOne() {
		return capitalOneDays
	}
	return math.MaxInt
}

// checkRefresh refuses to refresh what cannot be refreshed.
func (it *item) checkRefresh() *plaidError {
	depository := func(a account) bool { return a.Type == "depository" }
	if it.atCapitalOne() && !slices.ContainsFunc(it.accounts, depository) {
		return fail("PRODUCTS_NOT_SUPPORTED").saying(
			"the following products are not supported by this institution: [%q]", "transactions_refresh")
	}
	return nil
}
