package browsertest

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Popup returns the window that the page or its iframe opens because of what
// open does. It looks as a page does that was just opened, and t ends with it.
func (p *Page) Popup(open func()) *Page {
	p.t.Helper()
	found := chromedp.WaitNewTarget(p.ctx, func(info *target.Info) bool { return info.Type == "page" })
	open()
	var id target.ID
	select {
	case id = <-found:
	case <-p.ctx.Done():
		p.t.Fatalf("wait for a window to open: %v\n%s", p.ctx.Err(), p.shown())
	}
	w, err := openWindow(p.window.ctx, chromedp.WithTargetID(id))
	if err != nil {
		p.t.Fatalf("look into the window that was opened: %v", err)
	}
	popup := &Page{t: p.t, window: w}
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	popup.ctx = ctx
	popup.Look(480, 720, "light")
	p.t.Cleanup(func() {
		cancel()
		w.close()
		if left := w.complaints(); len(left) > 0 && !p.t.Failed() {
			p.t.Errorf("the browser complained in a window that was opened: %q", left)
		}
	})
	return popup
}

// PressAway presses a key that makes the window close, and waits until it has.
func (p *Page) PressAway(key string) {
	p.t.Helper()
	// The window may be gone before it is told that the key is up again.
	if err := chromedp.Do(p.ctx, chromedp.KeyEvent(key)); err != nil {
		p.t.Logf("press a key in a window that closes: %v", err)
	}
	p.AwaitGone()
}

// AwaitGone waits until the window has closed.
func (p *Page) AwaitGone() {
	p.t.Helper()
	gone, err := chromedp.Detached(p.window.ctx)
	if err != nil {
		p.t.Fatalf("wait for a window to close: %v", err)
	}
	select {
	case <-gone:
	case <-p.ctx.Done():
		p.t.Fatalf("wait for a window to close: %v\n%s", p.ctx.Err(), p.shown())
	}
}

// Close closes the window, as a person does.
func (p *Page) Close() {
	p.t.Helper()
	p.run(command(page.Close, cdp.Empty{}))
}
