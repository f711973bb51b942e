package tui

import (
	"fmt"
	"strings"

	"coffer/tui/widget"
)

// The smallest screen that anything useful fits on.
const MinWidth, MinHeight = 40, 12

// narrow is the width below which the header names only the screen in front.
const narrow = 64

// frameHeight is the header with its rule, and the footer with its.
const frameHeight = 2 + 2

// resize gives the screens what the frame leaves.
func (a *root) resize() {
	for _, t := range a.tabs {
		t.SetSize(a.width, max(0, a.height-frameHeight))
	}
}

// View stacks header, front screen and footer, in exactly the size of the screen.
func (a *root) View() string {
	if a.width <= 0 || a.height <= 0 {
		return "" // not known yet
	}
	view := a.tooSmall
	if a.width >= MinWidth && a.height >= MinHeight {
		view = a.full
	}
	if a.options.ASCII {
		return widget.ASCII(view())
	}
	return view()
}

func (a *root) full() string {
	if a.lock.phase != unlocked {
		return a.locked()
	}
	body := widget.Block(a.body(), a.width, a.height-frameHeight)
	if a.dialog != nil {
		body = widget.Overlay(body, a.dialog.View(a.width, a.height-frameHeight))
	}
	lines := append([]string{a.header(), a.tabRule()}, strings.Split(body, "\n")...)
	return a.withStatus(append(lines, a.theme.Rule.Render(widget.Rule(a.width)), a.footer()))
}

// body is the screen in front, or why there is nothing to show on it.
func (a *root) body() string {
	switch {
	case a.vault.shown != nil:
		return a.screen(a.front).View()
	case a.vault.failure != nil:
		text := widget.Wrap(a.vault.failure.Error(), a.width-4)
		return "\n  " + a.theme.Error.Render(strings.Join(text, "\n  "))
	}
	return "\n  " + a.theme.Faint.Render("opening the vault…")
}

// tooSmall says what is missing, in whatever room there is.
func (a *root) tooSmall() string {
	lines := widget.Wrap(fmt.Sprintf("coffer needs %d×%d, this is %d×%d", MinWidth, MinHeight, a.width, a.height), a.width)
	for i, line := range lines {
		lines[i] = widget.Fit(line, a.width)
	}
	return widget.Block(strings.Join(lines, "\n"), a.width, a.height)
}

// header names the program, the screens and how things are.
func (a *root) header() string {
	left := " " + a.theme.Title.Render("coffer")
	if a.width < narrow {
		left += a.theme.Faint.Render(" · ") + a.theme.Accent.Render(a.screen(a.front).Title())
	} else {
		gap := strings.Repeat(" ", a.tabGap())
		for i, t := range a.tabs {
			style := a.theme.Faint
			if t.id == a.front {
				style = a.theme.Accent
			}
			left += gap + style.Render(tabName(i, t))
		}
	}
	return left + a.strip(a.width-widget.Width(left)-1) + " "
}

// leftOfStrip is how many cells of the header stand left of the strip, on the
// screen where they are most: what is told right of them is the same on all.
func (a *root) leftOfStrip() int {
	if a.width < narrow {
		return 1 + widget.Width("coffer · ") + a.longestTitle()
	}
	cells := 1 + len("coffer")
	for i, t := range a.tabs {
		cells += a.tabGap() + widget.Width(tabName(i, t))
	}
	return cells
}

func (a *root) longestTitle() int {
	longest := 0
	for _, t := range a.tabs {
		longest = max(longest, widget.Width(t.Title()))
	}
	return longest
}

func tabName(i int, t tab) string { return fmt.Sprintf("%d %s", i+1, t.Title()) }

// tabGap is the space before each tab: three cells where there is room.
func (a *root) tabGap() int {
	if a.width >= 100 {
		return 3
	}
	return 2
}

// tabRule is the line under the header, heavy under the tab in front: the place
// says where one is, also without colour. What the strip has no room for stands in
// it.
func (a *root) tabRule() string {
	from, to := 1+widget.Width("coffer · "), 0
	if a.width < narrow {
		to = from + widget.Width(a.screen(a.front).Title())
	} else {
		from = 1 + len("coffer")
		for i, t := range a.tabs {
			from += a.tabGap()
			to = from + widget.Width(tabName(i, t))
			if t.id == a.front {
				break
			}
			from = to
		}
	}
	from, to = min(from, a.width), min(to, a.width)
	rest, end := a.overflow(), ""
	if rest != "" {
		rest, end = " "+rest+" ", widget.Rule(1)
	}
	return a.theme.Rule.Render(widget.Rule(from)) +
		a.theme.Accent.Render(strings.Repeat("━", to-from)) +
		a.theme.Rule.Render(widget.Rule(a.width-to-widget.Width(rest+end))) +
		a.theme.Faint.Render(rest) + a.theme.Rule.Render(end)
}
