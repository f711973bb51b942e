//go:build linux

package storage_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

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
