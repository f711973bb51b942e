package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
)

// A simulator is a Plaid that runs inside the process, for the demo.
type simulator struct {
	address string   // for PLAID_ENV
	banks   []string // where the household banks
	cancel  context.CancelFunc
	ended   chan error
}

// simulatorOptions makes a Plaid whose banks were linked long ago: the demo
// waits for nothing.
func (a *app) simulatorOptions(o demoOptions) plaidsim.Options {
	return plaidsim.Options{
		Seed: o.seed, Years: o.years, Transactions: o.transactions,
		Settled: true, Clock: a.bankClock(), Log: a.simulatorLog,
	}
}

// bankClock is the time at the simulated banks, which live by UTC: the user's
// wall clock, so that their today is the user's. A day that COFFER_TODAY names
// is seen from its evening, so that two runs see the same.
func (a *app) bankClock() func() time.Time {
	const evening = 20 * time.Hour
	start := a.now()
	if a.today == ledger.DateOf(start) && a.getenv("COFFER_TODAY") == "" {
		return func() time.Time {
			now := a.now()
			_, offset := now.Zone()
			return now.Add(time.Duration(offset) * time.Second).UTC()
		}
	}
	base := a.today.Time().Add(evening)
	return func() time.Time { return base.Add(a.now().Sub(start)) }
}

// startSimulator serves on a free port of this machine until stop.
func startSimulator(ctx context.Context, o plaidsim.Options) (*simulator, error) {
	if o.Log == nil {
		o.Log = io.Discard
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("demo: start the simulated banks: %w", err)
	}
	server := plaidsim.New(o)
	// It must outlive an interrupt by the moment that the goodbye takes.
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s := &simulator{
		address: "http://" + l.Addr().String(), banks: server.HomeBanks(),
		cancel: cancel, ended: make(chan error, 1),
	}
	go func() { s.ended <- server.Serve(ctx, l) }()
	return s, nil
}

func (s *simulator) stop() error {
	s.cancel()
	if err := <-s.ended; err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("demo: stop the simulated banks: %w", err)
	}
	return nil
}
