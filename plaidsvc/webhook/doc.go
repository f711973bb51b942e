// Package webhook receives what Plaid posts when something happened at a bank,
// and tells what Plaid posted from what anybody else did.
//
// # Promises
//
// A message is handed on only if Plaid signed it: ES256, with a key that Plaid
// itself vouches for and has not retired, less than five minutes ago, and over
// these very bytes. They are read whole, under a limit, once the signature is known
// to be good, and nothing in them is looked at before they are known to be the ones
// that it is over. Source:
// https://plaid.com/docs/api/webhooks/webhook-verification/.
//
// What strangers send costs little: connections, headers, bodies and the time
// for each are bounded, their bodies are not read, nothing is remembered of what is
// refused but the few unknown names of keys that Plaid was asked about, and Plaid is
// asked about at most [lookupBurst] of those at once and one a minute. Plaid's own
// message is answered without waiting for what it causes, and nothing is remembered
// of it.
//
// # No cap
//
// How many requests are answered in a minute is not bounded. Nobody knows whether a
// request is Plaid's before its signature was verified. With that a forged one costs
// 0.3 ms, and 0.1 ms if it were turned away unverified: a cap would spare some of
// what a flood costs and end none. But it would let a trickle do what takes a flood
// without it: whoever fills the cap keeps Plaid out, and Plaid gives up trying again
// where more than nine of ten webhooks are refused. Senders cannot be told apart
// either: behind a tunnel all have its address. A proxy in front can bound each of
// them.
//
// # What it never does
//
// It does not believe a key, an address or an algorithm that a message brings
// along, and hands on nothing of a message but its kind, its code, the Item and
// the environment, each in the characters that Plaid uses for them.
package webhook
