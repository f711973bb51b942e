package storage_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

// household makes n rows over ten years on eight accounts, as a bank would send
// them: ids without pattern, a few thousand merchants of which some are met
// every week, digits in each line of the statement.
func household(n int) []ledger.Transaction {
	rng := rand.New(rand.NewPCG(1, 2))
	merchants := rand.NewZipf(rng, 1.2, 4, 2999)
	categories := ledger.Categories()
	first := ledger.NewDate(2016, time.December, 1)
	rows := make([]ledger.Transaction, n)
	for i := range rows {
		merchant := merchants.Uint64()
		date := first.AddDays(i * 3650 / n)
		rows[i] = ledger.Transaction{
			ID:         ledger.TransactionID(plaidID(rng)),
			Account:    ledger.AccountID(fmt.Sprintf("account-%d", rng.IntN(8))),
			Date:       date,
			Authorized: date.AddDays(-rng.IntN(3)),
			Amount:     ledger.NewAmount(-int64(rng.ExpFloat64()*4000), usd),
			Category:   categories[merchant%uint64(len(categories))],
			Name:       fmt.Sprintf("MERCHANT %d STORE %04d", merchant, rng.IntN(10000)),
			Merchant:   fmt.Sprintf("Merchant %d", merchant),
			Channel:    [...]string{"online", "in store", "other"}[merchant%3],
			City:       [...]string{"", "Springfield", "Shelbyville"}[merchant%3],
			Country:    "US",
		}
	}
	return rows
}

// plaidID makes an id in the form of Plaid's: 37 letters and digits.
func plaidID(rng *rand.Rand) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	id := make([]byte, 37)
	for i := range id {
		id[i] = alphabet[rng.IntN(len(alphabet))]
	}
	return string(id)
}

// filled makes a vault with n rows of one bank.
func filled(b *testing.B, n int) (*storage.Vault, string, []ledger.Transaction) {
	b.Helper()
	rows := household(n)
	v, dir := newVault(b)
	apply(b, v, ledger.Delta{Item: "bank", Next: "c0", Upserts: rows})
	return v, dir, rows
}

func sumOf(rows []ledger.Transaction) int64 {
	var sum int64
	for i := range rows {
		sum += rows[i].Amount.Minor()
	}
	return sum
}

var sizes = []int{100_000, 1_000_000}

// skipLarge leaves the million out of a quick look.
func skipLarge(b *testing.B, n int) {
	b.Helper()
	if n > 100_000 && testing.Short() {
		b.Skip("short")
	}
}

// BenchmarkBook loads everything: at most 40 ms at 100,000 rows and 250 ms at a
// million, 100 bytes of file per row.
func BenchmarkBook(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			skipLarge(b, n)
			v, dir, rows := filled(b, n)
			var got *ledger.Book
			for b.Loop() {
				got = book(b, v)
			}
			b.StopTimer()
			sums := got.Select(ledger.Query{}, ledger.Sort{By: ledger.SortDate}).Sums
			if got.Len() != n || len(sums) != 1 || sums[0].Minor() != sumOf(rows) {
				b.Fatalf("%d rows, sums %v, want %d, %d", got.Len(), sums, n, sumOf(rows))
			}
			info, err := os.Stat(filepath.Join(dir, "vault.db"))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(info.Size())/float64(n), "file-B/row")
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/load")
		})
	}
}

// BenchmarkOpen unlocks and verifies everything. About 10 ms of it are the KDF
// of the tests.
func BenchmarkOpen(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			skipLarge(b, n)
			_, dir, _ := filled(b, n)
			for b.Loop() {
				v, err := storage.Open(b.Context(), dir, unlocker(), testOptions())
				if err != nil {
					b.Fatal(err)
				}
				closeVault(b, v)
			}
		})
	}
}

// BenchmarkApply stores a sync of 500 new rows of the last month, and removes as
// many: those of the sync before.
func BenchmarkApply(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			skipLarge(b, n)
			v, _, rows := filled(b, n)
			page, last := household(500), rows[n-1].Date
			var removed []ledger.TransactionID
			for round := 0; b.Loop(); round++ {
				d := ledger.Delta{Item: "bank", From: fmt.Sprint("c", round), Next: fmt.Sprint("c", round+1), Removed: removed}
				removed = nil
				for i, t := range page {
					t.ID = ledger.TransactionID(fmt.Sprint(t.ID, "-", round))
					t.Date = last.AddDays(-i % 28)
					d.Upserts = append(d.Upserts, t)
					removed = append(removed, t.ID)
				}
				got := apply(b, v, d)
				if got.Added != 500 || got.Removed != len(d.Removed) {
					b.Fatalf("applied %+v", got)
				}
			}
			b.StopTimer()
			if got, want := book(b, v).Len(), n+500; got != want {
				b.Fatalf("%d rows, want %d", got, want)
			}
		})
	}
}

// BenchmarkEdit stores one edit.
func BenchmarkEdit(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			skipLarge(b, n)
			v, _, rows := filled(b, n)
			i := 0
			for b.Loop() {
				edit(b, v, ledger.Edits{rows[i%n].ID: {Category: ledger.Category(fmt.Sprint("c", i))}})
				i++
			}
			b.StopTimer()
			if got, want := said(b, book(b, v), rows[(i-1)%n].ID), ledger.Category(fmt.Sprint("c", i-1)); got != want {
				b.Fatalf("the last edit is %q, want %q", got, want)
			}
		})
	}
}

// BenchmarkRevision is what the interface does all day.
func BenchmarkRevision(b *testing.B) {
	v, _, _ := filled(b, 100_000)
	for b.Loop() {
		revision(b, v)
	}
}

// BenchmarkRemoveItem writes a new file of all that is left.
func BenchmarkRemoveItem(b *testing.B) {
	v, _, _ := filled(b, 100_000)
	for b.Loop() {
		b.StopTimer()
		if err := v.AddItem(b.Context(), ledger.Item{ID: "other"}, secret.New("access-other")); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := v.RemoveItem(b.Context(), "other"); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	if got := book(b, v).Len(); got != 100_000 {
		b.Fatalf("%d rows, want 100000", got)
	}
}

// BenchmarkBarePut is the yardstick for BenchmarkEdit: one durable Put of 4 KB
// in a bare bbolt file of its own, open all the time.
func BenchmarkBarePut(b *testing.B) {
	db, err := bolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	value := make([]byte, 4096)
	for i := 0; b.Loop(); i++ {
		if err := barePut(db, i, value); err != nil {
			b.Fatal(err)
		}
	}
}

func barePut(db *bolt.DB, i int, value []byte) error {
	return db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists([]byte("b"))
		if err != nil {
			return err
		}
		return b.Put(fmt.Appendf(nil, "%08d", i), value)
	})
}
