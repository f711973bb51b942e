package plaidsvc

import (
	"context"
	"errors"
	"fmt"
	"time"

	"coffer/ledger"
)

const (
	// maxRestarts bounds how often a loop starts over since the data changed
	// under it; the first atOnce times it does not even wait.
	maxRestarts = 5
	atOnce      = 3
	// pollEvery and pollFor are how a first sync waits for Plaid to have
	// anything. Plaid usually has it after ten seconds.
	pollEvery = 2 * time.Second
	pollFor   = 90 * time.Second
)

// What Plaid says of an Item's history.
const (
	statusNotReady = "NOT_READY"
	statusInitial  = "INITIAL_UPDATE_COMPLETE" // thirty days; older ones are coming
)

// A loop is one run over the pages of an Item, as Plaid's documentation has it
// (https://plaid.com/docs/api/products/transactions/#transactionssync).
type loop struct {
	client  *client
	access  access
	start   string // the cursor of the first page
	replace bool   // the whole history is fetched, to take the place of ours
	report  func(phase ledger.Phase, rows int)

	restarts int
	waited   time.Duration
}

// A harvest is what a loop brought in.
type harvest struct {
	stage   *stage
	next    string
	status  string
	replace bool
}

// historyReady reports whether Plaid has fetched all it will.
func (h harvest) historyReady() bool {
	return h.status != statusNotReady && h.status != statusInitial
}

// complete reports whether the harvest can be kept. Without a cursor Plaid has
// nothing yet; and part of the history cannot take the place of ours.
func (h harvest) complete() bool {
	return h.next != "" && (!h.replace || h.historyReady())
}

// run fetches until it has a harvest that can be kept.
func (l *loop) run(ctx context.Context) (harvest, error) {
	for {
		got, first, err := l.pages(ctx)
		switch {
		case err == nil && got.complete():
			return got, nil
		case err == nil:
			err = l.wait(ctx)
		case l.mustReplay(err, first):
			l.start, l.replace, l.restarts = "", true, 0
			continue
		case hasCode(err, codeMutation) && l.restarts < maxRestarts:
			err = l.restart(ctx)
		}
		if err != nil {
			return harvest{}, err
		}
	}
}

// pages goes over the pages once, all or nothing. First says whether an error
// came with the very first of them.
func (l *loop) pages(ctx context.Context) (got harvest, first bool, err error) {
	got = harvest{stage: newStage(), next: l.start, replace: l.replace}
	for first = true; ; first = false {
		l.report(ledger.PhaseFetching, got.stage.seen)
		page, err := l.client.page(ctx, l.access, got.next)
		if err != nil {
			return harvest{}, first, err
		}
		if page.More && page.Next == got.next {
			return harvest{}, first, unexpected(pathSync, "its cursor does not move on")
		}
		got.stage.take(&page)
		got.next, got.status = page.Next, page.Status
		if !page.More {
			return got, first, nil
		}
	}
}

// mustReplay reports whether the kept cursor is of no use any more: Plaid does
// not know it, or the loop breaks on its first page however often it starts.
func (l *loop) mustReplay(err error, first bool) bool {
	if l.start == "" || !first {
		return false
	}
	return hasCode(err, codeInvalidField) || hasCode(err, codeMutation) && l.restarts >= maxRestarts
}

// restart makes ready for another run from the first cursor. To repeat the page
// that failed would fail for ever, and to start from nothing would fetch the
// whole history.
func (l *loop) restart(ctx context.Context) error {
	l.restarts++
	if l.restarts <= atOnce {
		return nil
	}
	return l.client.pacer.sleep(ctx, time.Duration(l.restarts-atOnce)*time.Second)
}

// wait lets Plaid fetch from the bank for a while.
func (l *loop) wait(ctx context.Context) error {
	if l.waited >= pollFor {
		return fmt.Errorf("%w (%s)", ledger.ErrNotReady, pathSync)
	}
	l.waited += pollEvery
	l.report(ledger.PhaseWaiting, 0)
	return l.client.pacer.sleep(ctx, pollEvery)
}

func hasCode(err error, code string) bool {
	var failed *APIError
	return errors.As(err, &failed) && failed.Code == code
}
