// Package webhook receives what Plaid posts when something happened at a bank,
// and tells what Plaid posted from what anybody else did.
//
// # Promises
//
// A message is handed on only if Plaid signed it: ES256, with a key that Plaid
// itself vouches for and has not retired, less than five minutes ago, and over
// these very bytes. The bytes are read whole, under a limit, and nothing in them
// is looked at before. Source:
// https://plaid.com/docs/api/webhooks/webhook-verification/.
//
// What strangers send costs little: connections, headers, bodies and the time
// for each are bounded, nothing is remembered of what is refused but the few
// unknown names of keys that Plaid was asked about, and Plaid is asked about at
// most [lookupBurst] of those at once and one a minute. Plaid's own message is
// answered without waiting for what it causes.
//
// # What it never does
//
// It does not believe a key, an address or an algorithm that a message brings
// along, and hands on nothing of a message but its kind, its code, the Item and
// the environment, each in the characters that Plaid uses for them.
package webhook
