package plaidsvc_test

import (
	"context"
	"maps"
	"slices"
	"time"

	"coffer/ledger"
)

// A shelf keeps what banks told of one thing.
type shelf[T interface{ Source() ledger.Told }] map[ledger.ItemID]T

func (s shelf[T]) list(ctx context.Context, m *memory, method string) ([]T, error) {
	defer m.mu.Unlock()
	err := m.enter(ctx, method)
	return slices.Collect(maps.Values(s)), err
}

func (s shelf[T]) put(ctx context.Context, m *memory, method string, x T) error {
	defer m.mu.Unlock()
	err := m.enter(ctx, method)
	if err == nil {
		s[x.Source().Item] = x
	}
	return err
}

func (m *memory) Holdings(ctx context.Context) ([]ledger.Holdings, error) {
	return m.holdings.list(ctx, m, "Holdings")
}

func (m *memory) SaveHoldings(ctx context.Context, h ledger.Holdings) error {
	return m.holdings.put(ctx, m, "SaveHoldings", h)
}

func (m *memory) Liabilities(ctx context.Context) ([]ledger.Liabilities, error) {
	return m.owed.list(ctx, m, "Liabilities")
}

func (m *memory) SaveLiabilities(ctx context.Context, l ledger.Liabilities) error {
	return m.owed.put(ctx, m, "SaveLiabilities", l)
}

func (m *memory) Trades(ctx context.Context) ([]ledger.Trades, error) {
	return m.trades.list(ctx, m, "Trades")
}

func (m *memory) SaveTrades(ctx context.Context, t ledger.Trades) error {
	return m.trades.put(ctx, m, "SaveTrades", t)
}

func (m *memory) Streams(ctx context.Context) ([]ledger.Streams, error) {
	return m.streams.list(ctx, m, "Streams")
}

func (m *memory) SaveStreams(ctx context.Context, s ledger.Streams) error {
	return m.streams.put(ctx, m, "SaveStreams", s)
}

// toldAt is when a bank told what, by endpoint.
func (m *memory) toldAt(id ledger.ItemID) map[string]time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return map[string]time.Time{
		"/investments/holdings/get": m.holdings[id].At, "/investments/transactions/get": m.trades[id].At, "/liabilities/get": m.owed[id].At,
	}
}
