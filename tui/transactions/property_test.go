package transactions_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/transactions"
	"coffer/tui/tuitest"
)

// Whatever the user does and whatever ledgers come, the drawing fits, and the
// row under the cursor is the one marked row on screen.
func TestCursorIsAlwaysInSight(t *testing.T) {
	t.Parallel()
	all := append(tuitest.HouseholdRows()[300:], hostile()...)
	rapid.Check(t, func(rt *rapid.T) {
		m := transactions.New(t.Context(), tuitest.Plain())
		stage := tuitest.NewStage(m)
		d := tuitest.New(t, stage, 80, 20)
		size := [2]int{80, 20}
		rt.Repeat(map[string]func(*rapid.T){
			"key": func(rt *rapid.T) {
				d.Press(rapid.SampledFrom([]string{
					"up", "down", "pgup", "pgdown", "home", "end", "j", "k", "g", "G",
					"s", "S", "enter", "esc", "/", "a", "o", "c", ":", "backspace", "left",
				}).Draw(rt, "name"))
				if stage.Dialog() != nil {
					d.Press("esc")
				}
			},
			"resize": func(rt *rapid.T) {
				size = [2]int{rapid.IntRange(0, 140).Draw(rt, "width"), rapid.IntRange(0, 40).Draw(rt, "height")}
				d.Resize(size[0], size[1])
			},
			"book": func(rt *rapid.T) {
				from := rapid.IntRange(0, len(all)).Draw(rt, "from")
				to := rapid.IntRange(from, len(all)).Draw(rt, "to")
				d.Send(screen.BookMsg{Book: tuitest.Book(all[from:to], nil), Today: tuitest.Today()})
			},
			"rows": func(*rapid.T) {
				d.Send(screen.RowsMsg{Query: ledger.Query{Category: "FOOD_AND_DRINK"}, From: screen.Overview})
			},
			"": func(rt *rapid.T) {
				if err := tuitest.Fits(d.View(), size[0], max(1, size[1])); err != nil {
					rt.Fatal(err)
				}
				if size[0] == 0 || size[1] <= head { // no room for a row
					return
				}
				want := 0
				if m.ListShown() {
					want = 1
				}
				if got := marks(d.Lines()); got != want {
					rt.Fatalf("%d rows are marked, want %d, at %v:\n%s", got, want, size, d.Screen())
				}
			},
		})
	})
}

// head is how many lines there may be above the rows.
const head = 2

// marks counts the rows that are drawn as the one under the cursor.
func marks(lines []string) int {
	n := 0
	for _, line := range lines {
		if strings.HasPrefix(line, "▌") {
			n++
		}
	}
	return n
}
