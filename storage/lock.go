package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// lockPoll is how often a waiting process asks for the lock again.
const lockPoll = 3 * time.Millisecond

// acquire takes the lock of a vault's directory, shared to read and alone to
// write. It is taken before vault.db is opened, on a file that is never renamed
// or deleted: a lock on vault.db itself would be a lock on whatever file had
// that name a moment ago. The system drops it when the process ends, however
// that happens; a stale lock cannot exist.
//
// The error is ErrInUse after the wait, or that of ctx.
func acquire(ctx context.Context, path string, alone bool, wait time.Duration) (release func(), err error) {
	l := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	once, try := l.TryRLock, l.TryRLockContext
	if alone {
		once, try = l.TryLock, l.TryLockContext
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	free, err := once() // mostly: a deadline is made for who has to wait
	if err == nil && !free {
		bounded, cancel := context.WithTimeout(ctx, wait)
		defer cancel()
		_, err = try(bounded, lockPoll)
	}
	switch {
	case err == nil:
		signLock(path)
		return func() { _ = l.Close() }, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("lock vault: %w", inUse(path))
	default:
		return nil, fmt.Errorf("lock vault: %w", unwritable(filepath.Dir(path), err))
	}
}

// pidWidth is what the process id is padded to, so that it is written over in
// place and never read half.
const pidWidth = 20

// signLock writes who took the lock last into its file. It only serves the
// message of who has to wait; that it may fail is no matter.
func signLock(path string) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer f.Close()
	sign := fmt.Appendf(nil, "%-*d\n", pidWidth, os.Getpid())
	var now [pidWidth + 1]byte
	if _, err := f.ReadAt(now[:], 0); err == nil && string(now[:]) == string(sign) {
		return
	}
	_, _ = f.WriteAt(sign, 0)
}

// inUse returns ErrInUse with the process that signed the lock last.
func inUse(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return ErrInUse
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return ErrInUse
	}
	return fmt.Errorf("process %d: %w", pid, ErrInUse)
}
