package browsertest

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// world is the name of the JavaScript world that tests look at documents from.
// It sees the document and none of the page's own objects, nor they it.
const world = "browsertest"

// sentinel runs in that world of every document before the document's scripts.
// The console tells of violations too, but only of those it thinks worth it.
const (
	violationBinding = "reportViolation"
	sentinel         = `addEventListener('securitypolicyviolation',
		(event) => ` + violationBinding + `(event.violatedDirective + ' ' + event.blockedURI))`
)

// A window is one tab of the browser, and what happened in it.
type window struct {
	ctx   context.Context
	close func()

	mu         sync.Mutex
	violations []string // of a page's policy, as the page is told
	troubles   []string // exceptions, and what was logged that is not an HTTP status
	answers    []answer
}

// An answer is what the browser knows of a response before it has its body.
type answer struct {
	id       network.RequestID
	response *network.Response
	complete bool
}

// openWindow opens a window that closes with the browser, or takes one that
// options name.
func openWindow(browser context.Context, options ...chromedp.ContextOption) (*window, error) {
	w := &window{}
	w.ctx, w.close = chromedp.NewContext(browser, append(options, chromedp.WithListener(w.listen))...)
	return w, chromedp.Do(w.ctx,
		// Without focus emulation only one window of a browser gets the keyboard.
		command(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}),
		command(runtime.AddBinding, runtime.AddBindingParams{Name: violationBinding, ExecutionContextName: world}),
		command(page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: sentinel, WorldName: world}),
	)
}

// command makes an action of a protocol command.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	})
}

// listen is told everything that happens in the window, in order.
func (w *window) listen(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventBindingCalled:
		w.violations = append(w.violations, e.Payload)
	case *log.EventEntryAdded:
		if e.Entry.Source != log.EntrySourceNetwork { // which has every status of 400 and more
			w.troubles = append(w.troubles, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		thrown := &chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}
		w.troubles = append(w.troubles, thrown.Error())
	case *runtime.EventConsoleAPICalled:
		w.troubles = append(w.troubles, fmt.Sprintf("console.%s", e.Type))
	case *network.EventResponseReceived:
		// Where there is no body, a page that reads none never hears of its end.
		empty := e.Response.Status == http.StatusNoContent
		w.answers = append(w.answers, answer{id: e.RequestID, response: e.Response, complete: empty})
	case *network.EventLoadingFinished:
		for i := range w.answers {
			w.answers[i].complete = w.answers[i].complete || w.answers[i].id == e.RequestID
		}
	}
}

// complaints returns and forgets what the window complained of, the violations
// of a policy first.
func (w *window) complaints() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := slices.Concat(w.violations, w.troubles)
	w.violations, w.troubles = nil, nil
	return all
}

// complete returns the answers that have come in to their last byte.
func (w *window) complete() []answer {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(w.answers), func(a answer) bool { return !a.complete })
}

// forget makes the window as good as new.
func (w *window) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.violations, w.troubles, w.answers = nil, nil, nil
}
