package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"coffer/tui/widget"
)

// narrowest is how far a column of text is cut for a terminal that is too narrow.
const narrowest = 8

// A table is rows for people: columns as wide as their widest cell, separated by
// two spaces. Cells are cleaned on the way in. A row of one cell stands above those
// that follow.
type table struct {
	columns []column
	rows    [][]string
}

type column struct {
	name  string
	right bool // aligned to the right
	text  bool // may be cut
}

// newTable takes the column names: one that starts with ">" is aligned to the
// right, one that starts with "~" is cut where the terminal is too narrow.
func newTable(names ...string) *table {
	t := &table{}
	for _, name := range names {
		c := column{right: strings.HasPrefix(name, ">"), text: strings.HasPrefix(name, "~")}
		c.name = strings.TrimLeft(name, ">~")
		t.columns = append(t.columns, c)
	}
	return t
}

func (t *table) add(cells ...string) {
	for i := range cells {
		cells[i] = widget.Clean(cells[i])
	}
	t.rows = append(t.rows, cells)
}

// head adds a line of its own above the rows that follow.
func (t *table) head(text string) { t.rows = append(t.rows, []string{widget.Clean(text)}) }

// printTable prints t, as wide as it is unless a person looks on.
func (a *app) printTable(t *table) error {
	width := a.terminalWidth()
	rows, widths := t.layOut(width)
	for _, row := range rows {
		if len(row) == 1 && width > 0 {
			row[0] = widget.Cut(row[0], width)
		}
		if _, err := fmt.Fprintln(a.out, t.line(row, widths)); err != nil {
			return err
		}
	}
	return nil
}

// layOut returns the rows under their head, and the widths of the columns. Where there
// is no room for all, the last columns go that say nothing in any row.
func (t *table) layOut(room int) (rows [][]string, widths []int) {
	for {
		head := make([]string, len(t.columns))
		for i, c := range t.columns {
			head[i] = c.name
		}
		rows = append([][]string{head}, t.rows...)
		widths = t.widths(rows, room)
		total, last := 2*(len(widths)-1), len(widths)-1
		for _, w := range widths {
			total += w
		}
		says := func(row []string) bool { return len(row) == len(t.columns) && row[last] != "" }
		if room <= 0 || total <= room || last == 0 || slices.ContainsFunc(t.rows, says) {
			return rows, widths
		}
		for i, row := range t.rows {
			if len(row) == len(t.columns) {
				t.rows[i] = row[:last]
			}
		}
		t.columns = t.columns[:last]
	}
}

// terminalWidth is how wide the terminal is that standard output goes to, 0 when
// it goes elsewhere.
func (a *app) terminalWidth() int {
	width, _ := a.terminalSize()
	return width
}

// terminalSize is how many columns and rows it has.
func (a *app) terminalSize() (width, height int) {
	f, ok := a.out.(*os.File)
	if !ok {
		return 0, 0
	}
	width, height, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0, 0
	}
	return width, height
}

// widths returns a width for each column. In a room that is too narrow the widest
// columns of text give way first.
func (t *table) widths(rows [][]string, room int) []int {
	widths := make([]int, len(t.columns))
	total := 2 * (len(t.columns) - 1)
	for i := range t.columns {
		for _, row := range rows {
			if len(row) != len(t.columns) {
				continue
			}
			widths[i] = max(widths[i], widget.Width(row[i]))
		}
		total += widths[i]
	}
	for ; room > 0 && total > room; total-- {
		widest := -1
		for i, c := range t.columns {
			if c.text && widths[i] > narrowest && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		widths[widest]--
	}
	return widths
}

func (t *table) line(row []string, widths []int) string {
	if len(row) != len(t.columns) {
		return row[0]
	}
	cells := make([]string, len(row))
	for i, cell := range row {
		if t.columns[i].right {
			cells[i] = widget.FitRight(cell, widths[i])
		} else {
			cells[i] = widget.Fit(cell, widths[i])
		}
	}
	return strings.TrimRight(strings.Join(cells, "  "), " ")
}
