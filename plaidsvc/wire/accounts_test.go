package wire_test

import (
	"testing"

	"coffer/plaidsvc/wire"
)

// Only what is owed changes its sign, and only where it says what is held.
func TestBalances(t *testing.T) {
	account := func(kind, balances string) string {
		return `{"account_id":"a","name":"N","official_name":null,"mask":null,"type":"` + kind + `","subtype":"x","balances":{` + balances + `}}`
	}
	for _, tt := range []struct {
		kind, balances            string
		current, available, limit string
		currency                  string
	}{
		{"depository", `"current":110,"available":100,"limit":null,"iso_currency_code":"USD"`, "110.00", "100.00", "", "USD"},
		{"depository", `"current":-20.5,"available":null,"limit":500,"iso_currency_code":"EUR"`, "-20.50", "", "500.00", "EUR"},
		{"credit", `"current":410,"available":1590,"limit":2000,"iso_currency_code":"USD"`, "-410.00", "1590.00", "2000.00", "USD"},
		{"credit", `"current":-15,"available":2015,"limit":2000,"iso_currency_code":"USD"`, "15.00", "2015.00", "2000.00", "USD"},
		{"loan", `"current":56302.06,"available":null,"limit":null,"iso_currency_code":"USD"`, "-56302.06", "", "", "USD"},
		{"investment", `"current":23631.9805,"available":1,"limit":null,"iso_currency_code":"USD"`, "23631.98", "1.00", "", "USD"},
		{"investment", `"current":0.5,"available":null,"limit":null,"iso_currency_code":null,"unofficial_currency_code":"BTC"`, "0.50000000", "", "", "BTC"},
		{"credit", `"current":null,"available":7,"limit":null,"iso_currency_code":"USD"`, "", "7.00", "", "USD"},
		{"brand new type", `"current":9,"available":null,"limit":null,"iso_currency_code":"USD"`, "9.00", "", "", "USD"},
		{"loan", `"current":"12.5","available":{},"limit":null,"iso_currency_code":"USD"`, "-12.50", "", "", "USD"},
		{"depository", `"current":3,"available":null,"limit":null`, "3.00", "", "", "XXX"},
	} {
		list, err := wire.ReadAccounts([]byte(`{"accounts":[` + account(tt.kind, tt.balances) + `],"item":{},"request_id":"r"}`))
		if err != nil || len(list.All) != 1 {
			t.Errorf("%s %s: %+v, %v", tt.kind, tt.balances, list, err)
			continue
		}
		b := list.All[0].Balance
		if b.Current.String() != tt.current || b.Available.String() != tt.available || b.Limit.String() != tt.limit {
			t.Errorf("%s %s = %q %q %q, want %q %q %q", tt.kind, tt.balances,
				b.Current, b.Available, b.Limit, tt.current, tt.available, tt.limit)
		}
		if got := list.All[0].Currency.Code(); got != tt.currency {
			t.Errorf("%s %s: currency %q, want %q", tt.kind, tt.balances, got, tt.currency)
		}
	}
}
