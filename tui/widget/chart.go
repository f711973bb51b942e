package widget

import "strings"

// eighths are the left parts of a cell, from one eighth to all of it.
var eighths = [...]string{"▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"}

// levels are the lower parts of a cell.
var levels = [...]string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}

// Bar returns a bar of width cells, filled to part (0 to 1) in eighths of a
// cell. What is above nothing shows at least one eighth, so that a small sum is
// not drawn as none.
func Bar(part float64, width int) string {
	width = max(0, width)
	full := len(eighths) * width
	n := 0
	if part > 0 { // false for NaN too
		n = min(full, max(1, int(min(part, 1)*float64(full)+0.5)))
	}
	bar := strings.Repeat(eighths[len(eighths)-1], n/len(eighths))
	cells := n / len(eighths)
	if rest := n % len(eighths); rest > 0 && cells < width {
		bar += eighths[rest-1]
		cells++
	}
	return bar + strings.Repeat(" ", width-cells)
}

// Share returns part/whole for [Bar], and 0 when whole is not positive and a
// part of it means nothing.
func Share(part, whole int64) float64 {
	if whole <= 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Sparkline returns one cell per value, as high as the value is between floor
// and the largest. With a floor of 0 a cell twice as high is twice as much; a
// floor near the smallest value shows small changes instead.
func Sparkline(values []int64, floor int64) string {
	top := floor
	for _, v := range values {
		top = max(top, v)
	}
	var b strings.Builder
	for _, v := range values {
		i := int(Share(max(v, floor)-floor, top-floor)*float64(len(levels)-1) + 0.5)
		b.WriteString(levels[i])
	}
	return b.String()
}

// Rule returns a line across width cells.
func Rule(width int) string { return strings.Repeat("─", max(0, width)) }

// Columnar returns a chart of upright columns, height lines from the top, in each
// line one text of width cells per value. The highest column is full, nothing or
// less than nothing is empty, and a little shows at least one eighth of a line.
func Columnar(values []int64, height, width int) [][]string {
	height, width = max(0, height), max(0, width)
	top := int64(0)
	for _, v := range values {
		top = max(top, v)
	}
	lines := make([][]string, height)
	for y := range lines {
		lines[y] = make([]string, len(values))
		for i, v := range values {
			full := len(levels) * height
			n := 0
			if v > 0 {
				n = max(1, int(Share(v, top)*float64(full)+0.5))
			}
			n = max(0, min(len(levels), n-(height-1-y)*len(levels)))
			cell := " "
			if n > 0 {
				cell = levels[n-1]
			}
			lines[y][i] = strings.Repeat(cell, width)
		}
	}
	return lines
}
