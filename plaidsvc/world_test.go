package plaidsvc_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
)

// A clock is time that passes only when somebody sleeps.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	naps  []time.Duration
	onNap func(time.Duration)
	wake  chan struct{} // ends long sleeps
}

func newClock() *clock {
	return &clock{now: time.Date(2026, 3, 15, 10, 0, 0, 0, time.UTC), wake: make(chan struct{})}
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Sleep lets short sleeps pass at once. Long ones (a Link session's) last until
// the test ends them.
func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	if d >= 5*time.Minute {
		select {
		case <-c.wake:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	c.advance(d)
	c.mu.Lock()
	c.naps = append(c.naps, d)
	nap := c.onNap
	c.mu.Unlock()
	if nap != nil {
		nap(d)
	}
	return ctx.Err()
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *clock) slept() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.naps)
}

// dice are always the same.
type dice struct{}

func (dice) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(i * 37)
	}
	return len(p), nil
}

// A memory is a vault that forgets, and that refuses what a vault may expect
// never to get.
type memory struct {
	mu       sync.Mutex
	items    map[ledger.ItemID]ledger.Item
	order    []ledger.ItemID
	tokens   map[ledger.ItemID]secret.Text
	cursors  map[ledger.ItemID]string
	accounts map[ledger.AccountID]ledger.Account
	rows     map[ledger.TransactionID]ledger.Transaction
	intents  map[string]secret.Text
	deltas   []ledger.Delta
	holdings shelf[ledger.Holdings]
	owed     shelf[ledger.Liabilities]
	trades   shelf[ledger.Trades]
	streams  shelf[ledger.Streams]
	writes   int
	// fail makes the named method fail once.
	fail map[string]error
}

func newMemory() *memory {
	return &memory{
		items: map[ledger.ItemID]ledger.Item{}, tokens: map[ledger.ItemID]secret.Text{},
		cursors: map[ledger.ItemID]string{}, accounts: map[ledger.AccountID]ledger.Account{},
		holdings: shelf[ledger.Holdings]{}, owed: shelf[ledger.Liabilities]{}, trades: shelf[ledger.Trades]{}, streams: shelf[ledger.Streams]{},
		rows: map[ledger.TransactionID]ledger.Transaction{}, fail: map[string]error{},
	}
}

// enter locks the memory and returns an error that was planted for a method.
func (m *memory) enter(ctx context.Context, method string) error {
	m.mu.Lock()
	if err := ctx.Err(); err != nil {
		return err
	}
	err := m.fail[method]
	delete(m.fail, method)
	return err
}

func (m *memory) Items(ctx context.Context) ([]ledger.Item, error) {
	defer m.mu.Unlock()
	if err := m.enter(ctx, "Items"); err != nil {
		return nil, err
	}
	var list []ledger.Item
	for _, id := range m.order {
		list = append(list, m.items[id])
	}
	return list, nil
}

func (m *memory) AddItem(ctx context.Context, item ledger.Item, token secret.Text) error {
	defer m.mu.Unlock()
	if err := m.enter(ctx, "AddItem"); err != nil {
		return err
	}
	m.items[item.ID], m.tokens[item.ID] = item, token
	m.order = append(m.order, item.ID)
	m.writes++
	return nil
}

func (m *memory) Intents(ctx context.Context) (map[string]secret.Text, error) {
	defer m.mu.Unlock()
	if err := m.enter(ctx, "Intents"); err != nil {
		return nil, err
	}
	return maps.Clone(m.intents), nil
}

func (m *memory) SetIntent(ctx context.Context, id string, text secret.Text) error {
	defer m.mu.Unlock()
	if err := m.enter(ctx, "SetIntent"); err != nil {
		return err
	}
	if m.intents == nil {
		m.intents = make(map[string]secret.Text)
	}
	m.intents[id] = text
	if text.Empty() {
		delete(m.intents, id)
	}
	return nil
}

func (m *memory) Fulfil(ctx context.Context, id string, item ledger.Item, token secret.Text) error {
	if err := m.AddItem(ctx, item, token); err != nil {
		return err
	}
	return m.SetIntent(ctx, id, secret.Text{})
}

func (m *memory) SaveItem(ctx context.Context, item ledger.Item) error {
	defer m.mu.Unlock()
	if err := m.enter(ctx, "SaveItem"); err != nil {
		return err
	}
	if _, ok := m.items[item.ID]; !ok {
		return fmt.Errorf("save item %s: no such item", item.ID)
	}
	m.items[item.ID] = item
	m.writes++
	return nil
}

func (m *memory) RemoveItem(ctx context.Context, id ledger.ItemID) error {
	defer m.mu.Unlock()
	if err := m.enter(ctx, "RemoveItem"); err != nil {
		return err
	}
	delete(m.items, id)
	delete(m.tokens, id)
	m.order = slices.DeleteFunc(m.order, func(o ledger.ItemID) bool { return o == id })
	m.writes++
	return nil
}

func (m *memory) AccessToken(ctx context.Context, id ledger.ItemID) (secret.Text, error) {
	defer m.mu.Unlock()
	if err := m.enter(ctx, "AccessToken"); err != nil {
		return secret.Text{}, err
	}
	token, ok := m.tokens[id]
	if !ok {
		return token, errors.New("no token")
	}
	return token, nil
}

func (m *memory) Cursor(ctx context.Context, id ledger.ItemID) (string, error) {
	defer m.mu.Unlock()
	if err := m.enter(ctx, "Cursor"); err != nil {
		return "", err
	}
	return m.cursors[id], nil
}

func (m *memory) Apply(ctx context.Context, d ledger.Delta) (ledger.Applied, error) {
	defer m.mu.Unlock()
	if err := m.enter(ctx, "Apply"); err != nil {
		return ledger.Applied{}, err
	}
	if m.cursors[d.Item] != d.From {
		return ledger.Applied{}, ledger.ErrStale
	}
	if err := checkDelta(d); err != nil {
		return ledger.Applied{}, err
	}
	return m.apply(d), nil
}

func (m *memory) apply(d ledger.Delta) (n ledger.Applied) {
	for _, a := range d.Accounts {
		m.accounts[a.ID] = a
	}
	if d.Replace {
		for id, row := range m.rows {
			if m.accounts[row.Account].Item == d.Item && !slices.ContainsFunc(d.Upserts, func(t ledger.Transaction) bool { return t.ID == id }) {
				delete(m.rows, id)
				n.Removed++
			}
		}
	}
	for _, t := range d.Upserts {
		old, known := m.rows[t.ID]
		switch {
		case !known:
			n.Added++
		case old != t:
			n.Modified++
		}
		m.rows[t.ID] = t
	}
	for _, id := range d.Removed {
		if _, known := m.rows[id]; known {
			n.Removed++
		}
		delete(m.rows, id)
	}
	m.cursors[d.Item] = d.Next
	m.deltas = append(m.deltas, d)
	m.writes++
	return n
}

// checkDelta holds a Delta to what package ledger says of it.
func checkDelta(d ledger.Delta) error {
	seen := map[ledger.TransactionID]bool{}
	for _, t := range d.Upserts {
		if seen[t.ID] {
			return fmt.Errorf("upsert %q twice", t.ID)
		}
		if t.ID == "" || t.Account == "" || t.Date.IsZero() || !t.Amount.Known() {
			return fmt.Errorf("upsert %q is not whole: %+v", t.ID, t)
		}
		seen[t.ID] = true
	}
	for _, id := range d.Removed {
		if seen[id] {
			return fmt.Errorf("remove %q, which is there already", id)
		}
		seen[id] = true
	}
	for _, a := range d.Accounts {
		if a.Item != d.Item {
			return fmt.Errorf("account %q of item %q in a delta of %q", a.ID, a.Item, d.Item)
		}
	}
	if d.Next == "" && (d.From != "" || len(d.Upserts) > 0) || d.At.IsZero() {
		return fmt.Errorf("delta without a cursor or a time: %q, %v", d.Next, d.At)
	}
	return nil
}

func (m *memory) Accounts(ctx context.Context, id ledger.ItemID) ([]ledger.Account, error) {
	defer m.mu.Unlock()
	if err := m.enter(ctx, "Accounts"); err != nil {
		return nil, err
	}
	var list []ledger.Account
	for _, a := range m.accounts {
		if a.Item == id {
			list = append(list, a)
		}
	}
	return list, nil
}

func (m *memory) SaveBalances(ctx context.Context, accounts []ledger.Account) error {
	defer m.mu.Unlock()
	if err := m.enter(ctx, "SaveBalances"); err != nil {
		return err
	}
	for _, a := range accounts {
		m.accounts[a.ID] = a
	}
	m.writes++
	return nil
}

// item returns an Item as it is kept.
func (m *memory) item(t *testing.T, id ledger.ItemID) ledger.Item {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	item, ok := m.items[id]
	if !ok {
		t.Fatalf("item %q is not in the vault", id)
	}
	return item
}

// snapshot is everything a sync can change, to compare before and after.
func (m *memory) snapshot() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	ids := slices.Sorted(maps.Keys(m.rows))
	text := fmt.Sprintf("cursors %v items %v\n", m.cursors, m.items)
	for _, id := range ids {
		text += fmt.Sprintf("%+v\n", m.rows[id])
	}
	return text
}
