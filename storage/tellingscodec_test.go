package storage

import (
	"reflect"
	"testing"

	"coffer/ledger"
)

var (
	yes           = true
	sampleHolding = ledger.Holding{
		Account: "account", Security: "Fund of all", Ticker: "ALL", Kind: "etf", Quantity: "12.3456789012345",
		Price: "101.23456", PriceDate: sampleDate, Currency: ledger.ISO("USD"), Value: sampleAmount, Cost: sampleAmount,
	}
	sampleRate      = ledger.Rate{Kind: "purchase_apr", Percent: "19.99"}
	sampleLiability = ledger.Liability{
		Account: "account", Kind: ledger.CardDebt, Name: "Card", Rates: []ledger.Rate{sampleRate, {Percent: "0"}},
		Minimum: sampleAmount, Due: sampleDate, Overdue: &yes, PastDue: sampleAmount, Statement: sampleAmount,
		StatementDate: sampleDate, LastPayment: sampleAmount, LastPaid: sampleDate, Principal: sampleAmount, Ends: sampleDate,
	}
	sampleTrade = ledger.Trade{
		ID: "trade", Account: "account", Date: sampleDate, Name: "BUY", Security: "Fund of all", Ticker: "ALL", Kind: "buy", Subkind: "dividend",
		Quantity: "-1.5", Price: "3.25", Currency: ledger.ISO("USD"), Amount: sampleAmount, Fees: sampleAmount,
	}
	sampleStream = ledger.Stream{
		ID: "stream", Account: "account", Description: "RENT", Merchant: "Landlord", Category: "RENT", Frequency: "MONTHLY", Status: "MATURE",
		Active: &yes, First: sampleDate, Last: sampleDate, Next: sampleDate, Average: sampleAmount, Latest: sampleAmount, Count: 3,
	}
	sampleHoldings    = ledger.Holdings{Told: ledger.Told{Item: "item", At: sampleTime}, List: []ledger.Holding{sampleHolding, {}}}
	sampleLiabilities = ledger.Liabilities{Told: ledger.Told{Item: "item", At: sampleTime}, List: []ledger.Liability{sampleLiability, {}}}
	sampleTrades      = ledger.Trades{Told: ledger.Told{Item: "item", At: sampleTime}, Since: sampleDate, List: []ledger.Trade{sampleTrade, {}}}
	sampleStreams     = ledger.Streams{Told: ledger.Told{Item: "item", At: sampleTime}, List: []ledger.Stream{sampleStream, {}}}
)

// As TestRecordsKeepEveryField.
func TestTellingsKeepEveryField(t *testing.T) {
	for _, sample := range []any{
		sampleHolding, sampleRate, sampleLiability, sampleTrade, sampleStream,
		sampleHoldings, sampleLiabilities, sampleTrades, sampleStreams,
	} {
		v := reflect.ValueOf(sample)
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("%s.%s is not in the sample: is it in the codec?", v.Type(), v.Type().Field(i).Name)
			}
		}
	}
	check(t, sampleHoldings, encodeHoldings, decodeHoldings)
	check(t, sampleLiabilities, encodeLiabilities, decodeLiabilities)
	check(t, sampleTrades, encodeTrades, decodeTrades)
	check(t, sampleStreams, encodeStreams, decodeStreams)
}

func FuzzHoldings(f *testing.F) { fuzzRecord(f, sampleHoldings, encodeHoldings, decodeHoldings) }
func FuzzLiabilities(f *testing.F) {
	fuzzRecord(f, sampleLiabilities, encodeLiabilities, decodeLiabilities)
}
func FuzzTrades(f *testing.F)  { fuzzRecord(f, sampleTrades, encodeTrades, decodeTrades) }
func FuzzStreams(f *testing.F) { fuzzRecord(f, sampleStreams, encodeStreams, decodeStreams) }
