package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/screen"
)

// A question is what a dialog asks of a bank: P is what is reported on the way, R the
// answer. The zero question was never asked.
type question[P, R any] struct {
	spinner spinner
	begin   tea.Cmd
	task    *task[P, R]

	latest    P // the last report
	answer    R
	err       error
	ended     bool
	cancelled bool
}

// ask asks a question anew. [question.starting] begins it.
func (q *question[P, R]) ask(ctx context.Context, clock screen.Clock, what func(context.Context, func(P)) (R, error)) {
	*q = question[P, R]{spinner: spinner{clock: clock}}
	q.task, q.begin = start(ctx, what)
}

// starting returns the command that begins the question.
func (q *question[P, R]) starting() tea.Cmd { return tea.Batch(q.begin, q.spinner.start()) }

// waits reports whether the question is under way.
func (q *question[P, R]) waits() bool { return q.task != nil && !q.ended }

// stop ends the waiting. The answer may come all the same.
func (q *question[P, R]) stop() {
	if q.task != nil {
		q.cancelled = true
		q.task.cancel()
	}
}

// job is the question as the root sees it.
func (q *question[P, R]) job() job {
	if q.task == nil {
		never := make(chan struct{})
		close(never)
		return job{"", never, func() {}}
	}
	return job{"a question to a bank", q.task.over, q.task.cancel}
}

// update takes what the question says, and reports whether that was its end.
func (q *question[P, R]) update(msg tea.Msg) (cmd tea.Cmd, over bool) {
	switch msg := msg.(type) {
	case turnMsg:
		if q.waits() {
			return q.spinner.update(msg), false
		}
	case progressMsg[P, R]:
		if q.task != nil && msg.task == q.task {
			q.latest = msg.reports[len(msg.reports)-1]
			return q.task.next, false
		}
	case endedMsg[P, R]:
		if q.task != nil && msg.task == q.task {
			q.ended, q.answer, q.err = true, msg.result, msg.err
			return nil, true
		}
	}
	return nil, false
}
