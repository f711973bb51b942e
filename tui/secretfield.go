package tui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/widget"
)

// longestSecret is how many bytes a [secretField] takes.
const longestSecret = 1024

// A secretField is a line that is typed and not shown. What was typed is
// overwritten when it is cleared: it lies in one place, which never grows.
type secretField struct{ text []byte }

// update takes a key press. Line ends of a paste are not part of a secret.
func (f *secretField) update(msg tea.KeyMsg) {
	switch msg.Type {
	case tea.KeyBackspace:
		_, n := utf8.DecodeLastRune(f.text)
		f.cut(len(f.text) - n)
	case tea.KeyTab:
		f.add('\t')
	case tea.KeyRunes, tea.KeySpace:
		if msg.Alt {
			return
		}
		for _, r := range msg.Runes {
			f.add(r)
		}
	}
}

// add appends what can be part of a passphrase, in a file too: tabs can.
func (f *secretField) add(r rune) {
	if f.text == nil {
		f.text = make([]byte, 0, longestSecret)
	}
	if (r == '\t' || !unicode.IsControl(r)) && len(f.text)+utf8.RuneLen(r) <= cap(f.text) {
		f.text = utf8.AppendRune(f.text, r)
	}
}

func (f *secretField) cut(to int) {
	clear(f.text[to:])
	f.text = f.text[:to]
}

func (f *secretField) clear() { f.cut(0) }

func (f *secretField) empty() bool { return len(f.text) == 0 }

// take hands the text over, to be overwritten by who gets it.
func (f *secretField) take() []byte {
	text := f.text
	f.text = nil
	return text
}

// view draws a dot for each character in exactly width cells.
func (f *secretField) view(width int) string {
	dots := min(utf8.RuneCount(f.text), width-1)
	return widget.Pad(strings.Repeat("•", max(0, dots))+"▏", width)
}
