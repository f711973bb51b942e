//go:build unix

package storage_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

// restored is what a copy tells in a home of its own.
func restored(t testing.TB, file string, u storage.Unlocker) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "home")
	mustDo(t, storage.Restore(t.Context(), file, dir, u, testOptions(), false))
	v, err := storage.Open(t.Context(), dir, u, testOptions())
	mustDo(t, err)
	defer closeVault(t, v)
	return tell(t, v).String()
}

func TestBackupTellsWhatTheVaultTells(t *testing.T) {
	v, dir, have := full(t)
	want := tell(t, v).String()
	before := snapshot(t, dir)
	file := filepath.Join(t.TempDir(), "coffer.backup")
	mustDo(t, v.Backup(t.Context(), file))
	if snapshot(t, dir) != before {
		t.Error("the vault changed")
	}
	for _, u := range have {
		if got := restored(t, file, u); got != want {
			t.Errorf("the backup tells\n%s\nwant\n%s", got, want)
		}
	}
	mustDo(t, os.Chmod(file, 0o644)) // as on a stick that knows no modes
	if got := restored(t, file, unlocker()); got != want {
		t.Error("a backup that others may read cannot be restored")
	}
	if err := v.Backup(t.Context(), file); !errors.Is(err, storage.ErrFileExists) {
		t.Errorf("over a file: got %v, want ErrFileExists", err)
	}
	if err := v.Backup(t.Context(), filepath.Join(t.TempDir(), "no", "such", "place")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("into no directory: got %v, want that it does not exist", err)
	}
}

// A backup made while others write is the vault as it was at one moment.
func TestBackupsWhileTheVaultIsWritten(t *testing.T) {
	v, dir := newVault(t)
	writer := reopen(t, dir)
	var wg sync.WaitGroup
	wg.Go(func() {
		for k := range 60 {
			if _, err := writer.Apply(t.Context(), syncNumber(k+1)); err != nil {
				t.Error(err)
				return
			}
		}
	})
	to := t.TempDir()
	seen := make(map[int]bool)
	for n := range 8 {
		file := filepath.Join(to, fmt.Sprint(n))
		mustDo(t, v.Backup(t.Context(), file))
		home := filepath.Join(t.TempDir(), "home")
		mustDo(t, storage.Restore(t.Context(), file, home, unlocker(), testOptions(), false))
		w := reopen(t, home)
		k := cursorNumber(t, w)
		if got, want := rowsOf(book(t, w)), rowsAfter(k); len(got) != len(want) {
			t.Errorf("a backup at sync %d has %d rows, want %d", k, len(got), len(want))
		}
		seen[k] = true
	}
	wg.Wait()
	t.Logf("8 backups, of %d different moments", len(seen))
}

func TestRestoreLeavesAloneWhatItShould(t *testing.T) {
	v, _, _ := full(t)
	file := filepath.Join(t.TempDir(), "coffer.backup")
	mustDo(t, v.Backup(t.Context(), file))
	_, live := newVault(t)
	before := snapshot(t, live)
	restore := func(from string, u storage.Unlocker, replace bool) error {
		return storage.Restore(t.Context(), from, live, u, testOptions(), replace)
	}
	damaged := mustRead(t, file)
	for at := 4*4096 + 2000; at < len(damaged); at += 4096 {
		damaged[at] ^= 1
	}
	bad := filepath.Join(t.TempDir(), "damaged")
	mustWrite(t, bad, damaged, 0o600)
	for _, tt := range []struct {
		name string
		err  error
		want error
	}{
		{"over a live vault", restore(file, unlocker(), false), storage.ErrExists},
		{"with a wrong passphrase", restore(file, storage.Passphrase(secret.New("wrong horse battery")), true), storage.ErrWrongKey},
		{"from something else", restore(os.Args[0], unlocker(), true), storage.ErrForeign},
		{"from nothing", restore(filepath.Join(live, "nothing"), unlocker(), true), storage.ErrNoVault},
		{"from a damaged copy", restore(bad, unlocker(), true), storage.ErrDamaged},
	} {
		if !errors.Is(tt.err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, tt.err, tt.want)
		}
	}
	if snapshot(t, live) != before {
		t.Error("the live vault changed")
	}
	mustDo(t, restore(file, unlocker(), true))
	if got := tell(t, reopen(t, live)).String(); got != tell(t, v).String() {
		t.Errorf("restored over a live vault, it tells\n%s", got)
	}
	copies, err := storage.Copies(live, noon)
	if err != nil || len(copies) != 1 || copies[0].Reason != "replaced" {
		t.Errorf("the replaced vault: got %+v, %v, want it among the copies", copies, err)
	}
	mustDo(t, storage.Restore(t.Context(), copies[0].Path, filepath.Join(t.TempDir(), "home"), unlocker(), testOptions(), false))
}

// diary is a vault that keeps three copies, on a clock that the test turns.
type diary struct {
	*testing.T
	v   *storage.Vault
	dir string
	now time.Time
	k   int // syncs
}

func newDiary(t *testing.T) *diary {
	d := &diary{T: t, dir: filepath.Join(t.TempDir(), "home"), now: noon}
	o := testOptions()
	o.Copies, o.Now = 3, func() time.Time { return d.now }
	v, err := storage.Create(t.Context(), d.dir, unlocker(), o)
	mustDo(t, err)
	t.Cleanup(func() { closeVault(t, v) })
	d.v = v
	addBank(t, v, "bank")
	return d
}

func (d *diary) sync() {
	d.Helper()
	d.k++
	apply(d, d.v, syncNumber(d.k))
}

// copies are the days and reasons of the copies, the newest first.
func (d *diary) copies() []string {
	d.Helper()
	list, err := storage.Copies(d.dir, d.now)
	mustDo(d, err)
	var out []string
	for _, c := range list {
		out = append(out, c.Made.Format("01-02 ")+c.Reason)
		info, err := os.Stat(c.Path)
		mustDo(d, err)
		if info.Mode().Perm() != 0o600 || info.Size() != c.Size {
			d.Errorf("%s: mode %v and %d bytes, want 0600 and %d", c.Path, info.Mode(), info.Size(), c.Size)
		}
	}
	return out
}

func (d *diary) want(copies ...string) {
	d.Helper()
	if got := d.copies(); fmt.Sprint(got) != fmt.Sprint(copies) {
		d.Errorf("copies %v, want %v", got, copies)
	}
}

// The first change of a day leaves a copy of the day before behind, and only so
// many are kept.
func TestEachDayLeavesACopy(t *testing.T) {
	d := newDiary(t)
	d.want()
	for range 5 {
		d.sync()
		d.sync()
		d.now = d.now.AddDate(0, 0, 1)
	}
	d.want("11-26 daily", "11-25 daily", "11-24 daily")
	copies, err := storage.Copies(d.dir, d.now)
	mustDo(t, err)
	home := filepath.Join(t.TempDir(), "home")
	mustDo(t, storage.Restore(t.Context(), copies[0].Path, home, unlocker(), testOptions(), false))
	if k := cursorNumber(t, reopen(t, home)); k != 8 {
		t.Errorf("the copy of the last day is at sync %d, want 8, before the day's first", k)
	}
	book(t, d.v)
	d.now = d.now.AddDate(0, 0, 9)
	book(t, d.v)
	d.want("11-26 daily", "11-25 daily", "11-24 daily") // reading makes none
	mustDo(t, d.v.CopyError())
}

// A copy that cannot be made keeps nobody from their money, and is told.
func TestCopyThatCannotBeMadeIsTold(t *testing.T) {
	d := newDiary(t)
	mustWrite(t, filepath.Join(d.dir, "copies"), []byte("in the way"), 0o600)
	d.now = d.now.AddDate(0, 0, 1)
	d.sync()
	if err := d.v.CopyError(); err == nil {
		t.Error("no copy was made, and nothing is told")
	}
	mustDo(t, os.Remove(filepath.Join(d.dir, "copies")))
	d.sync()
	mustDo(t, d.v.CopyError())
	d.want("11-23 daily")
}

// What was erased or locked out is not left in the copies beside the vault.
func TestCopiesForgetWithTheVault(t *testing.T) {
	for name, act := range map[string]func(*diary) error{
		"bank":       func(d *diary) error { return d.v.RemoveItem(d.Context(), "other") },
		"passphrase": func(d *diary) error { return d.v.ReplaceUnlocker(d.Context(), unlocker(), fileKey(1)) },
		"rotation":   func(d *diary) error { return d.v.Rotate(d.Context(), unlocker()) },
		"unlocker": func(d *diary) error {
			slot, err := d.v.AddUnlocker(d.Context(), unlocker(), fileKey(2))
			return errors.Join(err, d.v.RemoveUnlocker(d.Context(), slot.ID))
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDiary(t)
			addBank(t, d.v, "other")
			d.sync()
			d.now = d.now.AddDate(0, 0, 1)
			d.sync()
			old, err := storage.Copies(d.dir, d.now)
			mustDo(t, err)
			d.now = d.now.Add(time.Hour)
			mustDo(t, act(d))
			d.want("11-23 kept")
			for _, c := range old {
				if _, err := os.Stat(c.Path); !errors.Is(err, os.ErrNotExist) {
					t.Errorf("%s is still there", c.Path)
				}
			}
		})
	}
}

// Copies of one second are of different states: none stands for another.
func TestCopiesOfOneSecondAreEachKept(t *testing.T) {
	d := newDiary(t)
	d.sync()
	d.now = d.now.AddDate(0, 0, 1)
	d.sync()
	for n := byte(1); n < 4; n++ {
		slot, err := d.v.AddUnlocker(d.Context(), unlocker(), fileKey(n))
		mustDo(t, err)
		mustDo(t, d.v.RemoveUnlocker(d.Context(), slot.ID))
		copies, err := storage.Copies(d.dir, d.now)
		mustDo(t, err)
		if len(copies) != 1 || copies[0].Reason != "kept" {
			t.Fatalf("after %d ways to unlock went: copies %v, want one that was kept", n, copies)
		}
		if got, want := describeCopy(t, copies[0].Path), describe(t, d.dir); len(got.Slots) != len(want.Slots) {
			t.Errorf("the copy opens by %v, want %v", kinds(got), kinds(want))
		}
	}
}

func describeCopy(t testing.TB, path string) storage.Description {
	t.Helper()
	c, err := storage.DescribeCopy(path)
	mustDo(t, err)
	return c
}

// Many goroutines write one vault on the first day of a copy.
func TestOneCopyIsMadeByManyWriters(t *testing.T) {
	d := newDiary(t)
	d.sync()
	d.now = d.now.AddDate(0, 0, 1)
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			if err := d.v.Edit(d.Context(), ledger.Edits{"row": {Category: ledger.Category(fmt.Sprint(n))}}); err != nil {
				t.Error(err)
			}
			if err := d.v.CopyError(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	d.want("11-23 daily")
}

// A vault of an earlier format is copied before it is brought up to date.
func TestMigrationLeavesACopyOfTheOldFormat(t *testing.T) {
	dir := thaw(t, filepath.Join(frozen, "v1.db"))
	o := testOptions()
	o.Copies = 3
	v, err := storage.Open(t.Context(), dir, unlocker(), o)
	mustDo(t, err)
	defer closeVault(t, v)
	if format := describe(t, dir).Format; format != 3 {
		t.Errorf("format %d, want 3", format)
	}
	copies, err := storage.Copies(dir, noon)
	if err != nil || len(copies) != 1 || copies[0].Reason != "migration" {
		t.Fatalf("copies %+v, %v, want one from before the migration", copies, err)
	}
	home := filepath.Join(t.TempDir(), "home")
	mustDo(t, storage.Restore(t.Context(), copies[0].Path, home, unlocker(), testOptions(), false))
	if format := describe(t, home).Format; format != 1 {
		t.Errorf("the copy has format %d, want 1", format)
	}
	if got, want := tell(t, reopen(t, home)).String(), string(mustRead(t, filepath.Join(frozen, "v1.txt"))); got != want {
		t.Errorf("the copy tells\n%s\nwant\n%s", got, want)
	}
	edit(t, v, ledger.Edits{"x": {Category: "after"}})
}

// A clock that jumps costs no copy that another one would not take the place of,
// no row, no edit and no day's balance; what is restored is the newest.
func TestClockThatJumpsLosesNothing(t *testing.T) {
	d := newDiary(t)
	d.now = time.Date(2026, time.March, 28, 23, 59, 59, 0, time.UTC) // before a change to summer time
	held := int64(0)
	for _, at := range []time.Time{
		d.now, d.now.Add(2 * time.Second), d.now.AddDate(0, 0, -1), d.now.AddDate(10, 0, 0), d.now.AddDate(10, 0, 1), d.now.AddDate(10, 0, 2),
		d.now.AddDate(0, 0, 2), time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC), d.now.AddDate(0, 0, 3),
	} {
		d.now = at
		held += 100
		d.sync()
		mustDo(t, d.v.SaveBalances(t.Context(), []ledger.Account{checking(held)}))
		edit(t, d.v, ledger.Edits{"row": {Category: ledger.Category(at.Format(time.DateOnly))}})
		mustDo(t, d.v.CopyError())
		if list, err := storage.Copies(d.dir, d.now); err != nil || len(list) > 3 {
			t.Fatalf("%d copies, %v, want 3 at most", len(list), err)
		}
	}
	if got, want := rowsOf(book(t, d.v)), rowsAfter(d.k); !maps.Equal(got, want) {
		t.Errorf("%d rows, want %d and the same", len(got), len(want))
	}
	journal, err := d.v.Journal(t.Context())
	mustDo(t, err)
	last := ledger.Edit{}
	for i, e := range journal {
		if e.Changes[0].Before != last {
			t.Errorf("entry %d of the journal goes on from %v, want %v", i, e.Changes[0].Before, last)
		}
		last = e.Changes[0].After
	}
	days := balances(t, d.v, "checking")
	if len(days) != 10 {
		t.Errorf("%d days of balances, want 10", len(days))
	}
	if !slices.IsSortedFunc(days, func(a, b ledger.DayBalance) int { return a.Day.Compare(b.Day) }) {
		t.Errorf("days out of order: %v", days)
	}
	copies, err := storage.Copies(d.dir, d.now)
	mustDo(t, err)
	home := filepath.Join(t.TempDir(), "home")
	mustDo(t, storage.Restore(t.Context(), copies[0].Path, home, unlocker(), testOptions(), false))
	if k := cursorNumber(t, reopen(t, home)); k != d.k-1 {
		t.Errorf("the newest copy is at sync %d, want %d", k, d.k-1)
	}
}
