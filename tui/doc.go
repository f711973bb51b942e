// Package tui is the terminal user interface: the frame round the screens, the routing
// between them and the dialogs, the lock. Who gets which message is written down in
// package screen; the dialogs about banks are in package dialog.
//
// The package keeps the ledger for its screens. It loads the Book through
// [Ledger], watches the vault's revision, and shows an edit at once while the
// vault still writes it; an edit that could not be written is taken back and the
// user is told. The banks are asked by dialogs and, when what is known has grown old, by
// a sync that begins by itself. All of it runs in commands, never in Update, and what is
// reported on the way becomes messages (package task).
//
// It locks itself when nobody presses a key, or when it is told to ([Lock]): then it
// keeps nothing of the ledger, and draws nothing of it.
//
// It promises that a terminal is left as it was found, whatever ends the
// interface: the user, a signal, or a bug in a screen; that a terminal which
// answers no question delays nothing; and that text from outside is drawn only
// through widget.Fit and its kin.
//
// It never opens a file, dials a host, or reads the system's clock except
// through its [Options].
package tui
