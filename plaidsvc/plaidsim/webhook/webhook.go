// Package webhook signs and delivers webhooks as Plaid does
// (https://plaid.com/docs/api/webhooks/).
//
// # Promise
//
// A receiver that follows Plaid's description of webhook verification to the
// letter accepts what is signed here, and nothing that was changed on the way.
// Keys and signatures are functions of the seed, the moment and the body.
//
// A [Post] delivers letters in the order they were fired, as far as one address
// goes, and tries again what is not accepted, at the times Plaid documents. It
// can be told to do worse, see [Faults].
//
// # What it never does
//
// It knows no Items, decides nothing about which webhook is fired when, and reads
// no clock but the one it is given. Only the ten seconds a receiver has to answer
// are real ones. It dials nobody by itself: the network comes in from outside.
package webhook
