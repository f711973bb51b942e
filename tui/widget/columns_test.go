package widget_test

import (
	"slices"
	"testing"

	"coffer/tui/widget"
)

func TestJoinLeavesNoGapForADroppedColumn(t *testing.T) {
	for _, tt := range []struct {
		cells []string
		want  string
	}{
		{nil, ""},
		{[]string{"a "}, "a "},
		{[]string{"", "a", "", " ", "b", ""}, "a     b"},
	} {
		before := slices.Clone(tt.cells)
		if got := widget.Join(2, tt.cells...); got != tt.want {
			t.Errorf("Join(%q) = %q, want %q", tt.cells, got, tt.want)
		}
		if !slices.Equal(tt.cells, before) {
			t.Errorf("Join changed its cells to %q", tt.cells)
		}
	}
}
