package wire_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// oddValues are what a field may be one day instead of what is documented.
var oddValues = []any{nil, map[string]any{}, []any{}, "odd text", 17, true, strings.Repeat("x", 100_000), []any{nil, 7, "x"}}

// between puts an entry, one field of which is odd, between two that are not, and
// hands each such list to look.
func between(t *testing.T, entry map[string]any, look func(name string, odd any, list []any)) {
	t.Helper()
	for name := range entry {
		for _, odd := range oddValues {
			changed := map[string]any{}
			for k, v := range entry {
				changed[k] = v
			}
			changed[name] = odd
			look(name, odd, []any{entry, changed, entry})
		}
	}
	for _, odd := range oddValues {
		look("all of it", odd, []any{entry, odd, entry})
	}
}

func encoded(t *testing.T, x any) []byte {
	t.Helper()
	body, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// Every field of a holding or a security may be null, missing or of another kind: its
// neighbours stay.
func TestAnyFieldOfAHoldingMayBeOdd(t *testing.T) {
	holding := map[string]any{
		"account_id": "a", "security_id": "s", "quantity": 1.5, "institution_price": 2, "institution_price_as_of": "2026-03-01",
		"institution_value": 3, "cost_basis": 2.5, "iso_currency_code": "USD", "unofficial_currency_code": nil,
	}
	security := map[string]any{"security_id": "s", "name": "Fund", "ticker_symbol": "F", "type": "etf"}
	between(t, holding, func(name string, odd any, list []any) {
		answer, err := wire.ReadHoldings(encoded(t, map[string]any{"holdings": list, "securities": []any{security}}))
		got := answer.All
		if err != nil || len(got) < 2 || got[0] != got[len(got)-1] || got[0].Security != "Fund" || got[0].Value.Minor() != 300 {
			t.Errorf("%s = %.40v: %+v, %v", name, odd, got, err)
		}
		if answer.Rows() != 3 {
			t.Errorf("%s = %.40v: %d of 3 entries are accounted for", name, odd, answer.Rows())
		}
		if len(got) == 2 && name != "account_id" && name != "all of it" {
			t.Errorf("%s = %.40v cost the holding", name, odd)
		}
	})
	between(t, security, func(name string, odd any, list []any) {
		answer, err := wire.ReadHoldings(encoded(t, map[string]any{"holdings": []any{holding}, "securities": list}))
		got := answer.All
		if err != nil || answer.Skipped.Rows != 0 || len(got) != 1 || got[0].Value.Minor() != 300 || got[0].Security != "Fund" {
			t.Errorf("%s = %.40v: %+v, %v", name, odd, got, err)
		}
	})
}

// So may every field of what is owed.
func TestAnyFieldOfALiabilityMayBeOdd(t *testing.T) {
	usd := map[ledger.AccountID]ledger.Currency{"a": ledger.ISO("USD")}
	for kind, entry := range map[string]map[string]any{
		"credit":   {"account_id": "a", "aprs": []any{map[string]any{"apr_type": "cash_apr", "apr_percentage": 9.5}}, "is_overdue": true, "minimum_payment_amount": 7, "next_payment_due_date": "2026-03-01"},
		"mortgage": {"account_id": "a", "interest_rate": map[string]any{"percentage": 3.5, "type": "fixed"}, "next_monthly_payment": 7, "maturity_date": "2046-03-01"},
		"student":  {"account_id": "a", "interest_rate_percentage": 3.5, "is_overdue": false, "minimum_payment_amount": 7, "loan_name": "L"},
	} {
		between(t, entry, func(name string, odd any, list []any) {
			answer, err := wire.ReadLiabilities(encoded(t, map[string]any{"liabilities": map[string]any{kind: list}}), usd)
			got := answer.All
			if err != nil || len(got) < 2 || answer.Rows() != 3 || got[0].Minimum.Minor() != 700 || got[len(got)-1].Minimum.Minor() != 700 || len(got[0].Rates) != 1 {
				t.Errorf("%s %s = %.40v: %+v, %v", kind, name, odd, got, err)
			}
		})
	}
}

// An answer that does not say what there is says nothing: it is not taken for none.
func TestAnAnswerWithoutAListSaysNothing(t *testing.T) {
	for _, body := range []string{`{}`, `[]`, `null`, `{"holdings":null,"liabilities":null}`, `{"holdings":{},"liabilities":[]}`, `{"holdings":7,"liabilities":7}`} {
		if list, err := wire.ReadHoldings([]byte(body)); err == nil {
			t.Errorf("holdings of %s: %v", body, list)
		}
		if list, err := wire.ReadLiabilities([]byte(body), nil); err == nil {
			t.Errorf("liabilities of %s: %v", body, list)
		}
	}
	for _, said := range []string{``, `null`, `7`, `"odd text"`} {
		body := `{"accounts":[{"account_id":"a"}]}`
		if said != "" {
			body = `{"accounts":[{"account_id":"a","owners":` + said + `}],"numbers":` + said + `}`
		}
		if list, err := wire.ReadOwners([]byte(body), "a"); err == nil {
			t.Errorf("owners of %s: %v", body, list)
		}
		if n, err := wire.ReadNumbers([]byte(body), "a"); err == nil {
			t.Errorf("numbers of %s: %v", body, n)
		}
	}
}

// A yes or no may be written as a text. What is neither is not known, and not no.
func TestYesOrNo(t *testing.T) {
	usd := map[ledger.AccountID]ledger.Currency{"a": ledger.ISO("USD")}
	for said, want := range map[string]string{
		`true`: "true", `false`: "false", `"true"`: "true", `"false"`: "false", `null`: "", `"yes"`: "", `1`: "", `0`: "", `""`: "", `{}`: "", `[]`: "",
	} {
		list, err := wire.ReadLiabilities([]byte(`{"liabilities":{"credit":[{"account_id":"a","is_overdue":`+said+`}]}}`), usd)
		if err != nil || len(list.All) != 1 {
			t.Fatalf("%s: %+v, %v", said, list, err)
		}
		got := ""
		if late := list.All[0].Overdue; late != nil {
			got = strconv.FormatBool(*late)
		}
		if got != want {
			t.Errorf("%s is read as %q, want %q", said, got, want)
		}
	}
}

// So may every field of a trade.
func TestAnyFieldOfATradeMayBeOdd(t *testing.T) {
	trade := map[string]any{
		"investment_transaction_id": "t", "account_id": "a", "date": "2026-03-01", "security_id": "s", "name": "BUY", "type": "buy", "subtype": "buy",
		"quantity": 1.5, "price": 2, "amount": 3, "fees": 0.5, "iso_currency_code": "USD", "unofficial_currency_code": nil,
	}
	between(t, trade, func(name string, odd any, list []any) {
		page, err := wire.ReadTrades(encoded(t, map[string]any{"investment_transactions": list, "total_investment_transactions": 3}))
		got, n := page.All, page.Skipped.Rows
		if err != nil || len(got) < 2 || got[0] != got[len(got)-1] || got[0].Amount.Minor() != -300 || len(got)+n != 3 {
			t.Errorf("%s = %.40v: %+v, %d odd, %v", name, odd, got, n, err)
		}
	})
	for _, total := range []any{nil, "many", -1, 1.5, []any{}} {
		if _, err := wire.ReadTrades(encoded(t, map[string]any{"investment_transactions": []any{}, "total_investment_transactions": total})); err == nil {
			t.Errorf("a total of %v passes", total)
		}
	}
}

// So may every field of what recurs.
func TestAnyFieldOfAStreamMayBeOdd(t *testing.T) {
	stream := map[string]any{
		"stream_id": "s", "account_id": "a", "description": "RENT", "merchant_name": "Landlord", "frequency": "MONTHLY", "status": "MATURE",
		"is_active": true, "first_date": "2026-01-01", "last_date": "2026-03-01", "predicted_next_date": "2026-04-01",
		"average_amount": map[string]any{"amount": 3, "iso_currency_code": "USD"}, "last_amount": map[string]any{"amount": 3, "iso_currency_code": "USD"},
		"transaction_ids": []any{"t"}, "personal_finance_category": map[string]any{"primary": "P", "detailed": "P_D"},
	}
	between(t, stream, func(name string, odd any, list []any) {
		answer, err := wire.ReadStreams(encoded(t, map[string]any{"inflow_streams": list, "outflow_streams": []any{}}))
		got, n := answer.All, answer.Skipped.Rows
		if err != nil || len(got) < 2 || got[0].Average.Minor() != -300 || got[len(got)-1].Next != got[0].Next || got[0].Next.IsZero() || len(got)+n != 3 {
			t.Errorf("%s = %.40v: %+v, %d odd, %v", name, odd, got, n, err)
		}
	})
	for _, body := range []string{`{}`, `{"inflow_streams":[],"outflow_streams":null}`, `{"inflow_streams":{},"outflow_streams":[]}`} {
		if list, err := wire.ReadStreams([]byte(body)); err == nil {
			t.Errorf("streams of %s: %v", body, list)
		}
	}
}
