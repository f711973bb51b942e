package widget

// A Window is the stretch of a long list that is on screen. It keeps the cursor
// in view and says which rows to draw; it never sees the rows themselves, so a
// list of a million costs the same as a list of ten.
type Window struct {
	cursor, top, height, count int
}

// SetCount tells the window how many rows there are.
func (w *Window) SetCount(n int) { w.count = max(n, 0); w.Move(0) }

// SetHeight tells the window how many rows fit.
func (w *Window) SetHeight(h int) { w.height = max(h, 0); w.Move(0) }

// SetCursor puts the cursor on row i, or on the nearest there is.
func (w *Window) SetCursor(i int) { w.Move(i - w.cursor) }

// Move shifts the cursor by delta rows, stopping at either end.
func (w *Window) Move(delta int) {
	w.cursor = max(0, min(w.cursor+delta, w.count-1))
	lowest := max(0, w.count-w.height) // no blank rows below the last one
	w.top = max(0, min(w.top, w.cursor, lowest))
	if w.height > 0 && w.cursor >= w.top+w.height {
		w.top = w.cursor - w.height + 1
	}
}

// Page shifts the cursor by n screenfuls, less a row that stays to show where
// one was.
func (w *Window) Page(n int) { w.Move(n * max(1, w.height-1)) }

// Home puts the cursor on the first row.
func (w *Window) Home() { w.SetCursor(0) }

// End puts the cursor on the last row.
func (w *Window) End() { w.SetCursor(w.count - 1) }

// Cursor returns the index of the current row. It is 0 when there is none.
func (w *Window) Cursor() int { return w.cursor }

// Count returns the number of rows.
func (w *Window) Count() int { return w.count }

// Height returns how many rows fit.
func (w *Window) Height() int { return w.height }

// Visible returns the half-open range of rows to draw.
func (w *Window) Visible() (from, to int) {
	return w.top, min(w.top+w.height, w.count)
}
