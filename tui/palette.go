package tui

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"coffer/tui/screen"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// answerWithin is how long the terminal has to say what its background is. Until
// then nothing is coloured, so nothing waits: a terminal on this machine answers
// before the first frame is out, one that never answers is taken for dark.
const answerWithin = 200 * time.Millisecond

// backgroundMsg says what the terminal's background is.
type backgroundMsg struct{ dark bool }

// A painter decides which styles to draw with.
type painter struct {
	renderer *lipgloss.Renderer
	plain    bool // no colours are wanted
	asking   bool // the terminal is to say whether it is dark
}

func newPainter(o Options) painter {
	out, tty := o.Out, isTerminal(o.Out)
	if out == nil {
		out = io.Discard
	}
	r := lipgloss.NewRenderer(out, termenv.WithEnvironment(environ(o.Environ)), termenv.WithTTY(tty))
	// Both are set here, so that Lip Gloss never asks the terminal.
	profile := termenv.NewOutput(out, termenv.WithEnvironment(environ(o.Environ)), termenv.WithTTY(tty)).ColorProfile()
	plain := o.Palette == PaletteNone || environ(o.Environ).Getenv("NO_COLOR") != ""
	if plain && tty && environ(o.Environ).Getenv("TERM") != "dumb" {
		profile = termenv.ANSI // weight, without colours
	}
	r.SetColorProfile(profile)
	dark, known := backgroundOf(o)
	r.SetHasDarkBackground(dark)
	return painter{renderer: r, plain: plain, asking: !plain && !known && tty}
}

// Colours is how many colours the interface has on the terminal of o: 0, 16, 256 or
// 1<<24.
func Colours(o Options) int {
	p := newPainter(o)
	if p.plain {
		return 0
	}
	switch p.renderer.ColorProfile() {
	case termenv.TrueColor:
		return 1 << 24
	case termenv.ANSI256:
		return 256
	case termenv.ANSI:
		return 16
	case termenv.Ascii:
	}
	return 0
}

// backgroundOf says whether the background is dark, and whether that is known.
func backgroundOf(o Options) (dark, known bool) {
	switch o.Palette {
	case PaletteDark:
		return true, true
	case PaletteLight:
		return false, true
	}
	// "foreground;background" as colours 0 to 15, set by rxvt, Konsole and others.
	fields := strings.Split(environ(o.Environ).Getenv("COLORFGBG"), ";")
	n, err := strconv.Atoi(fields[len(fields)-1])
	if err != nil || n < 0 || n > 15 {
		return true, false
	}
	return n != 7 && n < 9, true
}

// first returns the styles to begin with.
func (p painter) first() *theme.Theme {
	if p.plain || p.asking {
		return theme.Plain(p.renderer)
	}
	return theme.New(p.renderer)
}

// await returns a command that settles for a dark background when the terminal has
// not answered in time.
func (p painter) await(clock screen.Clock) tea.Cmd {
	if !p.asking {
		return nil
	}
	return clock.After(answerWithin, backgroundMsg{dark: true})
}

// onBackground brings the colours, once.
func (a *root) onBackground(msg backgroundMsg) tea.Cmd {
	if !a.palette.asking {
		return nil
	}
	a.palette.asking = false
	a.palette.renderer.SetHasDarkBackground(msg.dark)
	a.restyle(theme.New(a.palette.renderer))
	cmd := a.screen(a.front).Init()
	if a.vault.shown == nil {
		return cmd
	}
	return tea.Batch(cmd, a.publish())
}

// environ is an environment in the form of os.Environ, for Termenv.
type environ []string

func (e environ) Environ() []string { return e }

// Getenv returns the last value of a variable, "" when there is none.
func (e environ) Getenv(name string) string {
	for _, entry := range slices.Backward(e) {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}

// isUTF8 reports whether the terminal shows more than ASCII.
func (e environ) isUTF8() bool { return widget.ShowsUnicode(e.Getenv) }
