package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"coffer/tui/widget"
)

// A table is rows for people: columns as wide as their widest cell, separated by
// two spaces. Cells are cleaned on the way in.
type table struct {
	head  []string
	right []bool // per column: aligned to the right
	rows  [][]string
}

// newTable takes the column names; one that starts with ">" is aligned to the
// right.
func newTable(columns ...string) *table {
	t := &table{}
	for _, c := range columns {
		name, right := strings.CutPrefix(c, ">")
		t.head = append(t.head, name)
		t.right = append(t.right, right)
	}
	return t
}

func (t *table) add(cells ...string) {
	for i := range cells {
		cells[i] = widget.Clean(cells[i])
	}
	t.rows = append(t.rows, cells)
}

func (t *table) print(w io.Writer) error {
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	for _, row := range append([][]string{t.head}, t.rows...) {
		if _, err := fmt.Fprintln(w, t.line(row, widths)); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) line(row []string, widths []int) string {
	cells := make([]string, len(row))
	for i, cell := range row {
		pad := strings.Repeat(" ", widths[i]-ansi.StringWidth(cell))
		if t.right[i] {
			cells[i] = pad + cell
		} else {
			cells[i] = cell + pad
		}
	}
	return strings.TrimRight(strings.Join(cells, "  "), " ")
}
