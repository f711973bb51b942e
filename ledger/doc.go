// Package ledger holds the facts and the arithmetic of personal finance:
// amounts, dates, accounts, transactions, categories, and the sums that people
// ask of them.
//
// The package is pure. It opens no file, dials no host, and never asks what
// time it is: a caller that needs "this month" passes the date. Everything here
// can be tested with a table and no set-up.
//
// # Signs
//
// A positive [Amount] is money coming into an account and a negative one is
// money going out, whatever kind of account it touches. What is owed is a
// negative balance. Plaid uses other signs; package plaidsvc turns them round,
// once, on the way in.
//
// # Currencies
//
// Amounts of different currencies never add up. [Amount.Add] reports
// [ErrCurrencyMismatch] rather than guess a rate, and a report over several
// currencies is one report per currency.
//
// # Facts and edits
//
// Facts are what a bank said; the next sync may replace them. Edits are what
// the user said; a sync never touches them, except to carry them from a pending
// row to the posted row that takes its place ([Carry]). A [Book] shows facts
// with edits applied.
package ledger
