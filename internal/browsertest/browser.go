// Package browsertest drives a page in a real browser by keyboard alone, as
// tests do. It imports testing and is for tests only: no program links it.
//
// # Promises
//
// A test that opens a page says what it types and what it waits for; nothing
// sleeps, and nothing clicks, so a control that keys do not reach stops the
// test. What the page and its only iframe complain of (a policy that was
// violated, an exception, a line in the console) fails the test that opened the
// page, unless the test asked for it. An HTTP status is no complaint: a missing
// favicon is nobody's business.
//
// Where there is no browser, a test is skipped and says so. Where COFFER_REQUIRE
// lists "browser", it fails instead. With -short it is skipped everywhere.
//
// # What it never does
//
// It installs nothing in a page that the page's own scripts could see, reaches
// for no browser but the one in PATH, and leaves none behind.
package browsertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A Browser is one headless browser for all subtests of a test. Its windows go
// from one to the next, because opening one costs more than most tests in it.
type Browser struct {
	ctx  context.Context
	idle chan *window
}

// windowsKept is how many idle windows wait for the next test. More than that
// are not in use at once.
const windowsKept = 32

// Start starts a browser that ends with t. Its pages are for subtests of t,
// which may run in parallel. With -short t is skipped, wherever it runs: what a
// browser adds to the race detector is only the time of both.
func Start(t *testing.T) *Browser {
	t.Helper()
	path, err := find()
	switch {
	case testing.Short():
		t.Skip("-short: a page in a browser takes minutes beside the race detector; the whole run has it")
	case err != nil && required():
		t.Fatalf("COFFER_REQUIRE asks for a browser: %v", err)
	case err != nil:
		t.Skip(err)
	}
	options := slices.Concat(chromedp.DefaultExecAllocatorOptions[:], []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path),
		chromedp.Flag("incognito", true), // a profile on the disk takes a fifth of the browser's time
	})
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to sandbox for root
	}
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, quit := chromedp.NewContext(allocator)
	t.Cleanup(func() { quit(); stop() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return &Browser{ctx: ctx, idle: make(chan *window, windowsKept)}
}

// names are what Chromium is called in PATH, here and there.
func names() []string { return []string{"chromium", "chromium-browser", "google-chrome"} }

// find returns the browser in PATH.
func find() (string, error) {
	for _, name := range names() {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("find a browser: none of %s is in PATH", strings.Join(names(), ", "))
}

// required reports whether the machine is one that must have a browser.
func required() bool {
	return slices.Contains(strings.Split(os.Getenv("COFFER_REQUIRE"), ","), "browser")
}

// borrow takes an idle window or opens one. It goes back, empty, when t is over.
func (b *Browser) borrow(t *testing.T) *window {
	t.Helper()
	var w *window
	select {
	case w = <-b.idle:
	default:
		var err error
		if w, err = openWindow(b.ctx); err != nil {
			t.Fatalf("open a window: %v", err)
		}
	}
	t.Cleanup(func() {
		if err := chromedp.Do(w.ctx, chromedp.Navigate("about:blank")); err != nil {
			t.Errorf("empty the window: %v", err)
			return
		}
		w.forget()
		select {
		case b.idle <- w:
		default: // it closes with the browser
		}
	})
	return w
}
