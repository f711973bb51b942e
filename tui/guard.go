package tui

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
)

// A guard keeps a bug in the model or in one of its commands from leaving the
// terminal in a mess: the program ends as if the user had quit, and the bug
// becomes an error. Bubble Tea would print the panic and a stack with the paths
// of the machine that built the program over the screen instead.
type guard struct {
	model   tea.Model
	longest int           // bytes of the longest frame so far
	failed  chan struct{} // closed at the first panic

	mu  sync.Mutex // guards err
	err error
}

func newGuard(m tea.Model) *guard { return &guard{model: m, failed: make(chan struct{})} }

// Init implements tea.Model.
func (g *guard) Init() (cmd tea.Cmd) {
	defer g.recover()
	return g.watch(g.model.Init())
}

// Update implements tea.Model.
func (g *guard) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	m = g
	if g.failure() != nil {
		return m, nil // what is left of the model is not to be trusted
	}
	defer g.recover()
	g.model, cmd = g.model.Update(msg)
	return m, g.watch(cmd)
}

// View implements tea.Model. Bubble Tea keeps one buffer for all frames, and a short
// one leaves the end of a longer one in memory: while the model hides something, its
// frames are blown up with spaces, which Bubble Tea cuts off at the edge of the screen.
func (g *guard) View() string {
	if g.failure() != nil {
		return ""
	}
	defer g.recover()
	view := g.model.View()
	if h, ok := g.model.(interface{ hiding() bool }); ok && h.hiding() {
		view += strings.Repeat(" ", max(0, g.longest-len(view)))
	}
	g.longest = max(g.longest, len(view))
	return view
}

// watch returns cmd with an eye on it, and on the commands it leads to.
func (g *guard) watch(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer g.recover()
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = g.watch(batch[i])
			}
		}
		return msg
	}
}

// recover, deferred, keeps the first panic.
func (g *guard) recover() {
	r := recover()
	if r == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.err == nil {
		g.err = bug(r)
		close(g.failed)
	}
}

func (g *guard) failure() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.err
}

// bug describes a panic for a report: what went wrong and in which function. The
// text of a panic that is not Go's own could hold anything, so only its type is
// told; paths are not.
func bug(r any) error {
	what := fmt.Sprintf("panic with a %T", r)
	var fault runtime.Error
	if err, ok := r.(error); ok && errors.As(err, &fault) {
		what = fault.Error()
	}
	return fmt.Errorf("the interface stopped: a bug in coffer (%s in %s); the vault is as it was, please report this line", what, culprit())
}

// culprit names the innermost function of ours that is not part of the guard.
func culprit() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		f, more := frames.Next()
		if name, ours := strings.CutPrefix(f.Function, "coffer/"); ours && !strings.Contains(name, "(*guard)") && !strings.HasPrefix(name, "tui.bug") && !strings.HasPrefix(name, "tui.culprit") {
			return name
		}
		if !more {
			return "a library"
		}
	}
}
