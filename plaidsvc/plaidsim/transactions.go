package plaidsim

import (
	"maps"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/feed"
	"coffer/plaidsvc/plaidsim/persona"
)

type syncRequest struct {
	credentials
	AccessToken string      `json:"access_token" plaid:"required"`
	Cursor      string      `json:"cursor"`
	Count       *int        `json:"count" plaid:"min=1,max=500"`
	Options     syncOptions `json:"options"`
}

// syncOptions has one field that v29's document lacks: the category version.
// Categories are v2 whatever it says, as for every team that started since
// December 2025; asking for it adds the version to the answer.
type syncOptions struct {
	OriginalDescription bool   `json:"include_original_description"`
	Category            bool   `json:"include_personal_finance_category"`
	Counterparty        bool   `json:"include_logo_and_counterparty_beta"`
	DaysRequested       *int   `json:"days_requested" plaid:"min=1,max=730"`
	CategoryVersion     string `json:"personal_finance_category_version"`
}

type syncAnswer struct {
	Status     feed.Status       `json:"transactions_update_status"`
	Accounts   []wireAccount     `json:"accounts"`
	Added      []wireTransaction `json:"added"`
	Modified   []wireTransaction `json:"modified"`
	Removed    []wireRemoved     `json:"removed"`
	NextCursor string            `json:"next_cursor"`
	HasMore    bool              `json:"has_more"`
	answered
}

type wireRemoved struct {
	TransactionID string `json:"transaction_id"`
	AccountID     string `json:"account_id"`
}

const (
	defaultCount    = 100
	maxCursorLength = 256
	// nowCursor starts a client that has its history from elsewhere.
	nowCursor = "now"
)

// A loop is the changes between two cursors, kept while a client pages through
// them so that a page costs a page. It can be forgotten at any time.
type loop struct {
	start, snapshot time.Time
	changes         *feed.Span
}

// transactionsSync answers one page.
func transactionsSync(c *call, r *syncRequest) (answer, *plaidError) {
	it, err := c.transactionsItem(r.AccessToken, r.Options.DaysRequested)
	if err != nil {
		return nil, err
	}
	it.synced = true
	if len(r.Cursor) > maxCursorLength {
		return nil, fail("INVALID_FIELD").saying("cursor must be at most %d characters", maxCursorLength)
	}
	status := it.feed.Status(c.now)
	a := &syncAnswer{
		Status:   status,
		Accounts: []wireAccount{},
		Added:    []wireTransaction{},
		Modified: []wireTransaction{},
		Removed:  []wireRemoved{},
	}
	if status == feed.NotReady {
		return a, nil
	}
	count := defaultCount
	if r.Count != nil {
		count = *r.Count
	}
	page, next, err := c.page(it, r.Cursor, count)
	if err != nil {
		return nil, err
	}
	a.NextCursor, a.HasMore = next.encode(it.id), next.inLoop
	a.fill(it, page, r.Options, c.now)
	return a, nil
}

// transactionsItem finds an Item and makes sure that its transactions are being
// pulled. The first call that asks for them decides how far back they go.
func (c *call) transactionsItem(token string, days *int) (*item, *plaidError) {
	it, err := c.healthyItem(token)
	if err != nil {
		return nil, err
	}
	if err := it.use("transactions"); err != nil {
		return nil, err
	}
	if it.feed == nil {
		if days == nil {
			days = ptr(defaultDays)
		}
		c.startFeed(it, *days)
	}
	return it, nil
}

// page finds the changes a request is to be answered with, and the cursor after
// them. A loop goes on only while nothing changes: then its pages are the
// changes between its start and its first page, sliced.
func (c *call) page(it *item, text string, count int) ([]feed.Change, cursor, *plaidError) {
	var cur cursor
	switch text {
	case "":
	case nowCursor:
		return nil, cursor{start: it.feed.Between(time.Time{}, c.now).Position}, nil
	default:
		known := false
		if cur, known = decodeCursor(text, it.id); !known {
			return nil, cursor{}, fail("INVALID_FIELD").saying("cursor not associated with access_token")
		}
	}
	if cur.inLoop && c.mutated(it, cur) {
		return nil, cursor{}, fail("TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")
	}
	if !cur.inLoop {
		cur.generation = it.generation
	}
	return it.slice(cur, c.now, count)
}

// mutated reports whether the data has changed since the loop's first page.
func (c *call) mutated(it *item, cur cursor) bool {
	if c.faults.mutates(int(cur.page) + 1) {
		it.generation++
	}
	if cur.generation != it.generation {
		return true
	}
	return it.feed.Between(cur.snapshot, c.now).Len() > 0
}

// slice cuts the next page out of a loop.
func (it *item) slice(cur cursor, now time.Time, count int) ([]feed.Change, cursor, *plaidError) {
	switch {
	case !cur.inLoop:
		it.loop.start = cur.start
		it.loop.changes = it.feed.Between(cur.start, now)
		cur.snapshot = it.loop.changes.Position
		it.loop.snapshot = cur.snapshot
	case it.loop.changes == nil || it.loop.start != cur.start || it.loop.snapshot != cur.snapshot:
		it.loop.start, it.loop.snapshot = cur.start, cur.snapshot
		it.loop.changes = it.feed.Between(cur.start, cur.snapshot)
	}
	changes := it.loop.changes
	first := min(int(cur.offset), changes.Len())
	last := min(first+count, changes.Len())
	page := changes.Slice(first, last)
	if last == changes.Len() {
		it.loop = loop{}
		return page, cursor{start: cur.snapshot}, nil
	}
	cur.inLoop, cur.offset, cur.page = true, uint32(last), cur.page+1
	return page, cur, nil
}

// fill writes a page into an answer, with the accounts its rows are on.
func (a *syncAnswer) fill(it *item, page []feed.Change, o syncOptions, now time.Time) {
	names := it.accountNames()
	on := make(map[string]bool)
	for _, change := range page {
		on[change.Row.AccountID] = true
		switch change.Op {
		case bank.Added:
			a.Added = append(a.Added, it.transaction(change.Row, names, o))
		case bank.Modified:
			a.Modified = append(a.Modified, it.transaction(change.Row, names, o))
		case bank.Removed:
			a.Removed = append(a.Removed, wireRemoved{
				TransactionID: it.scoped("transaction", change.Row.ID),
				AccountID:     names[change.Row.AccountID],
			})
		}
	}
	if len(on) > 0 {
		a.Accounts = it.wireAccounts(it.lastUpdate(now), func(acc account) bool { return on[it.churns.of(acc.ID)] })
	}
}

// accountNames maps what rows of accounts come under to the Item's account ids.
func (it *item) accountNames() map[string]string {
	names := maps.Clone(it.churns.former)
	if names == nil {
		names = make(map[string]string, len(it.accounts))
	}
	for _, a := range it.accounts {
		names[it.churns.of(a.ID)] = a.id
	}
	return names
}

// transactionsRefresh asks the bank for news, and answers at once.
func transactionsRefresh(c *call, r *itemRequest) (answer, *plaidError) {
	it, err := c.transactionsItem(r.AccessToken, nil)
	if err != nil {
		return nil, err
	}
	if err := it.checkRefresh(); err != nil {
		return nil, err
	}
	if err := c.reach(it.institution.ID); err != nil {
		return nil, err
	}
	c.refresh(it)
	return &answered{}, nil
}

// refresh makes every row that is pending now post a moment later. The Sandbox's
// special users have news of their own then.
func (c *call) refresh(it *item) {
	effect := c.now.Add(c.options.RefreshAfter)
	it.feed.Refresh(c.now, effect)
	if life, _ := persona.LifeOf(it.user); life.News > 0 {
		it.feed.Hasten(c.now, effect, life.News, life.Raises)
	}
	c.agenda.at(effect, func(now time.Time) {
		if c.hear(it, now) {
			it.refreshedAt = now
		}
	})
}
