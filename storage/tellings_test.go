package storage_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"coffer/ledger"
	"coffer/storage"
)

// tellings are what banks told of other than transactions.
type tellings struct {
	holdings []ledger.Holdings
	owed     []ledger.Liabilities
	trades   []ledger.Trades
	streams  []ledger.Streams
}

func someTellings(item ledger.ItemID) tellings {
	usd, btc, day := ledger.ISO("USD"), ledger.Unofficial("BTC"), ledger.NewDate(2026, 11, 20)
	no := false
	return tellings{
		[]ledger.Holdings{{Told: ledger.Told{Item: item, At: noon}, List: []ledger.Holding{
			{Account: "a", Security: "Fund of all", Quantity: "12.3456789012345", PriceDate: day, Value: ledger.NewAmount(124981, usd), Cost: ledger.NewAmount(0, usd)},
			{Account: "a", Quantity: "0.5", Currency: btc, Value: ledger.NewAmount(50_000_000, btc)},
		}}},
		[]ledger.Liabilities{{Told: ledger.Told{Item: item, At: noon}, List: []ledger.Liability{
			{Account: "a", Kind: ledger.CardDebt, Rates: []ledger.Rate{{Kind: "purchase_apr", Percent: "19.99"}}, Due: day, Overdue: &no},
			{Account: "b", Kind: ledger.Mortgage},
		}}},
		[]ledger.Trades{{Told: ledger.Told{Item: item, At: noon}, Since: day, List: []ledger.Trade{{ID: "t", Account: "a", Date: day, Amount: ledger.NewAmount(-100, usd)}}}},
		[]ledger.Streams{{Told: ledger.Told{Item: item, At: noon}, List: []ledger.Stream{{ID: "s", Account: "a", Active: &no, Average: ledger.NewAmount(-1549, usd), Count: 3}}}},
	}
}

func (x tellings) save(ctx context.Context, v *storage.Vault) error {
	return errors.Join(v.SaveHoldings(ctx, x.holdings[0]), v.SaveLiabilities(ctx, x.owed[0]),
		v.SaveTrades(ctx, x.trades[0]), v.SaveStreams(ctx, x.streams[0]))
}

func readTellings(t testing.TB, v *storage.Vault) tellings {
	t.Helper()
	var x tellings
	var errs [4]error
	x.holdings, errs[0] = v.Holdings(t.Context())
	x.owed, errs[1] = v.Liabilities(t.Context())
	x.trades, errs[2] = v.Trades(t.Context())
	x.streams, errs[3] = v.Streams(t.Context())
	mustDo(t, errors.Join(errs[:]...))
	return x
}

// What a bank tells of investments, loans and what recurs comes back as it was, what
// it did not tell stays unknown, and the next telling takes its place.
func TestTellingsAreKept(t *testing.T) {
	v, dir := newVault(t)
	mustDo(t, v.SaveHoldings(t.Context(), ledger.Holdings{Told: ledger.Told{Item: "bank", At: noon}}))
	want := someTellings("bank")
	mustDo(t, want.save(t.Context(), v))
	again := reopen(t, dir)
	apply(t, v, ledger.Delta{Item: "bank", Accounts: []ledger.Account{{ID: "a", Item: "bank", Type: ledger.Credit}}})
	day := want.owed[0].List[0].Due
	if got := book(t, again).Dues(day, day); len(got) != 1 || got[0].Day != day {
		t.Errorf("the Book says that %v are due", got)
	}
	if got := readTellings(t, again); !reflect.DeepEqual(got, want) {
		t.Errorf("read %+v, want %+v", got, want)
	}
	mustDo(t, v.RemoveItem(t.Context(), "bank"))
	if got := readTellings(t, again); !reflect.DeepEqual(got, tellings{}) {
		t.Errorf("after the bank was erased: %+v", got)
	}
	if err := want.save(t.Context(), v); !errors.Is(err, storage.ErrNoItem) {
		t.Errorf("for a bank that is gone: %v, want ErrNoItem", err)
	}
}
