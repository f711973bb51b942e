package screen_test

import (
	"context"
	"testing"

	"coffer/tui/screen"
)

func TestLoaderDropsOvertakenAnswer(t *testing.T) {
	var l screen.Loader[string]
	answer := func(s string) func(context.Context) (string, error) {
		return func(context.Context) (string, error) { return s, nil }
	}
	july := l.Load(context.Background(), answer("july"))
	august := l.Load(context.Background(), answer("august"))

	// The network answers in the wrong order.
	if msg := august().(screen.LoadedMsg[string]); !l.Accept(msg) || msg.Value != "august" {
		t.Errorf("the latest answer %q was refused", msg.Value)
	}
	if msg := july().(screen.LoadedMsg[string]); l.Accept(msg) {
		t.Errorf("the overtaken answer %q was accepted", msg.Value)
	}
}

func TestLoaderCancelsOvertakenFetch(t *testing.T) {
	var l screen.Loader[error]
	waitForCancel := func(ctx context.Context) (error, error) { <-ctx.Done(); return ctx.Err(), nil }
	first := l.Load(context.Background(), waitForCancel)
	l.Load(context.Background(), waitForCancel)
	if got := first().(screen.LoadedMsg[error]).Value; got != context.Canceled {
		t.Errorf("overtaken fetch ended with %v, want context.Canceled", got)
	}
}

func TestLoadersOfOneTypeDoNotMixAnswers(t *testing.T) {
	var mine, yours screen.Loader[int]
	fetch := func(context.Context) (int, error) { return 1, nil }
	cmd := mine.Load(context.Background(), fetch)
	yours.Load(context.Background(), fetch)
	if yours.Accept(cmd().(screen.LoadedMsg[int])) {
		t.Error("one loader accepted another's answer")
	}
}
