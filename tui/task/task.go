// Package task runs work beside the interface: in a goroutine of its own, with reports on
// the way that arrive as messages.
//
// It promises that no report blocks the work, that the end is the last message, and that
// work which is called off before it began never begins. It never touches a model.
package task

import (
	"context"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
)

// A Task is work that reports on the way: P is what it reports, R how it ends. It
// runs in a goroutine of its own and knows no model; what it says arrives as
// messages, in the order it was said, the end last. A report never blocks the
// work.
type Task[P, R any] struct {
	Cancel context.CancelFunc // ends the work soon
	wake   chan struct{}      // holds a token when there is something to fetch
	over   chan struct{}      // closed when the work has returned

	mu      sync.Mutex // guards what follows
	begun   bool       // the work, or that there will be none
	reports []P
	result  R
	err     error
	ended   bool
}

// A Job is a task as one sees it who waits for it, and may call it off.
type Job struct {
	What string // "a sync"
	Over <-chan struct{}
	Stop func() // may be called when it is over, too
}

// Job is the task, called what.
func (t *Task[P, R]) Job(what string) Job { return Job{what, t.over, t.Cancel} }

// Ended reports whether the job is over.
func (j Job) Ended() bool {
	select {
	case <-j.Over:
		return true
	default:
		return false
	}
}

// ProgressMsg carries reports of a task, oldest first.
type ProgressMsg[P, R any] struct {
	Task    *Task[P, R]
	Reports []P
}

// EndedMsg says that a task is over. It is the task's last message.
type EndedMsg[P, R any] struct {
	Task   *Task[P, R]
	Result R
	Err    error
}

// Start begins work and returns the command that brings its first message. Work
// that is cancelled before its command runs, as all are when the user leaves, is
// over at once: a command that nobody runs any more must not be waited for.
func Start[P, R any](ctx context.Context, work func(context.Context, func(P)) (R, error)) (*Task[P, R], tea.Cmd) {
	ctx, cancel := context.WithCancel(ctx)
	t := &Task[P, R]{Cancel: cancel, wake: make(chan struct{}, 1), over: make(chan struct{})}
	context.AfterFunc(ctx, func() {
		if t.begin() {
			var none R
			t.end(none, context.Cause(ctx))
			close(t.over)
		}
	})
	return t, tea.Batch(func() tea.Msg {
		defer cancel()
		if t.begin() {
			defer close(t.over)
			result, err := work(ctx, t.report)
			t.end(result, err)
		}
		return nil
	}, t.Next)
}

// begin reports whether the caller is the first to take the task.
func (t *Task[P, R]) begin() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	first := !t.begun
	t.begun = true
	return first
}

// Next is a command that waits for what the task says next.
func (t *Task[P, R]) Next() tea.Msg {
	for range t.wake {
		if msg := t.fetch(); msg != nil {
			return msg
		}
	}
	return nil
}

// fetch returns the reports there are, else the end if it has come, else nil: a
// report may have been fetched together with the one before it.
func (t *Task[P, R]) fetch() tea.Msg {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case len(t.reports) > 0:
		msg := ProgressMsg[P, R]{t, t.reports}
		t.reports = nil
		if t.ended {
			t.signal()
		}
		return msg
	case t.ended:
		return EndedMsg[P, R]{t, t.result, t.err}
	}
	return nil
}

func (t *Task[P, R]) report(p P) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.ended { // a straggler has nobody to tell
		t.reports = append(t.reports, p)
		t.signal()
	}
}

func (t *Task[P, R]) end(result R, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.result, t.err, t.ended = result, err, true
	t.signal()
}

// signal wakes Next up, now or when it comes to wait.
func (t *Task[P, R]) signal() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}
