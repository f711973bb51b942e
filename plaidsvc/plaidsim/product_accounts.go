package plaidsim

import "time"

// eligible maps the bank's ids of the accounts that a product knows to the
// Item's, narrowed to the ids that are asked for; none asks for all. An Item
// without any such account fails with a code.
func (it *item) eligible(ids []string, knows func(account) bool, code string) (map[string]string, *plaidError) {
	picked, err := it.pick(ids)
	if err != nil {
		return nil, err
	}
	names, any := make(map[string]string), false
	for _, a := range it.accounts {
		if !knows(a) {
			continue
		}
		any = true
		if picked(a) {
			names[a.ID] = a.id
		}
	}
	if !any {
		return nil, fail(code)
	}
	return names, nil
}

// refreshHour is when Plaid fetches what it fetches once a day, in UTC: after
// the banks' books of the day before are closed.
const refreshHour = 10

// lastRefresh is when Plaid fetched it last.
func lastRefresh(now time.Time) time.Time {
	refresh := time.Date(now.Year(), now.Month(), now.Day(), refreshHour, 0, 0, 0, time.UTC)
	if refresh.After(now) {
		return refresh.AddDate(0, 0, -1)
	}
	return refresh
}

// asOf is the moment whose state the products without a feed show: that of the
// balances, so that both agree, or the last daily refresh since linking.
func (it *item) asOf(now time.Time) time.Time {
	if it.feed != nil {
		return it.lastUpdate(now)
	}
	return latest(it.linkedAt, it.life.Heard(lastRefresh(now)))
}
