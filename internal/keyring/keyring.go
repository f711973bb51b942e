// Package keyring keeps a vault's key in the keyring of the system: the Secret
// Service of a Linux desktop, the Keychain of macOS, the Credential Manager of
// Windows.
//
// # Promise
//
// No call waits longer than it is told to: a keyring that asks a person who is
// not there, or that does not answer at all, ends in [ErrTimeout]. What [Ring.Set]
// says is stored has been read back. Every error says what the user can do.
//
// # What it never does
//
// It stores nothing anywhere else when the keyring refuses, starts no keyring or
// bus of its own, and falls back to nothing: that is the user's decision.
package keyring

import (
	"context"
	"errors"
	"fmt"
	"time"

	system "github.com/zalando/go-keyring"

	"coffer/internal/secret"
)

// The errors of a keyring.
var (
	// ErrNotFound: the keyring has no key of this vault.
	ErrNotFound = errors.New("the system's keyring has no key for this vault; use the passphrase")
	// ErrUnavailable: there is no keyring here, over ssh for example.
	ErrUnavailable = errors.New("there is no system keyring here; use the passphrase or an identity file")
	// ErrRefused: the keyring is locked and stayed so, or did not do what it was
	// asked for.
	ErrRefused = errors.New("the system's keyring refused; unlock it and try again, or use the passphrase")
	// ErrTimeout: the keyring did not answer in time.
	ErrTimeout = errors.New("the system's keyring does not answer; unlock it and try again, or use the passphrase")
)

// service is what the keyring's own program shows beside the entry.
const service = "coffer"

// A Ring is the keyring of the system. The zero Ring is not usable; see System.
type Ring struct {
	backend backend
	check   func() error
	wait    time.Duration
	busy    chan struct{} // holds one token: one call at a time
}

// A backend is a keyring as the library has it.
type backend interface {
	get(account string) (string, error)
	set(account, text string) error
	remove(account string) error
}

// System is the keyring of this system. getenv reads the environment, which says
// on Linux where the session's bus is. wait bounds each call: a person who has to
// type a password needs a minute, a program that runs alone a few seconds.
func System(getenv func(string) string, wait time.Duration) *Ring {
	return newRing(library{}, func() error { return reachable(getenv) }, wait)
}

func newRing(b backend, check func() error, wait time.Duration) *Ring {
	r := &Ring{backend: b, check: check, wait: wait, busy: make(chan struct{}, 1)}
	r.busy <- struct{}{}
	return r
}

// Check returns ErrUnavailable where there is no keyring, without asking one.
func (r *Ring) Check() error { return r.check() }

// Get returns the key that Set stored for a vault. The errors are those of the
// package, or that of ctx.
func (r *Ring) Get(ctx context.Context, vaultID string) (secret.Key, error) {
	var text string
	err := r.do(ctx, func() error {
		var err error
		text, err = r.backend.get(account(vaultID))
		return err
	})
	if err != nil {
		return secret.Key{}, fmt.Errorf("read the system's keyring: %w", err)
	}
	k, err := secret.ParseKey(text)
	if err != nil {
		return secret.Key{}, fmt.Errorf("read the system's keyring: %w: %w", ErrNotFound, err)
	}
	return k, nil
}

// Set stores the key of a vault in the place of the one that is there, and reads
// it back: a keyring may say yes to a person's no.
func (r *Ring) Set(ctx context.Context, vaultID string, k secret.Key) error {
	err := r.do(ctx, func() error {
		if err := r.backend.set(account(vaultID), k.Reveal()); err != nil {
			return err
		}
		text, err := r.backend.get(account(vaultID))
		if errors.Is(err, system.ErrNotFound) || err == nil && text != k.Reveal() {
			return ErrRefused
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("write the system's keyring: %w", err)
	}
	return nil
}

// Delete removes the key of a vault. One that is not there is no error.
func (r *Ring) Delete(ctx context.Context, vaultID string) error {
	err := r.do(ctx, func() error { return r.backend.remove(account(vaultID)) })
	if err != nil && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("write the system's keyring: %w", err)
	}
	return nil
}

func account(vaultID string) string { return "vault:" + vaultID }

// do runs one call and waits for it as long as it may take. One that takes longer
// goes on without anybody waiting, and until it ends no other begins.
func (r *Ring) do(ctx context.Context, call func() error) error {
	if err := r.check(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, r.wait, ErrTimeout)
	defer cancel()
	select {
	case <-r.busy:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	done := make(chan error, 1)
	go func() {
		err := survive(call)
		r.busy <- struct{}{}
		done <- err
	}()
	select {
	case err := <-done:
		return classify(err)
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// survive runs a call into the library, which panics when the session ends while
// the keyring asks the person.
func survive(call func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w (it went away)", ErrRefused)
		}
	}()
	return call()
}

// classify turns what the library says into an error of this package.
func classify(err error) error {
	switch {
	case err == nil, errors.Is(err, ErrRefused):
		return err
	case errors.Is(err, system.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, system.ErrUnsupportedPlatform), nobodyThere(err):
		return fmt.Errorf("%w (%w)", ErrUnavailable, err)
	}
	return fmt.Errorf("%w (%w)", ErrRefused, err)
}

// library is go-keyring.
type library struct{}

func (library) get(account string) (string, error) { return system.Get(service, account) }
func (library) set(account, text string) error     { return system.Set(service, account, text) }
func (library) remove(account string) error        { return system.Delete(service, account) }
