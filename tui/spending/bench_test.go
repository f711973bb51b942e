package spending_test

import (
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/screen"
	"coffer/tui/spending"
	"coffer/tui/tuitest"
)

// BenchmarkPeriod is a key that turns to another month or year, the report over
// it, and the screen drawn.
func BenchmarkPeriod(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		book := tuitest.Book(tuitest.Many(n), nil)
		for _, tt := range []struct{ name, keys string }{
			{"month", "m"}, {"year", "y"}, {"year by merchant", "ygg"},
		} {
			b.Run(fmt.Sprintf("%d/%s", n, tt.name), func(b *testing.B) {
				m := spending.New(tuitest.Plain())
				m.SetSize(200, 56)
				m.Update(screen.BookMsg{Book: book, Today: tuitest.Today()})
				for _, r := range tt.keys {
					m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
				}
				keys := []tea.KeyMsg{{Type: tea.KeyLeft}, {Type: tea.KeyRight}}
				for i := 0; b.Loop(); i++ {
					m.Update(keys[i%len(keys)])
					m.View()
				}
				b.ReportMetric(float64(b.Elapsed())/float64(time.Millisecond)/float64(b.N), "ms/key")
			})
		}
	}
}
