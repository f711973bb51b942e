//go:build unix

package storage_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A stopwatch has how long one thing took, each time it was done: by the clock,
// and in processor time of the whole process.
type stopwatch struct{ clock, cpu []time.Duration }

// time does something once. What was garbage before is not counted.
func (w *stopwatch) time(t testing.TB, do func() error) {
	t.Helper()
	runtime.GC()
	w.timeNow(t, do)
}

// timeNow is time for what takes less long than collecting garbage.
func (w *stopwatch) timeNow(t testing.TB, do func() error) {
	t.Helper()
	used, began := cpuTime(t), time.Now()
	err := do()
	w.clock, w.cpu = append(w.clock, time.Since(began)), append(w.cpu, cpuTime(t)-used)
	if err != nil {
		t.Fatal(err)
	}
}

// cpuTime is the processor time that this process has used.
func cpuTime(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// alone is how long it takes at most on a machine that does nothing else: what
// computes takes no longer than its processor time, and the best time by the
// clock was possible too.
func (w *stopwatch) alone() time.Duration { return min(slices.Min(w.clock), median(w.cpu)) }

func median(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2]
}

func (w *stopwatch) String() string {
	return fmt.Sprintf("%8.2f %8.2f %8.2f", ms(slices.Min(w.clock)), ms(median(w.clock)), ms(median(w.cpu)))
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// A table is what a measurement prints: what was measured, what came of it beside
// its target.
type table struct {
	strings.Builder
	missed []string
}

func (x *table) line(format string, args ...any) { fmt.Fprintf(x, format+"\n", args...) }

// timed prints a stopwatch.
func (x *table) timed(what string, w *stopwatch) {
	x.line("  %-34s %s ms: best, median, processor", what, w)
}

// held holds a figure against its target.
func (x *table) held(what string, got, target float64, unit string) {
	verdict := "met"
	if got > target {
		verdict = "MISSED"
		x.missed = append(x.missed, what)
	}
	x.line("  %-34s %8.2f %s, target %.3g %s: %s", what, got, unit, target, unit, verdict)
}
