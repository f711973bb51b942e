package wire_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// page is an answer of /transactions/sync with these rows (JSON).
func page(rows string) []byte {
	return []byte(`{"transactions_update_status":"HISTORICAL_UPDATE_COMPLETE","accounts":[],"added":[` + rows +
		`],"modified":[],"removed":[],"next_cursor":"c1","has_more":false,"request_id":"r"}`)
}

// row is a transaction of twelve dollars spent.
func row(id string) string {
	return `{"transaction_id":"` + id + `","account_id":"acc-1","amount":12.34,"iso_currency_code":"USD",` +
		`"unofficial_currency_code":null,"date":"2026-03-01","name":"Coffee","pending":false,"payment_channel":"in store"}`
}

// read reads a page with these rows.
func read(t *testing.T, rows string) wire.Page {
	t.Helper()
	p, err := wire.ReadPage(page(rows))
	if err != nil {
		t.Fatal(err)
	}
	return p
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
			p := read(t, row("before")+","+tt.row+","+row("after"))
			var ids []string
			for _, u := range p.Upserts {
				ids = append(ids, string(u.ID))
			}
			if want := 2 + count(tt.kept); len(ids) != want || ids[0] != "before" || ids[want-1] != "after" {
				t.Errorf("kept %q, want %d with the neighbours", ids, want)
			}
			if want := 1 - count(tt.kept); p.Skipped.Rows != want || (p.Skipped.First != nil) != (want > 0) {
				t.Errorf("left out: %+v, want %d", p.Skipped, want)
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
	p := read(t, `{"transaction_id":"t","account_id":"a","amount":1,"iso_currency_code":"USD","date":"2026-03-01",
		"authorized_date":null,"name":"Check 7","merchant_name":null,"original_description":null,"pending_transaction_id":null,
		"personal_finance_category":{"primary":"FOOD_AND_DRINK","detailed":"FOOD_AND_DRINK_SPACE_FOOD","confidence_level":"NEW"},
		"location":{"city":null,"country":null},"check_number":null,"payment_channel":"new channel","new_field":{}}`)
	want := ledger.Transaction{
		ID: "t", Account: "a", Date: ledger.NewDate(2026, 3, 1), Amount: ledger.NewAmount(-100, ledger.ISO("USD")),
		Category: "FOOD_AND_DRINK_SPACE_FOOD", Name: "Check 7", Channel: "new channel",
	}
	if got := p.Upserts[0]; got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// Every field of a row may be null, missing or of another kind: its neighbours
// stay, and it stays too unless the field is one that it cannot do without.
func TestAnyFieldMayBeOdd(t *testing.T) {
	vital := []string{"transaction_id", "account_id", "amount", "date"}
	var fields map[string]any
	if err := json.Unmarshal([]byte(`{"transaction_id":"odd","account_id":"a","pending_transaction_id":"p","pending":true,
		"amount":1.5,"iso_currency_code":"USD","unofficial_currency_code":null,"date":"2026-03-01","authorized_date":"2026-02-28",
		"datetime":"2026-03-01T00:00:00Z","name":"n","merchant_name":"m","original_description":"o","payment_channel":"online",
		"check_number":"1","personal_finance_category":{"primary":"P","detailed":"P_D"},"location":{"city":"c","country":"US"},
		"payment_meta":{},"counterparties":[],"category":["x"],"transaction_code":"adjustment"}`), &fields); err != nil {
		t.Fatal(err)
	}
	const missing = "(missing)"
	for name := range fields {
		for _, odd := range []any{nil, missing, map[string]any{}, []any{}, "odd text", 17, true, strings.Repeat("x", 100_000)} {
			changed := map[string]any{}
			for k, v := range fields {
				changed[k] = v
			}
			changed[name] = odd
			if odd == missing {
				delete(changed, name)
			}
			raw, err := json.Marshal(changed)
			if err != nil {
				t.Fatal(err)
			}
			p, err := wire.ReadPage(page(row("before") + "," + string(raw) + "," + row("after")))
			rows := p.Upserts
			if err != nil || p.Rows() != 3 || len(rows) < 2 || rows[0].ID != "before" || rows[len(rows)-1].ID != "after" {
				t.Errorf("%s = %.40v: rows %+v, %v", name, odd, rows, err)
			}
			if len(rows) == 2 && !slices.Contains(vital, name) {
				t.Errorf("%s = %.40v cost the row", name, odd)
			}
		}
	}
}

// A page that does not list what was added, modified and removed is none: it would move
// the cursor past rows that never come again.
func TestAPageWithoutItsListsIsNone(t *testing.T) {
	whole := string(page(row("t")))
	for _, list := range []string{`"added"`, `"modified"`, `"removed"`} {
		for _, odd := range []string{`null`, `{}`, `"odd text"`, `7`} {
			body := strings.Replace(whole, list, list+`:`+odd+`,"other"`, 1)
			if p, err := wire.ReadPage([]byte(body)); err == nil {
				t.Errorf("%s = %s passes, with %d rows", list, odd, p.Rows())
			}
		}
		if p, err := wire.ReadPage([]byte(strings.Replace(whole, list, `"other"`, 1))); err == nil {
			t.Errorf("without %s it passes, with %d rows", list, p.Rows())
		}
	}
}
