package widget

import (
	"strings"

	"rsc.io/qr"
)

// quiet is how many modules of light stand around a code. The standard (ISO/IEC
// 18004) wants four; phones read two, and a terminal has few rows.
const quiet = 2

// A QR is an address as a code that a phone's camera reads.
type QR struct{ code *qr.Code }

// NewQR makes the smallest code of a text, with the least redundancy: a screen is
// clean, and rows are scarce. It is false for a text that fits into no code.
func NewQR(text string) (QR, bool) {
	code, err := qr.Encode(text, qr.L)
	return QR{code}, err == nil
}

// Size is how many columns and rows the code takes, two modules to a cell.
func (q QR) Size() (width, height int) {
	side := q.code.Size + 2*quiet
	return side, (side + 1) / 2
}

// Lines draws the code in half blocks, in the colours of whoever styles it: ink is
// true where the foreground is dark, on a light background. Else the foreground is
// the lighter of both, and what is light is drawn.
func (q QR) Lines(ink bool) []string {
	width, height := q.Size()
	lines := make([]string, height)
	for row := range lines {
		var b strings.Builder
		for x := range width {
			upper, lower := q.dark(x, 2*row) == ink, q.dark(x, 2*row+1) == ink
			b.WriteString(halfBlock(upper, lower))
		}
		lines[row] = b.String()
	}
	return lines
}

// dark tells of one module; the quiet zone and what is outside is light.
func (q QR) dark(x, y int) bool { return q.code.Black(x-quiet, y-quiet) }

func halfBlock(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	}
	return " "
}
