package storage

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// The errors that a program acts on. Each reads as a sentence for the user and
// ends in what to do; what wraps them adds the file or the operation.
var (
	// ErrNoVault: there is no vault in the directory.
	ErrNoVault = errors.New("there is no vault here; run coffer setup")
	// ErrExists: there is a vault already, and it is left alone.
	ErrExists = errors.New("there is a vault here already; open it, or choose another --home")
	// ErrFileExists: a backup does not write over a file.
	ErrFileExists = errors.New("there is such a file already; choose another name")
	// ErrWrongKey: no slot of the vault opens with what was given.
	ErrWrongKey = errors.New("wrong passphrase; try again")
	// ErrKeyringKey: the key in the system's keyring is not this vault's. It is
	// ErrWrongKey.
	ErrKeyringKey error = &keyError{"the key in the system's keyring does not open this vault; use the passphrase"}
	// ErrIdentityKey: the key of the identity file is not this vault's. It is
	// ErrWrongKey.
	ErrIdentityKey error = &keyError{"the identity file does not open this vault; use another one, or the passphrase"}
	// ErrRotated: the vault got new keys while it was open here.
	ErrRotated = errors.New("the vault was given new keys; unlock it again")
	// ErrNotGiven: new keys have to be sealed for every way to unlock the vault.
	ErrNotGiven = errors.New("was not given; give it too, or take it away first with coffer vault unlock remove")
	// ErrLastUnlocker: a vault keeps a way to open it that is not the keyring.
	ErrLastUnlocker = errors.New("the vault would be left without a passphrase or identity file; add another one first")
	// ErrNoUnlocker: no slot has that id.
	ErrNoUnlocker = errors.New("the vault has no such way to unlock it; coffer vault status lists them")
	// ErrShortPassphrase: a new vault wants a longer passphrase.
	ErrShortPassphrase = errors.New("the passphrase is too short; use at least 12 characters")
	// ErrInUse: another process held the lock for the whole time that this one
	// was ready to wait.
	ErrInUse = errors.New("the vault is in use; wait for the other process or end it, then try again")
	// ErrForeign: vault.db is something else than a vault.
	ErrForeign = errors.New("not a coffer vault; move it away or choose another --home")
	// ErrNewer: a newer program wrote the vault. Nothing was changed.
	ErrNewer = errors.New("the vault was written by a newer coffer; update this program")
	// ErrDamaged: the vault was a good one and is not now. Nothing was changed.
	ErrDamaged = errors.New("the vault is damaged; nothing was changed, coffer doctor tells what is left, coffer restore brings back the last good copy")
	// ErrPermissions: others may read the vault, or it belongs to another user.
	ErrPermissions = errors.New("the vault is open to others; make its directory mode 0700 and its files 0600, owned by you")
	// ErrReadOnly: nothing can be written to the vault's directory. Looking takes a lock
	// in it, too.
	ErrReadOnly = errors.New("the vault's directory cannot be written to; make it writable, or copy it elsewhere and name that with --home")
	// ErrReplaced: another vault lies where the open one lay.
	ErrReplaced = errors.New("another vault was put in the place of the open one; start coffer again")
	// ErrClosed: the vault was closed, its keys are forgotten.
	ErrClosed = errors.New("the vault is locked; unlock it again")
	// ErrNoItem: the vault has no such bank.
	ErrNoItem = errors.New("no such bank in the vault; coffer items lists them")
)

// A keyError is ErrWrongKey with a text of its own.
type keyError struct{ text string }

func (e *keyError) Error() string { return e.text }
func (e *keyError) Unwrap() error { return ErrWrongKey }

// A readOnlyError is ErrReadOnly with the directory, and with the system's reason.
type readOnlyError struct {
	dir   string
	cause syscall.Errno
}

func (e *readOnlyError) Error() string {
	return fmt.Sprintf("nothing can be written to %s (%v), and even looking into a vault takes a lock there; "+
		"make it writable, or copy it elsewhere and name that with --home", e.dir, e.cause)
}

func (e *readOnlyError) Unwrap() []error { return []error{ErrReadOnly, e.cause} }

// bare is what the system says, without the call and the path that it says it of.
func bare(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// unwritable returns ErrReadOnly for an error that says so of a directory, else the
// error.
func unwritable(dir string, err error) error {
	var cause syscall.Errno
	if errors.As(err, &cause) && (errors.Is(cause, fs.ErrPermission) || cause == syscall.EROFS) {
		return &readOnlyError{dir, cause}
	}
	return err
}
