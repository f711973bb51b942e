// Package dialog holds the dialogs in which a bank is asked or told something: to sync,
// to link a bank and to remove it, and all that is asked of one account. Each is made by
// a [Desk] for a message of package screen; who opens it needs no other name of it.
//
// A dialog that asks for something which Plaid bills stands behind one that names the
// price: nothing is sent until the user agrees there. What banks answer about paying from
// an account is known to the open dialog alone, and gone when that closes.
//
// A bank is reached through small interfaces ([Banks], [Links], [Live], [Payer],
// [Recurring], [Details]), in commands and never in Update. A dialog that has work under
// way has a method Job, by which the root waits for it or calls it off.
//
// The package never opens a file, dials a host or keeps a Book longer than a dialog is
// open. What is to be copied, or read again from the vault, it asks the root for.
package dialog
