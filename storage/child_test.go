package storage_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

// The test binary runs itself as another process that shares a vault.
const (
	childRole = "COFFER_STORAGE_CHILD" // one of childRoles
	childHome = "COFFER_STORAGE_HOME"
	childTask = "COFFER_STORAGE_TASK" // what a role does with it
)

func TestMain(m *testing.M) {
	if role := os.Getenv(childRole); role != "" {
		if err := runChild(context.Background(), role, os.Getenv(childHome)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// childRoles are what such a process does to the vault.
var childRoles = map[string]func(context.Context, *storage.Vault, storage.Unlocker) error{
	"sync":    syncChild,
	"race":    raceChild,
	"rotate":  rotateChild,
	"replace": replaceChild,
	"restore": restoreChild,
	"migrate": migrateChild,
	"salvage": salvageChild,
	"weigh":   weighChild,
}

// bareRoles are those of processes that open no vault, or one of their own.
var bareRoles = map[string]func(ctx context.Context, dir string) error{
	"damaged": damagedChild,
	"reader":  readerChild,
	"holder":  holderChild,
}

func runChild(ctx context.Context, role, dir string) error {
	if bare := bareRoles[role]; bare != nil {
		return bare(ctx, dir)
	}
	v, u, err := openAny(ctx, dir)
	if err != nil {
		return err
	}
	return childRoles[role](ctx, v, u)
}

// child starts this binary in a role on a vault.
func child(t testing.TB, role, dir string, task ...string) (*exec.Cmd, io.Reader) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), childRole+"="+role, childHome+"="+dir, childTask+"="+strings.Join(task, " "))
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c, out
}

// Sync k brings three rows, changes one of sync k-1's (it moves to another
// month), and takes back those of sync k-8.
func syncNumber(k int) ledger.Delta {
	d := ledger.Delta{Item: "bank", From: cursorAt(k - 1), Next: cursorAt(k)}
	for i := range 3 {
		d.Upserts = append(d.Upserts, syncRow(k, i, false))
		d.Removed = append(d.Removed, syncRow(k-8, i, false).ID)
	}
	d.Upserts = append(d.Upserts, syncRow(k-1, 0, true))
	return d
}

func syncRow(k, i int, changed bool) ledger.Transaction {
	r := row(fmt.Sprintf("sync-%d-%d", k, i), time.Month(1+(k%12+12)%12), 1+i, int64(-100*k-i))
	if changed {
		r.Date = ledger.NewDate(2027, time.March, 3)
	}
	return r
}

// rowsAfter are the rows that a vault has after sync k.
func rowsAfter(k int) map[ledger.TransactionID]ledger.Transaction {
	rows := make(map[ledger.TransactionID]ledger.Transaction)
	for n := 1; n <= k; n++ {
		d := syncNumber(n)
		for _, id := range d.Removed {
			delete(rows, id)
		}
		for _, r := range d.Upserts {
			rows[r.ID] = r
		}
	}
	return rows
}

func cursorAt(k int) string {
	if k <= 0 {
		return ""
	}
	return strconv.Itoa(k)
}

func cursorNumber(t testing.TB, v *storage.Vault) int {
	t.Helper()
	cursor, err := v.Cursor(t.Context(), "bank")
	if err != nil {
		t.Fatal(err)
	}
	if cursor == "" {
		return 0
	}
	k, err := strconv.Atoi(cursor)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// syncChild syncs for ever and says so after each commit. In between it links
// and removes another bank, which writes the whole file anew.
func syncChild(ctx context.Context, v *storage.Vault, _ storage.Unlocker) error {
	cursor, err := v.Cursor(ctx, "bank")
	if err != nil {
		return err
	}
	k, _ := strconv.Atoi(cursor)
	fmt.Println("ready", k)
	for {
		k++
		if _, err := v.Apply(ctx, syncNumber(k)); err != nil {
			return err
		}
		fmt.Println("synced", k)
		if k%3 == 0 {
			if err := v.AddItem(ctx, ledger.Item{ID: "other"}, secret.New("access-other")); err != nil {
				return err
			}
			if err := v.RemoveItem(ctx, "other"); err != nil {
				return err
			}
		}
	}
}

// A victim is a vault whose syncing process is killed again and again.
type victim struct {
	t            *testing.T
	v            *storage.Vault
	dir          string
	rng          *rand.Rand
	kills, acked int
	ahead        int // commits that were there and not yet acknowledged
}

// killOnce starts a process, kills it at a random moment, and checks the vault.
func (x *victim) killOnce() {
	x.t.Helper()
	c, out := child(x.t, "sync", x.dir)
	lines := bufio.NewScanner(out)
	last := x.acked
	if !lines.Scan() {
		x.t.Fatalf("kill %d: the process did not open the vault", x.kills)
	}
	kill := time.AfterFunc(time.Duration(x.rng.IntN(25_000))*time.Microsecond, func() { _ = c.Process.Kill() })
	defer kill.Stop()
	for more := true; more; more = lines.Scan() {
		if _, k, ok := strings.Cut(lines.Text(), " "); ok {
			if n, err := strconv.Atoi(k); err == nil {
				last = max(last, n)
			}
		}
	}
	_ = c.Wait()
	x.kills++
	x.check(last)
}

func (x *victim) check(acked int) {
	x.t.Helper()
	k := cursorNumber(x.t, x.v)
	if k != acked && k != acked+1 {
		x.t.Fatalf("kill %d: cursor is at %d, acknowledged were %d", x.kills, k, acked)
	}
	x.ahead += k - acked
	x.acked = k
	if err := x.v.Verify(x.t.Context()); err != nil {
		x.t.Fatalf("kill %d: %v", x.kills, err)
	}
	if got, want := rowsOf(book(x.t, x.v)), rowsAfter(k); !maps.Equal(got, want) {
		x.t.Fatalf("kill %d: after sync %d there are %d rows, want %d and the same", x.kills, k, len(got), len(want))
	}
}

// A process killed with SIGKILL at any moment of a sync, or of the rewrite that
// removes a bank, loses nothing and doubles nothing.
func TestKilledSyncsLoseAndDoubleNothing(t *testing.T) {
	const vaults = 4
	each := ordeal.Times(50)
	victims := make([]*victim, vaults)
	for i := range victims {
		v, dir := newVault(t)
		victims[i] = &victim{v: v, dir: dir, rng: rand.New(rand.NewPCG(1, uint64(i)))}
	}
	t.Run("kill", func(t *testing.T) {
		for i, x := range victims {
			t.Run(strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				x.t = t
				for range each {
					x.killOnce()
				}
			})
		}
	})
	var total, commits, ahead int
	for _, x := range victims {
		total, commits, ahead = total+x.kills, commits+x.acked, ahead+x.ahead
		reopen(t, x.dir)
		left, err := filepath.Glob(filepath.Join(x.dir, "vault.db.tmp-*"))
		if err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
	if want := vaults * each; total != want {
		t.Errorf("%d kills, want %d", total, want)
	}
	t.Logf("%d kills, %d commits, %d of them not yet acknowledged; lost 0, doubled 0", total, commits, ahead)
}

// raceChild applies its own syncs to a vault in which somebody else does the
// same, each from the cursor that it finds.
func raceChild(ctx context.Context, v *storage.Vault, _ storage.Unlocker) error {
	commits, err := strconv.Atoi(os.Getenv(childTask))
	if err != nil {
		return err
	}
	for n := 0; n < commits; {
		cursor, err := v.Cursor(ctx, "bank")
		if err != nil {
			return err
		}
		k, _ := strconv.Atoi(cursor)
		id := fmt.Sprintf("race-%d-%d", os.Getpid(), n)
		_, err = v.Apply(ctx, ledger.Delta{
			Item: "bank", From: cursor, Next: cursorAt(k + 1),
			Upserts: []ledger.Transaction{row(id, time.April, 1+n%28, 1)},
		})
		switch {
		case errors.Is(err, ledger.ErrStale):
			fmt.Println("stale")
		case err != nil:
			return err
		default:
			n++
			fmt.Println(id)
		}
	}
	return nil
}

func TestProcessesAtOnceAreSerialOrStaleAndNeverLost(t *testing.T) {
	for _, tt := range []struct{ processes, commits int }{{2, 25}, {10, 4}} {
		t.Run(strconv.Itoa(tt.processes), func(t *testing.T) { race(t, tt.processes, tt.commits) })
	}
}

func race(t *testing.T, processes, commits int) {
	v, dir := newVault(t)
	var mu sync.Mutex
	stale, done := 0, make(map[string]bool)
	var wg sync.WaitGroup
	for range processes {
		c, out := child(t, "race", dir, strconv.Itoa(commits))
		wg.Go(func() {
			lines := bufio.NewScanner(out)
			for lines.Scan() {
				mu.Lock()
				if lines.Text() == "stale" {
					stale++
				} else {
					done[lines.Text()] = true
				}
				mu.Unlock()
			}
			if err := c.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	rows := rowsOf(book(t, v))
	for id := range done {
		if _, ok := rows[ledger.TransactionID(id)]; !ok {
			t.Errorf("row %s was acknowledged and is not there", id)
		}
	}
	if got := cursorNumber(t, v); got != processes*commits || len(rows) != processes*commits {
		t.Errorf("cursor %d, %d rows, want %d of each", got, len(rows), processes*commits)
	}
	t.Logf("%d processes, %d commits, %d refused as stale; 0 lost", processes, len(done), stale)
}
