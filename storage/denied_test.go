//go:build linux

package storage_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"coffer/internal/ordeal"
)

func init() { bareRoles["limited"], bareRoles["denied"] = limitedChild, deniedChild }

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
