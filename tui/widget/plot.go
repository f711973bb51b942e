package widget

import "strings"

// A Plot is a line chart drawn in Braille dots, two across and four down in
// each cell.
type Plot struct {
	width, height int
	low, high     int64
	dots          []uint8 // per cell, in the order of the Braille block
}

// NewPlot returns an empty plot of width by height cells for values from low to
// high.
func NewPlot(width, height int, low, high int64) *Plot {
	width, height = max(0, width), max(0, height)
	return &Plot{width: width, height: height, low: low, high: high, dots: make([]uint8, width*height)}
}

// Line draws values as a connected line. Their places are slots across the
// plot: value i of n slots stands at i/(n-1) of the width, so that a month of
// which twenty days are known ends where day twenty is.
func (p *Plot) Line(values []int64, slots int) {
	if len(values) == 0 || slots < 1 {
		return
	}
	last := -1
	for x := range 2 * p.width {
		at := 0.0
		if w := 2*p.width - 1; w > 0 {
			at = float64(x) / float64(w) * float64(slots-1)
		}
		i := int(at)
		if i >= len(values) || i == len(values)-1 && at > float64(i) {
			break
		}
		v := float64(values[i])
		if i+1 < len(values) {
			v += (at - float64(i)) * (float64(values[i+1]) - v)
		}
		y := p.row(v)
		from, to := y, y
		if last >= 0 { // join steep steps
			from, to = min(y, last), max(y, last)
			if from < to && last == from {
				from++
			} else if from < to {
				to--
			}
		}
		for j := from; j <= to; j++ {
			p.set(x, j)
		}
		last = y
	}
}

// row returns the dot row of v, counted from the top.
func (p *Plot) row(v float64) int {
	rows := 4*p.height - 1
	if p.high <= p.low || rows < 0 {
		return max(0, rows)
	}
	part := (v - float64(p.low)) / (float64(p.high) - float64(p.low))
	return rows - int(min(1, max(0, part))*float64(rows)+0.5)
}

// set draws one dot.
func (p *Plot) set(x, y int) {
	// Unicode's numbering of the eight dots: three down on the left, three down
	// on the right, then the bottom pair.
	bits := [4][2]uint8{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}
	if x < 0 || y < 0 || x >= 2*p.width || y >= 4*p.height {
		return
	}
	p.dots[y/4*p.width+x/2] |= bits[y%4][x%2]
}

// Row returns line y of the plot, exactly as wide as the plot.
func (p *Plot) Row(y int) string {
	var b strings.Builder
	for _, d := range p.dots[y*p.width : (y+1)*p.width] {
		if d == 0 {
			b.WriteByte(' ')
			continue
		}
		b.WriteRune(0x2800 + rune(d))
	}
	return b.String()
}
