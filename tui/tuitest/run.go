package tuitest

import (
	"reflect"
	"sync"
	"testing/synctest"

	tea "github.com/charmbracelet/bubbletea"
)

// inOrder runs commands one after the other.
type inOrder struct{ queue []tea.Cmd }

func (r *inOrder) start(cmds ...tea.Cmd) { r.queue = append(r.queue, present(cmds)...) }

func (r *inOrder) next() (tea.Msg, bool) {
	if len(r.queue) == 0 {
		return nil, false
	}
	cmd := r.queue[0]
	r.queue = r.queue[1:]
	return cmd(), true
}

// shuffled runs commands one at a time, in any order.
type shuffled struct {
	pick  func(n int) int
	queue []tea.Cmd
}

func (r *shuffled) start(cmds ...tea.Cmd) { r.queue = append(r.queue, present(cmds)...) }

func (r *shuffled) next() (tea.Msg, bool) {
	if len(r.queue) == 0 {
		return nil, false
	}
	i, last := r.pick(len(r.queue)), len(r.queue)-1
	cmd := r.queue[i]
	r.queue[i] = r.queue[last]
	r.queue = r.queue[:last]
	return cmd(), true
}

// concurrent runs each command in a goroutine. Messages are given out in the
// order their commands were started, so that a test sees the same every time.
type concurrent struct {
	mu      sync.Mutex
	started []*answer
}

type answer struct {
	msg  tea.Msg
	done bool
}

func (r *concurrent) start(cmds ...tea.Cmd) {
	for _, cmd := range present(cmds) {
		a := new(answer)
		r.started = append(r.started, a)
		go func() {
			msg := cmd()
			r.mu.Lock()
			defer r.mu.Unlock()
			a.msg, a.done = msg, true
		}()
	}
}

func (r *concurrent) next() (tea.Msg, bool) {
	synctest.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, a := range r.started {
		if a.done {
			r.started = append(r.started[:i], r.started[i+1:]...)
			return a.msg, true
		}
	}
	return nil, false
}

// present leaves out the commands that are none.
func present(cmds []tea.Cmd) []tea.Cmd {
	var some []tea.Cmd
	for _, cmd := range cmds {
		if cmd != nil {
			some = append(some, cmd)
		}
	}
	return some
}

// A step is what one command of a tea.Sequence came to, and those that may only
// run after it.
type step struct {
	msg  tea.Msg
	rest []tea.Cmd
}

// inTurn returns a command for the first of cmds; the rest come with its step.
func inTurn(cmds []tea.Cmd) tea.Cmd {
	cmds = present(cmds)
	if len(cmds) == 0 {
		return nil
	}
	return func() tea.Msg { return step{cmds[0](), cmds[1:]} }
}

// sequence unpacks what tea.Sequence returns. Its type is not exported, hence
// the reflection.
func sequence(msg tea.Msg) ([]tea.Cmd, bool) {
	v := reflect.ValueOf(msg)
	if !v.IsValid() || v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil, false
	}
	cmds := make([]tea.Cmd, v.Len())
	for i := range cmds {
		cmds[i] = v.Index(i).Interface().(tea.Cmd)
	}
	return cmds, true
}
