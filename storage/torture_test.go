//go:build unix

package storage_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/ledger"
	"coffer/storage"
)

// tortureEach is how many files are damaged in each way: some always, and 9,000
// in all where COFFER_TORTURE is set.
func tortureEach() int {
	if os.Getenv("COFFER_TORTURE") != "" {
		return (9000 + len(damages) - 1) / len(damages)
	}
	return 40
}

// hanging is how long a process may take for one damaged file.
const hanging = 60 * time.Second

// What becomes of a damaged file. The last four must not be.
const (
	fateRefused  = "refused"
	fateHarmless = "harmless" // damaged in unused bytes
	fateOlder    = "older"    // a good file of one commit ago, which only a memory outside it could tell
	fateSilent   = "SILENT"   // something is missing and nobody says so
	fateWrong    = "WRONG"    // a write made it worse
	fateDied     = "DIED"
	fateHung     = "HUNG"
)

// Whatever happens to the file: the vault is refused with a clear error, or all of
// it is there. No process dies or hangs of it, nothing is silently missing, and a
// write does not make it worse.
func TestDamagedFilesInProcessesOfTheirOwn(t *testing.T) {
	ordeal.Alone(t)
	p := newPatient(t)
	work := t.TempDir()
	mustWrite(t, filepath.Join(work, "now.db"), p.now, 0o600)
	mustWrite(t, filepath.Join(work, "old.db"), p.old, 0o600)
	total := make(map[string]int)
	t.Run("kinds", func(t *testing.T) {
		for kind := range damages {
			t.Run(kind, func(t *testing.T) {
				fates := torture(t, work, kind, tortureEach())
				t.Logf("%v", fates)
				for fate, n := range fates {
					total[fate] += n
				}
			})
		}
	})
	files := 0
	for _, n := range total {
		files += n
	}
	t.Logf("%d damaged files: %v", files, total)
	if n := total[fateSilent] + total[fateWrong] + total[fateHung]; n > 0 {
		t.Errorf("%d of %d files ended badly", n, files)
	}
	if died := total[fateDied]; died*1000 > files {
		t.Errorf("%d of %d files killed the process, more than 0.1 %%", died, files)
	}
}

// torture damages n files in one way and lets processes open them, one after the
// other. A process that dies or hangs is counted, and another one goes on.
func torture(t *testing.T, work, kind string, n int) map[string]int {
	t.Helper()
	fates := make(map[string]int)
	for next := 0; next < n; {
		c, out := child(t, "damaged", work, kind, strconv.Itoa(next), strconv.Itoa(n))
		var hung atomic.Bool
		watch := time.AfterFunc(hanging, func() { hung.Store(true); _ = c.Process.Kill() })
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			watch.Reset(hanging)
			fate, detail, _ := strings.Cut(lines.Text(), " ")
			if fate != fateRefused && fate != fateHarmless && fate != fateOlder {
				t.Errorf("file %d: %s %s", next, fate, detail)
			}
			fates[fate]++
			next++
		}
		err := c.Wait()
		watch.Stop()
		switch {
		case hung.Load():
			fates[fateHung]++
		case err != nil:
			t.Logf("file %d killed the process: %v", next, err)
			fates[fateDied]++
		default:
			continue
		}
		next++
	}
	return fates
}

// damagedChild damages files as its task says, and prints the fate of each.
func damagedChild(ctx context.Context, work string) error {
	task := strings.Fields(os.Getenv(childTask))
	ends := task[len(task)-2:]
	from, err := strconv.Atoi(ends[0])
	if err != nil {
		return err
	}
	to, err := strconv.Atoi(ends[1])
	if err != nil {
		return err
	}
	kind := strings.Join(task[:len(task)-2], " ")
	p, err := readPatient(ctx, work)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(work, "home") // 0700
	if err != nil {
		return err
	}
	for i := from; i < to; i++ {
		data := damages[kind](p, rand.New(rand.NewPCG(7+uint64(len(kind)), uint64(i))))
		if err := os.WriteFile(vaultPath(dir), data, 0o600); err != nil {
			return err
		}
		fmt.Println(p.fate(ctx, dir))
	}
	return os.RemoveAll(dir)
}

// readPatient opens the good file, to know what must be in the damaged ones.
func readPatient(ctx context.Context, work string) (*patient, error) {
	p := &patient{}
	var errs [2]error
	p.now, errs[0] = os.ReadFile(filepath.Join(work, "now.db"))
	p.old, errs[1] = os.ReadFile(filepath.Join(work, "old.db"))
	dir, err := os.MkdirTemp(work, "good")
	if err := errors.Join(errs[0], errs[1], err, os.WriteFile(vaultPath(dir), p.now, 0o600)); err != nil {
		return nil, err
	}
	p.vault, err = storage.Open(ctx, dir, fileKey(1), testOptions())
	if err != nil {
		return nil, err
	}
	p.rows, p.edits, err = contents(ctx, p.vault)
	return p, err
}

func contents(ctx context.Context, v *storage.Vault) (map[ledger.TransactionID]ledger.Transaction, ledger.Edits, error) {
	b, err := v.Book(ctx)
	if err != nil {
		return nil, nil, err
	}
	edits, err := v.Edits(ctx)
	return rowsOf(b), edits, err
}

// refusedWell reports whether err is a good answer to a damaged file.
func refusedWell(err error) bool {
	return errors.Is(err, storage.ErrDamaged) || errors.Is(err, storage.ErrForeign)
}

// fate opens a damaged file, reads it, and writes to it.
func (p *patient) fate(ctx context.Context, dir string) string {
	v := p.vault.At(dir)
	if err := v.Verify(ctx); err != nil {
		if !refusedWell(err) {
			return fmt.Sprint(fateSilent, " refused with ", err)
		}
		return fateRefused
	}
	rows, edits, err := contents(ctx, v)
	if err != nil {
		return fmt.Sprint(fateSilent, " verified, then ", err)
	}
	fate := fateHarmless
	if !maps.Equal(edits, p.edits) {
		fate = fateOlder // the last commit was an edit
	}
	if !maps.Equal(rows, p.rows) || fate == fateOlder && len(edits) != len(p.edits)-1 {
		return fmt.Sprint(fateSilent, " ", len(rows), " rows, ", len(edits), " edits")
	}
	edits["new"] = ledger.Edit{Category: "new"}
	if err := v.Edit(ctx, ledger.Edits{"new": edits["new"]}); err != nil {
		if !refusedWell(err) {
			return fmt.Sprint(fateWrong, " edit: ", err)
		}
		return fate
	}
	after := v.Again()
	if err := after.Verify(ctx); err != nil {
		return fmt.Sprint(fateWrong, " after a write: ", err)
	}
	rows, now, err := contents(ctx, after)
	if err != nil || !maps.Equal(rows, p.rows) || !maps.Equal(now, edits) {
		return fmt.Sprint(fateWrong, " after a write: ", len(rows), " rows, ", len(now), " edits, ", err)
	}
	return fate
}

// readerChild reads the vault for ever and says how that went.
func readerChild(ctx context.Context, dir string) error {
	v, err := storage.Open(ctx, dir, fileKey(1), testOptions())
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for {
		rows, _, err := contents(ctx, v)
		if err != nil && !refusedWell(err) {
			return err
		}
		if err != nil {
			rows, v = nil, v.Again()
		}
		fmt.Println(len(rows), err != nil)
	}
}

// A file that is cut again and again under the hands of a process that reads it
// kills nobody, and never looks smaller than it was.
func TestFileCutAgainAndAgainWhileItIsReadKillsNobody(t *testing.T) {
	p := newPatient(t)
	dir := privateDir(t)
	mustWrite(t, vaultPath(dir), p.now, 0o600)
	c, out := child(t, "reader", dir)
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("the process did not open the vault")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	stop := make(chan struct{})
	cuts := make(chan int)
	go func() {
		n := 0
		for ; ; n++ {
			select {
			case <-stop:
				cuts <- n
				return
			default:
			}
			_ = os.Truncate(vaultPath(dir), int64(rng.IntN(len(p.now))))
			_ = os.WriteFile(vaultPath(dir), p.now, 0o600)
			time.Sleep(time.Duration(rng.IntN(5)) * time.Millisecond)
		}
	}()
	var whole, refused int
	for whole+refused < 300 && lines.Scan() {
		switch lines.Text() {
		case fmt.Sprint(len(p.rows), " false"):
			whole++
		case "0 true":
			refused++
		default:
			t.Errorf("the process read %q", lines.Text())
		}
	}
	close(stop)
	n := <-cuts
	if whole+refused < 300 {
		t.Errorf("the process died: %v", c.Wait())
	} else {
		_ = c.Process.Kill()
		_ = c.Wait()
	}
	if refused == 0 {
		t.Error("no cut was met")
	}
	t.Logf("%d cuts, read %d times: %d whole, %d refused; 0 dead, 0 silent", n, whole+refused, whole, refused)
}

// holderChild takes the lock alone and keeps it.
func holderChild(ctx context.Context, dir string) error {
	v, err := storage.Open(ctx, dir, fileKey(1), testOptions())
	if err != nil {
		return err
	}
	return v.Hold(ctx, func() {
		fmt.Println("held")
		time.Sleep(time.Hour) // until killed; to the runtime a wait for nothing is a deadlock
	})
}

// Who dies with the lock in hand keeps nobody out.
func TestLockOfADeadProcessIsFree(t *testing.T) {
	dir, want := killable(t, "holder")
	c, out := child(t, "holder", dir)
	if lines := bufio.NewScanner(out); !lines.Scan() {
		t.Fatal("the process did not take the lock")
	}
	o := testOptions()
	o.Wait = 50 * time.Millisecond
	_, err := storage.Open(t.Context(), dir, fileKey(1), o)
	if !errors.Is(err, storage.ErrInUse) || !strings.Contains(err.Error(), fmt.Sprint("process ", c.Process.Pid)) {
		t.Errorf("open: %v, want ErrInUse with process %d", err, c.Process.Pid)
	}
	mustDo(t, c.Process.Kill())
	_ = c.Wait()
	v, err := storage.Open(t.Context(), dir, fileKey(1), testOptions())
	mustDo(t, err)
	defer closeVault(t, v)
	if got := tell(t, v).String(); got != want {
		t.Errorf("it tells\n%s\nwant\n%s", got, want)
	}
	edit(t, v, ledger.Edits{"x": {Category: "y"}})
}
