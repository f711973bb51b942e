package browsertest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a page may take for a whole test. It is reached only
// when a test fails.
const patience = 2 * time.Minute

// A Page is a document in a window of its own, for one test.
type Page struct {
	t      *testing.T
	ctx    context.Context
	window *window
	popups []target.ID // that were opened so far
}

// Open opens an address. When t is over the page must not have complained of
// anything, unless t took the [Page.Complaints] itself.
func (b *Browser) Open(t *testing.T, address string) *Page {
	t.Helper()
	p := &Page{t: t, window: b.borrow(t)}
	ctx, cancel := context.WithTimeout(p.window.ctx, patience)
	t.Cleanup(cancel)
	p.ctx = ctx
	p.Look(1280, 800, "light")
	p.run(chromedp.Navigate(address))
	t.Cleanup(func() {
		if t.Failed() {
			return // whatever failed is the better message
		}
		if left := p.Complaints(); len(left) > 0 {
			t.Errorf("the browser complained: %q", left)
		}
	})
	return p
}

func (p *Page) run(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// Press presses keys (package chromedp/kb) or types text wherever the focus is.
func (p *Page) Press(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		p.run(chromedp.KeyEvent(key))
	}
}

// Backtab moves the focus to the control before, as Shift and Tab do.
func (p *Page) Backtab() {
	p.t.Helper()
	p.run(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
}

// Enter puts in a text in one event, as dictation and pasting do. A search that
// waits for a pause between keys then runs once, however slow the machine.
func (p *Page) Enter(text string) {
	p.t.Helper()
	p.run(command(input.InsertText, input.InsertTextParams{Text: text}))
}

// Evaluate returns what a JavaScript expression is in the page, promises
// awaited. It sees what the page's own scripts see.
func Evaluate[T any](p *Page, expression string) T {
	p.t.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("evaluate %s in the page: %v\n%s", expression, err, p.shown())
	}
	return value
}

// Inside returns what a JavaScript expression is in the page's only iframe, of
// whatever origin it is. It sees the document, and nothing of its scripts.
func Inside[T any](p *Page, expression string) T {
	p.t.Helper()
	value, err := chromedp.Run(p.ctx, inside[T](expression))
	if err != nil {
		p.t.Fatalf("evaluate %s in the iframe: %v\n%s", expression, err, p.shown())
	}
	return value
}

func inside[T any](expression string) chromedp.Action[T] {
	return func(ctx context.Context, target *chromedp.Target) (T, error) {
		id, err := enterFrame(ctx, target)
		if err != nil {
			var none T
			return none, err
		}
		in := func(p *runtime.EvaluateParams) { p.ContextID = id }
		return chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise, in)(ctx, target)
	}
}

// enterFrame returns our world in the iframe, making it if need be.
func enterFrame(ctx context.Context, target *chromedp.Target) (runtime.ExecutionContextID, error) {
	tree, err := cdp.Call(ctx, target, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		return 0, err
	}
	if n := len(tree.FrameTree.ChildFrames); n != 1 {
		return 0, fmt.Errorf("the page has %d iframes, want 1", n)
	}
	entered, err := cdp.Call(ctx, target, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{
		FrameID: tree.FrameTree.ChildFrames[0].Frame.ID, WorldName: world,
	})
	return entered.ExecutionContextID, err
}

// shown tells what a person reads in the window, for the message of a failure.
func (p *Page) shown() string {
	// The page's own time may be up.
	ctx, cancel := context.WithTimeout(p.window.ctx, time.Second)
	defer cancel()
	const read = `(document.body?.innerText ?? '').replace(/\n\s*\n/g, '\n')`
	text := "the page shows nothing that can be read"
	if outer, err := chromedp.Run(ctx, chromedp.Evaluate[string](read)); err == nil {
		text = "the page shows:\n" + outer
	}
	if inner, err := chromedp.Run(ctx, inside[string](read)); err == nil {
		text += "\nthe iframe shows:\n" + inner
	}
	return text
}

// until is an expression that settles when a condition holds.
func until(condition string) string {
	return fmt.Sprintf(`new Promise((done, fail) => {
		const look = () => {
			try { if (%s) done(true); else setTimeout(look, 5); } catch (error) { fail(error); }
		};
		look();
	})`, condition)
}

// Await waits until a JavaScript condition holds in the page.
func (p *Page) Await(condition string) {
	p.t.Helper()
	Evaluate[bool](p, until(condition))
}

// AwaitInside waits until a JavaScript condition holds in the page's only
// iframe, which must have loaded.
func (p *Page) AwaitInside(condition string) {
	p.t.Helper()
	Inside[bool](p, until(condition))
}
