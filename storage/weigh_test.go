//go:build unix

package storage_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"coffer/storage"
)

// memory measures what processes of their own hold: one with this vault, and one
// with an empty vault.
func (m *measurement) memory() {
	if runtime.GOOS != "linux" {
		m.line("  memory is measured on Linux only")
		return
	}
	v, empty := newVault(m)
	_, err := v.AddUnlocker(m.Context(), unlocker(), storage.Identity(testKey(m, 2)))
	mustDo(m, err)
	none, all := m.weigh(empty, 0), m.weigh(m.dir, m.rows)
	mib := func(kib float64) float64 { return kib / 1024 }
	m.line("  %-34s %8.1f MiB on the heap, searchable", "Book", mib(all.heap-none.heap))
	m.line("  %-34s %8.1f MiB above an empty vault", "memory, what a load leaves included", mib(all.resident-none.resident))
	if target, ok := memoryTarget[m.rows]; ok {
		m.held("memory, loaded and searchable", mib(all.rested-none.rested), target, "MiB")
	}
}

// A weight is what a process holds, in KiB: resident memory of its own just after
// a load, the same once what was garbage went back to the system, and its heap.
type weight struct{ resident, rested, heap float64 }

func (m *measurement) weigh(dir string, rows int) weight {
	m.Helper()
	c, out := child(m, "weigh", dir)
	var w weight
	var n int
	_, err := fmt.Fscan(out, &n, &w.resident, &w.rested, &w.heap)
	mustDo(m, errors.Join(err, c.Wait()))
	if n != rows {
		m.Fatalf("the process loaded %d rows, want %d", n, rows)
	}
	return w
}

// weighChild loads a vault and says what that took.
func weighChild(ctx context.Context, v *storage.Vault, _ storage.Unlocker) error {
	b, err := v.Book(ctx)
	if err != nil {
		return err
	}
	b.Prepare()
	loaded, err := residentKiB()
	if err != nil {
		return err
	}
	debug.FreeOSMemory() // as the interface does
	rested, err := residentKiB()
	var heap runtime.MemStats
	runtime.ReadMemStats(&heap)
	fmt.Println(b.Len(), loaded, rested, heap.HeapAlloc/1024)
	return err
}

// residentKiB is the anonymous memory of this process: what it has of files can
// be read from them again.
func residentKiB() (int, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, field, _ := strings.Cut(string(status), "RssAnon:")
	var kib int
	_, err = fmt.Sscan(field, &kib)
	return kib, err
}
