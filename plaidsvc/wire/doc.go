// Package wire is the one door between Plaid's world and ours: it reads the bytes that
// Plaid answered with, and hands out facts of package ledger and nothing of Plaid's.
//
// Each endpoint that coffer reads has a function: [ReadPage], [ReadAccounts] and so
// on. Here the sign is turned (Plaid counts money out of an account, and what is owed,
// as positive), decimals are read from the text without passing through a float,
// dates stay civil, and tokens become texts that do not print themselves.
//
// # Promises
//
// Answers are read leniently. What is null, missing, new or of another kind than Plaid
// documents is not known, and costs nothing else: an odd entry costs itself at most,
// never its neighbours. What is left out so is counted ([Skipped]), so that entries
// read and entries skipped are all that came. An answer that does not say what it was
// asked for is an error, and is never taken for "there is none".
//
// The errors say what is wrong with an answer and no more ("it lists no accounts"):
// who asked says which.
//
// # What it never does
//
// It asks nobody, knows neither the network nor the clock nor Plaid's client, and
// keeps nothing. Texts come out as the bank wrote them, and may be hostile.
package wire
