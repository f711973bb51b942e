// Command plaidsim is a local Plaid: an HTTP server that answers as Plaid's API
// does, with simulated banks behind it. See its --help, and package
// coffer/plaidsvc/plaidsim for what it promises.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"coffer/plaidsvc/plaidsim"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], streams{os.Stdout, os.Stderr, time.Now}))
}

// Exit codes. They are part of the interface: scripts depend on them.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
)

// streams are the process's own, or a test's.
type streams struct {
	out, err io.Writer
	now      func() time.Time
}

var errUsage = errors.New("usage")

func run(ctx context.Context, args []string, s streams) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := serve(ctx, args, s)
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(s.out, help)
		return exitOK
	case errors.Is(err, errUsage):
		fmt.Fprintf(s.err, "plaidsim: %v\nplaidsim --help explains\n", err)
		return exitUsage
	default:
		fmt.Fprintln(s.err, "plaidsim:", err)
		return exitFailure
	}
}

// serve listens, says so, and answers requests until ctx is done.
func serve(ctx context.Context, args []string, s streams) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	script, err := scenario(o.scenario)
	if err != nil {
		return err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", o.listen)
	if err != nil {
		return fmt.Errorf("%w; choose another port with --listen, or 0 for any free one", err)
	}
	server := plaidsim.New(plaidsim.Options{
		Clock:          o.clock(s.now),
		Seed:           o.seed,
		Household:      o.household,
		DocumentedUser: o.documentedUser,
		Years:          o.years,
		Transactions:   o.transactions,
		InitialAfter:   initialAfter,
		HistoryAfter:   historyAfter,
		SandboxExpiry:  true,
		RateLimits:     plaidsim.RateLimits(o.limits),
		Scenario:       script,
		Control:        o.control,
		Network:        network(o.anywhere),
		Log:            s.err,
	})
	if _, err := fmt.Fprintf(s.out, "plaidsim listening on http://%s\n", l.Addr()); err != nil {
		return errors.Join(fmt.Errorf("announce the address: %w", err), l.Close())
	}
	return server.Serve(ctx, l)
}

// How long a new Item's transactions take to come in: the order of Plaid's own
// times (10 s and a minute), short enough to wait for.
const (
	initialAfter = 2 * time.Second
	historyAfter = 6 * time.Second
)

// options are the flags.
type options struct {
	listen              string
	seed                int64
	household           string
	documentedUser      bool
	years, transactions int
	today               time.Time // the zero time is the real one
	limits              limitsFlag
	scenario            string // a file
	control             bool
	anywhere            bool // webhooks may leave this machine
}

func parse(args []string) (options, error) {
	o := options{seed: 1, years: 2}
	flags := flag.NewFlagSet("plaidsim", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run says what went wrong
	flags.StringVar(&o.listen, "listen", "127.0.0.1:0", "")
	flags.Func("seed", "", number(&o.seed))
	flags.StringVar(&o.household, "household", "", "")
	flags.BoolVar(&o.documentedUser, "documented-user", false, "")
	flags.Func("years", "", number(&o.years))
	flags.Func("transactions", "", number(&o.transactions))
	flags.Func("today", "", func(text string) (err error) {
		if o.today, err = time.Parse(time.DateOnly, text); err != nil {
			return errors.New("want a date as 2026-03-15")
		}
		return nil
	})
	flags.Var(&o.limits, "rate-limits", "")
	flags.StringVar(&o.scenario, "scenario", "", "")
	flags.BoolVar(&o.control, "control", false, "")
	flags.BoolVar(&o.anywhere, "webhooks-anywhere", false, "")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return o, err
	} else if err != nil {
		return o, fmt.Errorf("%w: %v", errUsage, err)
	}
	return o, o.check(flags.Args())
}

// number reads a flag in words of our own when it is none.
func number[N int | int64](n *N) func(string) error {
	return func(text string) error {
		got, err := strconv.ParseInt(text, 10, 0)
		if err != nil {
			return errors.New("want a whole number, as 2")
		}
		*n = N(got)
		return nil
	}
}

// check refuses what would be misunderstood, and any address but loopback: the
// simulator believes everybody, and tokens travel in the clear.
func (o options) check(rest []string) error {
	address, err := netip.ParseAddrPort(o.listen)
	switch {
	case len(rest) > 0:
		return fmt.Errorf("%w: unexpected argument %q", errUsage, rest[0])
	case err != nil:
		return fmt.Errorf("%w: --listen %q: want an address and a port, as 127.0.0.1:8080", errUsage, o.listen)
	case !address.Addr().IsLoopback():
		return fmt.Errorf("%w: --listen %s: not a loopback address; use 127.0.0.1 or [::1]", errUsage, o.listen)
	case o.household != "" && !slices.Contains(plaidsim.Households(), o.household):
		return fmt.Errorf("%w: --household %s: want one of %s", errUsage, o.household, strings.Join(plaidsim.Households(), ", "))
	case o.years < 1 || o.years > 20:
		return fmt.Errorf("%w: --years %d: want 1 to 20", errUsage, o.years)
	case o.transactions < 0:
		return fmt.Errorf("%w: --transactions %d: want 0 or more", errUsage, o.transactions)
	}
	return nil
}

// clock is now, moved to the day asked for.
func (o options) clock(now func() time.Time) func() time.Time {
	if o.today.IsZero() {
		return now
	}
	shift := o.today.Sub(now().UTC().Truncate(24 * time.Hour))
	return func() time.Time { return now().Add(shift) }
}
