package ledger_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"coffer/ledger"

	"pgregory.net/rapid"
)

// What random ledgers are made of.
var (
	someCurrencies = []ledger.Currency{
		ledger.ISO("USD"), ledger.ISO("USD"), ledger.ISO("EUR"), ledger.ISO("JPY"), ledger.ISO("KWD"),
		ledger.Unofficial("BTC"), ledger.ISO("BTC"), {},
	}
	someCategories = []ledger.Category{
		"", "FOOD_AND_DRINK_COFFEE", "FOOD_AND_DRINK_GROCERIES", "FOOD_AND_DRINK_TEA", "FOOD_AND_DRINK",
		"INCOME_SALARY", "TRANSFER_IN_SAVINGS", "TRANSFER_OUT", "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT",
		"LOAN_PAYMENTS_MORTGAGE_PAYMENT", "LOAN_DISBURSEMENTS_AUTO", "NEW_THING_OF_PLAID", "Party", "UNCATEGORIZED",
	}
	somePayees = []string{
		"Blue Bottle", "BLUE BOTTLE", "Straße Café", "ÉCLAIR", "İstanbul Büfe", "Ωmega", "K-Mart \xff",
		"Whole Foods", "", `12" Pizza`, "a b c",
	}
	someWords = []string{
		"blue", "BOTTLE", "strasse", "straße", "éclair", "ÉCLAIR", "istanbul", "büfe", "ω", "k-mart",
		"foods 12", `"whole foods"`, `"e b"`, "0412", "nothing at all", "�", "e", "",
	}
	someAccounts = []ledger.AccountID{"acc-1", "acc-2", "acc-3", "acc-4"}
)

func drawDate(t *rapid.T, label string) ledger.Date {
	return ledger.NewDate(2026, time.January, rapid.IntRange(1, 120).Draw(t, label))
}

func drawMinor(t *rapid.T, label string) int64 {
	return rapid.OneOf(
		rapid.Int64Range(-5000, 5000),
		rapid.Int64Range(-5, 5),
		rapid.SampledFrom([]int64{math.MaxInt64, -math.MaxInt64, math.MaxInt64 / 2, 100, 10_000}),
	).Draw(t, label)
}

func drawTransaction(t *rapid.T, n int) ledger.Transaction {
	word := rapid.SampledFrom(somePayees)
	tx := ledger.Transaction{
		ID:       ledger.TransactionID(fmt.Sprintf("%s%03d", rapid.SampledFrom([]string{"", "same-start-", "Z"}).Draw(t, "id"), n)),
		Account:  rapid.SampledFrom(someAccounts).Draw(t, "account"),
		Pending:  rapid.Bool().Draw(t, "pending"),
		Date:     drawDate(t, "date"),
		Amount:   ledger.NewAmount(drawMinor(t, "minor"), rapid.SampledFrom(someCurrencies).Draw(t, "currency")),
		Category: rapid.SampledFrom(someCategories).Draw(t, "category"),
		Name:     word.Draw(t, "name") + rapid.SampledFrom([]string{"", " 0412"}).Draw(t, "number"),
		Channel:  rapid.SampledFrom([]string{"online", "in store", ""}).Draw(t, "channel"),
	}
	if rapid.Bool().Draw(t, "has merchant") {
		tx.Merchant = word.Draw(t, "merchant")
	}
	if rapid.Bool().Draw(t, "has more") {
		tx.Authorized = drawDate(t, "authorized")
		tx.PendingID = ledger.TransactionID(word.Draw(t, "pending id"))
		tx.Original = word.Draw(t, "original")
		tx.RawAmount = rapid.SampledFrom([]string{"", "1.005"}).Draw(t, "raw")
		tx.City, tx.Country = word.Draw(t, "city"), "US"
		tx.Check = rapid.SampledFrom([]string{"", "1001"}).Draw(t, "check")
	}
	return tx
}

func drawTransactions(t *rapid.T) []ledger.Transaction {
	rows := make([]ledger.Transaction, rapid.IntRange(0, 25).Draw(t, "rows"))
	for i := range rows {
		rows[i] = drawTransaction(t, i)
	}
	return rows
}

func drawEdits(t *rapid.T, label string) ledger.Edits {
	edits := ledger.Edits{}
	for range rapid.IntRange(0, 8).Draw(t, label) {
		id := ledger.TransactionID(fmt.Sprintf("%03d", rapid.IntRange(0, 70).Draw(t, "edited")))
		edits[id] = ledger.Edit{Category: rapid.SampledFrom(append(someCategories, "Of the user")).Draw(t, "said")}
	}
	return edits
}

func drawAccounts(t *rapid.T) []ledger.Account {
	var accounts []ledger.Account
	for _, id := range someAccounts[:3] { // rows of the fourth have no account
		a := ledger.Account{
			ID: id, Name: "Account " + string(id), Mask: "0000",
			Type:     rapid.SampledFrom([]ledger.AccountType{ledger.Depository, ledger.Credit, ledger.Loan, ledger.Investment, "vault"}).Draw(t, "type"),
			Currency: rapid.SampledFrom(someCurrencies[:6]).Draw(t, "account currency"),
		}
		if rapid.Bool().Draw(t, "balance is known") {
			a.Balance.Current = ledger.NewAmount(drawMinor(t, "balance"), a.Currency)
		}
		accounts = append(accounts, a)
	}
	return accounts
}

func drawPeriod(t *rapid.T) ledger.Period {
	from := drawDate(t, "from")
	month := from.Month()
	return rapid.SampledFrom([]ledger.Period{
		{}, month.Period(), {From: from}, {To: from}, {From: from, To: from.AddDays(20)},
		{From: month.First(), To: month.Add(1).Last()}, {From: from, To: from.AddDays(-1)},
	}).Draw(t, "period")
}

func drawQuery(t *rapid.T) ledger.Query {
	var q ledger.Query
	maybe := func(label string) bool { return rapid.IntRange(0, 3).Draw(t, label) == 0 }
	if maybe("by text") {
		q.Text = rapid.SampledFrom(someWords).Draw(t, "text")
	}
	if maybe("by period") {
		q.Period = drawPeriod(t)
	}
	if maybe("by account") {
		q.Accounts = rapid.SliceOfNDistinct(rapid.SampledFrom(append(someAccounts, "none")), 1, 2, rapid.ID).Draw(t, "accounts")
	}
	if maybe("by category") {
		q.Category = rapid.SampledFrom(someCategories).Draw(t, "category")
	}
	if maybe("by payee") {
		q.Payee = rapid.SampledFrom(somePayees).Draw(t, "payee")
	}
	if maybe("by currency") {
		q.Currency = rapid.SampledFrom(someCurrencies).Draw(t, "currency")
	}
	if maybe("by amount") {
		q.Amount.AtLeast = rapid.SampledFrom([]int64{0, 1, 50e8, 50e8 + 1, 100_000_000}).Draw(t, "at least")
		q.Amount.Below = rapid.SampledFrom([]int64{0, 1, 50e8, 50e8 + 1, 1_000_000_000_000, math.MaxInt64}).Draw(t, "below")
	}
	q.Pending, q.Spending = maybe("pending"), maybe("spending")
	return q
}

func build(rows []ledger.Transaction, accounts []ledger.Account, edits ledger.Edits) *ledger.Book {
	b := ledger.NewBuilder()
	for i := range rows {
		b.Add(&rows[i])
	}
	return b.Build(nil, accounts, edits)
}

// buildMerged deals the rows to several Builders, and merges those.
func buildMerged(t *rapid.T, rows []ledger.Transaction, accounts []ledger.Account) *ledger.Book {
	var builders [4]*ledger.Builder
	for i := range builders {
		builders[i] = ledger.NewBuilder()
	}
	for i := range rows {
		builders[rapid.IntRange(0, len(builders)-1).Draw(t, "builder")].Add(&rows[i])
	}
	for _, b := range builders[1:] {
		builders[0].Merge(b)
	}
	return builders[0].Build(nil, accounts, nil)
}

func idsOf(b *ledger.Book, rows []ledger.Row) []ledger.TransactionID {
	var ids []ledger.TransactionID
	for _, r := range rows {
		ids = append(ids, b.Entry(r).ID)
	}
	return ids
}

func same[T any](t *rapid.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

func withoutLabels(reports []ledger.Spending) []ledger.Spending {
	for _, s := range reports {
		for i := range s.Rows {
			s.Rows[i].Label = ""
		}
	}
	return reports
}

// agree compares everything a Book can be asked with the reference.
func agree(t *rapid.T, b *ledger.Book, ref reference, q ledger.Query) {
	t.Helper()
	same(t, "length", b.Len(), len(ref.rows))
	for i, want := range ref.rows {
		e := b.Entry(ledger.Row(i))
		same(t, "facts", e.Transaction, want)
		same(t, "payee", e.Payee, want.Payee())
		same(t, "category", e.Category, ref.category(want))
		same(t, "edit", e.Edit, ref.edits[want.ID])
		same(t, "transfer", e.Transfer, ref.transfer(want))
		r, ok := b.Find(want.ID)
		same(t, "found row", r, ledger.Row(i))
		same(t, "found", ok, true)
	}
	for _, order := range []ledger.Sort{
		{}, {By: ledger.SortDate, Reverse: true}, {By: ledger.SortAmount}, {By: ledger.SortAmount, Reverse: true},
		{By: ledger.SortPayee}, {By: ledger.SortPayee, Reverse: true},
	} {
		got := b.Select(q, order)
		ids, sums := ref.ids(q, order)
		same(t, fmt.Sprintf("select %+v %+v", q, order), idsOf(b, got.Rows), ids)
		same(t, "sums", got.Sums, sums)
	}
	ids, _ := ref.ids(q, ledger.Sort{})
	for _, n := range []int{0, 1, 3, 100} {
		same(t, "first", idsOf(b, b.First(q, n)), append([]ledger.TransactionID(nil), ids[:min(n, len(ids))]...))
	}
	for _, by := range []ledger.Grouping{ledger.ByCategory, ledger.ByDetailed, ledger.ByMerchant, ledger.ByAccount} {
		same(t, "spending "+string(by), withoutLabels(b.Spending(q.Period, by)), ref.report(q.Period, by))
	}
	first := ledger.NewMonth(2025, time.December)
	for _, cur := range someCurrencies {
		for i, got := range b.MonthlySpending(cur, first, first.Add(6)) {
			want, _, _ := ref.total(ref.rows, cur, first.Add(i).Period())
			same(t, "monthly spending", got, want)
		}
	}
}

func TestBookAgreesWithPlainLoops(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, accounts, edits := drawTransactions(t), drawAccounts(t), drawEdits(t, "edits")
		agree(t, build(rows, accounts, edits), newReference(rows, accounts, edits), drawQuery(t))
	})
}

func TestWithEditsIsTheSameAsBuildingAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, accounts := drawTransactions(t), drawAccounts(t)
		first, second := drawEdits(t, "edits"), drawEdits(t, "later edits")
		all := ledger.Edits{}
		for _, edits := range []ledger.Edits{first, second} {
			for id, e := range edits {
				all[id] = e
			}
		}
		before := build(rows, accounts, first)
		q := drawQuery(t)
		agree(t, before.WithEdits(second), newReference(rows, accounts, all), q)
		agree(t, before, newReference(rows, accounts, first), q) // it is unchanged
	})
}

func TestTheOrderOfAddingDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, accounts := drawTransactions(t), drawAccounts(t)
		shuffled := rapid.Permutation(slices.Clone(rows)).Draw(t, "shuffled")
		ref, q := newReference(rows, accounts, nil), drawQuery(t)
		agree(t, build(shuffled, accounts, nil), ref, q)
		agree(t, buildMerged(t, shuffled, accounts), ref, q)
	})
}

// Thousands of rows are dealt to piles of days, whatever days they are of.
func TestManyRowsAreInOrder(t *testing.T) {
	days := map[string]func(*rand.Rand) int32{
		"of one day":                func(*rand.Rand) int32 { return 20_000 },
		"of ten years":              func(rng *rand.Rand) int32 { return 20_000 + rng.Int32N(3650) },
		"of any day there is":       func(rng *rand.Rand) int32 { return int32(rng.Uint32()) },
		"of this week or long past": func(rng *rand.Rand) int32 { return max(-700_000, 20_000-rng.Int32N(1_000_000)) },
	}
	for name, day := range days {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			all, part := ledger.NewBuilder(), ledger.NewBuilder()
			rows := make([]ledger.Transaction, 20_000)
			for i := range rows {
				id := fmt.Sprintf("%0*d", rng.IntN(12), rng.IntN(1000)) // alike at the start
				rows[i] = ledger.Transaction{ID: ledger.TransactionID(fmt.Sprint(id, "-", i)), Date: ledger.DateFromDays(day(rng))}
				[]*ledger.Builder{all, part}[i%2].Add(&rows[i])
			}
			all.Merge(part)
			book := all.Build(nil, nil, nil)
			slices.SortFunc(rows, func(a, b ledger.Transaction) int {
				return cmp.Or(b.Date.Compare(a.Date), cmp.Compare(a.ID, b.ID))
			})
			for i := range rows {
				if got := book.Entry(ledger.Row(i)); got.ID != rows[i].ID || got.Date != rows[i].Date {
					t.Fatalf("row %d is %s of %v, want %s of %v", i, got.ID, got.Date, rows[i].ID, rows[i].Date)
				}
			}
		})
	}
}

func TestNetWorthAgreesWithPlainLoops(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, accounts := drawTransactions(t), drawAccounts(t)
		b, ref := build(rows, accounts, nil), newReference(rows, nil, nil)
		ref.accounts = b.Accounts()
		got := b.NetWorth()
		seen := map[ledger.Currency]bool{}
		for _, a := range accounts {
			seen[a.Currency] = true
		}
		same(t, "reports", len(got), len(seen))
		for _, n := range got {
			// A part of a report can be out of range; not all of them are.
			for _, part := range []ledger.Amount{n.Total, n.Cash, n.Cards, n.Invested, n.Loans, n.Other, n.Debt} {
				if part.Known() {
					same(t, "net worth", n, ref.worth(part.Currency()))
					break
				}
			}
		}
	})
}
