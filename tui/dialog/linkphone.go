package dialog

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"coffer/tui/widget"
)

// besideCode is the least room for words beside a code.
const besideCode = 24

// hostedPage shows the address of a page for any device: as a code for a camera
// where there is room, and always in words.
func (d *linkDialog) hostedPage(width, height int) string {
	if code := d.codePage(width, height); code != "" {
		return code
	}
	p := page{width: width, margin: 2}
	p.blank()
	p.text(d.theme.Title, d.title())
	p.blank()
	p.text(d.theme.Text, "Open this address on your phone, or any other device:")
	p.blank()
	p.address(d.theme.Accent, d.latest.Address)
	p.blank()
	p.text(d.theme.Text, d.waitingWords())
	p.blank()
	d.plan(&p)
	if !d.theme.ASCII {
		p.explain(d.theme.Faint, "A larger terminal shows a QR code of it.")
	}
	return widget.Block(strings.Join(p.fitted(height), "\n"), width, height)
}

// codePage has the address above the code, whole and on lines of its own, and the
// words beside it. It is "" where the code has no room, or could not be drawn.
func (d *linkDialog) codePage(width, height int) string {
	code, ok := widget.NewQR(d.latest.Address)
	if !ok || d.theme.ASCII {
		return ""
	}
	above := page{width: width, margin: 1}
	above.address(d.theme.Accent, d.latest.Address)
	across, down := code.Size()
	if width < across+besideCode || height < down+len(above.lines) {
		return ""
	}
	beside := page{width: width - across, margin: 2}
	beside.text(d.theme.Title, d.title())
	beside.blank()
	beside.text(d.theme.Text, "Point your phone's camera at the code, or open the address above on any device.")
	beside.blank()
	beside.text(d.theme.Text, d.waitingWords())
	beside.blank()
	d.plan(&beside)
	beside.explain(d.theme.Faint, "The page is Plaid's. Your bank password goes to your bank or Plaid, never to coffer.")
	_, plain := d.theme.Code.GetBackground().(lipgloss.NoColor)
	lines := code.Lines(!plain)
	for i := range lines {
		lines[i] = d.theme.Code.Render(lines[i])
	}
	words := widget.Block(strings.Join(beside.fitted(down), "\n"), beside.width, down)
	body := lipgloss.JoinHorizontal(lipgloss.Top, strings.Join(lines, "\n"), words)
	return widget.Block(strings.Join(append(above.fitted(height), body), "\n"), width, height)
}

// waitingWords say that nothing is stuck, and how long there is.
func (d *linkDialog) waitingWords() string {
	left := ""
	if d.timeout > 0 {
		left = " · " + widget.Left(d.timeout-d.clock.Now().Sub(d.waiting)) + " left"
	}
	return d.spinner.View() + " waiting for you to finish there" + left
}
