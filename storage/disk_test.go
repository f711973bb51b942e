//go:build linux

package storage_test

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"coffer/internal/ordeal"
	"coffer/storage"
)

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
	named := 0
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
			if says := fmt.Sprint(err); errors.Is(err, storage.ErrReadOnly) {
				named++
				if !strings.Contains(says, dir) || !strings.HasSuffix(says, "with --home") {
					t.Errorf("%s: %q, want which directory it is and what to do", task, says)
				}
			}
			if after := snapshot(t, dir); after != before {
				t.Errorf("files changed from %q to %q", before, after)
			}
			mustDo(t, syscall.Mount("tmpfs", disk.path, "tmpfs", syscall.MS_REMOUNT, ""))
			w.again(t, dir)
		})
	}
	if named == 0 {
		t.Error("no task is told which directory it cannot write to")
	}
}
