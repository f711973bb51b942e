package link_test

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
)

// testNotices picks banks that will not do, or hardly.
func testNotices(t *testing.T, browser *browsertest.Browser) {
	s := newSimulation(t)
	b := s.open(opener(t, browser), nil)
	for i, tt := range []struct{ query, event, status string }{
		{"unsupported", "SELECT_FILTERED_INSTITUTION", "institution_not_supported"},
		{"- down", "SELECT_DOWN_INSTITUTION", "institution_not_found"},
		{"- degraded", "SELECT_DEGRADED_INSTITUTION", "institution_not_found"},
	} {
		if i > 0 {
			evaluate[any](b, `calls.splice(0, Infinity, ['onLoad'])`)
			toIntro(b)
		}
		b.Press(kb.Enter)
		b.awaitPane("institutions")
		b.pick(tt.query)
		b.awaitPane("notice")
		b.leave()
		if got := b.exited()["status"]; got != tt.status {
			t.Errorf("%s: status = %v, want %s", tt.query, got, tt.status)
		}
		if got, want := b.seen(), []string{"OPEN", "SEARCH_INSTITUTION", "SELECT_INSTITUTION", tt.event, "EXIT"}; !slices.Equal(got, want) {
			t.Errorf("%s: events = %q, want %q", tt.query, got, want)
		}
	}
}

// pick searches for a bank that only one is called like, and picks it.
func (b *tab) pick(query string) {
	b.t.Helper()
	b.Enter(query)
	b.awaitRows(1)
	b.Press(kb.ArrowDown, kb.Enter)
}

// testPastNotice chooses another bank, and then goes on with a degraded one.
func testPastNotice(t *testing.T, browser *browsertest.Browser) {
	s := newSimulation(t)
	b := s.open(opener(t, browser), nil)
	b.Press(kb.Enter)
	b.awaitPane("institutions")
	b.pick("- down")
	b.awaitPane("notice")
	b.Press(kb.Enter) // another bank
	b.awaitPane("institutions")
	b.pick("- degraded")
	b.awaitPane("notice")
	b.Press(kb.Enter) // all the same
	b.awaitPane("credentials")
	b.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	b.awaitPane("accounts")
}

// testFilteredAccounts asks for credit cards alone.
func testFilteredAccounts(t *testing.T, browser *browsertest.Browser) {
	s := newSimulation(t)
	b := s.open(opener(t, browser), object{
		"institution_id":  "ins_109508",
		"account_filters": object{"credit": object{"account_subtypes": []string{"credit card"}}},
	})
	b.Press(kb.Enter)
	b.awaitPane("credentials")
	b.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	b.awaitPane("accounts")
	for _, kind := range inside[[]string](b, `[...document.querySelectorAll('.row:has([data-account]) small')].map((n) => n.textContent.split('  ')[0])`) {
		if kind != "credit card" {
			t.Errorf("a %s is offered to an app that asks for credit cards", kind)
		}
	}
}
