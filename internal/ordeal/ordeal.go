// Package ordeal says how often a test does what it can do for ever, such as
// killing a process at a random moment, and what the race detector need not look at.
// It imports testing and is for tests only.
//
// # Promise
//
// COFFER_TORTURE=1 asks for every time, as .ci/run does. Without it a test does a
// fifth, and with -short a twentieth: what a person waits for finds what is broken
// always, the whole finds what is broken seldom.
//
// # What it never does
//
// It skips nothing by itself but under the race detector: a test is done at least
// once.
package ordeal

import (
	"os"
	"testing"
)

// Whole reports whether every time is asked for.
func Whole() bool { return os.Getenv("COFFER_TORTURE") != "" }

// Times is how many of the full number of times a test does its work.
func Times(full int) int {
	switch {
	case Whole():
		return full
	case testing.Short():
		return max(1, full/20)
	}
	return max(1, full/5)
}

// Alone skips a test, under the race detector, in which one thing is done after the
// other: there are no two goroutines to watch, and it takes ten times as long.
func Alone(t testing.TB) {
	t.Helper()
	if Raced {
		t.Skip("nothing in it is done at once; the race detector only slows it down")
	}
}
