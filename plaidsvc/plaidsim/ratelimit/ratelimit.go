// Package ratelimit knows how often Plaid may be asked, and counts.
//
// # Use
//
//	l := ratelimit.New(ratelimit.Sandbox())
//	if over := l.Take(now, "/item/get", itemID, clientID); over != nil {
//		// answer 429 with over.Code and over.Message
//	}
//
// # Promise
//
// The figures, codes and texts are those of Plaid's public documentation
// (https://plaid.com/docs/errors/rate-limit-exceeded/). How Plaid counts is not
// documented. Here a window slides: of any stretch of time as long as the
// window, no more calls are let through than the limit says. A call that is
// refused does not count.
//
// # What it never does
//
// It reads no clock, and it says nothing about endpoints that Plaid's table
// leaves out: those have no limit. A Limiter is not safe for concurrent use.
package ratelimit

import "time"

// A Rate is a number of calls in a stretch of time. No calls is no limit.
type Rate struct {
	Calls int
	Per   time.Duration
}

// A Limit is how often one endpoint may be called, about one Item and by one
// client, and the error codes of who calls more often.
type Limit struct {
	Endpoint             string
	Item, Client         Rate
	ItemCode, ClientCode string
}

// An Excess is a call too many.
type Excess struct {
	// Code is Plaid's error code, Message its error message.
	Code, Message string
	// Wait is how long it takes until the call would be let through.
	Wait time.Duration
}

// A Limiter counts calls.
type Limiter struct {
	limits map[string]Limit
	taken  map[key][]time.Time // oldest first
}

// A key is what calls are counted by: an endpoint and an Item, or an endpoint
// and a client.
type key struct {
	endpoint, item, client string
}

// New makes a limiter of a table, [Sandbox] or [Production] for example.
func New(limits []Limit) *Limiter {
	l := &Limiter{limits: make(map[string]Limit), taken: make(map[key][]time.Time)}
	for _, limit := range limits {
		l.limits[limit.Endpoint] = limit
	}
	return l
}

// Take counts one call, or returns why it is one too many. An empty item or
// client is one that is not known, and not counted. A nil Limiter lets every
// call through.
func (l *Limiter) Take(now time.Time, endpoint, item, client string) *Excess {
	if l == nil {
		return nil
	}
	limit := l.limits[endpoint]
	byItem, byClient := key{endpoint: endpoint, item: item}, key{endpoint: endpoint, client: client}
	if item == "" {
		limit.Item = Rate{}
	}
	if client == "" {
		limit.Client = Rate{}
	}
	if wait := l.wait(now, byItem, limit.Item); wait > 0 {
		return &Excess{limit.ItemCode, itemMessage, wait}
	}
	if wait := l.wait(now, byClient, limit.Client); wait > 0 {
		return &Excess{limit.ClientCode, clientMessage(endpoint), wait}
	}
	l.count(now, byItem, limit.Item)
	l.count(now, byClient, limit.Client)
	return nil
}

// wait forgets the calls that are out of the window, and tells how long it
// takes until there is room for one more. A call from after now is one from
// before the clock was turned back, and forgotten too.
func (l *Limiter) wait(now time.Time, k key, r Rate) time.Duration {
	calls := l.taken[k]
	for len(calls) > 0 && (calls[0].After(now) || now.Sub(calls[0]) >= r.Per) {
		calls = calls[1:]
	}
	if len(calls) == 0 {
		delete(l.taken, k)
		return 0
	}
	l.taken[k] = calls
	if len(calls) < r.Calls {
		return 0
	}
	return r.Per - now.Sub(calls[0])
}

func (l *Limiter) count(now time.Time, k key, r Rate) {
	if r.Calls > 0 {
		l.taken[k] = append(l.taken[k], now)
	}
}
