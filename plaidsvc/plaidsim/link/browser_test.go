package link_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A browser is one headless browser for all subtests of a test. Its windows go
// from one to the next, because opening one costs more than a whole flow in it.
type browser struct {
	ctx  context.Context
	idle chan *window
}

// A window is one tab of the browser, and what it complained about.
type window struct {
	ctx context.Context

	mu       sync.Mutex
	troubles []string // exceptions, and what was logged that is not an HTTP status
}

// startBrowser starts a browser that ends with t. Use it from subtests of t.
func startBrowser(t *testing.T) *browser {
	t.Helper()
	path := findBrowser(t)
	options := slices.Concat(chromedp.DefaultExecAllocatorOptions[:], []chromedp.ExecAllocatorOption{chromedp.ExecPath(path)})
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to sandbox for root
	}
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, quit := chromedp.NewContext(allocator)
	t.Cleanup(func() { quit(); stop() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return &browser{ctx: ctx, idle: make(chan *window, 32)}
}

// borrow takes an idle window or opens one. It goes back, empty, when t is over.
func (b *browser) borrow(t *testing.T) *window {
	t.Helper()
	var w *window
	select {
	case w = <-b.idle:
	default:
		w = b.open(t)
	}
	t.Cleanup(func() {
		if err := chromedp.Do(w.ctx, chromedp.Navigate("about:blank")); err != nil {
			t.Errorf("empty the window: %v", err)
			return
		}
		w.forget()
		b.idle <- w
	})
	return w
}

func (b *browser) open(t *testing.T) *window {
	t.Helper()
	w := &window{}
	// The window closes with the browser.
	w.ctx, _ = chromedp.NewContext(b.ctx, chromedp.WithListener(w.listen))
	// Without focus emulation only one window of a browser gets the keyboard.
	focus := command(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	if err := chromedp.Do(w.ctx, focus); err != nil {
		t.Fatalf("open a window: %v", err)
	}
	return w
}

func (w *window) listen(event any) {
	trouble := ""
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Source == log.EntrySourceNetwork { // every answer of status 400
			return
		}
		trouble = e.Entry.Text
	case *runtime.EventExceptionThrown:
		trouble = (&chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}).Error()
	case *runtime.EventConsoleAPICalled:
		trouble = fmt.Sprintf("console.%s", e.Type)
	default:
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.troubles = append(w.troubles, trouble)
}

// forget returns what the window complained about since the last call.
func (w *window) forget() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	troubles := w.troubles
	w.troubles = nil
	return troubles
}

// findBrowser skips the test where there is no browser, unless COFFER_REQUIRE
// says that there must be one.
func findBrowser(t *testing.T) string {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if slices.Contains(strings.Split(os.Getenv("COFFER_REQUIRE"), ","), "browser") {
		t.Fatalf("COFFER_REQUIRE asks for a browser, and none of %v is in PATH", names)
	}
	t.Skipf("none of %v is in PATH", names)
	return ""
}
