package browsertest

import (
	"context"
	"errors"
	"slices"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Popup returns the window that the page or its iframe opens because of what
// open does. It looks as a page does that was just opened, and t ends with it.
func (p *Page) Popup(open func()) *Page {
	p.t.Helper()
	// Every window hears of every other's, and may hear of its own last one when
	// that has just closed.
	own := chromedp.FromContext(p.window.ctx).Target.TargetID
	found := chromedp.WaitNewTarget(p.ctx, func(info *target.Info) bool {
		return info.Type == "page" && info.OpenerID == own && !slices.Contains(p.popups, info.TargetID)
	})
	open()
	var id target.ID
	select {
	case id = <-found:
	case <-p.ctx.Done():
		p.t.Fatalf("wait for a window to open: %v\n%s", p.ctx.Err(), p.shown())
	}
	p.popups = append(p.popups, id)
	w, err := openWindow(p.window.ctx, chromedp.WithTargetID(id))
	if err != nil {
		p.t.Fatalf("look into the window that was opened: %v", err)
	}
	popup := &Page{t: p.t, window: w}
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	popup.ctx = ctx
	popup.awaitAddress()
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

// awaitAddress waits until the window has left the empty document that it opens
// with, which cuts off whatever is asked of it meanwhile.
func (p *Page) awaitAddress() {
	p.t.Helper()
	const arrived = `new Promise((done) => setTimeout(() => done(location.href !== 'about:blank'), 5))`
	for {
		there, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](arrived, chromedp.EvalAwaitPromise))
		switch {
		case there:
			return
		case p.ctx.Err() != nil, errors.Is(err, chromedp.ErrTargetDetached):
			p.t.Fatalf("wait for a window to load: %v", err)
		}
	}
}

// PressAway presses a key on which the window closes, and waits until it has. It
// may be gone before the key is up.
func (p *Page) PressAway(key string) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.KeyEvent(key)); err != nil && !errors.Is(err, chromedp.ErrTargetDetached) {
		p.t.Fatal(err)
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
	err := chromedp.Do(p.ctx, command(page.Close, cdp.Empty{}))
	if err != nil && !errors.Is(err, chromedp.ErrTargetDetached) {
		p.t.Fatal(err)
	}
}
