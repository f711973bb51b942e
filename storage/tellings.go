package storage

import (
	"context"
	"slices"

	"coffer/ledger"
)

// What banks tell of investments, loans and what recurs is small, and nothing but
// what was told last is of use: one record a bank for each, which a [ledger.Book]
// does not load.

// tellingBuckets are the buckets of such records, which go by a bank's id.
var tellingBuckets = []string{bucketHoldings, bucketLiabilities, bucketTrades, bucketStreams}

// itemBuckets are the buckets whose records go by a bank's id.
var itemBuckets = slices.Concat([]string{bucketItems, bucketTokens, bucketCursors}, tellingBuckets)

// Holdings lists what the accounts of each bank hold. A bank that told of none is
// not among them.
func (v *Vault) Holdings(ctx context.Context) ([]ledger.Holdings, error) {
	return tellings(ctx, v, bucketHoldings, decodeHoldings)
}

// SaveHoldings keeps what a bank tells of investments in the place of what it told
// before. The error is ErrNoItem when the bank is not known.
func (v *Vault) SaveHoldings(ctx context.Context, h ledger.Holdings) error {
	return v.saveTelling(ctx, bucketHoldings, h.Item, encodeHoldings(h))
}

// Liabilities lists on which terms money is owed at each bank, as Holdings does.
func (v *Vault) Liabilities(ctx context.Context) ([]ledger.Liabilities, error) {
	return tellings(ctx, v, bucketLiabilities, decodeLiabilities)
}

// SaveLiabilities is SaveHoldings for loans and cards.
func (v *Vault) SaveLiabilities(ctx context.Context, l ledger.Liabilities) error {
	return v.saveTelling(ctx, bucketLiabilities, l.Item, encodeLiabilities(l))
}

// Trades lists what happened in the investment accounts of each bank, as Holdings
// does.
func (v *Vault) Trades(ctx context.Context) ([]ledger.Trades, error) {
	return tellings(ctx, v, bucketTrades, decodeTrades)
}

// SaveTrades is SaveHoldings for what happened in investment accounts.
func (v *Vault) SaveTrades(ctx context.Context, t ledger.Trades) error {
	return v.saveTelling(ctx, bucketTrades, t.Item, encodeTrades(t))
}

// Streams lists what recurs in the accounts of each bank, as Holdings does.
func (v *Vault) Streams(ctx context.Context) ([]ledger.Streams, error) {
	return tellings(ctx, v, bucketStreams, decodeStreams)
}

// SaveStreams is SaveHoldings for what recurs.
func (v *Vault) SaveStreams(ctx context.Context, s ledger.Streams) error {
	return v.saveTelling(ctx, bucketStreams, s.Item, encodeStreams(s))
}

// tellings reads a bucket, in the order of the banks' names.
func tellings[T any](ctx context.Context, v *Vault, bucket string, decode func([]byte) (T, error)) ([]T, error) {
	var list []T
	err := v.view(ctx, func(t *sealedTx) error {
		var err error
		list, err = readTellings(t, bucket, decode)
		return err
	})
	return list, wrap("read "+bucketTitle(bucket), err)
}

func readTellings[T any](t *sealedTx, bucket string, decode func([]byte) (T, error)) ([]T, error) {
	items, err := t.items()
	if err != nil {
		return nil, err
	}
	var list []T
	for _, item := range items {
		plain, err := t.get(bucket, t.nameOf(bucket, string(item.ID)))
		if err != nil {
			return nil, err
		}
		if plain == nil {
			continue
		}
		x, err := decode(plain)
		if err != nil {
			return nil, malformed(bucket, err)
		}
		list = append(list, x)
	}
	return list, nil
}

func (v *Vault) saveTelling(ctx context.Context, bucket string, id ledger.ItemID, plain []byte) error {
	return wrap("store "+bucketTitle(bucket), v.update(ctx, func(t *sealedTx) error {
		if _, err := t.item(id); err != nil {
			return err
		}
		return t.put(bucket, t.nameOf(bucket, string(id)), plain)
	}))
}

// toldBy is which bank told what a record of one of tellingBuckets says, and when.
func toldBy(bucket string, plain []byte) (ledger.Told, error) {
	switch bucket {
	case bucketHoldings:
		h, err := decodeHoldings(plain)
		return h.Told, err
	case bucketLiabilities:
		l, err := decodeLiabilities(plain)
		return l.Told, err
	case bucketTrades:
		all, err := decodeTrades(plain)
		return all.Told, err
	}
	all, err := decodeStreams(plain)
	return all.Told, err
}
