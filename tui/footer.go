package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"

	"coffer/tui/widget"
)

// footer shows the keys that matter here, those of the open dialog if there is
// one.
func (a *root) footer() string {
	var own, global help.KeyMap = a.screen(a.front), a.keys
	if a.dialog != nil {
		own, global = a.dialog, nil
	} else if isTyping(a.screen(a.front)) {
		global = nil
	}
	bindings := own.ShortHelp()
	if global != nil {
		bindings = append(bindings[:len(bindings):len(bindings)], global.ShortHelp()...)
	}
	return a.keyLine(bindings)
}

// keyLine draws as many bindings as fit. When some do not, those before the last
// two go, from the end: help and quit are what one needs to find the others.
func (a *root) keyLine(bindings []key.Binding) string {
	var shown []key.Binding
	for _, b := range bindings {
		if b.Enabled() && b.Help().Key != "" {
			shown = append(shown, b)
		}
	}
	gap := 3
	if a.width < narrow {
		gap = 2
	}
	for keyLineWidth(shown, gap) > a.width-2 && len(shown) > 1 {
		drop := max(0, len(shown)-3)
		shown = append(shown[:drop:drop], shown[drop+1:]...)
	}
	parts := make([]string, len(shown))
	for i, b := range shown {
		parts[i] = a.theme.Key.Render(widget.Clean(b.Help().Key)) + a.theme.Faint.Render(" "+widget.Clean(b.Help().Desc))
	}
	return widget.Pad(" "+strings.Join(parts, strings.Repeat(" ", gap)), a.width)
}

func keyLineWidth(bindings []key.Binding, gap int) int {
	n := gap * (len(bindings) - 1)
	for _, b := range bindings {
		n += widget.Width(b.Help().Key) + 1 + widget.Width(b.Help().Desc)
	}
	return n
}

// withStatus draws what there is to tell over the last lines: the footer's place,
// and as many above it as the text needs. Nothing else moves.
func (a *root) withStatus(lines []string) string {
	text, failed := a.status.text()
	if a.quitting {
		text, failed = "writing your last change…", false
	}
	if text != "" {
		style := a.theme.Good
		if failed {
			style = a.theme.Error
		}
		told := widget.Wrap(text, a.width-2)
		told = told[:min(len(told), len(lines)-frameHeight)]
		for i, line := range told {
			lines[len(lines)-len(told)+i] = " " + style.Render(widget.Fit(line, a.width-1))
		}
		if n := len(told); n > 1 { // keep a rule between the text and the body
			lines[len(lines)-n-1] = a.theme.Rule.Render(widget.Rule(a.width))
		}
	}
	return strings.Join(lines, "\n")
}
