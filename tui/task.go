package tui

import (
	"context"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
)

// A task is work that reports on the way: P is what it reports, R how it ends. It
// runs in a goroutine of its own and knows no model; what it says arrives as
// messages, in the order it was said, the end last. A report never blocks the
// work.
type task[P, R any] struct {
	cancel context.CancelFunc
	wake   chan struct{} // holds a token when there is something to fetch
	over   chan struct{} // closed when the work has returned

	mu      sync.Mutex // guards what follows
	begun   bool       // the work, or that there will be none
	reports []P
	result  R
	err     error
	ended   bool
}

// A job is a task as the root sees it.
type job struct {
	what string // "a sync"
	over <-chan struct{}
	stop func()
}

// ended reports whether the job is over.
func (j job) ended() bool {
	select {
	case <-j.over:
		return true
	default:
		return false
	}
}

// progressMsg carries reports of a task, oldest first.
type progressMsg[P, R any] struct {
	task    *task[P, R]
	reports []P
}

// endedMsg says that a task is over. It is the task's last message.
type endedMsg[P, R any] struct {
	task   *task[P, R]
	result R
	err    error
}

// start begins work and returns the command that brings its first message. Work
// that is cancelled before its command runs, as all are when the user leaves, is
// over at once: a command that nobody runs any more must not be waited for.
func start[P, R any](ctx context.Context, work func(context.Context, func(P)) (R, error)) (*task[P, R], tea.Cmd) {
	ctx, cancel := context.WithCancel(ctx)
	t := &task[P, R]{cancel: cancel, wake: make(chan struct{}, 1), over: make(chan struct{})}
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
	}, t.next)
}

// begin reports whether the caller is the first to take the task.
func (t *task[P, R]) begin() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	first := !t.begun
	t.begun = true
	return first
}

// next is a command that waits for what the task says next.
func (t *task[P, R]) next() tea.Msg {
	for range t.wake {
		if msg := t.fetch(); msg != nil {
			return msg
		}
	}
	return nil
}

// fetch returns the reports there are, else the end if it has come, else nil: a
// report may have been fetched together with the one before it.
func (t *task[P, R]) fetch() tea.Msg {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case len(t.reports) > 0:
		msg := progressMsg[P, R]{t, t.reports}
		t.reports = nil
		if t.ended {
			t.signal()
		}
		return msg
	case t.ended:
		return endedMsg[P, R]{t, t.result, t.err}
	}
	return nil
}

func (t *task[P, R]) report(p P) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.ended { // a straggler has nobody to tell
		t.reports = append(t.reports, p)
		t.signal()
	}
}

func (t *task[P, R]) end(result R, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.result, t.err, t.ended = result, err, true
	t.signal()
}

// signal wakes next up, now or when it comes to wait.
func (t *task[P, R]) signal() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}
