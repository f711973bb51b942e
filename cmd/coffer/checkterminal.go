package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"coffer/tui"
	"coffer/tui/widget"
)

// terminal says what the terminal can do, and what it takes for the rest.
func (x *examination) terminal(context.Context) finding {
	if !x.shows() {
		return fine("output goes elsewhere; the interface wants a terminal")
	}
	name := x.getenv("TERM")
	if name == "" || name == "dumb" {
		return warning("set TERM, to xterm-256color for example", "TERM is %q: the interface cannot be drawn", name)
	}
	width, height := x.terminalSize()
	can := []string{name, fmt.Sprintf("%d×%d", width, height), x.colours()}
	var fixes []string
	if width < tui.MinWidth || height < tui.MinHeight {
		fixes = append(fixes, fmt.Sprintf("make the window larger: the interface needs %d×%d", tui.MinWidth, tui.MinHeight))
	}
	if widget.ShowsUnicode(x.getenv) {
		can = append(can, "UTF-8")
	} else {
		can = append(can, "no UTF-8, so lines are drawn in ASCII and there is no QR code for a phone")
		fixes = append(fixes, "set LC_ALL or LANG to a locale in UTF-8, C.UTF-8 for example")
	}
	if len(fixes) > 0 {
		return warning(strings.Join(fixes, "; "), "%s", strings.Join(can, ", "))
	}
	return fine("%s", strings.Join(can, ", "))
}

// colours says how many the interface has, and why it has none.
func (x *examination) colours() string {
	switch n := tui.Colours(tui.Options{Out: x.out, Environ: os.Environ(), Palette: x.palette()}); {
	case n > 256:
		return "all colours"
	case n > 0:
		return fmt.Sprintf("%d colours", n)
	case x.getenv("NO_COLOR") != "":
		return "no colours (NO_COLOR is set)"
	case x.palette() == tui.PaletteNone:
		return "no colours, as you want it"
	}
	return "no colours"
}

// browser looks for what would show the page on which a bank is linked, and says what
// is there instead.
func (x *examination) browser(context.Context) finding {
	const phone = "coffer link shows an address and a QR code for a phone"
	switch x.browserless() {
	case overSSH:
		return fine("over ssh none of this computer's is of use: %s", phone)
	case noDesktop:
		return fine("there is no desktop here (neither DISPLAY nor WAYLAND_DISPLAY is set): %s", phone)
	}
	openers := browserOpeners()
	if len(openers) == 0 {
		return fine("the system opens yours")
	}
	for _, opener := range openers {
		if path, err := exec.LookPath(opener); err == nil {
			return fine("%s is asked to open yours; where it cannot, %s", path, phone)
		}
	}
	return warning("install xdg-utils and a browser, or link with a phone: coffer link --hosted",
		"nothing here can open one: there is no %s", strings.Join(openers, ", no "))
}

// browserOpeners are the programs of which package browser starts the first that is
// there; none where it asks the system itself.
func browserOpeners() []string {
	switch runtime.GOOS {
	case "windows":
		return nil
	case "darwin":
		return []string{"open"}
	case "linux":
		return []string{"xdg-open", "x-www-browser", "www-browser"}
	}
	return []string{"xdg-open"}
}
