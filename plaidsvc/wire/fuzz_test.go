package wire_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// entries counts the elements of an answer's lists, independently of how they are read.
func entries(body []byte, lists ...string) (n int) {
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(body, &fields)
	for _, name := range lists {
		var list []json.RawMessage
		_ = json.Unmarshal(fields[name], &list)
		n += len(list)
	}
	return n
}

// strangeKey matches a name that no field of Plaid's has; encoding/json may take it for
// one of them, since it does not mind the case of letters.
var strangeKey = regexp.MustCompile(`[^a-z0-9_]`)

// plainly rewrites an answer with each name once in each object, and reports whether
// all are names as Plaid's.
func plainly(body []byte) ([]byte, bool) {
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.UseNumber()
	var x any
	if d.Decode(&x) != nil {
		return nil, false
	}
	again, err := json.Marshal(x)
	return again, err == nil && plain(x)
}

func plain(x any) bool {
	switch x := x.(type) {
	case map[string]any:
		for name, value := range x {
			if strangeKey.MatchString(name) || !plain(value) {
				return false
			}
		}
	case []any:
		for _, value := range x {
			if !plain(value) {
				return false
			}
		}
	}
	return true
}

// Whatever comes, reading a page ends, what it lets through is whole, and each row that
// came is there or counted. Read value by value the page is the same.
func FuzzReadPage(f *testing.F) {
	f.Add(page(row("t1") + "," + row("t2")))
	f.Add(page(`{"amount":"x","date":7},null,[]`))
	f.Add(page(amountRow("1e999999999", "null", `"BTC"`)))
	f.Add([]byte(`{"added":[],"modified":[` + row("t1") + `],"removed":[{"transaction_id":"t1"},{}],"next_cursor":"c","has_more":true}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		body, ok := plainly(body)
		if !ok {
			return
		}
		p, err := wire.ReadPage(body)
		if err != nil {
			return
		}
		for _, r := range p.Upserts {
			if r.ID == "" || r.Account == "" || r.Date.IsZero() || !r.Amount.Known() {
				t.Errorf("let through %+v", r)
			}
		}
		if want := entries(body, "added", "modified", "removed"); p.Rows() != want || p.More && p.Next == "" {
			t.Errorf("%d rows of %d are accounted for; more %v after %q", p.Rows(), want, p.More, p.Next)
		}
		if slow, err := wire.Salvage(body); err != nil || fmt.Sprint(slow) != fmt.Sprint(p) || !reflect.DeepEqual(slow.Upserts, p.Upserts) {
			t.Errorf("at once       %+v\nvalue by value %+v, %v", p, slow, err)
		}
	})
}

func FuzzReadAccounts(f *testing.F) {
	f.Add([]byte(`{"accounts":[{"account_id":"a","type":"credit","balances":{"current":1,"iso_currency_code":"USD","last_updated_datetime":"2026-03-01T00:00:00Z"}},null]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		list, err := wire.ReadAccounts(body)
		for _, a := range list.All {
			if a.ID == "" || a.Item != "" || a.Balance.Live {
				t.Errorf("let through %+v", a)
			}
		}
		if want := entries(body, "accounts"); err == nil && list.Rows() != want {
			t.Errorf("%d accounts of %d are accounted for", list.Rows(), want)
		}
	})
}

func FuzzReadItem(f *testing.F) {
	f.Add([]byte(`{"item":{"item_id":"i","institution_id":"ins_1","consent_expiration_time":"2026-03-01T00:00:00Z",
		"error":{"error_type":"ITEM_ERROR","error_code":"ITEM_LOGIN_REQUIRED"},"billed_products":["auth",7],"consented_products":null},
		"status":{"transactions":{"last_successful_update":"2026-03-01T00:00:00Z"},"investments":null}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		item, err := wire.ReadItem(body)
		if err != nil && !reflect.DeepEqual(item, wire.Item{}) {
			t.Errorf("%+v with %v", item, err)
		}
		if item.Transactions.Success == "" && !item.Transactions.At().IsZero() {
			t.Errorf("a visit nobody told of: %+v", item)
		}
	})
}

func FuzzReadError(f *testing.F) {
	f.Add([]byte(`{"error_type":"ITEM_ERROR","error_code":"X","error_message":7,"display_message":null,"request_id":"r"}`))
	f.Add([]byte(`<html>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if e := wire.ReadError(body); e != (wire.ErrorBody{}) && !json.Valid(body) {
			t.Errorf("%+v from what is no JSON", e)
		}
	})
}

func FuzzReadHoldings(f *testing.F) {
	f.Add([]byte(`{"holdings":[{"account_id":"a","security_id":"s","quantity":1.5,"institution_value":3,"iso_currency_code":"USD"},7],"securities":[{"security_id":"s","name":"F"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		list, err := wire.ReadHoldings(body)
		for _, h := range list.All {
			if h.Account == "" {
				t.Errorf("let through %+v", h)
			}
		}
		if want := entries(body, "holdings"); err == nil && list.Rows() != want {
			t.Errorf("%d holdings of %d are accounted for", list.Rows(), want)
		}
	})
}

func FuzzReadLiabilities(f *testing.F) {
	f.Add([]byte(`{"liabilities":{"credit":[{"account_id":"a","aprs":[{"apr_percentage":9.5}],"is_overdue":true}],"mortgage":[{"account_id":"b"}],"student":null}}`))
	usd := map[ledger.AccountID]ledger.Currency{"a": ledger.ISO("USD")}
	f.Fuzz(func(t *testing.T, body []byte) {
		list, err := wire.ReadLiabilities(body, usd)
		for _, l := range list.All {
			if l.Account != "a" {
				t.Errorf("let through %+v", l)
			}
		}
		var fields map[string]json.RawMessage
		_ = json.Unmarshal(body, &fields)
		if want := entries(fields["liabilities"], "credit", "mortgage", "student"); err == nil && list.Rows() != want {
			t.Errorf("%d liabilities of %d are accounted for", list.Rows(), want)
		}
	})
}

func FuzzReadTrades(f *testing.F) {
	f.Add([]byte(`{"investment_transactions":[{"investment_transaction_id":"t","account_id":"a","date":"2026-03-01","amount":3,"iso_currency_code":"USD"},{}],"total_investment_transactions":2}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		page, err := wire.ReadTrades(body)
		for _, x := range page.All {
			if x.ID == "" || x.Account == "" || x.Date.IsZero() {
				t.Errorf("let through %+v", x)
			}
		}
		if want := entries(body, "investment_transactions"); err == nil && (page.Rows() != want || page.Total < 0) {
			t.Errorf("%d trades of %d are accounted for, %d in all", page.Rows(), want, page.Total)
		}
	})
}

func FuzzReadStreams(f *testing.F) {
	f.Add([]byte(`{"inflow_streams":[{"stream_id":"s","account_id":"a","average_amount":{"amount":3,"iso_currency_code":"USD"}}],"outflow_streams":[{},null]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		list, err := wire.ReadStreams(body)
		for _, s := range list.All {
			if s.ID == "" || s.Account == "" {
				t.Errorf("let through %+v", s)
			}
		}
		if want := entries(body, "inflow_streams", "outflow_streams"); err == nil && list.Rows() != want {
			t.Errorf("%d streams of %d are accounted for", list.Rows(), want)
		}
	})
}
