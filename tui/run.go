package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	_ "coffer/tui/background" // before Bubble Tea asks the terminal and waits
	"coffer/tui/task"
)

// framesPerSecond is how often the screen is flushed: the most Bubble Tea takes.
// It is what a key press waits for at the worst, 8 ms.
const framesPerSecond = 120

// Run shows the interface until the user quits or ctx ends, and then restores the
// terminal. An edit that the user saw applied is written before a quit.
//
// The error is that of the terminal, a signal that ended the program (hang-up,
// terminate, interrupt), or a bug of the interface, told without paths or data.
func Run(ctx context.Context, o Options) error {
	o.ASCII = o.ASCII || !environ(o.Environ).isUTF8()
	return run(ctx, o, newTabs)
}

// settleWithin is how long a sync or a Link session has to come to an end when the
// interface is left. One that is let go unfinished changes nothing: what it fetched
// is written in one piece or not at all.
const settleWithin = 2 * time.Second

// settle waits for tasks, so that nobody uses the vault when the caller closes it.
func settle(work []task.Job) {
	limit := time.After(settleWithin)
	for _, j := range work {
		select {
		case <-j.Over:
		case <-limit:
			return
		}
	}
}

func run(ctx context.Context, o Options, build builder) error {
	// Bubble Tea takes no notice of a hang-up and does not tell a terminate from a
	// quit.
	caught, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	work, cancel := context.WithCancel(caught)
	defer cancel() // whatever a command is still waiting for, it can stop

	r := newRoot(work, o, build, copyTo(o.Out))
	if r.palette.asking {
		r.ask = askBackground(o.Out)
	}
	g := newGuard(r)
	// A program that is asked to quit waits for its reader of the keyboard; one that
	// is killed, by the end of its context, pulls the terminal away under it.
	alive, kill := context.WithCancel(context.WithoutCancel(ctx))
	defer kill()
	program := tea.NewProgram(g, tea.WithContext(alive), tea.WithAltScreen(), tea.WithFPS(framesPerSecond),
		tea.WithInput(o.In), tea.WithOutput(o.Out), tea.WithEnvironment(o.Environ),
		tea.WithFilter(new(answers).filter), tea.WithoutSignalHandler())
	go func() {
		select {
		case <-g.failed:
		case <-work.Done():
		}
		time.AfterFunc(settleWithin, kill) // should it not come to that
		program.Quit()
	}()
	_, err := program.Run()
	cancel()
	settle(r.work)
	left := r.clearClipboard(ctx)
	switch {
	case g.failure() != nil:
		return g.failure()
	case ctx.Err() != nil:
		return left
	case caught.Err() != nil:
		return fmt.Errorf("the interface was stopped: %w", context.Cause(caught))
	case errors.Is(err, tea.ErrProgramPanic):
		return errors.New("the interface stopped: a bug in the terminal library; the vault is as it was")
	case err != nil:
		return fmt.Errorf("use the terminal: %w", err)
	}
	return left
}
