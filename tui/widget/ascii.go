package widget

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// ASCII returns a drawn screen for a terminal that cannot show more than ASCII,
// every character in as many cells as before: nothing moves. The root does this
// to the finished screen, so that no screen need know of it.
//
// What the program draws with has a stand-in of its own; a letter with an accent
// loses the accent; all else becomes question marks. Styles pass.
func ASCII(view string) string {
	var b strings.Builder
	b.Grow(len(view))
	for i := 0; i < len(view); {
		// A mark that follows a letter belongs to it: look one byte ahead.
		if view[i] < utf8.RuneSelf && (i+1 == len(view) || view[i+1] < utf8.RuneSelf) {
			b.WriteByte(view[i])
			i++
			continue
		}
		cluster, width := ansi.FirstGraphemeCluster(view[i:], ansi.GraphemeWidth)
		b.WriteString(standIn(cluster, width))
		i += len(cluster)
	}
	return b.String()
}

// standIn returns an ASCII text of width cells for a character.
func standIn(cluster string, width int) string {
	r, _ := utf8.DecodeRuneInString(cluster)
	if r < utf8.RuneSelf {
		return string(r)
	}
	if s := drawing(r); s != "" {
		return s
	}
	if base := norm.NFD.String(cluster)[0]; base < utf8.RuneSelf && width == 1 {
		return string(base)
	}
	return strings.Repeat("?", width)
}

// drawing returns what stands for a character that the program itself draws, all
// of one cell, and "" for any other.
func drawing(r rune) string {
	if i := strings.IndexRune("▁▂▃▄▅▆▇█", r); i >= 0 {
		return "_.:-=+*#"[i/len("█"):][:1]
	}
	switch r {
	case '−', '–', '─', '◑':
		return "-"
	case '━':
		return "="
	case '│', '▏', '▎', '▍', '▌', '◐':
		return "|"
	case '┼', '├', '┤', '└', '┌', '┐', '┘', '╭', '╮', '╰', '╯', '✓':
		return "+"
	case '▋', '▊', '▉':
		return "#"
	case '↑', '▲':
		return "^"
	case '↓', '▼':
		return "v"
	case '←':
		return "<"
	case '→':
		return ">"
	case '…':
		return "~"
	case '·':
		return "."
	case '●', '•':
		return "*"
	case '○':
		return "o"
	case '⚠':
		return "!"
	case '◓':
		return "/"
	case '◒':
		return `\`
	case '›':
		return ">"
	case '“', '”':
		return `"`
	case '‘', '’':
		return "'"
	case '×':
		return "x"
	}
	return ""
}
