// Package persona has the test users of Plaid's Sandbox: who they are, which
// passwords they may have, and what a bank asks of them.
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
// that is package plaidsim. Somebody's life at the banks of the household is
// package bank.
package persona
