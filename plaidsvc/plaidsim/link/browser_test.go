package link_test

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// startBrowser starts one headless browser for all subtests of t.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	path := findBrowser(t)
	options := slices.Concat(chromedp.DefaultExecAllocatorOptions[:], []chromedp.ExecAllocatorOption{chromedp.ExecPath(path)})
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to sandbox for root
	}
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	browser, quit := chromedp.NewContext(allocator)
	t.Cleanup(func() { quit(); stop() })
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return browser
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
