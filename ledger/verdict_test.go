package ledger_test

import (
	"errors"
	"strings"
	"testing"

	"coffer/ledger"
)

func TestPaymentDraftsAreChecked(t *testing.T) {
	good := ledger.PaymentDraft{Amount: "25.00", Payer: ledger.Person{Name: "Ann"}}
	for name, tt := range map[string]struct {
		change func(*ledger.PaymentDraft)
		field  ledger.PaymentField // "" is none
		says   string
	}{
		"the least":              {func(*ledger.PaymentDraft) {}, "", ""},
		"with all":               {func(d *ledger.PaymentDraft) { d.Payer = whole() }, "", ""},
		"with a currency":        {func(d *ledger.PaymentDraft) { d.Amount = " 25.00  usd " }, "", ""},
		"bits of a coin":         {func(d *ledger.PaymentDraft) { d.Amount = "0.00000001" }, "", ""},
		"no amount":              {func(d *ledger.PaymentDraft) { d.Amount = " " }, ledger.PaymentAmount, "it is missing"},
		"words":                  {func(d *ledger.PaymentDraft) { d.Amount = "twenty five dollars" }, ledger.PaymentAmount, "want a number"},
		"a word":                 {func(d *ledger.PaymentDraft) { d.Amount = "ten" }, ledger.PaymentAmount, "ten"},
		"grouped":                {func(d *ledger.PaymentDraft) { d.Amount = "1,000" }, ledger.PaymentAmount, "1,000"},
		"nothing":                {func(d *ledger.PaymentDraft) { d.Amount = "0.00" }, ledger.PaymentAmount, "more than nothing"},
		"less than nothing":      {func(d *ledger.PaymentDraft) { d.Amount = "-25" }, ledger.PaymentAmount, "more than nothing"},
		"too much to count":      {func(d *ledger.PaymentDraft) { d.Amount = strings.Repeat("9", 30) }, ledger.PaymentAmount, "999"},
		"nobody":                 {func(d *ledger.PaymentDraft) { d.Payer.Name = " " }, ledger.PaymentName, "whose account"},
		"no mail":                {func(d *ledger.PaymentDraft) { d.Payer.Email = "ann" }, ledger.PaymentEmail, `"ann"`},
		"nobody at":              {func(d *ledger.PaymentDraft) { d.Payer.Email = "@example.com" }, ledger.PaymentEmail, "want an address"},
		"no telephone":           {func(d *ledger.PaymentDraft) { d.Payer.Phone = "none" }, ledger.PaymentPhone, `"none"`},
		"too short a number":     {func(d *ledger.PaymentDraft) { d.Payer.Phone = "+1 415" }, ledger.PaymentPhone, "want a number"},
		"a city without streets": {func(d *ledger.PaymentDraft) { d.Payer.City = "Millbrook" }, ledger.PaymentStreet, "need one"},
	} {
		d := good
		tt.change(&d)
		err := d.Check()
		var refused *ledger.DraftError
		switch {
		case tt.field == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case tt.field != "" && (!errors.As(err, &refused) || refused.Field != tt.field || !strings.Contains(err.Error(), tt.says)):
			t.Errorf("%s: %v, want something of %s with %q", name, err, tt.field, tt.says)
		}
	}
}

func whole() ledger.Person {
	return ledger.Person{Name: "Ann", Email: "ann+pay@example.com", Phone: "+1 (415) 555-0123", Street: "1 Main St", City: "Springfield", Region: "IL", PostalCode: "62701"}
}

func TestDraftsAreInTheCurrencyTheyName(t *testing.T) {
	coin := ledger.Unofficial("Coin")
	for _, tt := range []struct {
		text string
		of   ledger.Currency
		want ledger.Amount
	}{
		{"25", ledger.ISO("USD"), ledger.NewAmount(2500, ledger.ISO("USD"))},
		{"25 usd", ledger.ISO("USD"), ledger.NewAmount(2500, ledger.ISO("USD"))},
		{"25 jpy", ledger.ISO("USD"), ledger.NewAmount(25, ledger.ISO("JPY"))},
		{"0.00000001 coin", coin, ledger.NewAmount(1, coin)},
		{"25.001", ledger.ISO("USD"), ledger.Amount{}},
		{"25.1", ledger.ISO("JPY"), ledger.Amount{}},
		{"", ledger.ISO("USD"), ledger.Amount{}},
	} {
		got, err := ledger.PaymentDraft{Amount: tt.text}.AmountIn(tt.of)
		var refused *ledger.DraftError
		if got != tt.want || (err == nil) != tt.want.Known() || err != nil && !errors.As(err, &refused) {
			t.Errorf("%q in %s is %s %s, %v; want %s %s", tt.text, tt.of, got, got.Currency(), err, tt.want, tt.want.Currency())
		}
	}
}

// What a bank says is no format, and amounts are written for who reads them.
func TestObjectionsAreWrittenForTheirReader(t *testing.T) {
	usd := ledger.ISO("USD")
	o := ledger.Object("only %s is available, and %s is to be paid", ledger.NewAmount(123456, usd), ledger.NewAmount(200000, usd))
	if got, want := o.String(), "only 1234.56 USD is available, and 2000.00 USD is to be paid"; got != want {
		t.Errorf("for a program it is %q, want %q", got, want)
	}
	if got, want := o.Words(func(a ledger.Amount) string { return "$" }), "only $ is available, and $ is to be paid"; got != want {
		t.Errorf("for a person it is %q, want %q", got, want)
	}
	if got := ledger.Object("100%s of the bank").String(); got != "100%s of the bank" {
		t.Errorf("a bank's text became %q", got)
	}
}
