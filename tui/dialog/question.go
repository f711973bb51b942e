package dialog

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/screen"
	"coffer/tui/task"
)

// A question is what a dialog asks of a bank, or wants done: P is what is reported on the
// way, R the answer. The zero question was never asked.
type question[P, R any] struct {
	spinner screen.Spinner
	begin   tea.Cmd
	task    *task.Task[P, R]

	latest    P // the last report
	answer    R
	err       error
	ended     bool
	cancelled bool
}

// questionKeys are the keys of a dialog that waits for an answer and then shows it.
type questionKeys struct{ up, down, stop, fix, close key.Binding }

func defaultQuestionKeys() questionKeys {
	return questionKeys{
		up:    key.NewBinding(key.WithKeys("up", "k", "pgup"), key.WithHelp("↑", "up"), key.WithDisabled()),
		down:  key.NewBinding(key.WithKeys("down", "j", "pgdown"), key.WithHelp("↓", "down"), key.WithDisabled()),
		stop:  key.NewBinding(key.WithKeys("esc", "x"), key.WithHelp("esc", "stop")),
		fix:   key.NewBinding(key.WithKeys("f"), key.WithHelp("f", "sign in again"), key.WithDisabled()),
		close: key.NewBinding(key.WithKeys("esc", "enter", "q"), key.WithHelp("esc", "close"), key.WithDisabled()),
	}
}

// ask asks a question anew. [question.starting] begins it.
func (q *question[P, R]) ask(ctx context.Context, clock screen.Clock, what func(context.Context, func(P)) (R, error)) {
	*q = question[P, R]{spinner: screen.NewSpinner(clock)}
	q.task, q.begin = task.Start(ctx, what)
}

// starting returns the command that begins the question.
func (q *question[P, R]) starting() tea.Cmd { return tea.Batch(q.begin, q.spinner.Start()) }

// waits reports whether the question is under way.
func (q *question[P, R]) waits() bool { return q.task != nil && !q.ended }

// stop ends the waiting. The answer may come all the same.
func (q *question[P, R]) stop() {
	if q.task != nil {
		q.cancelled = true
		q.task.Cancel()
	}
}

// Job is the question as the root sees it.
func (q *question[P, R]) Job() task.Job {
	if q.task == nil {
		never := make(chan struct{})
		close(never)
		return task.Job{Over: never, Stop: func() {}}
	}
	return q.task.Job("a question to a bank")
}

// handle gives keys to onKey, and what the question says to itself; onEnded is for its
// end.
func (q *question[P, R]) handle(msg tea.Msg, onKey func(tea.KeyMsg) tea.Cmd, onEnded func() tea.Cmd) tea.Cmd {
	if msg, ok := msg.(tea.KeyMsg); ok {
		return onKey(msg)
	}
	cmd, over := q.update(msg)
	if over {
		return onEnded()
	}
	return cmd
}

// update takes what the question says, and reports whether that was its end.
func (q *question[P, R]) update(msg tea.Msg) (cmd tea.Cmd, over bool) {
	switch msg := msg.(type) {
	case screen.TurnMsg:
		if q.waits() {
			return q.spinner.Update(msg), false
		}
	case task.ProgressMsg[P, R]:
		if q.task != nil && msg.Task == q.task {
			q.latest = msg.Reports[len(msg.Reports)-1]
			return q.task.Next, false
		}
	case task.EndedMsg[P, R]:
		if q.task != nil && msg.Task == q.task {
			q.ended, q.answer, q.err = true, msg.Result, msg.Err
			return nil, true
		}
	}
	return nil, false
}
