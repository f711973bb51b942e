package plaidsvc_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

// A tab is a page in a real browser, driven by keys.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	troubles []string // violations of the page's policy, exceptions, console
}

// newTab starts a browser that ends with t.
func newTab(t *testing.T) *tab {
	t.Helper()
	options := slices.Concat(chromedp.DefaultExecAllocatorOptions[:], []chromedp.ExecAllocatorOption{chromedp.ExecPath(findBrowser(t))})
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to sandbox for root
	}
	bounded, cancel := context.WithTimeout(t.Context(), time.Minute)
	allocator, stop := chromedp.NewExecAllocator(bounded, options...)
	b := &tab{t: t}
	ctx, quit := chromedp.NewContext(allocator, chromedp.WithListener(b.listen))
	b.ctx = ctx
	t.Cleanup(func() { quit(); stop(); cancel() })
	return b
}

// findBrowser skips the test where there is no browser, unless COFFER_REQUIRE
// says that there must be one.
func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if slices.Contains(strings.Split(os.Getenv("COFFER_REQUIRE"), ","), "browser") {
		t.Fatal("COFFER_REQUIRE asks for a browser, and there is none in PATH")
	}
	t.Skip("there is no browser in PATH")
	return ""
}

func (b *tab) listen(event any) {
	trouble := ""
	switch e := event.(type) {
	case *log.EventEntryAdded:
		trouble = e.Entry.Text
	case *runtime.EventExceptionThrown:
		trouble = (&chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}).Error()
	case *runtime.EventConsoleAPICalled:
		trouble = fmt.Sprintf("console.%s", e.Type)
	default:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.troubles = append(b.troubles, trouble)
}

func (b *tab) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.troubles)
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) error {
	return chromedp.Do(b.ctx, actions...)
}

// press types at whatever has the focus.
func (b *tab) press(keys ...string) error {
	for _, key := range keys {
		if err := b.do(chromedp.KeyEvent(key)); err != nil {
			return err
		}
	}
	return nil
}

// until is an expression that settles when a condition holds.
func until(condition string) string {
	return `new Promise((done) => {
		const look = () => { (` + condition + `) ? done(true) : setTimeout(look, 10); };
		look();
	})`
}

// awaitPage waits for a condition in our own page.
func (b *tab) awaitPage(condition string) error {
	_, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](until(condition), chromedp.EvalAwaitPromise))
	return err
}

// awaitPane waits for a pane of the simulator's Link, inside its frame.
func (b *tab) awaitPane(condition string) error {
	_, err := chromedp.Run(b.ctx, func(ctx context.Context, target *chromedp.Target) (bool, error) {
		tree, err := cdp.Call(ctx, target, cdppage.GetFrameTree, cdp.Empty{})
		if err != nil {
			return false, err
		}
		if n := len(tree.FrameTree.ChildFrames); n != 1 {
			return false, fmt.Errorf("the page has %d frames, want 1", n)
		}
		world, err := cdp.Call(ctx, target, cdppage.CreateIsolatedWorld, cdppage.CreateIsolatedWorldParams{
			FrameID: tree.FrameTree.ChildFrames[0].Frame.ID, WorldName: "test",
		})
		if err != nil {
			return false, err
		}
		in := func(p *runtime.EvaluateParams) { p.ContextID = world.ExecutionContextID }
		return chromedp.Evaluate[bool](until(condition), chromedp.EvalAwaitPromise, in)(ctx, target)
	})
	return err
}

func pane(name string) string {
	return `document.querySelector('#pane') && document.querySelector('#pane').dataset.pane === '` + name + `'`
}

// linkByKeys goes through Link as a person does who has no mouse.
func (b *tab) linkByKeys(address string) error {
	steps := []func() error{
		func() error { return b.do(chromedp.Navigate(address)) },
		func() error { return b.awaitPage(`document.title === 'coffer: link a bank'`) },
		func() error { return b.awaitPage(`document.querySelector('dialog[open] iframe')`) },
		func() error { return b.awaitPane(pane("intro")) },
		func() error { return b.press(kb.Enter) },
		func() error { return b.awaitPane(pane("institutions")) },
		func() error { return b.press("First Platypus Bank") },
		func() error { return b.awaitPane(`document.querySelectorAll('[data-institution]').length === 1`) },
		func() error { return b.press(kb.Enter) },
		func() error { return b.awaitPane(`document.activeElement.dataset.institution === '` + platypus + `'`) },
		func() error { return b.press(kb.Enter) },
		func() error { return b.awaitPane(pane("credentials")) },
		func() error { return b.press("user_good", kb.Tab, "pass_good", kb.Enter) },
		func() error { return b.awaitPane(pane("accounts")) },
		func() error { return b.press(kb.Enter) },
		func() error { return b.awaitPane(pane("success")) },
		func() error { return b.press(kb.Enter) },
		func() error {
			return b.awaitPage(`document.querySelector('#title').textContent === 'Your bank agreed'`)
		},
	}
	for i, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("step %d: %w", i, err)
		}
	}
	return nil
}

// The page works in a real browser under its policy: the script loads, the bank
// signs in, the result comes back, and the browser has nothing to complain of.
func TestLinkInARealBrowser(t *testing.T) {
	b := newTab(t)
	walked := make(chan error, 1)
	s := simulate(t, plaidsim.Options{Settled: true}, func(c *plaidsvc.Config) {
		c.Browser = func(address string) error {
			walked <- b.linkByKeys(address)
			return nil
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	item, err := s.Link(ctx, plaidsvc.LinkOptions{}, nil)
	if err != nil || item.Name != "First Platypus Bank" || item.State != ledger.ItemOK || len(s.vault.rows) == 0 {
		t.Errorf("Link = %+v, %v with %d rows", item, err, len(s.vault.rows))
	}
	if err := <-walked; err != nil {
		t.Error(err)
	}
	if got := b.complaints(); len(got) > 0 {
		t.Errorf("the browser complained: %q", got)
	}
	if path := os.Getenv("COFFER_SHOT"); path != "" {
		shoot(t, b, path)
	}
}

func shoot(t *testing.T, b *tab, path string) {
	t.Helper()
	_, err := chromedp.Run(b.ctx, func(ctx context.Context, target *chromedp.Target) (bool, error) {
		shot, err := cdp.Call(ctx, target, cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{})
		if err != nil {
			return false, err
		}
		return true, os.WriteFile(path, shot.Data, 0o600)
	})
	if err != nil {
		t.Error(err)
	}
}
