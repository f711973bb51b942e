package link_test

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
)

func testUpdate(t *testing.T, browser *browsertest.Browser) {
	s := newSimulation(t)
	item := s.item("ins_109508")
	before := s.accounts(item)
	b := s.open(opener(t, browser), object{"access_token": item})
	if got, want := b.text("h1"), "Reconnect First Platypus Bank to coffer"; got != want {
		t.Errorf("title = %q, want %q", got, want)
	}
	b.Press(kb.Enter)
	b.awaitPane("credentials")
	b.Press("user_custom", kb.Tab, "{}", kb.Enter) // somebody else
	b.AwaitInside(`document.querySelector('#alert').textContent.startsWith('The username is not the one')`)
	b.Backtab()
	b.awaitFocus("username")
	b.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	b.awaitPane("success")
	if got := b.text("h1"); got != "Reconnected" {
		t.Errorf("title = %q, want Reconnected", got)
	}
	b.finish()
	checkUpdated(t, b)
	if got := s.accounts(item); !slices.Equal(got, before) {
		t.Errorf("accounts = %q, want %q", got, before)
	}
}

// checkUpdated wants one onSuccess, and all events to be of an update.
func checkUpdated(t *testing.T, b *tab) {
	t.Helper()
	all := b.callbacks()
	if len(of(all, "onSuccess")) != 1 || len(of(all, "onExit")) != 0 {
		t.Errorf("callbacks = %v, want one onSuccess", all)
	}
	for _, c := range of(all, "onEvent") {
		if c.args[1].(object)["is_update_mode"] != true || c.args[0] == "SELECT_INSTITUTION" {
			t.Errorf("event %v of an update: %v", c.args[0], c.args[1])
		}
	}
}

func testUpdateWithSelection(t *testing.T, browser *browsertest.Browser) {
	s := newSimulation(t)
	item := s.item("ins_109508")
	before := s.accounts(item)
	selection := object{"access_token": item, "update": object{"account_selection_enabled": true}}
	b := s.open(opener(t, browser), selection)
	b.Press(kb.Enter)
	b.awaitPane("credentials")
	b.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	b.awaitPane("accounts")
	b.Press(kb.ArrowDown, " ", kb.Enter) // all but the first
	b.awaitPane("success")
	b.finish()
	checkUpdated(t, b)
	if got := s.accounts(item); !slices.Equal(got, before[1:]) {
		t.Errorf("accounts = %q, want %q", got, before[1:])
	}
}

func testUpdateAtOAuthBank(t *testing.T, browser *browsertest.Browser) {
	s := newSimulation(t)
	item := s.item(oauthBank)
	before := s.accounts(item)
	b := s.open(opener(t, browser), object{"access_token": item})
	b.Press(kb.Enter)
	b.awaitPane("oauth")
	popup := b.atBank()
	popup.toConsent()
	// Such a bank asks in any case, and knows what was agreed to before.
	if n := evaluate[int](popup, `document.querySelectorAll('[data-account]:checked').length`); n != len(before) {
		t.Errorf("%d accounts are ticked, want the Item's %d", n, len(before))
	}
	popup.PressAway(kb.Enter)
	b.awaitPane("success")
	b.finish()
	checkUpdated(t, b)
	if got := s.accounts(item); !slices.Equal(got, before) {
		t.Errorf("accounts = %q, want %q", got, before)
	}
}
