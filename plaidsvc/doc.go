// Package plaidsvc is coffer's local service: it links banks, syncs them, and asks
// for balances, for what accounts hold and on which terms money is owed, for what
// recurs, and for what paying from an account takes, through Plaid. It is the only
// package that knows Plaid's client.
//
// # The one door
//
// plaid-go builds and authenticates each request. Of facts it decodes the name and the
// colour of a bank alone: all other answers go, as the bytes that they are, to package
// plaidsvc/wire, and what comes out is the ledger's. One odd row in a page of
// five hundred costs that row at most, and is reported ([SkippedError]).
//
// # Promises
//
// A sync is all or nothing: every page of an Item is staged in memory and
// handed to the [Vault] once, with the cursor that follows it. An error on page
// seven, a cancelled context or a page that was cut short leaves the vault as
// it was.
//
// A bank's trouble is its own: the other Items of a sync go on, and the state
// of the troubled one is kept with Plaid's code and the time it began. What is
// nobody's bank's fault, the network's say, shows in the result and is not kept.
//
// What a bank tells besides its transactions is asked for after they are kept. That
// it does not tell fails no sync: what it told before stays, and the result says what
// is missing. No product is asked for that the user did not agree to.
//
// A payment is judged by a balance that the bank told when it was asked for that,
// and by no other. Account numbers, owners and tokens for processors are handed to
// the caller and kept nowhere.
//
// Every error that someone can act on wraps a sentinel of package ledger. What
// Plaid said in full is an [APIError]. No error, progress report or page holds
// a token or Plaid's secret.
//
// # What it never does
//
// It talks to no host but the environment's, follows no redirect, and touches
// no Item of another environment. It never repeats a request that must not
// happen twice: an exchange, a removal.
package plaidsvc
