package main

import (
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"coffer/storage"
)

// A world is all that the program has of the outside: the process's own, or a
// test's.
type world struct {
	in       *os.File
	out, err io.Writer
	getenv   func(string) string
	unsetenv func(string) error
	now      func() time.Time
	run      string            // names this run of the program
	mayLive  func(string) bool // whether another run may be at work still
	random   io.Reader         // of keys
	ring     keyRing           // the system's keyring
	// kdf guards the passphrases of new vaults, if it is not the usual one.
	kdf storage.KDF
	// simulatorLog gets the requests that the demo's simulator answers, if set.
	simulatorLog io.Writer
}

// asks reports whether there is a person to ask.
func (w world) asks() bool { return term.IsTerminal(int(w.in.Fd())) }

// shows reports whether a person is looking at standard output.
func (w world) shows() bool {
	f, ok := w.out.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
