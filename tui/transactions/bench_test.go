package transactions_test

import (
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/screen"
	"coffer/tui/transactions"
	"coffer/tui/tuitest"
)

// big returns the screen of a large terminal on n rows, all of them counted.
func big(b *testing.B, n int) *transactions.Model {
	b.Helper()
	m := transactions.New(b.Context(), tuitest.Plain())
	m.SetSize(200, 56)
	for cmd := m.Update(screen.BookMsg{Book: tuitest.Book(tuitest.Many(n), nil), Today: tuitest.Today()}); cmd != nil; {
		cmd = m.Update(cmd())
	}
	return m
}

func run(text string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)} }

// BenchmarkMove is a key that moves the cursor, and the screen drawn.
func BenchmarkMove(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := big(b, n)
			keys := []tea.KeyMsg{{Type: tea.KeyDown}, {Type: tea.KeyPgDown}, {Type: tea.KeyUp}}
			for i := 0; b.Loop(); i++ {
				m.Update(keys[i%len(keys)])
				m.View()
			}
			b.ReportMetric(float64(b.Elapsed())/float64(time.Millisecond)/float64(b.N), "ms/key")
		})
	}
}

// BenchmarkSearchKey is one more letter of a search, and its first screenful
// drawn. The count comes later and is not in it.
func BenchmarkSearchKey(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		for _, tt := range []struct{ name, text, letter string }{
			{"every row", "payee numbe", "r"},
			{"few rows", "store 0444", "4"},
			{"no row", "zebr", "a"},
			{"a common and a rare word", "payee zebr", "a"},
			{"a term", "cat:coffe", "e"},
		} {
			b.Run(fmt.Sprintf("%d/%s", n, tt.name), func(b *testing.B) {
				m := big(b, n)
				m.Update(run("/"))
				m.Update(run(tt.text + tt.letter))
				for b.Loop() {
					b.StopTimer()
					m.Update(tea.KeyMsg{Type: tea.KeyBackspace})
					b.StartTimer()
					m.Update(run(tt.letter))
					m.View()
				}
				b.ReportMetric(float64(b.Elapsed())/float64(time.Millisecond)/float64(b.N), "ms/key")
			})
		}
	}
}
