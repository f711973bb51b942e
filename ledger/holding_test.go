package ledger_test

import (
	"math"
	"slices"
	"testing"

	"coffer/ledger"
)

// A gain and a total are known only where all of it is: never guessed, never across
// currencies.
func TestHoldingsAddUpWhereTheyAreKnown(t *testing.T) {
	usd, btc := ledger.ISO("USD"), ledger.Unofficial("BTC")
	known := ledger.Holding{Value: ledger.NewAmount(500, usd), Cost: ledger.NewAmount(700, usd)}
	if got := known.Gain(); got != ledger.NewAmount(-200, usd) {
		t.Errorf("5.00 that cost 7.00 gained %v", got)
	}
	for _, h := range []ledger.Holding{
		{Value: known.Value}, {Cost: known.Cost}, {Value: known.Value, Cost: ledger.NewAmount(1, btc)},
		{Value: ledger.NewAmount(math.MinInt64+1, usd), Cost: known.Cost},
	} {
		if got := h.Gain(); got.Known() {
			t.Errorf("%+v gained %v, want nobody to know", h, got)
		}
	}
	all := []ledger.Holding{known, known, {Quantity: "3"}, {Value: ledger.NewAmount(9, btc)}}
	got := ledger.ValueOf(all)
	if want := []ledger.Amount{ledger.NewAmount(1000, usd), ledger.NewAmount(9, btc)}; !slices.Equal(got, want) {
		t.Errorf("together they are worth %v, want %v", got, want)
	}
	huge := ledger.Holding{Value: ledger.NewAmount(math.MaxInt64, usd)}
	if got := ledger.ValueOf([]ledger.Holding{huge, huge}); len(got) != 0 {
		t.Errorf("a total that no amount can hold is %v", got)
	}
}
