package plaidsvc

import (
	"context"
	"slices"

	"coffer/ledger"
)

var transactions = topic{"transactions", "its transactions"}

// rows fetches what is new of the Item's transactions after its cursor. A brokerage
// has none to tell, and a bank may have been linked without them: what comes then is
// nothing, the cursor stays, and the rest of the sync goes on. Where the settings do
// not ask for transactions the Item is looked at first, since Plaid may start, and
// bill, what it is asked for.
func (j *job) rows(ctx context.Context, l loop, cursor string) (harvest, error) {
	j.rowless = nil
	nothing := harvest{stage: newStage(), next: cursor}
	wanted := slices.Contains(slices.Concat(j.s.cfg.Products, j.s.cfg.Consented), transactions.product)
	if !wanted && j.lacksRows(ctx) {
		return nothing, nil
	}
	got, err := l.run(ctx)
	if refusal := transactions.refused(j.item.ID, err); refusal != nil && !hasCode(err, codeNotReady) && j.lacksRows(ctx) {
		j.rowless = refusal
		return nothing, nil
	}
	return got, err
}

// lacksRows reports whether Plaid says that the Item is without transactions.
func (j *job) lacksRows(ctx context.Context) bool {
	item := j.item
	found, _, err := j.s.inspect(ctx, j.access, &item)
	return err == nil && !slices.Contains(slices.Concat(found.Billed, found.Consented), transactions.product)
}

// missesRows adds that there are no transactions to what was not told, if somebody
// will miss them: accounts that have some elsewhere, or had some here.
func (j *job) missesRows(cursor string, list []ledger.Account) {
	spends := slices.ContainsFunc(list, func(a ledger.Account) bool { return a.Type == ledger.Depository || a.Type == ledger.Credit })
	if j.rowless != nil && (cursor != "" || spends) {
		j.untold = append(j.untold, j.rowless)
	}
}
