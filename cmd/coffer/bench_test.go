package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/internal/terminal"
	"coffer/ledger"
	"coffer/storage"
)

// The targets of these benchmarks, for 100,000 transactions on two cores:
// vault to Book 40 ms, a key press to bytes at the terminal 9 ms (p95). The
// figures are printed beside them; a machine that is busy misses them.
const manyRows = 100_000

// benchVault makes a vault with many rows.
func benchVault(b *testing.B) (home, pass string) {
	b.Helper()
	home, pass = filepath.Join(b.TempDir(), "home"), filepath.Join(b.TempDir(), "pass")
	if err := os.WriteFile(pass, []byte(demoPassphrase), 0o600); err != nil {
		b.Fatal(err)
	}
	cmd := exec.CommandContext(b.Context(), "coffer", "demo", "--no-tui", "--transactions", "100000", "--home", home)
	cmd.Env = append(os.Environ(), "COFFER_TODAY=2026-11-22")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return home, pass
}

func BenchmarkVaultToBook100k(b *testing.B) {
	home, _ := benchVault(b)
	v, err := storage.Open(b.Context(), home, storage.Passphrase(secret.New(demoPassphrase)), storage.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var book *ledger.Book
	var times []time.Duration
	for b.Loop() {
		began := time.Now()
		if book, err = v.Book(b.Context()); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(began))
	}
	if book.Len() < manyRows*95/100 {
		b.Fatalf("only %d rows", book.Len())
	}
	reportTimes(b, times, "load", 40)
	b.ReportMetric(float64(book.Len()), "rows")
	if err := v.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkInterface100k starts the real program on the many rows, in a real
// terminal. The start includes the passphrase's key derivation.
func BenchmarkInterface100k(b *testing.B) {
	home, pass := benchVault(b)
	dice := rand.New(rand.NewPCG(1, 2))
	var starts, keys []time.Duration
	for b.Loop() {
		began := time.Now()
		term := startOn(b, home, pass)
		starts = append(starts, time.Since(began))
		if err := term.Send("2"); err != nil {
			b.Fatal(err)
		}
		if _, err := term.WaitFor("all transactions", patience); err != nil {
			b.Fatal(err)
		}
		for range 50 {
			// A fixed pause would fall in step with the renderer's clock.
			time.Sleep(20*time.Millisecond + time.Duration(dice.Int64N(int64(20*time.Millisecond))))
			keys = append(keys, pressAndWait(b, term, "j"))
		}
		if err := term.Send("q"); err != nil {
			b.Fatal(err)
		}
		if code, err := term.Exit(patience); code != exitOK || err != nil {
			b.Fatal(code, err)
		}
		if err := term.Close(); err != nil {
			b.Fatal(err)
		}
	}
	reportTimes(b, starts, "start", 0)
	reportTimes(b, keys, "key", 9)
}

func startOn(b *testing.B, home, pass string) *terminal.Terminal {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), "coffer", "--home", home, "--passphrase-file", pass)
	cmd.Env = append(os.Environ(), "COFFER_TODAY=2026-11-22", "TERM=xterm-256color", "LANG=C.UTF-8", "COLORFGBG=15;0")
	term, err := terminal.Start(cmd, 200, 60)
	if err != nil {
		b.Fatal(err)
	}
	whole := func(screen string) bool {
		return strings.Contains(screen, "NET WORTH") && strings.Contains(screen, "q quit")
	}
	if _, err := term.WaitUntil(whole, "the overview", patience); err != nil {
		b.Fatal(err)
	}
	return term
}

func pressAndWait(b *testing.B, term *terminal.Terminal, key string) time.Duration {
	b.Helper()
	before := len(term.Raw())
	began := time.Now()
	if err := term.Send(key); err != nil {
		b.Fatal(err)
	}
	if err := term.WaitForOutput(before, patience); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

// reportTimes prints median, 95th percentile and target in milliseconds.
func reportTimes(b *testing.B, times []time.Duration, what string, target float64) {
	b.Helper()
	slices.Sort(times)
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	b.ReportMetric(ms(times[len(times)/2]), "ms-"+what+"-median")
	b.ReportMetric(ms(times[len(times)*95/100]), "ms-"+what+"-p95")
	if target > 0 {
		b.ReportMetric(target, "ms-"+what+"-target")
	}
}
