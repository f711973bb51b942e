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

// A column that says nothing in any row gives way before a line is too long.
func TestAColumnThatSaysNothingGivesWay(t *testing.T) {
	items := func(todo string) *table {
		tab := newTable("~Bank", ">Accounts", "Id", "To do")
		tab.add("First Platypus Bank", "3", "DagkmE97ESY1C0Qo1vFpuX7t16uGXoo2Jh22Z", "")
		tab.add("Chase", "2", "ROhH2r9MEgzcSF15PkQ6gdoK2ctIO6Bx4YB0x", todo)
		return tab
	}
	for _, tt := range []struct {
		todo string
		room int
		want bool
	}{{"", 0, true}, {"", 200, true}, {"", 60, false}, {"sign in again", 60, true}} {
		tab := items(tt.todo)
		rows, widths := tab.layOut(tt.room)
		head := tab.line(rows[0], widths)
		if got := strings.HasSuffix(head, "To do"); got != tt.want || !strings.Contains(head, "Id") {
			t.Errorf("in %d cells, to do %q: the head is %q", tt.room, tt.todo, head)
		}
		if line := tab.line(rows[1], widths); tt.room == 60 && tt.todo == "" && widget.Width(line) > tt.room {
			t.Errorf("in %d cells a line takes %d: %q", tt.room, widget.Width(line), line)
		}
	}
}
