package widget

import (
	"slices"
	"strings"
)

// A TableColumn is one column of a table that gives way when the screen is
// narrow.
type TableColumn struct {
	// Width is what the column needs.
	Width int
	// Grow columns share what is left over, in equal parts.
	Grow bool
	// Drop says when the column goes as room runs out: 1 first, then 2, and so
	// on. 0 stays to the last and is squeezed instead.
	Drop int
}

// Columns returns the width of each column in a table of width cells with gap
// cells between columns, 0 for a column that is dropped. The widths and gaps
// together never exceed width.
func Columns(width, gap int, columns ...TableColumn) []int {
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = c.Width
	}
	for used(widths, gap) > width {
		if i := nextToDrop(columns, widths); i >= 0 {
			widths[i] = 0
			continue
		}
		squeeze(widths, used(widths, gap)-width)
		break
	}
	grow(columns, widths, width-used(widths, gap))
	return widths
}

// Join puts the cells of a row side by side, as [Columns] counts them: a cell that
// is "", of a column that was dropped, takes no gap either.
func Join(gap int, cells ...string) string {
	there := slices.DeleteFunc(slices.Clone(cells), func(c string) bool { return c == "" })
	return strings.Join(there, strings.Repeat(" ", gap))
}

// used returns the cells that columns and the gaps between them take.
func used(widths []int, gap int) int {
	n := -gap
	for _, w := range widths {
		if w > 0 {
			n += w + gap
		}
	}
	return max(0, n)
}

// nextToDrop returns the column that goes next, -1 when all that may go are gone.
func nextToDrop(columns []TableColumn, widths []int) int {
	next := -1
	for i, c := range columns {
		if c.Drop > 0 && widths[i] > 0 && (next < 0 || c.Drop < columns[next].Drop) {
			next = i
		}
	}
	return next
}

// squeeze takes n cells away, always from the widest column.
func squeeze(widths []int, n int) {
	for ; n > 0; n-- {
		i := slices.Index(widths, slices.Max(widths))
		if widths[i] == 0 {
			return
		}
		widths[i]--
	}
}

// grow gives n cells to the columns that take them.
func grow(columns []TableColumn, widths []int, n int) {
	var growing []int
	for i, c := range columns {
		if c.Grow && widths[i] > 0 {
			growing = append(growing, i)
		}
	}
	for k, i := range growing {
		share := n / (len(growing) - k)
		widths[i] += max(0, share)
		n -= share
	}
}
