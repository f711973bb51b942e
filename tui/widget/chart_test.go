package widget_test

import (
	"math"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"coffer/tui/widget"
)

func TestBar(t *testing.T) {
	for _, tt := range []struct {
		part  float64
		width int
		want  string
	}{
		{0, 4, "    "},
		{1, 4, "████"},
		{0.5, 4, "██  "},
		{0.53125, 4, "██▏ "},
		{0.0001, 4, "▏   "}, // a little is not nothing
		{-0.5, 4, "    "},   // refunds beyond what was spent
		{7, 4, "████"},
		{math.NaN(), 4, "    "},
		{0.5, 0, ""},
		{0.5, -3, ""},
	} {
		if got := widget.Bar(tt.part, tt.width); got != tt.want {
			t.Errorf("Bar(%v, %d) = %q, want %q", tt.part, tt.width, got, tt.want)
		}
	}
}

func TestBarIsAsWideAsAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part, width := rapid.Float64().Draw(t, "part"), rapid.IntRange(0, 60).Draw(t, "width")
		if got := widget.Bar(part, width); ansi.StringWidth(got) != width {
			t.Fatalf("Bar(%v, %d) = %q", part, width, got)
		}
	})
}

func TestSparkline(t *testing.T) {
	for _, tt := range []struct {
		values []int64
		floor  int64
		want   string
	}{
		{nil, 0, ""},
		{[]int64{0, 0, 0}, 0, "▁▁▁"},
		{[]int64{0, 50, 100}, 0, "▁▅█"},
		{[]int64{-40, 100}, 0, "▁█"},
		{[]int64{100, 101, 107}, 100, "▁▂█"},
		{[]int64{-300, -200}, -300, "▁█"},
	} {
		if got := widget.Sparkline(tt.values, tt.floor); got != tt.want {
			t.Errorf("Sparkline(%v, %d) = %q, want %q", tt.values, tt.floor, got, tt.want)
		}
	}
}

func TestColumnsGoInTheirOrder(t *testing.T) {
	// date, payee, category, account, amount
	table := []widget.TableColumn{{Width: 6}, {Width: 12, Grow: true}, {Width: 10, Drop: 2}, {Width: 10, Drop: 1}, {Width: 10}}
	for _, tt := range []struct {
		width int
		want  []int
	}{
		{80, []int{6, 36, 10, 10, 10}},
		{56, []int{6, 12, 10, 10, 10}},
		{55, []int{6, 23, 10, 0, 10}},
		{43, []int{6, 23, 0, 0, 10}},
		{32, []int{6, 12, 0, 0, 10}},
		{20, []int{5, 5, 0, 0, 6}},
		{3, []int{0, 0, 0, 0, 0}},
	} {
		got := widget.Columns(tt.width, 2, table...)
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("Columns(%d) = %v, want %v", tt.width, got, tt.want)
				break
			}
		}
	}
}

func TestColumnar(t *testing.T) {
	got := widget.Columnar([]int64{100, 50, 1, 0, -9}, 2, 2)
	want := [][]string{
		{"██", "  ", "  ", "  ", "  "},
		{"██", "██", "▁▁", "  ", "  "},
	}
	for y := range want {
		for i := range want[y] {
			if got[y][i] != want[y][i] {
				t.Errorf("line %d, value %d: %q, want %q", y, i, got[y][i], want[y][i])
			}
		}
	}
}
