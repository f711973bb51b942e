package ledger_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
)

// The ledgers that figures are measured on: ten years, eight accounts in two
// currencies, every category of Plaid's, 3,000 merchants of which few are
// common, four random digits in each of the bank's descriptions, ids as Plaid's.
const (
	benchYears     = 10
	benchAccounts  = 8
	benchMerchants = 3000
)

var benchSizes = []int{100_000, 1_000_000}

// benchRows makes n rows, in blocks of an account and month in no order, as a
// vault gives them.
func benchRows(n int) []ledger.Transaction {
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	zipf := rand.NewZipf(rng, 1.1, 4, benchMerchants-1)
	merchants := benchMerchantNames(rng)
	categories := ledger.Categories()
	cities := strings.Fields("Springfield Portland Austin Boston Denver Oakland Reno Tampa")
	var rows []ledger.Transaction
	for i := range n {
		block := i * benchYears * 12 * benchAccounts / n
		merchant := merchants[zipf.Uint64()]
		t := ledger.Transaction{
			ID:         ledger.TransactionID(randomID(rng)),
			Account:    ledger.AccountID(fmt.Sprintf("account-%02d-%s", block%benchAccounts, strings.Repeat("x", 26))),
			Pending:    block >= (benchYears*12-1)*benchAccounts && i%10 == 0,
			Date:       ledger.NewDate(2016, time.Month(1+block/benchAccounts), 1+rng.IntN(28)),
			Amount:     ledger.NewAmount(-1-rng.Int64N(20_000), ledger.ISO("USD")),
			Category:   categories[(int(merchant[0])*7+len(merchant))%len(categories)],
			Name:       strings.ToUpper(merchant) + fmt.Sprintf(" %04d", rng.IntN(10_000)),
			Merchant:   merchant,
			Channel:    []string{"in store", "online"}[i%2],
			City:       cities[rng.IntN(len(cities))],
			Country:    "US",
			Authorized: ledger.NewDate(2016, time.Month(1+block/benchAccounts), 1),
		}
		if block%benchAccounts == 0 {
			t.Amount = ledger.NewAmount(t.Amount.Minor(), ledger.ISO("EUR"))
		}
		if i%20 == 0 { // a transfer, which has no merchant
			t.Merchant, t.Name = "", fmt.Sprintf("ONLINE TRANSFER %04d", rng.IntN(10_000))
		}
		rows = append(rows, t)
	}
	blocks := slices.Collect(slices.Chunk(rows, max(1, n/(benchYears*12*benchAccounts))))
	rng.Shuffle(len(blocks), func(i, j int) { blocks[i], blocks[j] = blocks[j], blocks[i] })
	return closely(slices.Concat(blocks...))
}

// closely puts the texts of all rows one after the other, as they are in the
// block that a vault has just decoded.
func closely(rows []ledger.Transaction) []ledger.Transaction {
	var all strings.Builder
	each := func(use func(*string)) {
		for i := range rows {
			t := &rows[i]
			for _, s := range []*string{(*string)(&t.ID), (*string)(&t.Account), (*string)(&t.Category), &t.Name, &t.Merchant, &t.Channel, &t.City, &t.Country} {
				use(s)
			}
		}
	}
	each(func(s *string) { all.WriteString(*s) })
	text, at := all.String(), 0
	each(func(s *string) { *s, at = text[at:at+len(*s)], at+len(*s) })
	return rows
}

func benchMerchantNames(rng *rand.Rand) []string {
	words := strings.Fields(`Blue Bottle Old Lake Corner Coffee Market Green Valley Union Hardware River North
		Star Bakery Maple Pharmacy Garden Summit Books Harbor Grill Cedar Fuel Prime Golden Deli Pacific Studio`)
	names := make([]string, benchMerchants)
	for i := range names {
		a, b := words[rng.IntN(len(words))], words[rng.IntN(len(words))]
		names[i] = fmt.Sprintf("%s %s %c%c", a, b, 'A'+i%26, 'A'+i/26%26)
		if i/676 > 0 {
			names[i] += string(rune('A' + i/676))
		}
	}
	return names
}

func randomID(rng *rand.Rand) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	var id [37]byte
	for i := range id {
		id[i] = letters[rng.IntN(len(letters))]
	}
	return string(id[:])
}

func buildRows(rows []ledger.Transaction) *ledger.Book {
	b := ledger.NewBuilder()
	for i := range rows {
		b.Add(&rows[i])
	}
	return b.Build(nil, nil, nil)
}

// perSize runs a benchmark on a ledger of each size.
func perSize(b *testing.B, run func(b *testing.B, rows []ledger.Transaction, book *ledger.Book)) {
	for _, n := range benchSizes {
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			rows := benchRows(n)
			book := buildRows(rows)
			b.ResetTimer()
			run(b, rows, book)
		})
	}
}

// measure runs a function until the benchmark has enough and reports what it
// took beside what was promised: the mean, and the best run, which is what other
// programs on the machine disturb least.
func measure(b *testing.B, target float64, run func()) {
	best := time.Duration(math.MaxInt64)
	for b.Loop() {
		start := time.Now()
		run()
		best = min(best, time.Since(start))
	}
	b.StopTimer()
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "mean-ms")
	b.ReportMetric(float64(best.Nanoseconds())/1e6, "best-ms")
	b.ReportMetric(target, "target-ms")
	b.ReportMetric(0, "ns/op")
}

// target is what is promised for a ledger of a size.
func target(rows []ledger.Transaction, small, large float64) float64 {
	if len(rows) > benchSizes[0] {
		return large
	}
	return small
}

func BenchmarkBuild(b *testing.B) {
	perSize(b, func(b *testing.B, rows []ledger.Transaction, book *ledger.Book) {
		b.ReportAllocs()
		measure(b, target(rows, 20, 200), func() { book = buildRows(rows) })
		var want int64
		for _, t := range rows {
			want += t.Amount.Minor()
		}
		var got int64
		for _, sum := range book.Select(ledger.Query{}, ledger.Sort{}).Sums {
			got += sum.Minor() // of one scale, and only to compare
		}
		if book.Len() != len(rows) || got != want {
			b.Fatalf("got %d rows that sum to %d, want %d and %d", book.Len(), got, len(rows), want)
		}
	})
}

// BenchmarkMemory reports what a Book keeps alive, its ids apart.
func BenchmarkMemory(b *testing.B) {
	perSize(b, func(b *testing.B, rows []ledger.Transaction, book *ledger.Book) {
		ids := 0
		for _, t := range rows {
			ids += len(t.ID) + 1
		}
		var before, after runtime.MemStats
		for b.Loop() {
			book = nil
			runtime.GC()
			runtime.ReadMemStats(&before)
			book = buildRows(rows)
			runtime.GC()
			runtime.ReadMemStats(&after)
		}
		b.ReportMetric(float64(int(after.HeapAlloc-before.HeapAlloc)-ids)/float64(len(rows)), "B/row-without-ids")
		b.ReportMetric(100, "target-B/row")
		b.ReportMetric(float64(after.HeapObjects-before.HeapObjects), "objects")
		b.ReportMetric(0, "ns/op")
		if book.Len() != len(rows) {
			b.Fatalf("got %d rows, want %d", book.Len(), len(rows))
		}
	})
}

func BenchmarkFirst(b *testing.B) {
	const screen = 60
	for _, text := range []string{"", "c", "co", "coffee", `"old lake"`, "0412", "lake 0412", "no such text"} {
		b.Run("text="+text, func(b *testing.B) {
			perSize(b, func(b *testing.B, rows []ledger.Transaction, book *ledger.Book) {
				q := ledger.Query{Text: text}
				var got []ledger.Row
				measure(b, target(rows, 1, 10), func() { got = book.First(q, screen) })
				checkHits(b, rows, book, q, got, screen)
			})
		})
	}
}

// checkHits compares hits with a plain loop over all rows.
func checkHits(b *testing.B, rows []ledger.Transaction, book *ledger.Book, q ledger.Query, got []ledger.Row, most int) {
	want := 0
	for _, t := range rows {
		text := strings.ToLower(t.Merchant + "\n" + t.Name)
		if !slices.ContainsFunc(words(q.Text), func(w string) bool { return !strings.Contains(text, w) }) {
			want++
		}
	}
	if len(got) != min(want, most) {
		b.Fatalf("%q: got %d rows, want %d", q.Text, len(got), min(want, most))
	}
	if !slices.IsSorted(got) {
		b.Fatalf("%q: rows are not newest first", q.Text)
	}
}

func BenchmarkSelect(b *testing.B) {
	for _, bench := range []struct {
		name  string
		query ledger.Query
		order ledger.Sort
	}{
		{"all", ledger.Query{}, ledger.Sort{}},
		{"all by amount", ledger.Query{}, ledger.Sort{By: ledger.SortAmount}},
		{"all by payee", ledger.Query{}, ledger.Sort{By: ledger.SortPayee}},
		{"all oldest first", ledger.Query{}, ledger.Sort{Reverse: true}},
		{"text c", ledger.Query{Text: "c"}, ledger.Sort{}},
		{"text coffee by amount", ledger.Query{Text: "coffee"}, ledger.Sort{By: ledger.SortAmount}},
		{"text 0412", ledger.Query{Text: "0412"}, ledger.Sort{}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			perSize(b, func(b *testing.B, rows []ledger.Transaction, book *ledger.Book) {
				var got ledger.Selection
				measure(b, target(rows, 3, 30), func() { got = book.Select(bench.query, bench.order) })
				hits := slices.Sorted(slices.Values(got.Rows))
				checkHits(b, rows, book, bench.query, hits, len(rows))
			})
		})
	}
}

func BenchmarkSpending(b *testing.B) {
	month := ledger.NewMonth(2025, time.November)
	for _, period := range []ledger.Period{month.Period(), {}, {From: month.Add(-59).First(), To: month.Last()}} {
		for _, by := range []ledger.Grouping{ledger.ByCategory, ledger.ByMerchant} {
			b.Run(fmt.Sprintf("%v..%v/%s", period.From, period.To, by), func(b *testing.B) {
				perSize(b, func(b *testing.B, rows []ledger.Transaction, book *ledger.Book) {
					var got []ledger.Spending
					measure(b, target(rows, 1, 10), func() { got = book.Spending(period, by) })
					for _, s := range got {
						if want := plainTotal(rows, s.Currency, period); s.Total.Minor() != want {
							b.Fatalf("%s: got a total of %d, want %d", s.Currency, s.Total.Minor(), want)
						}
					}
				})
			})
		}
	}
}

// plainTotal is what was spent, by the plain definition.
func plainTotal(rows []ledger.Transaction, cur ledger.Currency, p ledger.Period) int64 {
	var total int64
	for _, t := range rows {
		if t.Amount.Currency() == cur && t.Category.IsSpending() && p.Contains(t.Date) {
			total -= t.Amount.Minor()
		}
	}
	return total
}

func BenchmarkMonthlySpending(b *testing.B) {
	perSize(b, func(b *testing.B, rows []ledger.Transaction, book *ledger.Book) {
		first := ledger.NewMonth(2016, time.January)
		last := first.Add(12*benchYears - 1)
		var got []ledger.Amount
		measure(b, target(rows, 1, 10), func() { got = book.MonthlySpending(ledger.ISO("USD"), first, last) })
		var total int64
		for _, a := range got {
			total += a.Minor()
		}
		if want := plainTotal(rows, ledger.ISO("USD"), ledger.Period{}); total != want {
			b.Fatalf("got a total of %d, want %d", total, want)
		}
	})
}

func BenchmarkNetWorth(b *testing.B) {
	perSize(b, func(b *testing.B, rows []ledger.Transaction, book *ledger.Book) {
		var accounts []ledger.Account
		for i := range int64(50) {
			accounts = append(accounts, ledger.Account{
				ID: ledger.AccountID(fmt.Sprint(i)), Type: ledger.Depository,
				Balance: ledger.Balance{Current: ledger.NewAmount(i, ledger.ISO("USD"))},
			})
		}
		book = book.WithBanks(nil, accounts)
		var got []ledger.NetWorth
		measure(b, target(rows, 1, 10), func() { got = book.NetWorth() })
		if want := ledger.NewAmount(50*49/2, ledger.ISO("USD")); got[0].Total != want {
			b.Fatalf("got %v, want %v", got[0].Total, want)
		}
	})
}

func BenchmarkEditOneOf(b *testing.B) {
	for _, edited := range []int{0, 10_000} {
		b.Run(fmt.Sprintf("edited=%d", edited), func(b *testing.B) {
			perSize(b, func(b *testing.B, rows []ledger.Transaction, book *ledger.Book) {
				edits := ledger.Edits{}
				for _, t := range rows[:edited] {
					edits[t.ID] = ledger.Edit{Category: "Party"}
				}
				book = book.WithEdits(edits)
				id := rows[len(rows)/2].ID
				book.Find(id) // makes the index, which all later Books share
				var got *ledger.Book
				measure(b, target(rows, 1, 10), func() { got = book.WithEdits(ledger.Edits{id: {Category: "Gifts to friends"}}) })
				if r, _ := got.Find(id); got.Entry(r).Category != "Gifts to friends" {
					b.Fatalf("got category %q, want the edit's", got.Entry(r).Category)
				}
			})
		})
	}
}
