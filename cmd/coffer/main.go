// Command coffer shows a person's bank accounts in the terminal.
//
// It is the wiring: each verb has a file of its own that reads flags into
// options and runs them; vault, service and interface meet only here. What goes
// to standard output is the answer, for people or with --json for programs;
// progress, prompts and errors go to standard error.
package main

import (
	"context"
	"crypto/rand"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"coffer/internal/keyring"
)

func main() { os.Exit(run(context.Background(), os.Args[1:], system())) }

// system is the world outside as the operating system gives it.
func system() world {
	return world{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		getenv: os.Getenv, unsetenv: os.Unsetenv,
		now: time.Now, random: rand.Reader, run: thisRun(), mayLive: mayLive,
		ring: keyring.System(os.Getenv, keyringWait()),
	}
}

// keyringWait is how long the system's keyring may take: long where a person may
// have to type a password, short where a script would only wait.
func keyringWait() time.Duration {
	if term.IsTerminal(int(os.Stdin.Fd())) {
		return time.Minute
	}
	return 5 * time.Second
}

// run is the whole program: it returns the exit code.
func run(ctx context.Context, args []string, w world) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	harden()
	a, err := newApp(w)
	if err == nil {
		root := newRootCommand(a)
		root.SetArgs(args)
		root.SetIn(w.in)
		root.SetOut(w.out)
		root.SetErr(w.err)
		err = root.ExecuteContext(ctx)
	}
	return report(w.err, err)
}
