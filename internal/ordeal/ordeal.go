// Package ordeal says how often a test does what it can do for ever, such as
// killing a process at a random moment. It imports testing and is for tests only.
//
// # Promise
//
// COFFER_TORTURE=1 asks for every time, as .ci/run does. Without it a test does a
// fifth, and with -short a twentieth: what a person waits for finds what is broken
// always, the whole finds what is broken seldom.
//
// # What it never does
//
// It skips nothing by itself: a test is done at least once.
package ordeal

import (
	"os"
	"testing"
)

// Times is how many of the full number of times a test does its work.
func Times(full int) int {
	switch {
	case os.Getenv("COFFER_TORTURE") != "":
		return full
	case testing.Short():
		return max(1, full/20)
	}
	return max(1, full/5)
}
