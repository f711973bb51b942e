package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/internal/terminal"
	"coffer/plaidsvc/plaidsim"
	"coffer/storage"
)

// newSharedWorld is a linkWorld with a bank, whose days can be turned on.
func newSharedWorld(t *testing.T) (w *linkWorld, day *atomic.Int64) {
	t.Helper()
	day = new(atomic.Int64)
	start := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	sim := httptest.NewServer(plaidsim.New(plaidsim.Options{
		Seed: 1, Years: 1, Settled: true, Clock: func() time.Time { return start.AddDate(0, 0, int(day.Load())) },
	}))
	t.Cleanup(sim.Close)
	dir := t.TempDir()
	w = &linkWorld{sim: sim.URL, home: filepath.Join(dir, "home"), pass: filepath.Join(dir, "pass")}
	must(t, os.WriteFile(w.pass, []byte(scriptPassphrase), 0o600))
	v, err := storage.Create(t.Context(), w.home, storage.Passphrase(secret.New(scriptPassphrase)), storage.Options{KDF: quickKDF})
	must(t, err)
	must(t, v.Close())
	w.runs(t, "link", "--sandbox", "ins_109508")
	return w, day
}

// runs runs a command that must succeed, and returns what it printed.
func (w *linkWorld) runs(t *testing.T, args ...string) string {
	t.Helper()
	cmd := w.command(t.Context(), args...)
	cmd.Env = append(cmd.Env, "XDG_STATE_HOME="+filepath.Dir(w.pass))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("coffer %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

var rowCount = regexp.MustCompile(`([\d,]+) rows`)

// rowsOn returns how many rows the transactions screen has, -1 when it does not say.
func rowsOn(screen string) int {
	m := rowCount.FindStringSubmatch(screen)
	if m == nil {
		return -1
	}
	n, err := strconv.Atoi(strings.ReplaceAll(m[1], ",", ""))
	if err != nil {
		return -1
	}
	return n
}

// awaitRows waits until the interface has another number of rows than it had.
func awaitRows(t *testing.T, term *terminal.Terminal, had int) int {
	t.Helper()
	screen, err := term.WaitUntil(func(s string) bool { n := rowsOn(s); return n >= 0 && n != had }, fmt.Sprintf("another number of rows than %d", had), patience)
	must(t, err)
	return rowsOn(screen)
}

// One vault, used at once by the interface, by syncs as cron runs them, and by who
// asks in a third shell. Nobody presses a key in the interface, unless to unlock it.
func TestManyProcessesShareAVault(t *testing.T) {
	t.Parallel() // most of it is waiting
	w, day := newSharedWorld(t)
	cmd := w.command(t.Context())
	cmd.Env = append(cmd.Env, "XDG_STATE_HOME="+filepath.Dir(w.pass))
	term, err := terminal.Start(cmd, 120, 40)
	must(t, err)
	t.Cleanup(func() { _ = term.Close() })
	step(t, term, "", "NET WORTH")
	must(t, term.Send("2"))
	rows := awaitRows(t, term, -1)

	t.Run("a sync and a question at once", func(t *testing.T) {
		day.Add(10)
		t.Run("all of them", func(t *testing.T) {
			for _, args := range [][]string{{"sync"}, {"sync"}, {"transactions", "--limit", "0"}, {"transactions", "--json"}} {
				t.Run(args[0], func(t *testing.T) {
					t.Parallel()
					w.runs(t, args...)
				})
			}
		})
		rows = awaitRows(t, term, rows)
		if got := strings.Count(w.runs(t, "transactions", "--limit", "0", "--format", "jsonl"), "\n"); got != rows {
			t.Errorf("the interface shows %d rows, coffer transactions %d", rows, got)
		}
	})
	t.Run("a lock that is held", func(t *testing.T) {
		f, err := os.OpenFile(filepath.Join(w.home, "vault.lock"), os.O_RDWR, 0)
		must(t, err)
		must(t, syscall.Flock(int(f.Fd()), syscall.LOCK_EX))
		step(t, term, "", "the vault is in use; wait for the other process")
		must(t, f.Close())
		step(t, term, "j", "all transactions")
		calm(t, term)
	})
	t.Run("a restored backup", func(t *testing.T) {
		backup := filepath.Join(filepath.Dir(w.pass), "backup.db")
		w.runs(t, "backup", backup)
		day.Add(10)
		w.runs(t, "sync")
		after := awaitRows(t, term, rows)
		w.runs(t, "restore", backup, "--replace")
		if got := awaitRows(t, term, after); got != rows {
			t.Errorf("after a restore the interface shows %d rows, want %d", got, rows)
		}
		calm(t, term)
	})
	t.Run("new keys", func(t *testing.T) {
		w.runs(t, "vault", "rotate")
		screen, err := term.WaitFor("the vault was given new keys; unlock it again", patience)
		must(t, err)
		if rowsOn(screen) >= 0 {
			t.Errorf("the lock screen tells\n%s", screen)
		}
		step(t, term, "", "enter alone unlocks with the passphrase file")
		must(t, term.Send("\r"))
		if got := awaitRows(t, term, -1); got != rows {
			t.Errorf("unlocked, the interface shows %d rows, want %d", got, rows)
		}
	})
	t.Run("a bank that is removed", func(t *testing.T) {
		item, _ := w.onlyItem(t)
		w.runs(t, "items", "remove", string(item.ID), "--yes")
		step(t, term, "1", "no bank linked")
		calm(t, term)
	})
	leave(t, term, "q")
}

// calm wants no failure on the screen, nor one that comes with the next looks at the
// vault.
func calm(t *testing.T, term *terminal.Terminal) {
	t.Helper()
	for range 8 {
		time.Sleep(300 * time.Millisecond)
		if s := term.Screen(); strings.Contains(s, "read the vault") || strings.Contains(s, "Locked") {
			t.Fatalf("the screen is\n%s", s)
		}
	}
}
