package plaidsim_test

import (
	"maps"
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

// What a configuration says of investments comes out of the endpoints, position
// by position and trade by trade.
func TestCustomInvestmentsComeOutAsTheyWentIn(t *testing.T) {
	compared := 0
	for name, text := range customFiles(t) {
		if !strings.HasPrefix(name, "investments_") {
			continue
		}
		var said fields
		decodeInto(t, text, &said)
		w := newWorld(t, plaidsim.Options{})
		token := w.linkCustom(text)
		request := fields{"access_token": token, "start_date": "2024-03-16", "end_date": "2026-03-15"}
		holdings := w.must("/investments/holdings/get", fields{"access_token": token})
		trades := w.must("/investments/transactions/get", request)
		for _, a := range said.list("override_accounts") {
			for _, h := range several(a["holdings"]) {
				compared++
				if !among(h, holdings.list("holdings"), holdings.list("securities")) {
					t.Errorf("%s: holding %v did not come out, got %v", name, h, holdings)
				}
			}
			for _, x := range several(a["investment_transactions"]) {
				compared++
				if !among(x, trades.list("investment_transactions"), trades.list("securities")) {
					t.Errorf("%s: trade %v did not come out, got %v", name, x, trades)
				}
			}
		}
	}
	if compared < 8 {
		t.Errorf("compared %d positions and trades", compared)
	}
}

// several is a list that may be written as its only element.
func several(v any) []fields {
	if one, ok := v.(map[string]any); ok {
		return []fields{one}
	}
	return fields{"list": v}.list("list")
}

// among tells whether one of the rows, with its security, has all that is said.
func among(said fields, rows, securities []fields) bool {
	said = maps.Clone(said)
	security, currency := said["security"], said["currency"]
	delete(said, "security")
	delete(said, "currency")
	for _, row := range rows {
		if !same(map[string]any(said), map[string]any(row)) || row["iso_currency_code"] != currency {
			continue
		}
		for _, s := range securities {
			if object, ok := security.(map[string]any); ok && s["security_id"] == row["security_id"] {
				object = maps.Clone(object)
				delete(object, "currency")
				if same(object, map[string]any(s)) {
					return true
				}
			}
		}
		if security == nil {
			return true
		}
	}
	return false
}
