// Package plaidsim is a Plaid of one's own: an HTTP server that answers as
// Plaid's API does, with banks behind it that have a life.
//
// # Use
//
// A [Server] is an http.Handler. Point a Plaid client at the address it listens
// on, with any client id and secret, and it plays the Sandbox environment:
//
//	s := plaidsim.New(plaidsim.Options{Clock: time.Now, Years: 2})
//	err := s.Serve(ctx, listener)
//
// # Promise
//
// Answers, errors, statuses and texts are Plaid's, as its public documentation
// and OpenAPI document have them; the tests hold every answer against that
// document. Where Plaid's own behaviour is not documented, a comment says what
// was assumed.
//
// Everything is a function of the seed, the clock and the requests. A new
// process with the same seed that is asked for the same links in the same order
// gives out the same item ids, account ids and access tokens, and understands
// the cursors an earlier one gave out, on an earlier day too.
//
// # What it never does
//
// It keeps nothing on disk and sends nothing anywhere but webhooks, those only
// through Options.Network. It knows nothing of the programs that use it and
// imports no Plaid client, so that a mistake in one cannot hide in the other.
//
// # How it grows
//
// An endpoint is a request struct, a response struct and a function in a file
// of its own, and one line in routes.go. See package strict for how a request
// struct says what is accepted, errors.go for the codes, item.go for what an
// Item is, webhook.go and news.go for how an app is told and when, fault.go for
// how an endpoint is made to fail, scenario.go for what a script of all that
// looks like.
package plaidsim

import (
	"context"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/ratelimit"
	"coffer/plaidsvc/plaidsim/tomorrow"
	"coffer/plaidsvc/plaidsim/webhook"
)

// Options say which Plaid to play.
type Options struct {
	// Clock tells the time, and is required. The banks live by its UTC date.
	Clock func() time.Time
	// Seed decides who the household is, and all identifiers.
	Seed int64
	// Household is one of [Households]; "" leaves it to the seed, of which 1 is
	// the family.
	Household string
	// Years is how much history the banks have, and Transactions about how many
	// rows in all; zero leaves each to package bank.
	Years, Transactions int
	// Banks replaces the household made from the values above.
	Banks Banks
	// DocumentedUser makes user_good the one of Plaid's documentation at every
	// bank: nine accounts whose figures never change, instead of a life.
	DocumentedUser bool
	// Settled makes Items behave as if they were linked long ago: all history is
	// there at the first sync, with days_requested of 730 all Years of it, more
	// than a new Item could have. Otherwise the last 30 days are there
	// InitialAfter after linking, and the rest HistoryAfter after linking.
	Settled                    bool
	InitialAfter, HistoryAfter time.Duration
	// SandboxExpiry makes the login of an Item run out thirty days after it was
	// linked or last repaired, as Plaid's Sandbox does. It is off unless asked
	// for, so that a demo or a test may turn its clock by months.
	SandboxExpiry bool
	// RefreshAfter is how long /transactions/refresh takes to have an effect;
	// zero is two seconds.
	RefreshAfter time.Duration
	// Link says in what Link differs from that of the Sandbox.
	Link LinkOptions
	// RateLimits are off by default.
	RateLimits RateLimits
	// Sleep is how the delays of faults pass; nil waits on the real clock. It
	// returns an error when ctx is done before d is over.
	Sleep func(ctx context.Context, d time.Duration) error
	// Scenario is played from the start; nil is none. One that [ReadScenario]
	// would refuse is a mistake in the program.
	Scenario *Scenario
	// Control serves programs on this machine that POST to /plaidsim/...: more of
	// a scenario is played while the server runs, and its clock is turned. What
	// there is to post is listed in control.go.
	Control bool
	// Network carries webhooks; an http.Client will do. It decides which hosts may
	// be told anything. Nil sends nothing.
	Network webhook.Network
	// WebhookFaults are what goes wrong with webhooks from the start, see
	// [Server.Misdeliver].
	WebhookFaults WebhookFaults
	// Log gets one line per request, tokens masked, and one per webhook that was
	// not accepted. Nil is no log.
	Log io.Writer
}

// Banks is where the simulator finds what people have at which bank.
type Banks interface {
	// Institutions lists the banks.
	Institutions() []bank.Institution
	// Login is what a user has at an institution, if that user banks there.
	Login(institutionID, user string) (bank.Login, bool)
}

// A Server is one simulated Plaid. It is safe for concurrent use.
type Server struct {
	seed    seed
	clock   func() time.Time
	banks   Banks
	keyring webhook.Keyring // of webhooks
	began   time.Time
	options Options
	sleep   func(context.Context, time.Duration) error
	mux     *http.ServeMux
	log     requestLog
	post    *webhook.Post
	wake    chan struct{} // something may be due sooner than it was
	turned  atomic.Int64  // by how much the controls turned the clock, in nanoseconds

	mu       sync.Mutex // guards what follows
	requests uint64
	agenda   agenda
	reached  int               // calls to the degraded bank
	acted    time.Time         // the last moment at which the controls did something to a bank
	down     map[string]string // banks that are down, and the code they are answered with
	events   []*Event          // of the scenario: those at a moment of their own
	later    []*Event          // and those at a moment after linking
	outbox   []notice
	faults   faults
	tomorrow *tomorrow.Mode // nil is today
	limiter  *ratelimit.Limiter
	items    items
	links    links
	moves    transfers

	customers map[string]bank.Login // who is made up on signing in, by bank and name or password
}

// New makes a simulator that nobody has linked anything at yet.
func New(o Options) *Server {
	if o.Clock == nil {
		panic("plaidsim: Options.Clock is required")
	}
	if o.RefreshAfter <= 0 {
		o.RefreshAfter = 2 * time.Second
	}
	if o.Sleep == nil {
		o.Sleep = sleepFor
	}
	if o.Banks == nil {
		o.Banks = newHousehold(o)
	}
	s := &Server{
		seed:    seed(o.Seed),
		banks:   o.Banks,
		keyring: webhook.NewKeyring(o.Seed),
		options: o,
		sleep:   o.Sleep,
		began:   o.Clock().UTC(),
		down:    make(map[string]string),
		log:     requestLog{to: o.Log},
		wake:    make(chan struct{}, 1),
		items:   newItems(),
		links:   newLinks(o.Link),
		moves:   newTransfers(),
		limiter: o.RateLimits.limiter(),

		customers: make(map[string]bank.Login),
	}
	s.clock = func() time.Time { return o.Clock().Add(time.Duration(s.turned.Load())) }
	s.post = s.newPost()
	s.perform(o.Scenario)
	s.mux = s.newMux()
	return s
}
