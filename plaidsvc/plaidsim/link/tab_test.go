package link_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/internal/browsertest"
)

// A tab is an app's page in a browser's window, driven by keys alone.
type tab struct {
	*browsertest.Page
	t *testing.T
}

func openTab(t *testing.T, browser *browsertest.Browser, address string) *tab {
	t.Helper()
	return &tab{browser.Open(t, address), t}
}

// evaluate evaluates an expression in the app's page.
func evaluate[T any](b *tab, expression string) T {
	b.t.Helper()
	return browsertest.Evaluate[T](b.Page, expression)
}

// inside evaluates an expression in the iframe.
func inside[T any](b *tab, expression string) T {
	b.t.Helper()
	return browsertest.Inside[T](b.Page, expression)
}

// awaitPane waits until a pane is on the stage and has the focus.
func (b *tab) awaitPane(name string) {
	b.t.Helper()
	b.AwaitInside(fmt.Sprintf(`document.querySelector('#pane')?.dataset.pane === %q
		&& document.querySelector('#pane').contains(document.activeElement)`, name))
}

// awaitFocus waits until the control of an id has the focus.
func (b *tab) awaitFocus(id string) {
	b.t.Helper()
	b.AwaitInside(fmt.Sprintf(`document.activeElement.id === %q`, id))
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
