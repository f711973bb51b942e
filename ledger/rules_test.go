package ledger_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"coffer/ledger"
)

func under(c ledger.Category) func(*ledger.Transaction) {
	return func(t *ledger.Transaction) { t.Category = c }
}

// october is a month of a household, and some of September.
func october() *ledger.Book {
	september := func(t *ledger.Transaction) { t.Date = t.Date.AddDays(-30) }
	rows := []ledger.Transaction{
		row("salary", 1, 500_000, "ACME PAYROLL", under("INCOME_SALARY"), on("checking")),
		row("mortgage", 2, -150_000, "HOME LOANS", under("LOAN_PAYMENTS_MORTGAGE_PAYMENT"), on("checking")),
		row("card", 3, -40_000, "CARD PAYMENT", under("LOAN_PAYMENTS_CREDIT_CARD_PAYMENT"), on("checking")),
		row("card leg", 3, 40_000, "PAYMENT THANK YOU", under("LOAN_PAYMENTS_CREDIT_CARD_PAYMENT")),
		row("savings", 4, -20_000, "TO SAVINGS", under("TRANSFER_OUT_SAVINGS"), on("checking")),
		row("loan", 4, 90_000, "AUTO LENDER", under("LOAN_DISBURSEMENTS_AUTO"), on("checking")),
		row("food", 5, -6_000, "MARKET 1", under("FOOD_AND_DRINK_GROCERIES"), merchant("Market")),
		row("coffee", 6, -500, "BLUE BOTTLE", under("FOOD_AND_DRINK_COFFEE"), isPending),
		row("refund", 7, 7_000, "SHOES", under("GENERAL_MERCHANDISE_CLOTHING_AND_ACCESSORIES"), merchant("Shoes")),
		row("unknown", 8, -300, "SOMEBODY"),
		row("new code", 9, -200, "TEA", under("FOOD_AND_DRINK_TEA")),
		row("euro", 9, -1_000, "BOULANGERIE", under("FOOD_AND_DRINK_GROCERIES"), in("EUR")),
		row("shoes", 20, -5_000, "SHOES", under("GENERAL_MERCHANDISE_CLOTHING_AND_ACCESSORIES"), merchant("Shoes"), september),
		row("last food", 21, -4_000, "MARKET 1", under("FOOD_AND_DRINK_GROCERIES"), merchant("Market"), september),
	}
	accounts := []ledger.Account{{ID: "checking", Name: "Checking", Mask: "0000"}, {ID: "card", Name: "Rewards"}}
	return build(rows, accounts, nil)
}

// render writes reports as lines, for tests to compare.
func render(reports []ledger.Spending) string {
	var b strings.Builder
	for _, s := range reports {
		fmt.Fprintf(&b, "%s %v before %v\n", s.Currency, s.Total, s.Previous)
		for _, r := range s.Rows {
			share := "-"
			if part, ok := s.Share(r); ok {
				share = fmt.Sprintf("%.3f", part)
			}
			fmt.Fprintf(&b, "  %s | %s | %v x%d | %s | before %v\n", r.Key, r.Label, r.Amount, r.Count, share, r.Previous)
		}
	}
	return b.String()
}

func TestSpendingOfAMonth(t *testing.T) {
	month := ledger.NewMonth(2026, time.October).Period()
	for by, want := range map[ledger.Grouping]string{
		ledger.ByCategory: `USD 1500.00 before 90.00
  LOAN_PAYMENTS | Loan payments | 1500.00 x1 | 1.000 | before 0.00
  FOOD_AND_DRINK | Food & drink | 67.00 x3 | 0.045 | before 40.00
  UNCATEGORIZED | Uncategorized | 3.00 x1 | 0.002 | before 0.00
  GENERAL_MERCHANDISE | Shopping | -70.00 x1 | -0.047 | before 50.00
EUR 10.00 before 0.00
  FOOD_AND_DRINK | Food & drink | 10.00 x1 | 1.000 | before 0.00
`,
		ledger.ByDetailed: `USD 1500.00 before 90.00
  LOAN_PAYMENTS_MORTGAGE_PAYMENT | Mortgage payment | 1500.00 x1 | 1.000 | before 0.00
  FOOD_AND_DRINK_GROCERIES | Groceries | 60.00 x1 | 0.040 | before 40.00
  FOOD_AND_DRINK_COFFEE | Coffee | 5.00 x1 | 0.003 | before 0.00
  UNCATEGORIZED | Uncategorized | 3.00 x1 | 0.002 | before 0.00
  FOOD_AND_DRINK_TEA | Food & drink | 2.00 x1 | 0.001 | before 0.00
  GENERAL_MERCHANDISE_CLOTHING_AND_ACCESSORIES | Clothing & accessories | -70.00 x1 | -0.047 | before 50.00
EUR 10.00 before 0.00
  FOOD_AND_DRINK_GROCERIES | Groceries | 10.00 x1 | 1.000 | before 0.00
`,
		ledger.ByMerchant: `USD 1500.00 before 90.00
  HOME LOANS | HOME LOANS | 1500.00 x1 | 1.000 | before 0.00
  Market | Market | 60.00 x1 | 0.040 | before 40.00
  BLUE BOTTLE | BLUE BOTTLE | 5.00 x1 | 0.003 | before 0.00
  SOMEBODY | SOMEBODY | 3.00 x1 | 0.002 | before 0.00
  TEA | TEA | 2.00 x1 | 0.001 | before 0.00
  Shoes | Shoes | -70.00 x1 | -0.047 | before 50.00
EUR 10.00 before 0.00
  BOULANGERIE | BOULANGERIE | 10.00 x1 | 1.000 | before 0.00
`,
		ledger.ByAccount: `USD 1500.00 before 90.00
  checking | Checking ··0000 | 1500.00 x1 | 1.000 | before 0.00
  card | Rewards | 0.00 x5 | 0.000 | before 90.00
EUR 10.00 before 0.00
  card | Rewards | 10.00 x1 | 1.000 | before 0.00
`,
	} {
		if got := render(october().Spending(month, by)); got != want {
			t.Errorf("by %s: got\n%swant\n%s", by, got, want)
		}
	}
}

func TestAMonthWithMoreRefundsThanSpendingIsBelowZero(t *testing.T) {
	b := build([]ledger.Transaction{row("a", 1, -100, "X"), row("b", 2, 300, "Y")}, nil, nil)
	want := "USD -2.00 before 0.00\n  X | X | 1.00 x1 | - | before 0.00\n  Y | Y | -3.00 x1 | - | before 0.00\n"
	if got := render(b.Spending(ledger.Period{}, ledger.ByMerchant)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestAnEditMovesARowBetweenGroups(t *testing.T) {
	month := ledger.NewMonth(2026, time.October).Period()
	b := october().WithEdits(ledger.Edits{"mortgage": {Category: "TRANSFER_OUT"}, "salary": {Category: "Party"}, "unknown": {Category: "Party"}})
	got := b.Spending(month, ledger.ByCategory)[0]
	if got.Total.String() != "-5000.00" {
		t.Errorf("got a total of %v, want -5000.00", got.Total)
	}
	last := got.Rows[len(got.Rows)-1]
	if last.Key != "Party" || last.Label != "Party" || last.Amount.String() != "-4997.00" || last.Count != 2 {
		t.Errorf("got %+v, want Party, of the salary less 3.00", last)
	}
	r, _ := b.Find("mortgage")
	if e := b.Entry(r); !e.Transfer || e.Category != "TRANSFER_OUT" || e.Transaction.Category != "LOAN_PAYMENTS_MORTGAGE_PAYMENT" {
		t.Errorf("got %+v, want a transfer whose fact stays", e)
	}
}

func TestASumOutOfRangeIsNotKnown(t *testing.T) {
	b := build([]ledger.Transaction{
		row("a", 1, -math.MaxInt64, "X"), row("b", 1, -math.MaxInt64, "X"),
		row("c", 2, -math.MaxInt64, "Y"), row("d", 2, math.MaxInt64, "Y"), row("e", 2, -5, "Y"),
	}, []ledger.Account{
		{ID: "a", Type: ledger.Credit, Balance: ledger.Balance{Current: ledger.NewAmount(-math.MaxInt64, ledger.ISO("USD"))}},
		{ID: "b", Type: ledger.Credit, Balance: ledger.Balance{Current: ledger.NewAmount(-math.MaxInt64, ledger.ISO("USD"))}},
		{ID: "c", Type: ledger.Depository, Balance: ledger.Balance{Current: ledger.NewAmount(7, ledger.ISO("USD"))}},
	}, nil)
	s := b.Spending(ledger.Period{}, ledger.ByMerchant)[0]
	if s.Total.Known() || s.Rows[0].Key != "X" || s.Rows[0].Amount.Known() {
		t.Errorf("got %+v, want a total and a first row that are not known", s)
	}
	if want := ledger.NewAmount(5, ledger.ISO("USD")); s.Rows[1].Amount != want {
		t.Errorf("got %v for Y, want %v: it fits whatever the order", s.Rows[1].Amount, want)
	}
	if _, ok := s.Share(s.Rows[1]); ok {
		t.Error("there is a share of a total that is not known")
	}
	sums := b.Select(ledger.Query{}, ledger.Sort{}).Sums
	if len(sums) != 1 || sums[0].Known() {
		t.Errorf("got sums %v, want one that is not known", sums)
	}
	n := b.NetWorth()[0]
	if n.Total.Known() || n.Cards.Known() || n.Debt.Known() || n.Cash != ledger.NewAmount(7, ledger.ISO("USD")) {
		t.Errorf("got %+v, want cash alone", n)
	}
	if got := b.MonthlySpending(ledger.ISO("USD"), ledger.NewMonth(2026, time.October), ledger.NewMonth(2026, time.October)); got[0].Known() {
		t.Errorf("got %v spent, want what is not known", got)
	}
}

func TestNetWorthOfAHousehold(t *testing.T) {
	usd := func(minor int64) ledger.Balance {
		return ledger.Balance{Current: ledger.NewAmount(minor, ledger.ISO("USD"))}
	}
	accounts := []ledger.Account{
		{ID: "checking", Type: ledger.Depository, Balance: usd(10_000)},
		{ID: "overdrawn", Type: ledger.Depository, Balance: usd(-500)},
		{ID: "card", Type: ledger.Credit, Balance: usd(-2_000)},
		{ID: "overpaid", Type: ledger.Credit, Balance: usd(300)},
		{ID: "unused", Type: ledger.Credit, Balance: usd(0)},
		{ID: "mortgage", Type: ledger.Loan, Balance: usd(-90_000)},
		{ID: "broker", Type: ledger.Investment, Balance: usd(50_000)},
		{ID: "gold", Type: "vault", Balance: usd(1_000)},
		{ID: "silent", Type: ledger.Depository, Currency: ledger.ISO("USD"), Balance: ledger.Balance{Available: ledger.NewAmount(77, ledger.ISO("USD"))}},
		{ID: "euro", Type: ledger.Depository, Balance: ledger.Balance{Current: ledger.NewAmount(4_000, ledger.ISO("EUR"))}},
		{ID: "nothing known", Type: ledger.Depository},
	}
	got := build(nil, accounts, nil).NetWorth()
	if len(got) != 2 || got[0].Total.Currency() != ledger.ISO("EUR") {
		t.Fatalf("got %+v, want EUR and USD, by code for want of rows", got)
	}
	n := got[1]
	for part, pair := range map[string][2]string{
		"total":    {n.Total.String(), "-312.00"},
		"cash":     {n.Cash.String(), "95.00"},
		"cards":    {n.Cards.String(), "-17.00"},
		"invested": {n.Invested.String(), "500.00"},
		"loans":    {n.Loans.String(), "-900.00"},
		"other":    {n.Other.String(), "10.00"},
		"debt":     {n.Debt.String(), "-920.00"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %s, want %s", part, pair[0], pair[1])
		}
	}
	if !slices.Equal(n.Unknown, []ledger.AccountID{"silent"}) || !slices.Equal(got[0].Unknown, []ledger.AccountID{"nothing known"}) {
		t.Errorf("got unknown %v and %v, want silent, and nothing known", n.Unknown, got[0].Unknown)
	}
	alone := build(nil, accounts[len(accounts)-1:], nil).NetWorth()
	if len(alone) != 1 || alone[0].Total.Known() || len(alone[0].Unknown) != 1 {
		t.Errorf("got %+v, want one result without amounts", alone)
	}
}

func TestBanksAndAccountsAreListedInOrder(t *testing.T) {
	accounts := []ledger.Account{
		{ID: "5", Name: "B", Type: "vault"}, {ID: "4", Name: "A", Type: ledger.Loan}, {ID: "2", Name: "A", Type: ledger.Credit},
		{ID: "3", Name: "A", Type: ledger.Investment}, {ID: "1", Name: "B", Type: ledger.Depository}, {ID: "0", Name: "B", Type: ledger.Depository},
	}
	items := []ledger.Item{{ID: "b", Name: "Second"}, {ID: "c", Name: "First"}, {ID: "a", Name: "Second"}}
	before := october()
	b := before.WithBanks(items, accounts)
	accounts[0].Name, items[0].Name = "changed later", "changed later"
	var ids string
	for _, a := range b.Accounts() {
		ids += string(a.ID)
	}
	for _, i := range b.Items() {
		ids += string(i.ID)
	}
	if ids != "012345cab" {
		t.Errorf("got the order %s, want 012345cab", ids)
	}
	if a, ok := b.Account("5"); !ok || a.Name != "B" {
		t.Errorf("got %+v, %v, want the account as it was given", a, ok)
	}
	if _, ok := b.Account("checking"); ok || b.Len() != before.Len() || len(before.Accounts()) != 2 {
		t.Error("WithBanks keeps accounts, loses rows or changes its Book")
	}
	if a := (ledger.Account{ID: "1"}); ledger.CompareAccounts(a, a) != 0 {
		t.Error("an account does not compare equal to itself")
	}
}

func TestABookKeepsNothingOfTheTextsItWasGiven(t *testing.T) {
	buffer := []byte("id-1acc-1USDFOOD_AND_DRINK_COFFEEBLUE BOTTLE 12Blue Bottleonline")
	text := string(buffer)
	cut := func(n int) string { s := text[:n]; text = text[n:]; return s }
	tx := ledger.Transaction{ID: ledger.TransactionID(cut(4)), Account: ledger.AccountID(cut(5))}
	tx.Amount = ledger.NewAmount(-1, ledger.ISO(cut(3)))
	tx.Category, tx.Name, tx.Merchant, tx.Channel = ledger.Category(cut(21)), cut(14), cut(11), cut(6)
	want := tx
	got := build([]ledger.Transaction{tx}, nil, nil).Entry(0).Transaction
	if got != want {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	for name, pair := range map[string][2]string{
		"id": {string(got.ID), string(want.ID)}, "account": {string(got.Account), string(want.Account)},
		"category": {string(got.Category), string(want.Category)}, "name": {got.Name, want.Name},
		"merchant": {got.Merchant, want.Merchant}, "channel": {got.Channel, want.Channel},
		"currency": {got.Amount.Currency().Code(), want.Amount.Currency().Code()},
	} {
		if shareMemory(pair[0], pair[1]) {
			t.Errorf("%s is part of the caller's text", name)
		}
	}
}

// A ledger of many blocks and segments, with rows longer than a segment, is the
// same as one of few rows.
func TestALongLedgerAgreesWithPlainLoops(t *testing.T) {
	var rows []ledger.Transaction
	for i := range 5000 {
		tx := row(ledger.TransactionID(fmt.Sprintf("id-%d", i*7919%5000)), 1+i%29, int64(-i*37%1000), fmt.Sprintf("Shop %d\t%s", i%700, strings.Repeat("é", i%50)),
			under(someCategories[i%len(someCategories)]), in([]string{"USD", "EUR", "JPY"}[i%3]), on(someAccounts[i%4]))
		tx.City = fmt.Sprint("City ", i%200)
		if i == 7 || i == 8 { // one by its name, one by all else
			tx.Merchant, tx.Name = "Needle", strings.Repeat("Long NAME ", 120_000*(i-7))+"end of it"
			tx.ID = ledger.TransactionID(strings.Repeat("long-id", 200_000*(8-i)) + string(tx.ID))
		}
		rows = append(rows, tx)
	}
	edits := ledger.Edits{rows[3].ID: {Category: "Party"}, rows[4999].ID: {Category: "TRANSFER_OUT"}}
	b, ref := build(rows, nil, edits), newReference(rows, nil, edits)
	late := ledger.Period{From: ledger.NewDate(2026, time.October, 7)}
	for _, q := range []ledger.Query{
		{}, {Text: "shop 69", Category: "Party"}, {Text: "NEEDLE it"}, {Text: `"end of"`, Period: late}, {Text: "é 1", Period: late}, {Text: "nowhere"},
	} {
		for _, by := range []ledger.SortKey{ledger.SortDate, ledger.SortAmount, ledger.SortPayee} {
			got := b.Select(q, ledger.Sort{By: by})
			want, sums := ref.ids(q, ledger.Sort{By: by})
			if !slices.Equal(idsOf(b, got.Rows), want) || !slices.Equal(got.Sums, sums) {
				t.Errorf("%v by %s: got %d rows and %v, want these %d and %v", q, by, len(got.Rows), got.Sums, len(want), sums)
			}
		}
		want, _ := ref.ids(q, ledger.Sort{})
		if got := idsOf(b, b.First(q, 70)); !slices.Equal(got, want[:min(70, len(want))]) {
			t.Errorf("first of %v: got %d rows, want these %d", q, len(got), min(70, len(want)))
		}
	}
	for i, want := range ref.rows {
		if got := b.Entry(ledger.Row(i)).Transaction; got != want {
			t.Fatalf("row %d: got %.100q, want %.100q", i, got.Name, want.Name)
		}
	}
	for _, by := range []ledger.Grouping{ledger.ByCategory, ledger.ByMerchant} {
		got, want := withoutLabels(b.Spending(ledger.Period{}, by)), ref.report(ledger.Period{}, by)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("by %s: got\n%v\nwant\n%v", by, got, want)
		}
	}
}

// Few rows and very many payees and currencies: no table of all pairs is made.
func TestSpendingOfFewRowsAmongManyPayees(t *testing.T) {
	var rows []ledger.Transaction
	for i := range 6000 {
		rows = append(rows, row(ledger.TransactionID(fmt.Sprint(i)), 1+i%30, int64(-1-i%11), fmt.Sprint("payee ", i%3000), in(fmt.Sprintf("C%d", i%40))))
	}
	b, ref := build(rows, nil, nil), newReference(rows, nil, nil)
	day := ledger.NewDate(2026, time.October, 9)
	p := ledger.Period{From: day, To: day}
	got, want := withoutLabels(b.Spending(p, ledger.ByMerchant)), ref.report(p, ledger.ByMerchant)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%v\nwant\n%v", got, want)
	}
}

func TestManyReadersOfOneBook(t *testing.T) {
	b := october()
	want := render(b.Spending(ledger.Period{}, ledger.ByMerchant))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, ok := b.Find("coffee"); !ok {
				t.Error("coffee is not found")
			}
			b.Select(ledger.Query{Text: "o"}, ledger.Sort{By: ledger.SortPayee})
			b.WithEdits(ledger.Edits{"coffee": {Category: "Party"}})
			if got := render(b.Spending(ledger.Period{}, ledger.ByMerchant)); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
	all.Wait()
}

func TestTheEmptyBookAnswers(t *testing.T) {
	b := ledger.NewBuilder().Build(nil, nil, nil)
	if _, ok := b.Find("x"); ok || b.Len() != 0 || len(b.Items())+len(b.Accounts())+len(b.NetWorth()) != 0 {
		t.Error("an empty Book is not empty")
	}
	if s := b.Select(ledger.Query{Text: "x"}, ledger.Sort{By: ledger.SortPayee}); len(s.Rows) != 0 || len(s.Sums) != 0 {
		t.Errorf("got %+v, want nothing", s)
	}
	if got := b.Spending(ledger.Period{}, ledger.ByMerchant); len(got) != 0 {
		t.Errorf("got %+v, want nothing", got)
	}
	m := ledger.NewMonth(2026, time.May)
	if got := b.MonthlySpending(ledger.ISO("USD"), m, m.Add(1)); len(got) != 2 || got[0] != ledger.NewAmount(0, ledger.ISO("USD")) {
		t.Errorf("got %v, want zero twice", got)
	}
	if got := b.MonthlySpending(ledger.ISO("USD"), m, m.Add(-1)); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
}
