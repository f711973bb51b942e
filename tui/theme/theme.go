// Package theme is the only place in the program that names a colour or builds
// a lipgloss.Style. Screens receive a *Theme and never change it.
//
// Colour only helps: a sign, a word or a place always carries the meaning too,
// so that a terminal without colour shows the same facts.
package theme

import "github.com/charmbracelet/lipgloss"

// A Theme holds a style for each role a text can play.
type Theme struct {
	// ASCII is true for a terminal that shows nothing else. The root replaces what
	// is drawn; money has to be written in another way (see widget.Script).
	ASCII bool

	Title    lipgloss.Style // the program's name, headings
	Text     lipgloss.Style
	Faint    lipgloss.Style // labels, stale and secondary text
	Rule     lipgloss.Style // lines between parts
	Accent   lipgloss.Style // the tab in front, what can be acted on
	Selected lipgloss.Style // the row under the cursor
	MoneyIn  lipgloss.Style
	MoneyOut lipgloss.Style
	Pending  lipgloss.Style
	Bar      lipgloss.Style // the filled part of a bar or line
	BarRest  lipgloss.Style
	Good     lipgloss.Style
	Warn     lipgloss.Style // needs a look
	Error    lipgloss.Style // act now
	Key      lipgloss.Style // a key in the help
	Dialog   lipgloss.Style // the frame round a dialog
	Code     lipgloss.Style // a code for cameras, which want dark on light; without colour they get light on dark

	// Brand is the style of a mark in a bank's own colour, "#1b6ca8", made so that it
	// can be seen; false where that cannot be, or is not wanted.
	Brand func(color string) (lipgloss.Style, bool)
}

// New builds the styles for the terminal behind r, light or dark as r says.
// Passing the renderer, and not Lip Gloss's global one, lets a test ask for
// plain ASCII while another test asks for true colour, in parallel, without
// either asking the terminal.
//
// Every text is at least 4.5 to 1 against both a black or white background and
// the common near-black and near-white ones (WCAG 2.2, 1.4.3).
func New(r *lipgloss.Renderer) *Theme {
	var (
		text   = lipgloss.AdaptiveColor{Light: "#1f2328", Dark: "#e6edf3"}
		muted  = lipgloss.AdaptiveColor{Light: "#59636e", Dark: "#8b949e"}
		faint  = lipgloss.AdaptiveColor{Light: "#d0d7de", Dark: "#3d444d"}
		accent = lipgloss.AdaptiveColor{Light: "#0550ae", Dark: "#79c0ff"}
		tint   = lipgloss.AdaptiveColor{Light: "#ddf4ff", Dark: "#1c2c40"}
		green  = lipgloss.AdaptiveColor{Light: "#116329", Dark: "#7ee787"}
		amber  = lipgloss.AdaptiveColor{Light: "#7d4e00", Dark: "#e3b341"}
		red    = lipgloss.AdaptiveColor{Light: "#a40e26", Dark: "#ffa198"}
	)
	base := r.NewStyle().Foreground(text)
	return &Theme{
		Title:    base.Bold(true),
		Text:     base,
		Faint:    base.Foreground(muted),
		Rule:     base.Foreground(faint),
		Accent:   base.Foreground(accent).Bold(true),
		Selected: base.Background(tint).Bold(true),
		MoneyIn:  base.Foreground(green),
		MoneyOut: base,
		Pending:  base.Foreground(muted).Italic(true),
		Bar:      base.Foreground(accent),
		BarRest:  base.Foreground(faint),
		Good:     base.Foreground(green),
		Warn:     base.Foreground(amber),
		Error:    base.Foreground(red).Bold(true),
		Key:      base.Bold(true),
		Code:     r.NewStyle().Foreground(lipgloss.AdaptiveColor{Light: "#000000", Dark: "#000000"}).Background(lipgloss.Color("#ffffff")),
		Brand:    brand(r),
		Dialog:   base.Border(lipgloss.RoundedBorder()).BorderForeground(muted).Padding(1, 2),
	}
}

// Plain builds the styles without any colour, for NO_COLOR, for who asked for
// none, and for the moment until the terminal has said what its background is:
// weight alone can be read on any. See https://no-color.org.
func Plain(r *lipgloss.Renderer) *Theme {
	base := r.NewStyle()
	bold, faint := base.Bold(true), base.Faint(true)
	return &Theme{
		Title:    bold,
		Text:     base,
		Faint:    faint,
		Rule:     faint,
		Accent:   bold,
		Selected: base.Reverse(true),
		MoneyIn:  base,
		MoneyOut: base,
		Pending:  base.Italic(true),
		Bar:      base,
		BarRest:  faint,
		Good:     base,
		Warn:     bold,
		Error:    bold,
		Key:      bold,
		Code:     base,
		Brand:    noBrand,
		Dialog:   base.Border(lipgloss.RoundedBorder()).Padding(1, 2),
	}
}
