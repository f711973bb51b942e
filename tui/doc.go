// Package tui is the terminal user interface: the frame round the screens, the
// dialogs, and the routing between them. Who gets which message is written down
// in package screen.
//
// The package keeps the ledger for its screens. It loads the Book through
// [Ledger], watches the vault's revision, and shows an edit at once while the
// vault still writes it; an edit that could not be written is taken back and the
// user is told. Banks are reached through [Banks]. Both run in commands, never in
// Update, and what they report on the way becomes messages.
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
