package plaidsvc_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/plaid/plaid-go/v29/plaid"
	"pgregory.net/rapid"

	"coffer/ledger"
	"coffer/plaidsvc"
)

// fetched syncs one page of these rows (JSON) and returns what the vault got.
func fetched(t *testing.T, rows string) (ledger.Delta, error) {
	t.Helper()
	w, s := scripted(t)
	s.on("/transactions/sync", page(rows, "c1", false))
	var left error
	results, err := w.Sync(t.Context(), nil, func(p ledger.Progress) {
		if p.Phase == ledger.PhaseDone {
			left = p.Err
		}
	})
	if err != nil || results[0].Err != nil {
		t.Fatalf("sync: %v, %v", err, results[0].Err)
	}
	return w.vault.deltas[0], left
}

// amountRow is a row with an amount and a currency, both JSON.
func amountRow(amount, iso, unofficial string) string {
	return `{"transaction_id":"t","account_id":"a","date":"2026-03-01","name":"n","amount":` + amount +
		`,"iso_currency_code":` + iso + `,"unofficial_currency_code":` + unofficial + `}`
}

// The sign is turned once, decimals come from the text, and what the currency
// cannot hold is rounded half to even with Plaid's text kept.
func TestAmounts(t *testing.T) {
	usd, jpy, kwd := ledger.ISO("USD"), ledger.ISO("JPY"), ledger.ISO("KWD")
	for _, tt := range []struct {
		amount, iso, unofficial string
		want                    string
		cur                     ledger.Currency
		raw                     string
	}{
		{`12.34`, `"USD"`, `null`, "-12.34", usd, ""},
		{`-2307.21`, `"USD"`, `null`, "2307.21", usd, ""},
		{`0`, `"USD"`, `null`, "0.00", usd, ""},
		{`-0`, `"USD"`, `null`, "0.00", usd, ""},
		{`72.1`, `"USD"`, `null`, "-72.10", usd, ""}, // as a float: 72.0999...
		{`0.1`, `"usd"`, `null`, "-0.10", usd, ""},
		{`1e3`, `"USD"`, `null`, "-1000.00", usd, ""},
		{`1.5E-1`, `"USD"`, `null`, "-0.15", usd, ""},
		{`23631.9805`, `"USD"`, `null`, "-23631.98", usd, "23631.9805"},
		{`0.125`, `"USD"`, `null`, "-0.12", usd, "0.125"},
		{`0.135`, `"USD"`, `null`, "-0.14", usd, "0.135"},
		{`-0.125`, `"USD"`, `null`, "0.12", usd, "-0.125"},
		{`1.10000`, `"USD"`, `null`, "-1.10", usd, ""},
		{`1200`, `"JPY"`, `null`, "-1200", jpy, ""},
		{`1200.5`, `"JPY"`, `null`, "-1200", jpy, "1200.5"},
		{`1201.5`, `"JPY"`, `null`, "-1202", jpy, "1201.5"},
		{`1.2345`, `"KWD"`, `null`, "-1.234", kwd, "1.2345"},
		{`0.00012345`, `null`, `"BTC"`, "-0.00012345", ledger.Unofficial("BTC"), ""},
		{`0.000000015`, `null`, `"BTC"`, "-0.00000002", ledger.Unofficial("BTC"), "0.000000015"},
		{`5`, `"USD"`, `"BTC"`, "-5.00", usd, ""},
		{`5`, `null`, `null`, "-5.00", ledger.ISO("XXX"), ""}, // nobody said dollars
		{`92233720368547758.07`, `"USD"`, `null`, "-92233720368547758.07", usd, ""},
	} {
		d, left := fetched(t, amountRow(tt.amount, tt.iso, tt.unofficial))
		if left != nil || len(d.Upserts) != 1 {
			t.Errorf("%s %s%s: %d rows, left out: %v", tt.amount, tt.iso, tt.unofficial, len(d.Upserts), left)
			continue
		}
		got := d.Upserts[0]
		if got.Amount.String() != tt.want || got.Amount.Currency() != tt.cur || got.RawAmount != tt.raw {
			t.Errorf("%s %s%s = %v %v (raw %q), want %s %v (raw %q)", tt.amount, tt.iso, tt.unofficial,
				got.Amount, got.Amount.Currency(), got.RawAmount, tt.want, tt.cur, tt.raw)
		}
	}
}

// Whatever decimal Plaid writes, the amount is minus that, to the nearest minor
// unit: computed here with other arithmetic.
func TestAmountIsNearestAndReversed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cur := rapid.SampledFrom([]ledger.Currency{
			ledger.ISO("USD"), ledger.ISO("JPY"), ledger.ISO("KWD"), ledger.Unofficial("ETH"),
		}).Draw(t, "currency")
		text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,6})(\.[0-9]{1,12})?(e-?[0-3])?`).Draw(t, "number")
		got, exact, err := plaidsvc.ParseAmount(text, cur)
		if err != nil {
			t.Fatalf("ParseAmount(%s): %v", text, err)
		}
		want, _ := new(big.Rat).SetString(text)
		scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(cur.Digits())), nil)
		want.Mul(want, new(big.Rat).SetInt(scale))
		off := want.Sub(want, new(big.Rat).SetInt64(got.Minor()))
		if exact != (off.Sign() == 0) {
			t.Errorf("%s %v: exact %v, off by %v", text, cur, exact, off)
		}
		switch off.Abs(off).Cmp(big.NewRat(1, 2)) {
		case 1:
			t.Errorf("%s %v = %v, off by %v minor units", text, cur, got, off)
		case 0:
			if got.Minor()%2 != 0 {
				t.Errorf("%s %v = %v, a tie that did not go to the even unit", text, cur, got)
			}
		}
	})
}

// A row that is odd costs itself at most, and never its page.
func TestOddRowsAreSalvagedOrCounted(t *testing.T) {
	whole := `"transaction_id":"odd","account_id":"a","amount":1.5,"iso_currency_code":"USD","date":"2026-03-01"`
	replace := func(old, now string) string { return "{" + strings.Replace(whole, old, now, 1) + "}" }
	for name, tt := range map[string]struct {
		row  string
		kept bool
	}{
		"amount as text":         {replace(`1.5`, `"1.5"`), true},
		"amount as nonsense":     {replace(`1.5`, `"lots"`), false},
		"amount null":            {replace(`1.5`, `null`), false},
		"amount an object":       {replace(`1.5`, `{"value":1.5}`), false},
		"amount missing":         {replace(`"amount":1.5,`, ``), false},
		"amount too large":       {replace(`1.5`, `1e30`), false},
		"amount absurd":          {replace(`1.5`, `1e999999999`), false},
		"amount absurdly small":  {replace(`1.5`, `1e-999999999`), false},
		"date and time":          {replace(`2026-03-01`, `2026-03-01T11:00:00Z`), true},
		"date in words":          {replace(`2026-03-01`, `last Sunday`), false},
		"date a number":          {replace(`"2026-03-01"`, `20260301`), false},
		"date null":              {replace(`"2026-03-01"`, `null`), false},
		"no id":                  {replace(`"transaction_id":"odd",`, ``), false},
		"id a number":            {replace(`"odd"`, `17`), true},
		"no account":             {replace(`"account_id":"a",`, ``), false},
		"datetime without zone":  {"{" + whole + `,"datetime":"2023-09-24 11:01:01"}`, true},
		"name a number":          {"{" + whole + `,"name":42}`, true},
		"name a list":            {"{" + whole + `,"name":["x"]}`, true},
		"pending as text":        {"{" + whole + `,"pending":"true"}`, true},
		"location a text":        {"{" + whole + `,"location":"Paris"}`, true},
		"city a number":          {"{" + whole + `,"location":{"city":1}}`, true},
		"category a text":        {"{" + whole + `,"personal_finance_category":"FOOD"}`, true},
		"authorized date broken": {"{" + whole + `,"authorized_date":"soon"}`, true},
		"check number a number":  {"{" + whole + `,"check_number":1001}`, true},
		"fields of tomorrow":     {"{" + whole + `,"business_finance_category":{"x":[1]},"payment_channel":"telepathy"}`, true},
		"currency a number":      {replace(`"USD"`, `840`), true},
		"not an object":          {`"odd"`, false},
		"null":                   {`null`, false},
		"a list":                 {`[1,2]`, false},
	} {
		t.Run(name, func(t *testing.T) {
			d, left := fetched(t, row("before")+","+tt.row+","+row("after"))
			var ids []string
			for _, u := range d.Upserts {
				ids = append(ids, string(u.ID))
			}
			var skip *plaidsvc.SkippedError
			if want := 2 + count(tt.kept); len(ids) != want || ids[0] != "before" || ids[want-1] != "after" {
				t.Errorf("kept %q, want %d with the neighbours", ids, want)
			}
			if counted := errors.As(left, &skip); counted == tt.kept || counted && skip.Rows != 1 {
				t.Errorf("reported as left out: %v, want %v", left, !tt.kept)
			}
		})
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// What is null, or of a kind nobody knows yet, stays unknown.
func TestNullsStayUnknownAndNewCodesPass(t *testing.T) {
	d, _ := fetched(t, `{"transaction_id":"t","account_id":"a","amount":1,"iso_currency_code":"USD","date":"2026-03-01",
		"authorized_date":null,"name":"Check 7","merchant_name":null,"original_description":null,"pending_transaction_id":null,
		"personal_finance_category":{"primary":"FOOD_AND_DRINK","detailed":"FOOD_AND_DRINK_SPACE_FOOD","confidence_level":"NEW"},
		"location":{"city":null,"country":null},"check_number":null,"payment_channel":"new channel","new_field":{}}`)
	want := ledger.Transaction{
		ID: "t", Account: "a", Date: ledger.NewDate(2026, 3, 1), Amount: ledger.NewAmount(-100, ledger.ISO("USD")),
		Category: "FOOD_AND_DRINK_SPACE_FOOD", Name: "Check 7", Channel: "new channel",
	}
	if got := d.Upserts[0]; got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

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
		w, s := scripted(t)
		s.on("/transactions/sync", page("", "c1", false))
		s.on("/accounts/get", answer(200, `{"accounts":[`+account(tt.kind, tt.balances)+`],"item":{},"request_id":"r"}`))
		if got := w.syncOne(t); got.Err != nil {
			t.Errorf("%s %s: %v", tt.kind, tt.balances, got.Err)
			continue
		}
		b := w.vault.accounts["a"].Balance
		if b.Current.String() != tt.current || b.Available.String() != tt.available || b.Limit.String() != tt.limit {
			t.Errorf("%s %s = %q %q %q, want %q %q %q", tt.kind, tt.balances,
				b.Current, b.Available, b.Limit, tt.current, tt.available, tt.limit)
		}
		if got := w.vault.accounts["a"].Currency.Code(); got != tt.currency {
			t.Errorf("%s %s: currency %q, want %q", tt.kind, tt.balances, got, tt.currency)
		}
	}
}

// Our lean decoding and plaid-go's generated one read the same page alike,
// field for field. plaid-go's amount is a float, so it is compared as its
// shortest text.
func TestLeanDecodingAgreesWithPlaidGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body, err := json.Marshal(map[string]any{
			"transactions_update_status": "HISTORICAL_UPDATE_COMPLETE", "accounts": []any{},
			"added": rapid.SliceOfN(documentedRow(), 0, 5).Draw(t, "added"), "modified": []any{},
			"removed":     []map[string]string{{"transaction_id": "gone", "account_id": "a"}},
			"next_cursor": rapid.StringN(1, 9, -1).Draw(t, "cursor"), "has_more": rapid.Bool().Draw(t, "more"), "request_id": "r",
		})
		if err != nil {
			t.Fatal(err)
		}
		var generated plaid.TransactionsSyncResponse
		if err := json.Unmarshal(body, &generated); err != nil {
			t.Fatalf("plaid-go: %v", err)
		}
		lean, err := plaidsvc.DecodePage(body)
		if err != nil {
			t.Fatalf("lean: %v", err)
		}
		if lean.Next != generated.NextCursor || lean.More != generated.HasMore || lean.Status != string(generated.TransactionsUpdateStatus) ||
			len(lean.Removed) != 1 || lean.Removed[0] != generated.Removed[0].TransactionId {
			t.Errorf("page: lean %+v, generated %+v", lean, generated)
		}
		if len(lean.Rows) != len(generated.Added) {
			t.Fatalf("lean has %d rows, generated %d", len(lean.Rows), len(generated.Added))
		}
		for i := range lean.Rows {
			if got, want := lean.Rows[i], asLean(&generated.Added[i]); got != want {
				t.Errorf("row %d:\nlean      %+v\ngenerated %+v", i, got, want)
			}
		}
	})
}

// documentedRow draws a row as Plaid documents it.
func documentedRow() *rapid.Generator[map[string]any] {
	text := rapid.String()
	maybe := func(g *rapid.Generator[string]) *rapid.Generator[any] {
		return rapid.Custom(func(t *rapid.T) any {
			if rapid.Bool().Draw(t, "null") {
				return nil
			}
			return g.Draw(t, "text")
		})
	}
	day := rapid.Custom(func(t *rapid.T) string {
		return ledger.DateFromDays(int32(rapid.IntRange(730_000, 740_000).Draw(t, "day"))).String()
	})
	return rapid.Custom(func(t *rapid.T) map[string]any {
		return map[string]any{
			"transaction_id": text.Draw(t, "id"), "account_id": text.Draw(t, "account"),
			"pending_transaction_id":   maybe(text).Draw(t, "pending id"),
			"pending":                  rapid.Bool().Draw(t, "pending"),
			"amount":                   json.Number(rapid.StringMatching(`-?(0|[1-9][0-9]{0,6})\.[0-9]?[1-9]`).Draw(t, "amount")),
			"iso_currency_code":        maybe(text).Draw(t, "iso"),
			"unofficial_currency_code": maybe(text).Draw(t, "unofficial"),
			"date":                     day.Draw(t, "date"),
			"authorized_date":          maybe(day).Draw(t, "authorized"),
			"datetime":                 nil, "authorized_datetime": "2026-03-01T00:00:00Z",
			"name": text.Draw(t, "name"), "merchant_name": maybe(text).Draw(t, "merchant"),
			"original_description": maybe(text).Draw(t, "original"),
			"payment_channel":      text.Draw(t, "channel"),
			"check_number":         maybe(text).Draw(t, "check"),
			"personal_finance_category": rapid.SampledFrom([]any{
				nil, map[string]any{"primary": text.Draw(t, "primary"), "detailed": text.Draw(t, "detailed")},
			}).Draw(t, "category"),
			"location": map[string]any{"city": maybe(text).Draw(t, "city"), "country": maybe(text).Draw(t, "country"), "lat": nil},
			"category": nil, "category_id": nil, "transaction_code": nil, "payment_meta": map[string]any{}, "account_owner": nil,
		}
	})
}

// asLean reads from plaid-go's struct what our own has.
func asLean(t *plaid.Transaction) plaidsvc.Row {
	var primary, detailed string
	if c := t.PersonalFinanceCategory.Get(); c != nil {
		primary, detailed = c.Primary, c.Detailed
	}
	return plaidsvc.Row{
		ID: t.TransactionId, Account: t.AccountId, PendingID: t.GetPendingTransactionId(), Pending: t.Pending,
		Amount: t.Amount, ISO: t.GetIsoCurrencyCode(), Unofficial: t.GetUnofficialCurrencyCode(),
		Date: t.Date, Authorized: t.GetAuthorizedDate(),
		Name: t.Name, Merchant: t.GetMerchantName(), Original: t.GetOriginalDescription(),
		Channel: t.PaymentChannel, Check: t.GetCheckNumber(), Primary: primary, Detailed: detailed,
		City: t.Location.GetCity(), Country: t.Location.GetCountry(),
	}
}

// Whatever comes, decoding ends, and what it lets through is whole.
func FuzzSyncPage(f *testing.F) {
	f.Add([]byte(pageJSON(row("t1"), "c1", true)))
	f.Add([]byte(pageJSON(`{"amount":"x","date":7},null,[]`, "c1", false)))
	f.Add([]byte(pageJSON(amountRow("1e999999999", "null", `"BTC"`), "c1", false)))
	f.Fuzz(func(t *testing.T, body []byte) {
		rows, err := plaidsvc.ConvertPage(body)
		for _, r := range rows {
			if err != nil || r.ID == "" || r.Account == "" || r.Date.IsZero() || !r.Amount.Known() {
				t.Errorf("let through %+v (%v)", r, err)
			}
		}
	})
}

// What rounds was text to keep, what does not reads back as it was.
func FuzzAmount(f *testing.F) {
	for _, s := range []string{"12.34", "-0", "1e400", "1e-400", "0.005", "9223372036854775807", "-9223372036854775808"} {
		f.Add(s, "USD")
	}
	f.Fuzz(func(t *testing.T, text, code string) {
		a, exact, err := plaidsvc.ParseAmount(text, ledger.ISO(code))
		if err != nil || !exact || code == "" {
			return
		}
		back, err := ledger.ParseAmount(a.String(), a.Currency())
		if err != nil || back != a {
			t.Errorf("%q is %v, which reads back as %v, %v", text, a, back, err)
		}
	})
}
