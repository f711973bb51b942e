//go:build unix

package storage_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"coffer/internal/ordeal"
	"coffer/ledger"
	"coffer/storage"
)

// What the vault must reach: the time of a load, without the passphrase's key
// derivation, and the memory of a Book that was loaded and made searchable, by
// number of rows; and as ratios the file next to a plain journal, and an edit
// next to the least durable write there is.
var (
	loadTarget   = map[int]float64{100_000: 40, 1_000_000: 250}       // ms
	hledgerTook  = map[int]float64{100_000: 3_260, 1_000_000: 46_000} // ms, on the machine of loadTarget
	memoryTarget = map[int]float64{100_000: 30, 1_000_000: 300}       // MiB
)

const (
	sizeTarget = 0.7
	editTarget = 1.5

	quickRounds = 3
)

// COFFER_MEASURE=10000,100000,1000000 prints the figures of vaults with as many
// rows, and fails where one misses its target. Without it a small vault shows
// that what is measured is right, within bounds that a busy machine keeps too.
func TestMeasure(t *testing.T) {
	if ordeal.Raced {
		t.Skip("the race detector is what would be measured")
	}
	sizes, rounds := []int{10_000}, quickRounds
	if list := os.Getenv("COFFER_MEASURE"); list != "" {
		sizes, rounds = nil, 9
		for _, field := range strings.Split(list, ",") {
			n, err := strconv.Atoi(field)
			mustDo(t, err)
			sizes = append(sizes, n)
		}
	} else if testing.Short() {
		t.Skip("measures nothing worth its time under the race detector")
	}
	for _, n := range sizes {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			rounds := rounds
			if n >= 1_000_000 {
				rounds = min(rounds, 5) // a round takes its time
			}
			m := newMeasurement(t, n, rounds)
			m.loads()
			m.size()
			m.memory()
			m.edits()
			m.pages()
			m.wholes()
			t.Logf("%d rows, 10 years, 8 accounts\n%s", n, m.String())
			if rounds > quickRounds && len(m.missed) > 0 {
				t.Errorf("missed: %s", strings.Join(m.missed, ", "))
			}
		})
	}
}

// A measurement is of one vault and a journal of the same rows.
type measurement struct {
	*testing.T
	table
	rounds  int
	v       *storage.Vault
	dir     string
	journal string
	rows    int
	sum     int64                  // of their minor units
	last    ledger.Date            // the newest day
	some    []ledger.TransactionID // as many as there will be edits
}

func newMeasurement(t *testing.T, n, rounds int) *measurement {
	rows := household(n)
	m := &measurement{T: t, rounds: rounds, rows: n, sum: sumOf(rows), last: rows[n-1].Date, journal: filepath.Join(t.TempDir(), "plain.journal")}
	for i := range 30 * rounds {
		m.some = append(m.some, rows[i*n/(30*rounds)].ID)
	}
	m.v, m.dir = newVault(t)
	var first stopwatch
	first.time(t, func() error {
		_, err := m.v.Apply(t.Context(), ledger.Delta{Item: "bank", Next: "c0", Upserts: rows})
		return err
	})
	m.timed("first sync, all rows in one commit", &first)
	_, err := m.v.AddUnlocker(t.Context(), unlocker(), storage.Identity(testKey(t, 2)))
	mustDo(t, errors.Join(err, appendJournal(m.journal, rows)))
	return m
}

// whole checks that a Book has every row, and every cent.
func (m *measurement) whole(b *ledger.Book) error {
	sums := b.Select(ledger.Query{}, ledger.Sort{By: ledger.SortDate}).Sums
	if b.Len() != m.rows || len(sums) != 1 || sums[0].Minor() != m.sum {
		return fmt.Errorf("%d rows, sums %v, want %d, %d", b.Len(), sums, m.rows, m.sum)
	}
	return nil
}

// loads measures the way from the file to a Book.
func (m *measurement) loads() {
	var load, start, plain stopwatch
	for range m.rounds {
		var got, opened, read *ledger.Book
		load.time(m, func() (err error) { got, err = m.v.Book(m.Context()); return err })
		start.time(m, func() error {
			v, err := storage.Open(m.Context(), m.dir, storage.Identity(testKey(m, 2)), testOptions())
			if err != nil {
				return err
			}
			opened, err = v.Book(m.Context())
			return errors.Join(err, v.Close())
		})
		plain.time(m, func() (err error) { read, err = readJournal(m.journal); return err })
		for _, b := range []*ledger.Book{got, opened, read} {
			mustDo(m, m.whole(b))
		}
	}
	m.timed("vault to Book", &load)
	m.timed("unlock, verify, vault to Book", &start)
	m.timed("plain journal to Book", &plain)
	m.line("  %-34s %8.2f x the plain journal", "vault to Book", ratio(load.alone(), plain.alone()))
	m.line("  %-34s %8.2f x the plain journal", "unlock, verify, vault to Book", ratio(start.alone(), plain.alone()))
	if hledger, ok := m.peer(); ok {
		m.line("  %-34s %8.0f ms processor, %.0f x the vault to Book", "hledger balance", ms(hledger), ratio(hledger, load.alone()))
		m.held("vault to Book", 1000*ratio(load.alone(), hledger), 1000*loadTarget[m.rows]/hledgerTook[m.rows], "‰ of hledger")
	} else if target, ok := loadTarget[m.rows]; ok {
		m.held("vault to Book", ms(load.alone()), target, "ms")
	}
	if load.alone() > 10*plain.alone() {
		m.Errorf("a load took %v, that of a plain journal %v", load.alone(), plain.alone())
	}
}

// peer has hledger balance the journal, which must come to the same cent: what a load
// may take is told as a part of it, since machines differ. With a million rows hledger
// takes two minutes and 8 GB.
func (m *measurement) peer() (took time.Duration, ok bool) {
	path, err := exec.LookPath("hledger")
	if err != nil || m.rounds <= quickRounds || hledgerTook[m.rows] == 0 {
		return 0, false
	}
	c := exec.CommandContext(m.Context(), path, "-f", m.journal, "balance", "^account")
	c.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := c.Output()
	mustDo(m, err)
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if got, want := strings.TrimSpace(lines[len(lines)-1]), ledger.NewAmount(m.sum, usd).String()+" USD"; got != want {
		m.Fatalf("hledger counts %s, want %s", got, want)
	}
	return c.ProcessState.UserTime() + c.ProcessState.SystemTime(), true
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// size measures the file.
func (m *measurement) size() {
	vault, plain := fileSize(m, vaultPath(m.dir)), fileSize(m, m.journal)
	n := float64(m.rows)
	m.line("  %-34s %8.1f bytes a row, plain journal %.1f", "file", vault/n, plain/n)
	m.held("file", vault/plain, sizeTarget, "x the plain journal")
	if vault > 1.3*plain {
		m.Errorf("the file has %.0f bytes, the plain journal %.0f", vault, plain)
	}
}

func fileSize(t testing.TB, path string) float64 {
	t.Helper()
	info, err := os.Stat(path)
	mustDo(t, err)
	return float64(info.Size())
}

// edits measures what a person does, one durable commit each, in turns with a bare
// database that is open all the time.
func (m *measurement) edits() {
	bare, err := bolt.Open(filepath.Join(m.TempDir(), "bare.db"), 0o600, nil)
	mustDo(m, err)
	defer bare.Close()
	var edits, puts stopwatch
	value := make([]byte, 4096)
	for i, id := range m.some {
		said := ledger.Edits{id: {Category: ledger.Category(fmt.Sprint("c", i))}}
		edits.timeNow(m, func() error { return m.v.Edit(m.Context(), said) })
		puts.timeNow(m, func() error { return barePut(bare, i, value) })
	}
	stored, err := m.v.Edits(m.Context())
	mustDo(m, err)
	if len(stored) != len(m.some) {
		m.Fatalf("%d edits, want %d", len(stored), len(m.some))
	}
	m.timed("one edit", &edits)
	m.timed("one bare Put of 4 KB", &puts)
	m.held("one edit, by medians", ratio(median(edits.clock), median(puts.clock)), editTarget, "x the bare Put")
}

// pages measures a page of a sync, 500 new rows of the last month, in turns with
// as many lines at the end of the journal.
func (m *measurement) pages() {
	var commit, lines stopwatch
	page := household(500)
	for round := range m.rounds {
		d := ledger.Delta{Item: "bank", From: fmt.Sprint("c", 2*round), Next: fmt.Sprint("c", 2*round+1)}
		back := ledger.Delta{Item: "bank", From: d.Next, Next: fmt.Sprint("c", 2*round+2)}
		for i, row := range page {
			row.ID, row.Date = ledger.TransactionID(fmt.Sprint(round, row.ID)), m.last.AddDays(-i%28)
			d.Upserts, back.Removed = append(d.Upserts, row), append(back.Removed, row.ID)
		}
		commit.time(m, func() error { _, err := m.v.Apply(m.Context(), d); return err })
		lines.time(m, func() error { return appendJournal(m.journal, d.Upserts) })
		if got := book(m, m.v).Len(); got != m.rows+len(page) {
			m.Fatalf("%d rows after a page, want %d", got, m.rows+len(page))
		}
		apply(m, m.v, back)
	}
	mustDo(m, m.whole(book(m, m.v)))
	m.timed("page of 500 committed", &commit)
	m.timed("500 rows appended, fsync", &lines)
	m.line("  %-34s %8.2f x appending", "page of 500 committed", ratio(median(commit.clock), median(lines.clock)))
}

// wholes measures what writes the whole file anew.
func (m *measurement) wholes() {
	home := filepath.Join(m.TempDir(), "restored")
	file := filepath.Join(m.TempDir(), "backup.db")
	key := storage.Identity(testKey(m, 2))
	o := testOptions()
	o.Copies = 1
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"backup, verified", func() error { return m.v.Backup(m.Context(), file) }},
		{"restore, verified", func() error { return storage.Restore(m.Context(), file, home, key, o, false) }},
		{"rotate", func() error { return m.v.Rotate(m.Context(), unlocker(), key) }},
	} {
		var w stopwatch
		w.time(m, step.do)
		m.timed(step.what, &w)
	}
	restored, err := storage.Open(m.Context(), home, key, o)
	mustDo(m, err)
	for _, v := range []*storage.Vault{restored, m.v} {
		mustDo(m, m.whole(book(m, v)))
	}
	m.migrate(restored, home, key, o)
}

// migrate measures bringing a vault of the first format up to date, with the copy
// that is made before.
func (m *measurement) migrate(v *storage.Vault, home string, key storage.Unlocker, o storage.Options) {
	mustDo(m, v.MakeFirstFormat(m.Context()))
	closeVault(m, v)
	var w stopwatch
	w.time(m, func() (err error) { v, err = storage.Open(m.Context(), home, key, o); return err })
	m.timed("unlock, copy, migrate, verify", &w)
	mustDo(m, m.whole(book(m, v)))
	if copies, err := storage.Copies(home, noon); err != nil || len(copies) != 1 || copies[0].Reason != "migration" {
		m.Errorf("the copies are %v, %v", copies, err)
	}
	closeVault(m, v)
}
