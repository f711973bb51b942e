package widget_test

import (
	"testing"

	"pgregory.net/rapid"

	"coffer/tui/widget"
)

// Whatever the user does, the cursor is on screen and no row is drawn twice.
func TestWindowKeepsCursorVisible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w widget.Window
		count, height := 0, 0
		t.Repeat(map[string]func(*rapid.T){
			"move":   func(t *rapid.T) { w.Move(rapid.IntRange(-50, 50).Draw(t, "delta")) },
			"page":   func(t *rapid.T) { w.Page(rapid.IntRange(-3, 3).Draw(t, "pages")) },
			"jump":   func(t *rapid.T) { w.SetCursor(rapid.IntRange(-5, 100).Draw(t, "row")) },
			"home":   func(*rapid.T) { w.Home() },
			"end":    func(*rapid.T) { w.End() },
			"resize": func(t *rapid.T) { height = rapid.IntRange(0, 20).Draw(t, "h"); w.SetHeight(height) },
			"load":   func(t *rapid.T) { count = rapid.IntRange(0, 90).Draw(t, "n"); w.SetCount(count) },
			"": func(t *rapid.T) {
				from, to := w.Visible()
				if from < 0 || to > count || to-from > height {
					t.Fatalf("visible rows [%d,%d) of %d in a height of %d", from, to, count, height)
				}
				if to-from < min(count, height) {
					t.Fatalf("visible rows [%d,%d) leave room empty: %d rows, height %d", from, to, count, height)
				}
				if count > 0 && height > 0 && (w.Cursor() < from || w.Cursor() >= to) {
					t.Fatalf("cursor %d outside [%d,%d)", w.Cursor(), from, to)
				}
			},
		})
	})
}

func TestWindowKeys(t *testing.T) {
	var w widget.Window
	w.SetCount(100)
	w.SetHeight(10)
	for _, tt := range []struct {
		name string
		do   func()
		want int
	}{
		{"page down", func() { w.Page(1) }, 9},
		{"page down again", func() { w.Page(1) }, 18},
		{"page up", func() { w.Page(-1) }, 9},
		{"end", w.End, 99},
		{"down at the end", func() { w.Move(1) }, 99},
		{"home", w.Home, 0},
		{"jump", func() { w.SetCursor(42) }, 42},
		{"jump too far", func() { w.SetCursor(1000) }, 99},
	} {
		if tt.do(); w.Cursor() != tt.want {
			t.Errorf("%s: cursor on %d, want %d", tt.name, w.Cursor(), tt.want)
		}
	}
}
