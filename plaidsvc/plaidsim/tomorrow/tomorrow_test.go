package tomorrow_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim/tomorrow"
)

const answer = `{"accounts":[{"account_id":"a%[1]d","balances":{"available":10.10,"current":20,"limit":null,"iso_currency_code":"USD"},` +
	`"name":"Card","mask":"1234","type":"credit","subtype":"credit card"},` +
	`{"account_id":"b%[1]d","balances":{"available":1,"current":2},"name":"Checking","type":"depository","subtype":"checking"}],` +
	`"added":[{"transaction_id":"t%[1]d","account_id":"a%[1]d","amount":12345678901234567.89,"pending":true,"date":"2026-03-15",` +
	`"name":"<Shop>","merchant_name":"Shop","datetime":"2026-03-15T09:00:01Z","payment_channel":"online",` +
	`"personal_finance_category":{"primary":"TRAVEL","detailed":"TRAVEL_FLIGHTS","confidence_level":"LOW"},` +
	`"counterparties":[{"name":"Shop","type":"merchant","entity_id":"e"}]}],"products":["auth"],` +
	`"next_cursor":"c==","has_more":true,"transactions_update_status":"NOT_READY","request_id":"r"}`

func parse(t *testing.T, body []byte) map[string]any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v map[string]any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return v
}

// at walks by names and indexes.
func at(v any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := v.(map[string]any)
			v = object[step]
		case int:
			v = v.([]any)[step]
		}
	}
	return v
}

// Over many answers everything that may change does, and what must not stays.
func TestWhatStaysAndWhatChanges(t *testing.T) {
	stays := [][]any{
		{"accounts", 0, "account_id"}, {"accounts", 0, "balances", "current"}, {"accounts", 0, "balances", "iso_currency_code"},
		{"accounts", 0, "type"}, {"accounts", 0, "name"},
		{"added", 0, "transaction_id"}, {"added", 0, "account_id"}, {"added", 0, "amount"}, {"added", 0, "pending"},
		{"added", 0, "date"}, {"added", 0, "name"}, {"next_cursor"}, {"has_more"}, {"request_id"}, {"products", 0},
	}
	changes := [][]any{
		{"provenance"}, {"accounts", 0, "provenance"}, {"added", 0, "counterparties", 0, "provenance"}, // fields
		{"accounts", 0, "mask"}, {"accounts", 0, "balances", "available"}, {"added", 0, "merchant_name"}, // nulls
		{"accounts", 0, "subtype"}, {"accounts", 1, "type"}, {"added", 0, "payment_channel"}, {"transactions_update_status"}, // words
		{"added", 0, "counterparties", 0, "type"}, {"added", 0, "datetime"}, {"added", 0, "personal_finance_category"},
		{"added", 0, "personal_finance_category", "detailed"}, {"products", 1},
	}
	changed := make([]int, len(changes))
	const many = 60
	for n := range many {
		body := fmt.Appendf(nil, answer, n)
		today := parse(t, body)
		today["products"] = append(today["products"].([]any), nil)
		got := parse(t, tomorrow.Mode{Seed: 1, Moments: tomorrow.Loose}.Answer(body))
		for _, path := range stays {
			if !reflect.DeepEqual(at(got, path...), at(today, path...)) {
				t.Fatalf("%v: got %v, want it to stay %v", path, at(got, path...), at(today, path...))
			}
		}
		for i, path := range changes {
			if !reflect.DeepEqual(at(got, path...), at(today, path...)) {
				changed[i]++
			}
		}
	}
	for i, path := range changes {
		if changed[i] == 0 {
			t.Errorf("%v: never changed in %d answers", path, many)
		}
	}
}

func TestSameSeedSameTomorrow(t *testing.T) {
	body := fmt.Appendf(nil, answer, 1)
	one, two := tomorrow.Mode{Seed: 1}.Answer(body), tomorrow.Mode{Seed: 1}.Answer(body)
	if !bytes.Equal(one, two) {
		t.Errorf("got %s and %s", one, two)
	}
	if other := (tomorrow.Mode{Seed: 2}).Answer(body); bytes.Equal(one, other) {
		t.Errorf("another seed gives the same: %s", other)
	}
}

// A row is the same row on a page where others come before it.
func TestRowIsTheSameOnEveryPage(t *testing.T) {
	const row = `{"transaction_id":"t","merchant_name":"m","payment_channel":"online","transaction_code":"purchase"}`
	m := tomorrow.Mode{Seed: 3, Moments: tomorrow.Loose}
	alone := parse(t, m.Answer([]byte(`{"added":[`+row+`]}`)))
	second := parse(t, m.Answer([]byte(`{"added":[{"transaction_id":"other"},`+row+`]}`)))
	if a, b := at(alone, "added", 0), at(second, "added", 1); !reflect.DeepEqual(a, b) {
		t.Errorf("got %v alone and %v as the second", a, b)
	}
}

// A moment is written otherwise and stays the same moment.
func TestMomentsStayTheSameMoment(t *testing.T) {
	layouts := map[tomorrow.Moments][]string{
		tomorrow.Plain:   {time.RFC3339},
		tomorrow.Precise: {time.RFC3339Nano},
		tomorrow.Loose:   {time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05"},
	}
	want := time.Date(2026, 3, 15, 9, 0, 1, 0, time.UTC)
	for odd, allowed := range layouts {
		forms := make(map[string]bool)
		for seed := range uint64(80) {
			body := tomorrow.Mode{Seed: seed, Moments: odd}.Answer([]byte(`{"created_at":"2026-03-15T09:00:01Z"}`))
			text, _ := parse(t, body)["created_at"].(string)
			forms[text] = true
			fits := false
			for _, layout := range allowed {
				got, err := time.Parse(layout, text)
				fits = fits || err == nil && got.Equal(want)
			}
			if !fits {
				t.Errorf("%d: got %q, want the same moment in one of %q", odd, text, allowed)
			}
		}
		if (len(forms) == 1) != (odd == tomorrow.Plain) {
			t.Errorf("%d: got the forms %v", odd, forms)
		}
	}
}

func TestOtherThanAnObjectStaysAsItIs(t *testing.T) {
	for _, body := range []string{"", "[1]", "null", "<html>", `{"a":1} {`, strings.Repeat("[", 20)} {
		if got := (tomorrow.Mode{Seed: 1}).Answer([]byte(body)); string(got) != body {
			t.Errorf("%q: got %q", body, got)
		}
	}
}

// A webhook says what it says today, with more beside it.
func TestWebhookSaysWhatItSaysToday(t *testing.T) {
	const webhook = "{\n  \"environment\": \"sandbox\",\n  \"error\": {\n    \"error_code\": \"ITEM_LOCKED\"\n  },\n" +
		"  \"item_id\": \"i%d\",\n  \"new_transactions\": 3,\n  \"webhook_code\": \"DEFAULT_UPDATE\",\n  \"webhook_type\": \"TRANSACTIONS\"\n}"
	beside := make(map[string]int)
	for n := range 60 {
		body := fmt.Appendf(nil, webhook, n)
		m := tomorrow.Mode{Seed: 1, Moments: tomorrow.Loose}
		got, today := m.Webhook(body), parse(t, body)
		later := parse(t, got)
		for name, v := range today {
			if name != "error" && !reflect.DeepEqual(later[name], v) {
				t.Errorf("%s: got %v, want it to stay %v", name, later[name], v)
			}
		}
		if at(later, "error", "error_code") != "ITEM_LOCKED" {
			t.Errorf("got %s, want the error to stay", got)
		}
		if len(later) == len(today) || !bytes.HasPrefix(got, []byte("{\n  \"")) || !bytes.HasSuffix(got, []byte("\n}")) {
			t.Errorf("got %s, want more fields, indented by two spaces", got)
		}
		kind, code, _ := m.Beside(body)
		if code == "DEFAULT_UPDATE" {
			t.Error("beside it comes the webhook itself")
		}
		beside[kind+" "+code]++
	}
	if len(beside) != 3 {
		t.Errorf("beside it come %v, want a new code, a new type, and nothing", beside)
	}
}
