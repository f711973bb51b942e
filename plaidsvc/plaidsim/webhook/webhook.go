// Package webhook signs and delivers webhooks as Plaid does
// (https://plaid.com/docs/api/webhooks/).
//
// # Promise
//
// A receiver that follows Plaid's description of webhook verification to the
// letter accepts what is signed here, and nothing that was changed on the way.
// Keys and signatures are functions of the seed, the moment and the body.
//
// # What it never does
//
// It knows no Items, decides nothing about when a webhook is due, and reads no
// clock.
package webhook
