package link_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a tab may take for a whole subtest. It is reached only
// when a test fails.
const patience = 30 * time.Second

// A tab is a window with an app's page in it, for one test, driven by keys
// alone.
type tab struct {
	t      *testing.T
	ctx    context.Context
	window *window
}

// openTab opens an address. When the test is over the tab must not have
// complained about anything, unless the test asked for the complaints itself.
func openTab(t *testing.T, browser *browser, address string) *tab {
	t.Helper()
	b := &tab{t: t, window: browser.borrow(t)}
	ctx, cancel := context.WithTimeout(b.window.ctx, patience)
	t.Cleanup(cancel)
	b.ctx = ctx
	b.run(chromedp.Navigate(address))
	t.Cleanup(func() {
		if t.Failed() {
			return // whatever failed is the better message
		}
		if left := b.complaints(); len(left) > 0 {
			t.Errorf("the browser complained: %q", left)
		}
	})
	return b
}

// command makes an action of a protocol command.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	})
}

// complaints returns and forgets what the browser complained about, violations
// of the page's policy included.
func (b *tab) complaints() []string {
	b.t.Helper()
	return append(evaluate[[]string](b, `violations.splice(0)`), b.window.forget()...)
}

func (b *tab) run(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// press presses keys (package kb) or types text wherever the focus is.
func (b *tab) press(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		b.run(chromedp.KeyEvent(key))
	}
}

// backtab moves the focus to the control before.
func (b *tab) backtab() {
	b.t.Helper()
	b.run(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
}

// enter puts in a text in one event, as dictation and pasting do. A search that
// waits for a pause between keys then runs once, however slow the machine.
func (b *tab) enter(text string) {
	b.t.Helper()
	b.run(command(input.InsertText, input.InsertTextParams{Text: text}))
}

// evaluate evaluates an expression in the app's page.
func evaluate[T any](b *tab, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("evaluate %s in the page: %v", expression, err)
	}
	return value
}

// inside evaluates an expression in the iframe, in a world of its own that the
// page's scripts do not share.
func inside[T any](b *tab, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, func(ctx context.Context, target *chromedp.Target) (T, error) {
		world, err := enterFrame(ctx, target)
		if err != nil {
			var none T
			return none, err
		}
		in := func(p *runtime.EvaluateParams) { p.ContextID = world }
		return chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise, in)(ctx, target)
	})
	if err != nil {
		b.t.Fatalf("evaluate %s in the iframe: %v", expression, err)
	}
	return value
}

func enterFrame(ctx context.Context, target *chromedp.Target) (runtime.ExecutionContextID, error) {
	tree, err := cdp.Call(ctx, target, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		return 0, err
	}
	if n := len(tree.FrameTree.ChildFrames); n != 1 {
		return 0, fmt.Errorf("the page has %d iframes, want 1", n)
	}
	world, err := cdp.Call(ctx, target, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{
		FrameID: tree.FrameTree.ChildFrames[0].Frame.ID, WorldName: "test",
	})
	return world.ExecutionContextID, err
}

// until is an expression that settles when a condition holds.
func until(condition string) string {
	return fmt.Sprintf(`new Promise((done) => {
		const look = () => (%s) ? done(true) : setTimeout(look, 5);
		look();
	})`, condition)
}

// await waits until a condition holds in the iframe.
func (b *tab) await(condition string) {
	b.t.Helper()
	inside[bool](b, until(condition))
}

// awaitPage waits until a condition holds in the app's page.
func (b *tab) awaitPage(condition string) {
	b.t.Helper()
	evaluate[bool](b, until(condition))
}

// awaitPane waits until a pane is on the stage and has the focus.
func (b *tab) awaitPane(name string) {
	b.t.Helper()
	b.await(fmt.Sprintf(`document.querySelector('#pane')?.dataset.pane === %q
		&& document.querySelector('#pane').contains(document.activeElement)`, name))
}

// awaitFocus waits until the control of an id has the focus.
func (b *tab) awaitFocus(id string) {
	b.t.Helper()
	b.await(fmt.Sprintf(`document.activeElement.id === %q`, id))
}

// text returns what a person reads at a selector in the iframe.
func (b *tab) text(selector string) string {
	b.t.Helper()
	return inside[string](b, fmt.Sprintf(`document.querySelector(%q).innerText`, selector))
}

// A callback is one call that the app's page got: its name and arguments.
type callback struct {
	name string
	args []any
}

// callbacks returns all of them so far. Timestamps are checked and then made
// "now", so that the rest can be compared as it is.
func (b *tab) callbacks() []callback {
	b.t.Helper()
	var rows [][]any
	if err := json.Unmarshal([]byte(evaluate[string](b, `JSON.stringify(calls)`)), &rows); err != nil {
		b.t.Fatal(err)
	}
	var all []callback
	for _, row := range rows {
		c := callback{row[0].(string), row[1:]}
		if c.name == "onEvent" {
			b.settleTimestamp(c.args[1].(object))
		}
		all = append(all, c)
	}
	return all
}

func (b *tab) settleTimestamp(metadata object) {
	b.t.Helper()
	stamp, _ := metadata["timestamp"].(string)
	at, err := time.Parse(time.RFC3339, stamp)
	if err != nil || !strings.HasSuffix(stamp, "Z") || time.Since(at).Abs() > time.Minute {
		b.t.Errorf("timestamp of an event = %q, want this moment in UTC (%v)", stamp, err)
	}
	metadata["timestamp"] = "now"
}

// of returns the callbacks of one name.
func of(all []callback, name string) []callback {
	var found []callback
	for _, c := range all {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

// errorEvents returns the events of name ERROR.
func errorEvents(all []callback) []callback {
	return slices.DeleteFunc(of(all, "onEvent"), func(c callback) bool { return c.args[0] != "ERROR" })
}
