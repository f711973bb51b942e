package tui_test

import (
	"testing"

	"coffer/tui"
	"coffer/tui/accounts"
	"coffer/tui/overview"
	"coffer/tui/screen"
	"coffer/tui/spending"
	"coffer/tui/transactions"
	"coffer/tui/tuitest"
)

func TestEveryKeyIsInTheHelpAndMeansOneThing(t *testing.T) {
	th, clock := tuitest.Plain(), tuitest.NewClock(noon())
	for _, s := range []screen.Screen{
		overview.New(t.Context(), th, clock), transactions.New(t.Context(), th), spending.New(th), accounts.New(th, clock),
	} {
		t.Run(s.Title(), func(t *testing.T) { tuitest.CheckKeys(t, s, tui.Keys()) })
	}
}
