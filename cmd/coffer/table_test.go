package main

import (
	"strings"
	"testing"

	"coffer/tui/widget"
)

func TestATableFitsItsTerminal(t *testing.T) {
	tab := newTable("Date", "~Payee", "~Account", ">Amount")
	tab.add("2026-11-22", "A payee with quite a long name 東京", "Everyday Checking ··3975", "−1,234.56")
	tab.add("2026-11-21", "Short", "Card", "−1.00")
	for _, room := range []int{0, 200, 70, 60, 50, 45, 20} {
		widths := tab.widths(tab.rows, room)
		for _, row := range tab.rows {
			line := tab.line(row, widths)
			if got := widget.Width(line); room >= 45 && got > room {
				t.Errorf("in %d cells a line takes %d: %q", room, got, line)
			}
			if !strings.HasPrefix(line, row[0]) || !strings.HasSuffix(line, row[3]) {
				t.Errorf("in %d cells a date or an amount is cut: %q", room, line)
			}
			if room == 0 && !strings.Contains(line, row[1]) {
				t.Errorf("without a terminal a text is cut: %q", line)
			}
		}
	}
}
