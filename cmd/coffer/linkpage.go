package main

import (
	"fmt"
	"os"
	"runtime"

	"golang.org/x/term"

	"coffer/plaidsvc"
	"coffer/tui/widget"
)

// page chooses the page to link a bank on, and says why it is Plaid's where nobody
// asked for that.
func (a *app) page(o linkOptions) (page plaidsvc.LinkOptions, why string) {
	if !o.hosted && !o.noBrowser {
		why = a.browserless()
	}
	return plaidsvc.LinkOptions{Timeout: o.timeout, NoBrowser: o.noBrowser, Hosted: o.hosted || why != ""}, why
}

// Why a browser on this computer would be of no use.
const (
	overSSH   = "You are here over ssh"
	noDesktop = "There is no desktop here"
)

// browserless says why a browser on this computer would be of no use, "" if it may
// be of some.
func (w world) browserless() string {
	switch {
	case w.getenv("SSH_CONNECTION") != "" || w.getenv("SSH_TTY") != "":
		return overSSH
	case runtime.GOOS == "linux" && w.getenv("DISPLAY") == "" && w.getenv("WAYLAND_DISPLAY") == "":
		return noDesktop
	}
	return ""
}

// tellHosted shows the address of a page of Plaid's: in words, and for a camera
// where there is room. The code comes last, so that what scrolls away on a low
// screen is said above.
func (a *app) tellHosted(address, why string) {
	if why != "" {
		fmt.Fprintln(a.err, why+", so the page is for any device (else: --no-browser).")
	}
	fmt.Fprintf(a.err, "Open this address on your phone, or any other device:\n%s\n", printable(address))
	lines, missing := a.code(address)
	if missing != "" {
		fmt.Fprintf(a.err, "(no QR code: %s)\n", missing)
	}
	for _, l := range lines {
		fmt.Fprintln(a.err, l)
	}
	fmt.Fprintln(a.err, "waiting for you to finish there; ctrl-c cancels")
}

// code draws an address for a camera, or says why it does not.
func (a *app) code(address string) (lines []string, missing string) {
	f, ok := a.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, "this is no terminal"
	}
	if !widget.ShowsUnicode(a.getenv) {
		return nil, "the locale of this terminal is not UTF-8"
	}
	code, ok := widget.NewQR(address)
	if !ok {
		return nil, "the address is too long for one"
	}
	// Below it one line, and the cursor's.
	width, height := code.Size()
	if cols, rows, err := term.GetSize(int(f.Fd())); err != nil || cols < width || rows < height+2 {
		return nil, fmt.Sprintf("the terminal needs %d columns and %d rows for it", width, height+2)
	}
	if a.flags.noColor {
		return code.Lines(false), ""
	}
	// Black on white whatever the terminal's own colours are: these two of the 256
	// are the same everywhere.
	lines = code.Lines(true)
	for i := range lines {
		lines[i] = "\x1b[38;5;16;48;5;231m" + lines[i] + "\x1b[0m"
	}
	return lines, ""
}
