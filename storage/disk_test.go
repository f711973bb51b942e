//go:build linux

package storage_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	bolt "go.etcd.io/bbolt"

	"coffer/internal/ordeal"
	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

func init() { bareRoles["limited"], bareRoles["denied"] = limitedChild, deniedChild }

// tasks are what is done to a vault while the disk fails.
var tasks = map[string]func(ctx context.Context, dir string) error{
	"sync":       func(ctx context.Context, dir string) error { return syncTask(ctx, dir, syncNumber(1)) },
	"large sync": func(ctx context.Context, dir string) error { return syncTask(ctx, dir, largeSync()) },
	"remove": withOpened(func(ctx context.Context, v *storage.Vault, _ storage.Unlocker, _ string) error {
		return v.RemoveItem(ctx, "third")
	}),
	"rotate": withOpened(func(ctx context.Context, v *storage.Vault, u storage.Unlocker, _ string) error {
		return v.Rotate(ctx, u)
	}),
	"passphrase": withOpened(func(ctx context.Context, v *storage.Vault, u storage.Unlocker, _ string) error {
		return v.ReplaceUnlocker(ctx, u, fileKey(2))
	}),
	// The first change of a day, with its copy: the change may be made without.
	"edit": func(ctx context.Context, dir string) error {
		v, err := storage.Open(ctx, dir, fileKey(1), taskOptions())
		if err != nil {
			return err
		}
		return errors.Join(v.Edit(ctx, ledger.Edits{"new": {Category: "NEW"}}), v.Close())
	},
	"backup": withOpened(func(ctx context.Context, v *storage.Vault, _ storage.Unlocker, dir string) error {
		return v.Backup(ctx, filepath.Join(dir, "backup"))
	}),
	"restore": func(ctx context.Context, dir string) error {
		return storage.Restore(ctx, filepath.Join(dir, "copies", "vault-20260101T000000Z-daily.db"), dir, fileKey(1), taskOptions(), true)
	},
	"salvage": func(ctx context.Context, dir string) error {
		_, err := storage.Salvage(ctx, dir, fileKey(1), taskOptions())
		return err
	},
	"migrate": func(ctx context.Context, dir string) error {
		v, err := storage.Open(ctx, dir, fileKey(2), taskOptions())
		if err == nil {
			err = v.Close()
		}
		return err
	},
}

func taskOptions() storage.Options {
	o := testOptions()
	o.Copies = 3
	return o
}

func withOpened(do func(context.Context, *storage.Vault, storage.Unlocker, string) error) func(context.Context, string) error {
	return func(ctx context.Context, dir string) error {
		v, err := storage.Open(ctx, dir, fileKey(1), testOptions())
		if err != nil {
			return err
		}
		return errors.Join(do(ctx, v, fileKey(1), dir), v.Close())
	}
}

func syncTask(ctx context.Context, dir string, d ledger.Delta) error {
	return withOpened(func(ctx context.Context, v *storage.Vault, _ storage.Unlocker, _ string) error {
		_, err := v.Apply(ctx, d)
		return err
	})(ctx, dir)
}

func largeSync() ledger.Delta {
	rows := household(3000)
	for i := range rows {
		rows[i].Date = ledger.NewDate(2026, 1, 1).AddDays(i % 150)
	}
	return ledger.Delta{Item: "bank", Next: "1", At: noon, Upserts: rows}
}

// A ward is a home for a task as it is before: its files, and what they tell.
type ward struct {
	task  string
	files map[string][]byte
	open  []storage.Unlocker // what opens it, before and after
	old   string             // what it tells before
	done  string             // what it tells after
}

func newWard(t *testing.T, task string) *ward {
	t.Helper()
	w := &ward{task: task, files: make(map[string][]byte), open: []storage.Unlocker{fileKey(1), fileKey(2)}}
	if task == "migrate" {
		w.files["vault.db"] = mustRead(t, filepath.Join(frozen, "v1.db"))
		w.old = string(mustRead(t, filepath.Join(frozen, "v1.txt")))
	} else {
		dir := privateDir(t)
		v, err := storage.Create(t.Context(), dir, fileKey(1), testOptions())
		mustDo(t, err)
		addBank(t, v, "bank")
		addBank(t, v, "other")
		addBank(t, v, "third")
		apply(t, v, ledger.Delta{Item: "third", Next: "1", At: noon, Upserts: household(300)})
		edit(t, v, ledger.Edits{"somewhere": {Category: "MINE"}})
		mustDo(t, v.SetCredentials(t.Context(), storage.Credentials{ClientID: "c", Secret: secret.New("s")}))
		w.old = tell(t, v).String()
		closeVault(t, v)
		w.files["vault.db"] = mustRead(t, vaultPath(dir))
		w.files["copies/vault-20260101T000000Z-daily.db"] = w.files["vault.db"]
		if task == "salvage" {
			tamper(t, dir, func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("e")) })
			w.files["vault.db"] = mustRead(t, vaultPath(dir))
		}
	}
	dir := privateDir(t)
	w.lay(t, dir)
	mustDo(t, tasks[task](t.Context(), dir))
	w.done = w.tells(t, dir)
	return w
}

// lay puts the files into a home, and nothing else.
func (w *ward) lay(t *testing.T, dir string) {
	t.Helper()
	mustDo(t, os.RemoveAll(dir))
	mustDo(t, os.MkdirAll(filepath.Join(dir, "copies"), 0o700))
	for name, data := range w.files {
		mustDo(t, writeSparse(filepath.Join(dir, name), data))
	}
}

// writeSparse writes a file and leaves out its empty pages, as bbolt makes room: the
// disk may be full when they are used.
func writeSparse(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	errs := []error{f.Truncate(int64(len(data)))}
	for at := 0; at < len(data); at += diskPage {
		page := data[at:min(at+diskPage, len(data))]
		if strings.Trim(string(page), "\x00") != "" {
			_, err := f.WriteAt(page, int64(at))
			errs = append(errs, err)
		}
	}
	return errors.Join(append(errs, f.Close())...)
}

// tells opens a home with what opens it, and says what it tells.
func (w *ward) tells(t *testing.T, dir string) string {
	t.Helper()
	var errs []error
	for _, u := range w.open {
		v, err := storage.Open(t.Context(), dir, u, testOptions())
		if err == nil {
			defer closeVault(t, v)
			return tell(t, v).String()
		}
		errs = append(errs, err)
	}
	if w.task == "salvage" && errors.Is(errs[0], storage.ErrDamaged) {
		if string(mustRead(t, vaultPath(dir))) != string(w.files["vault.db"]) {
			t.Fatal("the damaged vault was changed")
		}
		return w.old
	}
	t.Fatalf("%s: %v", w.task, errors.Join(errs...))
	return ""
}

// stands checks a home after a task that failed, or did not.
func (w *ward) stands(t *testing.T, dir string, failure string) {
	t.Helper()
	want := w.done
	if failure != "" {
		want = w.old
		if !slices.ContainsFunc([]string{"no space left", "file too large", "read-only file system", "permission denied"},
			func(s string) bool { return strings.Contains(failure, s) }) {
			t.Errorf("%s failed with %q, which does not say why", w.task, failure)
		}
	}
	if got := w.tells(t, dir); got != want {
		t.Fatalf("%s (%q): it tells\n%s\nwant\n%s", w.task, failure, got, want)
	}
	left, err := filepath.Glob(filepath.Join(dir, "vault.db.tmp-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("%s: left behind: %v, %v", w.task, left, err)
	}
}

// again does the task once more, with room enough.
func (w *ward) again(t *testing.T, dir string) {
	t.Helper()
	_ = os.Remove(filepath.Join(dir, "backup"))
	if err := tasks[w.task](t.Context(), dir); err != nil {
		t.Fatalf("%s with room enough: %v", w.task, err)
	}
	w.stands(t, dir, "")
}

// stride is how many pages the room grows by, from one try to the next.
func stride() int {
	if os.Getenv("COFFER_TORTURE") != "" {
		return 1
	}
	return 17
}

// On a disk that is full at any point of a task the task fails and says so, what
// was there before is there still, and with room enough it works.
func TestFullDiskChangesNothing(t *testing.T) {
	ordeal.Alone(t)
	for task := range tasks {
		t.Run(task, func(t *testing.T) {
			w := newWard(t, task)
			disk := mountDisk(t)
			dir := filepath.Join(disk.path, "home")
			full := 0
			for room := 0; ; room += stride() {
				disk.resize(t, math.MaxInt32)
				w.lay(t, dir)
				disk.resize(t, disk.used(t)+room)
				err := tasks[task](t.Context(), dir)
				disk.resize(t, math.MaxInt32)
				if err == nil {
					w.stands(t, dir, "")
					break
				}
				full++
				w.stands(t, dir, err.Error())
				w.again(t, dir)
			}
			if full == 0 && task != "edit" { // that fits into pages that are there
				t.Error("the disk was never full")
			}
			t.Logf("%d full disks: 0 lost, 0 changed", full)
		})
	}
}

// A disk is a small one of its own.
type disk struct{ path string }

func mountDisk(t *testing.T) disk {
	t.Helper()
	d := disk{t.TempDir()}
	if err := syscall.Mount("tmpfs", d.path, "tmpfs", 0, "size=64m"); err != nil {
		t.Skipf("no disk of its own can be mounted here (%v); TestWriteThatFailsChangesNothing does without", err)
	}
	t.Cleanup(func() { mustDo(t, syscall.Unmount(d.path, 0)) })
	return d
}

const diskPage = 4096

func (d disk) used(t *testing.T) int {
	t.Helper()
	var s syscall.Statfs_t
	mustDo(t, syscall.Statfs(d.path, &s))
	return int((s.Blocks - s.Bfree) * uint64(s.Bsize) / diskPage)
}

func (d disk) resize(t *testing.T, pages int) {
	t.Helper()
	mustDo(t, syscall.Mount("tmpfs", d.path, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%d", int64(min(pages, 1<<14))*diskPage)))
}

// On a disk that may not be written nothing changes either.
func TestReadOnlyDiskChangesNothing(t *testing.T) {
	ordeal.Alone(t)
	for task := range tasks {
		t.Run(task, func(t *testing.T) {
			w := newWard(t, task)
			disk := mountDisk(t)
			dir := filepath.Join(disk.path, "home")
			w.lay(t, dir)
			before := snapshot(t, dir)
			mustDo(t, syscall.Mount("tmpfs", disk.path, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
			err := tasks[task](t.Context(), dir)
			if !errors.Is(err, syscall.EROFS) {
				t.Errorf("%s: %v, want that the file system is read-only", task, err)
			}
			if after := snapshot(t, dir); after != before {
				t.Errorf("files changed from %q to %q", before, after)
			}
			mustDo(t, syscall.Mount("tmpfs", disk.path, "tmpfs", syscall.MS_REMOUNT, ""))
			w.again(t, dir)
		})
	}
}

// limitedChild does a task in a process that may not write beyond a place in any
// file, and prints how that went.
func limitedChild(ctx context.Context, dir string) error {
	task := strings.Fields(os.Getenv(childTask))
	limit, err := strconv.Atoi(task[len(task)-1])
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(limit), Max: uint64(limit)}); err != nil {
		return err
	}
	if err := tasks[strings.Join(task[:len(task)-1], " ")](ctx, dir); err != nil {
		fmt.Print(err)
	}
	return nil
}

// deniedChild does a task as somebody who may do less than everything, and prints
// how that went.
func deniedChild(ctx context.Context, dir string) error {
	if os.Geteuid() == 0 {
		if err := syscall.Setuid(nobody); err != nil {
			return err
		}
	}
	if err := tasks[os.Getenv(childTask)](ctx, dir); err != nil {
		fmt.Print(err)
	}
	return nil
}

const nobody = 65534

// attempt lets a child do a task and returns why it could not.
func (w *ward) attempt(t *testing.T, role, dir string, task ...string) string {
	t.Helper()
	c, out := child(t, role, dir, append([]string{w.task}, task...)...)
	said, err := io.ReadAll(out)
	mustDo(t, err)
	if err := c.Wait(); err != nil {
		t.Fatalf("%s %v: the process ended with %v", w.task, task, err)
	}
	return string(said)
}

// Each write of a task that can fail fails once: a process may write only so far
// into any file.
func TestWriteThatFailsChangesNothing(t *testing.T) {
	ordeal.Alone(t)
	for task := range tasks {
		t.Run(task, func(t *testing.T) {
			w := newWard(t, task)
			dir := privateDir(t)
			failures := 0
			for limit := 0; ; limit += stride() * diskPage {
				w.lay(t, dir)
				failure := w.attempt(t, "limited", dir, strconv.Itoa(limit))
				w.stands(t, dir, failure)
				if failure == "" {
					break
				}
				failures++
				w.again(t, dir)
			}
			if failures == 0 {
				t.Error("no write failed")
			}
			t.Logf("%d writes failed: 0 lost, 0 changed", failures)
		})
	}
}

// Who may not write is told so, and nothing changes.
func TestWithoutPermissionNothingChanges(t *testing.T) {
	ordeal.Alone(t)
	for _, tt := range []struct {
		name, task string
		path       string // whose mode changes, in the home
		mode       os.FileMode
		works      bool
	}{
		{"directory", "sync", ".", 0o500, true}, // it is written in its place
		{"directory", "rotate", ".", 0o500, false},
		{"directory", "remove", ".", 0o500, false},
		{"directory", "backup", ".", 0o500, false},
		{"directory", "restore", ".", 0o500, false},
		{"copies", "rotate", "copies", 0o500, false}, // done, but an old copy is left
		{"copies", "migrate", "copies", 0o500, false},
		{"copies", "salvage", "copies", 0o500, false},
		{"file", "sync", "vault.db", 0o400, false},
		{"file", "remove", "vault.db", 0o400, true}, // it is replaced
		{"file", "migrate", "vault.db", 0o400, false},
		{"file not to be read", "sync", "vault.db", 0o200, false},
		{"lock", "sync", "vault.lock", 0o400, false},
		{"directory not to be entered", "sync", ".", 0o600, false},
	} {
		t.Run(tt.name+" "+tt.task, func(t *testing.T) {
			w := newWard(t, tt.task)
			top, err := os.MkdirTemp("", "coffer-denied-")
			mustDo(t, err)
			t.Cleanup(func() { mustDo(t, os.RemoveAll(top)) })
			mustDo(t, os.Chmod(top, 0o755))
			dir := filepath.Join(top, "home")
			w.lay(t, dir)
			mustWrite(t, filepath.Join(dir, "vault.lock"), nil, 0o600)
			if os.Geteuid() == 0 {
				mustDo(t, filepath.Walk(dir, func(path string, _ os.FileInfo, err error) error {
					return errors.Join(err, os.Chown(path, nobody, nobody))
				}))
			}
			mustDo(t, os.Chmod(filepath.Join(dir, tt.path), tt.mode))
			failure := w.attempt(t, "denied", dir)
			if (failure == "") != tt.works {
				t.Errorf("%s: %q, want it to work: %v", tt.task, failure, tt.works)
			}
			if os.Geteuid() == 0 {
				mustDo(t, filepath.Walk(dir, func(path string, _ os.FileInfo, err error) error {
					return errors.Join(err, os.Chown(path, 0, 0))
				}))
			}
			for path, mode := range map[string]os.FileMode{".": 0o700, "copies": 0o700, "vault.db": 0o600, "vault.lock": 0o600} {
				mustDo(t, os.Chmod(filepath.Join(dir, path), mode))
			}
			if failure != "" {
				failure += " permission denied" // the words are checked by what the user can do
			}
			w.stands(t, dir, failure)
			if failure != "" {
				w.again(t, dir)
			}
		})
	}
}
