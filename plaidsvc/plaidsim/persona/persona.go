// Package persona has the test users of Plaid's Sandbox: who they are, which
// passwords they may have, and what a bank asks of them.
//
// # Who has what
//
// user_good is the family of package bank at the banks where it has accounts,
// and somebody else everywhere else: a life that a program can be shown with.
// The nine accounts of Plaid's documentation, which never change, are a choice:
// see plaidsim.Options. The special users ([LifeOf]) are the same at every bank,
// and user_custom is what its password says, see package custom.
//
// # Promise
//
// The names, passwords, codes and answers are those of Plaid's documentation
// (https://plaid.com/docs/sandbox/test-credentials/). Everything is a function
// of what a user typed, of a seed and of time.
//
// # What it never does
//
// It reads no clock, opens nothing, and knows nothing of HTTP, Items or tokens:
// that is package plaidsim. Somebody's life at a bank is package bank.
package persona
