package main

import (
	"fmt"
	"html"
	"strings"

	"github.com/hinshun/vt10x"
)

// The grid of the drawing, in pixels, and the colours of a quiet dark terminal.
const (
	cellWidth, lineHeight = 8.4, 18
	fontSize, margin      = 14, 14
	paper, ink            = "#0d1117", "#e6edf3"
)

// Bits of a glyph's mode that change how it is drawn. The emulator keeps them to
// itself; reversed colours are swapped in the glyph already.
const (
	bold   = 1 << 2
	italic = 1 << 4
)

// svg draws a screen. Each word of one style is a text of exactly its width, so
// that columns meet whatever font the reader has.
func svg(cells [][]vt10x.Glyph) string {
	width := 2*margin + cellWidth*float64(len(cells[0]))
	height := 2*margin + lineHeight*len(cells)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" width="%.0f" height="%d">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", paper)
	fmt.Fprintf(&b, `<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="%d">`+"\n", fontSize)
	for y, line := range cells {
		for from := 0; from < len(line); {
			to := from + 1
			for to < len(line) && alike(line[from], line[to]) {
				to++
			}
			drawRun(&b, line[from:to], from, y)
			from = to
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

func alike(a, b vt10x.Glyph) bool {
	return a.FG == b.FG && a.BG == b.BG && (a.Mode^b.Mode)&(bold|italic) == 0
}

func drawRun(b *strings.Builder, run []vt10x.Glyph, column, row int) {
	x, y := margin+cellWidth*float64(column), margin+lineHeight*row
	width := cellWidth * float64(len(run))
	if run[0].BG != vt10x.DefaultBG {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`+"\n", x, y, width, lineHeight, colour(run[0].BG, paper))
	}
	style := ""
	if run[0].Mode&bold != 0 {
		style += ` font-weight="bold"`
	}
	if run[0].Mode&italic != 0 {
		style += ` font-style="italic"`
	}
	for _, w := range words(run) {
		fmt.Fprintf(b, `<text x="%.1f" y="%d" textLength="%.1f" lengthAdjust="spacingAndGlyphs" fill="%s"%s>%s</text>`+"\n",
			x+cellWidth*float64(w.at), y+fontSize, cellWidth*float64(len(w.text)), colour(run[0].FG, ink), style,
			html.EscapeString(string(w.text)))
	}
}

// A word is a stretch of a run without blanks, and the cell it begins at.
type word struct {
	at   int
	text []rune
}

func words(run []vt10x.Glyph) []word {
	var all []word
	blank := true
	for i, g := range run {
		if g.Char <= ' ' {
			blank = true
			continue
		}
		if blank {
			all = append(all, word{at: i})
			blank = false
		}
		last := &all[len(all)-1]
		last.text = append(last.text, g.Char)
	}
	return all
}

// colour turns an emulator's colour into CSS. Numbers below 256 are the
// terminal's palette, of which the interface uses none but the default.
func colour(c vt10x.Color, plain string) string {
	switch {
	case c == vt10x.DefaultFG:
		return ink
	case c == vt10x.DefaultBG:
		return paper
	case c < 256:
		return plain
	}
	return fmt.Sprintf("#%06x", uint32(c))
}
