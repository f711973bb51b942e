package plaidsvc_test

import (
	"cmp"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/plaid/plaid-go/v29/plaid"
	"pgregory.net/rapid"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// An answer is an object of documented fields, drawn at random.
type drawn map[string]any

// draw adds fields to an answer: numbers, texts and days that may be null where
// their name ends in "?".
func (d drawn) draw(t *rapid.T, numbers, texts, days string) drawn {
	for list, value := range map[string]*rapid.Generator[any]{
		numbers: rapid.Custom(func(t *rapid.T) any {
			return json.Number(rapid.StringMatching(`-?(0|[1-9][0-9]{0,6})\.[0-9]?[1-9]`).Draw(t, "number"))
		}),
		texts: rapid.String().AsAny(),
		days: rapid.Custom(func(t *rapid.T) any {
			return ledger.DateFromDays(int32(rapid.IntRange(730_000, 740_000).Draw(t, "day"))).String()
		}),
	} {
		for _, name := range strings.Fields(list) {
			name, nullable := strings.CutSuffix(name, "?")
			if nullable && rapid.Bool().Draw(t, name+" is null") {
				d[name] = nil
				continue
			}
			d[name] = value.Draw(t, name)
		}
	}
	return d
}

func (d drawn) currency(t *rapid.T) drawn {
	d["iso_currency_code"], d["unofficial_currency_code"] = nil, nil
	d[rapid.SampledFrom([]string{"iso_currency_code", "unofficial_currency_code"}).Draw(t, "kind of currency")] =
		rapid.SampledFrom([]string{"USD", "KWD", "BTC"}).Draw(t, "currency")
	return d
}

func listOf(t *rapid.T, one func(*rapid.T) drawn) []drawn {
	return rapid.SliceOfN(rapid.Custom(one), 0, 3).Draw(t, "list")
}

func mustJSON(t *rapid.T, x any) []byte {
	body, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// What follows reads from plaid-go's structs what our own have. Its numbers are
// floats, so they are compared as their shortest text.

func decimalOf(f float64) ledger.Decimal {
	return ledger.Decimal(strconv.FormatFloat(f, 'f', -1, 64))
}

func amountOf(f *float64, cur ledger.Currency) ledger.Amount {
	if f == nil {
		return ledger.Amount{}
	}
	a, err := ledger.ParseAmount(string(decimalOf(*f)), cur)
	if err != nil {
		panic(err)
	}
	return a
}

func dayOf(s *string) ledger.Date {
	if s == nil {
		return ledger.Date{}
	}
	day, err := ledger.ParseDate(*s)
	if err != nil {
		panic(err)
	}
	return day
}

func currencyOf(iso, unofficial plaid.NullableString) ledger.Currency {
	if code := iso.Get(); code != nil {
		return ledger.ISO(*code)
	}
	return ledger.Unofficial(*unofficial.Get())
}

func textOf(s plaid.NullableString) string {
	if s.Get() == nil {
		return ""
	}
	return *s.Get()
}

// Our lean decoding and plaid-go's generated one read the same holdings alike.
func TestLeanHoldingsAgreeWithPlaidGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := mustJSON(t, drawn{
			"accounts": []any{}, "item": drawn{}, "request_id": "r",
			"securities": []drawn{drawn{"security_id": "known"}.draw(t, "close_price?", "name? ticker_symbol? type? isin? sector?", "close_price_as_of?")},
			"holdings": listOf(t, func(t *rapid.T) drawn {
				return drawn{
					"account_id":  rapid.StringN(1, 9, -1).Draw(t, "account"),
					"security_id": rapid.SampledFrom([]string{"known", "unknown"}).Draw(t, "security"),
				}.currency(t).draw(t, "quantity institution_price institution_value cost_basis? vested_value?", "", "institution_price_as_of?")
			}),
		})
		var generated plaid.InvestmentsHoldingsGetResponse
		if err := json.Unmarshal(body, &generated); err != nil {
			t.Fatalf("plaid-go: %v", err)
		}
		answer, err := wire.ReadHoldings(body)
		lean, odd := answer.All, answer.Skipped.Rows
		if err != nil || odd > 0 || len(lean) != len(generated.Holdings) {
			t.Fatalf("lean: %d of %d, %d odd, %v", len(lean), len(generated.Holdings), odd, err)
		}
		for i, h := range generated.Holdings {
			cur := currencyOf(h.IsoCurrencyCode, h.UnofficialCurrencyCode)
			want := ledger.Holding{
				Account: ledger.AccountID(h.AccountId), Quantity: decimalOf(h.Quantity), Price: decimalOf(h.InstitutionPrice),
				PriceDate: dayOf(h.InstitutionPriceAsOf.Get()), Currency: cur,
				Value: amountOf(&h.InstitutionValue, cur), Cost: amountOf(h.CostBasis.Get(), cur),
			}
			if s := generated.Securities[0]; h.SecurityId == s.SecurityId {
				want.Security, want.Ticker, want.Kind = textOf(s.Name), textOf(s.TickerSymbol), textOf(s.Type)
			}
			if lean[i] != want {
				t.Errorf("holding %d:\nlean      %+v\ngenerated %+v", i, lean[i], want)
			}
		}
	})
}

// And the same debts.
func TestLeanLiabilitiesAgreeWithPlaidGo(t *testing.T) {
	const payments = "last_payment_amount? minimum_payment_amount? last_statement_balance?"
	usd := ledger.ISO("USD")
	flag := func(t *rapid.T) any { return rapid.SampledFrom([]any{nil, true, false}).Draw(t, "overdue") }
	rapid.Check(t, func(t *rapid.T) {
		body := mustJSON(t, drawn{"accounts": []any{}, "item": drawn{}, "request_id": "r", "liabilities": drawn{
			"credit": listOf(t, func(t *rapid.T) drawn {
				return drawn{"account_id": "a", "is_overdue": flag(t), "aprs": listOf(t, func(t *rapid.T) drawn {
					return drawn{}.draw(t, "apr_percentage balance_subject_to_apr?", "apr_type", "")
				})}.draw(t, payments, "", "last_payment_date? last_statement_issue_date? next_payment_due_date?")
			}),
			"mortgage": listOf(t, func(t *rapid.T) drawn {
				return drawn{"account_id": "a", "interest_rate": drawn{}.draw(t, "percentage?", "type?", "")}.draw(t,
					"last_payment_amount? next_monthly_payment? past_due_amount? origination_principal_amount? escrow_balance?",
					"account_number loan_type_description?", "last_payment_date? next_payment_due_date? maturity_date? origination_date?")
			}),
			"student": listOf(t, func(t *rapid.T) drawn {
				return drawn{"account_id": "a", "is_overdue": flag(t)}.draw(t, "interest_rate_percentage origination_principal_amount? last_payment_amount? minimum_payment_amount?",
					"loan_name? account_number?", "last_payment_date? last_statement_issue_date? next_payment_due_date? expected_payoff_date?")
			}),
		}})
		var generated plaid.LiabilitiesGetResponse
		if err := json.Unmarshal(body, &generated); err != nil {
			t.Fatalf("plaid-go: %v", err)
		}
		answer, err := wire.ReadLiabilities(body, map[ledger.AccountID]ledger.Currency{"a": usd})
		lean, odd := answer.All, answer.Skipped.Rows
		if want := generatedLiabilities(&generated.Liabilities, usd); err != nil || odd > 0 || !reflect.DeepEqual(lean, want) {
			t.Errorf("%d odd, %v:\nlean      %+v\ngenerated %+v", odd, err, lean, want)
		}
	})
}

func generatedLiabilities(all *plaid.LiabilitiesObject, cur ledger.Currency) (list []ledger.Liability) {
	for _, c := range all.Credit {
		x := ledger.Liability{
			Account: "a", Kind: ledger.CardDebt, Minimum: amountOf(c.MinimumPaymentAmount.Get(), cur), Due: dayOf(c.NextPaymentDueDate.Get()),
			Overdue: c.IsOverdue.Get(), Statement: amountOf(c.LastStatementBalance.Get(), cur), StatementDate: dayOf(c.LastStatementIssueDate.Get()),
			LastPayment: amountOf(c.LastPaymentAmount.Get(), cur), LastPaid: dayOf(c.LastPaymentDate.Get()),
		}
		for _, apr := range c.Aprs {
			x.Rates = append(x.Rates, ledger.Rate{Kind: apr.AprType, Percent: decimalOf(apr.AprPercentage)})
		}
		list = append(list, x)
	}
	for _, m := range all.Mortgage {
		x := ledger.Liability{
			Account: "a", Kind: ledger.Mortgage, Name: textOf(m.LoanTypeDescription), Minimum: amountOf(m.NextMonthlyPayment.Get(), cur),
			Due: dayOf(m.NextPaymentDueDate.Get()), PastDue: amountOf(m.PastDueAmount.Get(), cur),
			LastPayment: amountOf(m.LastPaymentAmount.Get(), cur), LastPaid: dayOf(m.LastPaymentDate.Get()),
			Principal: amountOf(m.OriginationPrincipalAmount.Get(), cur), Ends: dayOf(m.MaturityDate.Get()),
		}
		if p := m.InterestRate.Percentage.Get(); p != nil {
			x.Rates = []ledger.Rate{{Kind: textOf(m.InterestRate.Type), Percent: decimalOf(*p)}}
		}
		list = append(list, x)
	}
	for _, s := range all.Student {
		list = append(list, ledger.Liability{
			Account: "a", Kind: ledger.StudentLoan, Name: textOf(s.LoanName), Rates: []ledger.Rate{{Percent: decimalOf(s.InterestRatePercentage)}},
			Minimum: amountOf(s.MinimumPaymentAmount.Get(), cur), Due: dayOf(s.NextPaymentDueDate.Get()), Overdue: s.IsOverdue.Get(),
			StatementDate: dayOf(s.LastStatementIssueDate.Get()), LastPayment: amountOf(s.LastPaymentAmount.Get(), cur),
			LastPaid: dayOf(s.LastPaymentDate.Get()), Principal: amountOf(s.OriginationPrincipalAmount.Get(), cur), Ends: dayOf(s.ExpectedPayoffDate.Get()),
		})
	}
	return list
}

// And the same trades, but for the sign.
func TestLeanTradesAgreeWithPlaidGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := listOf(t, func(t *rapid.T) drawn {
			return drawn{
				"investment_transaction_id": rapid.StringN(1, 9, -1).Draw(t, "id"), "account_id": rapid.StringN(1, 9, -1).Draw(t, "account"),
				"security_id": rapid.SampledFrom([]any{"known", "unknown", nil}).Draw(t, "security"),
			}.currency(t).draw(t, "quantity price amount fees?", "name type subtype cancel_transaction_id?", "date")
		})
		body := mustJSON(t, drawn{
			"accounts": []any{}, "item": drawn{}, "request_id": "r", "investment_transactions": list, "total_investment_transactions": len(list),
			"securities": []drawn{drawn{"security_id": "known"}.draw(t, "", "name? ticker_symbol?", "")},
		})
		var generated plaid.InvestmentsTransactionsGetResponse
		if err := json.Unmarshal(body, &generated); err != nil {
			t.Fatalf("plaid-go: %v", err)
		}
		answer, err := wire.ReadTrades(body)
		lean, odd := answer.All, answer.Skipped.Rows
		if err != nil || odd > 0 || len(lean) != len(generated.InvestmentTransactions) {
			t.Fatalf("lean: %d of %d, %d odd, %v", len(lean), len(generated.InvestmentTransactions), odd, err)
		}
		for i, x := range generated.InvestmentTransactions {
			cur := currencyOf(x.IsoCurrencyCode, x.UnofficialCurrencyCode)
			want := ledger.Trade{
				ID: x.InvestmentTransactionId, Account: ledger.AccountID(x.AccountId), Date: dayOf(&x.Date), Name: x.Name,
				Kind: string(x.Type), Subkind: string(x.Subtype), Quantity: decimalOf(x.Quantity), Price: decimalOf(x.Price),
				Currency: cur, Amount: amountOf(&x.Amount, cur).Neg(), Fees: amountOf(x.Fees.Get(), cur),
			}
			if s := generated.Securities[0]; textOf(x.SecurityId) == s.SecurityId {
				want.Security, want.Ticker = textOf(s.Name), textOf(s.TickerSymbol)
			}
			if lean[i] != want {
				t.Errorf("trade %d:\nlean      %+v\ngenerated %+v", i, lean[i], want)
			}
		}
	})
}

// And the same streams, but for the sign. When the next payment is foretold plaid-go
// does not know yet.
func TestLeanStreamsAgreeWithPlaidGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := func(t *rapid.T) drawn {
			return drawn{
				"stream_id": rapid.StringN(1, 9, -1).Draw(t, "id"), "account_id": rapid.StringN(1, 9, -1).Draw(t, "account"),
				"transaction_ids": rapid.SliceOfN(rapid.StringN(1, 9, -1), 0, 3).Draw(t, "ids"), "is_active": rapid.Bool().Draw(t, "active"),
				"average_amount": drawn{}.currency(t).draw(t, "amount", "", ""), "last_amount": drawn{}.currency(t).draw(t, "amount", "", ""),
				"category": []string{}, "is_user_modified": false,
				"personal_finance_category": rapid.SampledFrom([]any{nil, map[string]any{"primary": "P", "detailed": "P_D"}}).Draw(t, "category"),
			}.draw(t, "", "description merchant_name? frequency status category_id", "first_date last_date")
		}
		body := mustJSON(t, drawn{"inflow_streams": listOf(t, one), "outflow_streams": listOf(t, one), "updated_datetime": "2026-03-01T00:00:00Z", "request_id": "r"})
		var generated plaid.TransactionsRecurringGetResponse
		if err := json.Unmarshal(body, &generated); err != nil {
			t.Fatalf("plaid-go: %v", err)
		}
		all := append(generated.InflowStreams, generated.OutflowStreams...)
		answer, err := wire.ReadStreams(body)
		lean, odd := answer.All, answer.Skipped.Rows
		if err != nil || odd > 0 || len(lean) != len(all) {
			t.Fatalf("lean: %d of %d, %d odd, %v", len(lean), len(all), odd, err)
		}
		for i, x := range all {
			want := ledger.Stream{
				ID: x.StreamId, Account: ledger.AccountID(x.AccountId), Description: x.Description, Merchant: textOf(x.MerchantName),
				Frequency: string(x.Frequency), Status: string(x.Status), Active: &x.IsActive, First: dayOf(&x.FirstDate), Last: dayOf(&x.LastDate),
				Average: streamAmountOf(x.AverageAmount), Latest: streamAmountOf(x.LastAmount), Count: len(x.TransactionIds),
			}
			if c := x.PersonalFinanceCategory.Get(); c != nil {
				want.Category = ledger.Category(c.Detailed)
			}
			if !reflect.DeepEqual(lean[i], want) {
				t.Errorf("stream %d:\nlean      %+v\ngenerated %+v", i, lean[i], want)
			}
		}
	})
}

func streamAmountOf(a plaid.TransactionStreamAmount) ledger.Amount {
	return amountOf(a.Amount, currencyOf(a.IsoCurrencyCode, a.UnofficialCurrencyCode)).Neg()
}

// And the same page of transactions, but for the sign.
func TestLeanPagesAgreeWithPlaidGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := mustJSON(t, drawn{
			"transactions_update_status": "HISTORICAL_UPDATE_COMPLETE", "accounts": []any{},
			"added": listOf(t, documentedRow), "modified": []any{}, "removed": []drawn{{"transaction_id": "gone", "account_id": "a"}},
			"next_cursor": rapid.StringN(1, 9, -1).Draw(t, "cursor"), "has_more": rapid.Bool().Draw(t, "more"), "request_id": "r",
		})
		var generated plaid.TransactionsSyncResponse
		if err := json.Unmarshal(body, &generated); err != nil {
			t.Fatalf("plaid-go: %v", err)
		}
		lean, err := wire.ReadPage(body)
		if err != nil {
			t.Fatalf("lean: %v", err)
		}
		if lean.Next != generated.NextCursor || lean.More != generated.HasMore || lean.Status != string(generated.TransactionsUpdateStatus) ||
			len(lean.Removed) != 1 || string(lean.Removed[0]) != generated.Removed[0].TransactionId {
			t.Errorf("page: lean %+v, generated %+v", lean, generated)
		}
		if len(lean.Upserts) != len(generated.Added) {
			t.Fatalf("lean has %d rows and left out %+v, generated %d", len(lean.Upserts), lean.Skipped, len(generated.Added))
		}
		for i := range lean.Upserts {
			if got, want := lean.Upserts[i], generatedRow(&generated.Added[i]); got != want {
				t.Errorf("row %d:\nlean      %+v\ngenerated %+v", i, got, want)
			}
		}
	})
}

// documentedRow draws a transaction as Plaid documents it.
func documentedRow(t *rapid.T) drawn {
	return drawn{
		"transaction_id": rapid.StringN(1, 9, -1).Draw(t, "id"), "account_id": rapid.StringN(1, 9, -1).Draw(t, "account"),
		"pending": rapid.Bool().Draw(t, "pending"), "datetime": nil, "authorized_datetime": "2026-03-01T00:00:00Z",
		"personal_finance_category": rapid.SampledFrom([]any{nil, drawn{}.draw(t, "", "primary detailed", "")}).Draw(t, "category"),
		"location":                  drawn{"lat": nil}.draw(t, "", "city? country?", ""),
		"category":                  nil, "category_id": nil, "transaction_code": nil, "payment_meta": drawn{}, "account_owner": nil,
	}.currency(t).draw(t, "amount", "name merchant_name? original_description? payment_channel pending_transaction_id? check_number?", "date authorized_date?")
}

// generatedRow is a fact from plaid-go's struct.
func generatedRow(x *plaid.Transaction) ledger.Transaction {
	cur := currencyOf(x.IsoCurrencyCode, x.UnofficialCurrencyCode)
	want := ledger.Transaction{
		ID: ledger.TransactionID(x.TransactionId), Account: ledger.AccountID(x.AccountId),
		PendingID: ledger.TransactionID(x.GetPendingTransactionId()), Pending: x.Pending,
		Date: dayOf(&x.Date), Authorized: dayOf(x.AuthorizedDate.Get()), Amount: amountOf(&x.Amount, cur).Neg(),
		Name: x.Name, Merchant: x.GetMerchantName(), Original: x.GetOriginalDescription(),
		Channel: x.PaymentChannel, City: x.Location.GetCity(), Country: x.Location.GetCountry(), Check: x.GetCheckNumber(),
	}
	if c := x.PersonalFinanceCategory.Get(); c != nil {
		want.Category = ledger.Category(cmp.Or(c.Detailed, c.Primary))
	}
	return want
}
