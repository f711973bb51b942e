package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"coffer/internal/keyring"
	"coffer/internal/secret"
	"coffer/internal/seen"
	"coffer/ledger"
	"coffer/storage"
)

// Exit codes. They are part of the interface: scripts depend on them.
const (
	exitOK        = 0
	exitFailure   = 1
	exitUsage     = 2
	exitLocked    = 3 // no or wrong passphrase, no keyring
	exitAttention = 4 // done in part: a bank needs the user
	exitOffline   = 5 // Plaid or the network cannot be reached
	exitVault     = 6 // the vault is in use, damaged, foreign, newer or open to others
)

// exitCodes is the part of every command's help that tells them.
const exitCodes = `Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the vault is locked,
4 a bank needs attention, 5 Plaid cannot be reached, 6 the vault is in use or damaged.`

// errUsage marks a command line that cannot be meant.
var errUsage = errors.New("wrong usage")

// errAttention marks a command that did what it could: banks that need the user
// have been named.
var errAttention = errors.New("not every bank could be asked")

// errOffline marks a command that could reach no bank for want of a network or
// of Plaid. It is told like any other; the banks have been named.
var errOffline = errors.New("not every bank could be asked; try again later")

// A toldError stands for failures that were told one by one. Those it wraps
// decide the exit code.
type toldError struct {
	text   string
	causes []error
}

func (e *toldError) Error() string   { return e.text }
func (e *toldError) Unwrap() []error { return e.causes }

// usage says what is wrong with the command line.
func usage(format string, args ...any) error {
	return fmt.Errorf("%w: %w", errUsage, fmt.Errorf(format, args...))
}

// byCode lists the errors of each exit code, in the order in which codes win
// where several apply.
var byCode = []struct {
	code int
	errs []error
}{
	{exitUsage, []error{errUsage}},
	{exitLocked, []error{
		storage.ErrWrongKey, storage.ErrClosed, storage.ErrRotated, storage.ErrNotGiven, errNoWay,
		secret.ErrNone, secret.ErrUnread, secret.ErrIdentity,
		keyring.ErrNotFound, keyring.ErrUnavailable, keyring.ErrRefused, keyring.ErrTimeout,
	}},
	{exitVault, []error{
		storage.ErrInUse, storage.ErrDamaged, storage.ErrForeign, storage.ErrNewer, storage.ErrPermissions,
		storage.ErrReplaced, seen.ErrOlder,
	}},
	{exitAttention, []error{
		errAttention, ledger.ErrLoginRequired, ledger.ErrRevoked, ledger.ErrUnknownAccess, ledger.ErrBankUnavailable, ledger.ErrGivenUp,
		ledger.ErrNotAllowed,
	}},
	{exitOffline, []error{ledger.ErrNetwork, ledger.ErrRateLimited, errOffline, errDemoVault}},
}

// exitCode returns the code that stands for err.
func exitCode(err error) int {
	if err == nil {
		return exitOK
	}
	for _, row := range byCode {
		for _, target := range row.errs {
			if errors.Is(err, target) {
				return row.code
			}
		}
	}
	return exitFailure
}

// report tells the user what went wrong and returns the exit code.
func report(stderr io.Writer, err error) int {
	switch {
	case err == nil:
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "coffer: interrupted; nothing is half done")
	default:
		fmt.Fprintln(stderr, "coffer:", printable(err.Error()))
	}
	return exitCode(err)
}
