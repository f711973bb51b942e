package plaidsvc_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

// A phone is a person with Plaid's page on another device.
type phone struct{ *person }

func newPhone(t *testing.T, s *simulated) *phone {
	t.Helper()
	return &phone{&person{t: t, sim: s.http.URL, password: "pass_good"}}
}

// visit opens the page at an address, as the simulator's own does, and starts a
// session there.
func (p *phone) visit(address string) map[string]any {
	p.t.Helper()
	var page struct {
		Token string `json:"link_token"`
	}
	id := address[strings.LastIndex(address, "/")+1:]
	if err := p.ask("hosted", map[string]any{"hosted_link_id": id}, &page); err != nil {
		p.t.Fatal(err)
	}
	session, err := p.start(page.Token)
	if err != nil {
		p.t.Fatal(err)
	}
	return session
}

// link ends a session with a bank.
func (p *phone) link(session map[string]any) {
	p.t.Helper()
	if _, err := p.finish(session); err != nil {
		p.t.Error(err)
	}
}

// exit ends a session without one.
func (p *phone) exit(session, why map[string]any) {
	p.t.Helper()
	if err := p.step("exit", session, why, &struct{}{}); err != nil {
		p.t.Error(err)
	}
}

// at runs do when the address of Plaid's page is told.
func at(do func(address string)) func(ledger.LinkProgress) {
	return func(l ledger.LinkProgress) {
		if l.Stage == ledger.LinkWaiting && l.Hosted {
			do(l.Address)
		}
	}
}

// The whole way without a browser on this computer.
func TestLinkOnAPhone(t *testing.T) {
	var log lockedBuffer
	s := simulate(t, plaidsim.Options{Settled: true, Log: &log})
	p := newPhone(t, s)
	items, err := s.Link(t.Context(), plaidsvc.LinkOptions{Hosted: true}, at(func(address string) { p.link(p.visit(address)) }))
	if err != nil || len(items) != 1 || items[0].Name != "First Platypus Bank" || items[0].State != ledger.ItemOK {
		t.Fatalf("Link = %+v, %v", items, err)
	}
	if len(s.vault.rows) == 0 || s.vault.item(t, items[0].ID) != items[0] {
		t.Errorf("%d rows; kept %+v", len(s.vault.rows), s.vault.item(t, items[0].ID))
	}
	if n := strings.Count(log.String(), "/item/public_token/exchange"); n != 1 {
		t.Errorf("%d exchanges, want one", n)
	}
}

// A browser that cannot be started leads to a page for any device, with a session
// of its own.
func TestNoBrowserLeadsToThePhone(t *testing.T) {
	var log lockedBuffer
	s := simulate(t, plaidsim.Options{Settled: true, Log: &log}, func(c *plaidsvc.Config) {
		c.Browser = func(string) error { return errors.New("no browser") }
	})
	p := newPhone(t, s)
	var pages []string
	item, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, func(l ledger.LinkProgress) {
		if l.Stage == ledger.LinkWaiting {
			pages = append(pages, l.Address)
		}
		at(func(address string) { p.link(p.visit(address)) })(l)
	})
	if err != nil || item.ID == "" || len(pages) != 2 || pages[0] == pages[1] {
		t.Errorf("Link = %+v, %v over the pages %v", item, err, pages)
	}
	if n := strings.Count(log.String(), "/link/token/create"); n != 2 {
		t.Errorf("%d link tokens, want one to a session", n)
	}
}

// The page may be left, forgotten in a tab, and opened again: what counts is what
// comes of it in the end.
func TestPageIsLeftOnAPhone(t *testing.T) {
	trouble := map[string]any{"status": "requires_credentials", "error": map[string]any{"error_code": "ITEM_LOCKED"}}
	for name, tt := range map[string]struct {
		do   func(*phone, string)
		want string
	}{
		"left": {func(p *phone, a string) { p.exit(p.visit(a), nil) },
			"linking was cancelled; nothing was kept"},
		"left in trouble": {func(p *phone, a string) { p.exit(p.visit(a), trouble) },
			"linking was cancelled; nothing was kept: the bank has locked the account; unlock it at the bank first (ITEM_LOCKED)"},
		"forgotten":           {func(p *phone, a string) { p.visit(a) }, "nobody finished linking in time; start again"},
		"never opened":        {func(*phone, string) {}, "nobody finished linking in time; start again"},
		"forgotten, then not": {func(p *phone, a string) { p.visit(a); p.link(p.visit(a)) }, ""},
	} {
		s := simulate(t, plaidsim.Options{Settled: true})
		began := s.clock.Now()
		items, err := s.Link(t.Context(), plaidsvc.LinkOptions{Hosted: true}, at(func(address string) { tt.do(newPhone(t, s), address) }))
		switch {
		case tt.want == "" && (err != nil || len(items) != 1):
			t.Errorf("%s: %+v, %v; want a bank", name, items, err)
		case tt.want != "" && (err == nil || err.Error() != tt.want || len(items) > 0 || s.vault.writes > 0):
			t.Errorf("%s: %v with %d writes\nwant %s", name, err, s.vault.writes, tt.want)
		}
		if took := s.clock.Now().Sub(began); took > 21*time.Minute {
			t.Errorf("%s: it took %v", name, took)
		}
	}
}

// Signing in again on a phone keeps the Item and exchanges nothing.
func TestRepairOnAPhone(t *testing.T) {
	var log lockedBuffer
	s := simulate(t, plaidsim.Options{Settled: true, Log: &log})
	item := s.link(t, platypus)
	s.ask(t, "/sandbox/item/reset_login", item.ID)
	s.clock.advance(day)
	if got := s.syncOne(t); !errors.Is(got.Err, ledger.ErrLoginRequired) {
		t.Fatalf("before: %v", got.Err)
	}
	p := newPhone(t, s)
	mended, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{Hosted: true, Repair: item.ID}, at(func(address string) { p.link(p.visit(address)) }))
	if err != nil || mended.ID != item.ID || mended.State != ledger.ItemOK || mended.Code != "" {
		t.Errorf("repair = %+v, %v", mended, err)
	}
	if n := strings.Count(log.String(), "/item/public_token/exchange"); n != 1 {
		t.Errorf("%d exchanges, want the first link's only", n)
	}
}

// What is asked of Plaid for its page, and an address that is not one of Plaid's:
// people type passwords there.
func TestHostedLinkRequest(t *testing.T) {
	w, s := scripted(t)
	for _, address := range []string{"", "https://plaid.com.example/x", "http://secure.plaid.com/x", "javascript:alert(1)", "//x", "%"} {
		text, err := json.Marshal(address)
		if err != nil {
			t.Fatal(err)
		}
		s.on("/link/token/create", answer(200, `{"link_token":"link-sandbox-1","expiration":"2026-03-15T14:00:00Z","hosted_link_url":`+string(text)+`}`))
		items, err := w.Link(t.Context(), plaidsvc.LinkOptions{Hosted: true, Timeout: 90 * time.Second}, at(func(string) { t.Errorf("%q is shown", address) }))
		if err == nil || len(items) > 0 || !strings.Contains(err.Error(), "hosted_link_url") {
			t.Errorf("%q: %v, %v", address, items, err)
		}
	}
	got, err := json.Marshal(s.to("/link/token/create")[0].body["hosted_link"])
	if want := `{"url_lifetime_seconds":90}`; err != nil || string(got) != want {
		t.Errorf("hosted_link: got %s, want %s", got, want)
	}
}

// An address is shown if it is https and Plaid's; a simulator shows its own.
func TestPageIsOfTheEnvironment(t *testing.T) {
	const simulator = "http://127.0.0.1:9099"
	for _, tt := range []struct {
		env, address string
		want         bool
	}{
		{plaidsvc.Sandbox, "https://secure.plaid.com/link/lp1", true},
		{plaidsvc.Production, "https://secure.plaid.com/hl/x?y=1", true},
		{plaidsvc.Production, "http://secure.plaid.com/link", false},
		{plaidsvc.Production, "https://notplaid.com/link", false},
		{plaidsvc.Production, "https://plaid.com.example/link", false},
		{plaidsvc.Production, "https://example.com/.plaid.com", false},
		{plaidsvc.Production, "https://example.com?.plaid.com", false},
		{plaidsvc.Production, "https://example.com#.plaid.com", false},
		{plaidsvc.Production, `https://example.com\.plaid.com`, false},
		{plaidsvc.Production, "https://example.com%2f.plaid.com", false},
		{plaidsvc.Production, "https://you:secret@secure.plaid.com/link", false},
		{plaidsvc.Production, "https://secure.plaid.com@example.com/link", false},
		{plaidsvc.Production, "https://secure.plaid.com/\x1b[2J", false},
		{plaidsvc.Production, "javascript:alert(1)//secure.plaid.com", false},
		{plaidsvc.Production, simulator + "/link", false},
		{simulator, simulator + "/link", true},
		{simulator, "http://127.0.0.1:9098/link", false},
		{simulator, "https://secure.plaid.com/link", false},
	} {
		if got := plaidsvc.Hosts(tt.env, tt.address); got != tt.want {
			t.Errorf("%s, %q: shown %v, want %v", tt.env, tt.address, got, tt.want)
		}
	}
}

// session is one of /link/token/get.
func session(rest string) string {
	return `{"link_session_id":"s","started_at":"2026-03-15T10:00:00Z",` + rest + `}`
}

func result(token, institution, name, mask string) string {
	return `{"public_token":"` + token + `","institution":{"institution_id":"` + institution + `","name":"` + institution +
		` Bank"},"accounts":[{"id":"a","name":"` + name + `","mask":"` + mask + `","type":"depository","subtype":"checking"}]}`
}

// onPhone makes a script link on Plaid's page, whose sessions go as told, poll by
// poll.
func onPhone(s *script, polls ...string) {
	s.on("/link/token/create", answer(200, `{"link_token":"link-sandbox-1","expiration":"2026-03-15T10:30:00Z","hosted_link_url":"`+s.URL+`/link/hosted/x"}`))
	s.on("/link/token/get")
	for _, p := range polls {
		s.answers["/link/token/get"] = append(s.answers["/link/token/get"], answer(200, `{"link_token":"link-sandbox-1","link_sessions":[`+p+`]}`))
	}
	s.on("/institutions/get_by_id", answer(200, `{"institution":{"institution_id":"ins_1","name":"First Bank"}}`))
	s.on("/transactions/sync", page("", "c1", false))
}

// exchanges makes the script give out these Items, one after the other.
func exchanges(s *script, ids ...string) {
	s.on("/item/public_token/exchange")
	for _, id := range ids {
		s.answers["/item/public_token/exchange"] = append(s.answers["/item/public_token/exchange"],
			answer(200, `{"access_token":"access-sandbox-`+id+`","item_id":"`+id+`"}`))
	}
}

// Several banks of one session, and what several sessions repeat, are each
// exchanged once, when the person is done.
func TestSeveralBanksOfOneSession(t *testing.T) {
	w, s := scripted(t)
	one, two := result("public-sandbox-1", "ins_1", "Checking", "0000"), result("public-sandbox-2", "ins_2", "Savings", "1111")
	done := `"finished_at":"2026-03-15T10:05:00Z","exit":null,`
	onPhone(s, ``,
		session(`"results":null,"exit":null`),
		session(`"results":{"item_add_results":[`+one+`]}`),
		session(done+`"results":{"item_add_results":[`+one+`,`+two+`]}`)+`,`+session(done+`"on_success":{"public_token":"public-sandbox-1","metadata":null}`))
	exchanges(s, "item-8", "item-9")
	items, err := w.Link(t.Context(), plaidsvc.LinkOptions{Hosted: true}, nil)
	var ids []ledger.ItemID
	for _, it := range items {
		ids = append(ids, it.ID)
	}
	if err != nil || !slices.Equal(ids, []ledger.ItemID{"item-8", "item-9"}) {
		t.Errorf("Link = %v, %v", ids, err)
	}
	var tokens []any
	for _, c := range s.to("/item/public_token/exchange") {
		tokens = append(tokens, c.body["public_token"])
	}
	if !slices.Equal(tokens, []any{"public-sandbox-1", "public-sandbox-2"}) || len(s.to("/link/token/get")) != 4 {
		t.Errorf("exchanged %v after %d polls", tokens, len(s.to("/link/token/get")))
	}
}

// Who signs in to the same accounts twice in one session gets one link, and is told.
// A sign-in that could not be linked is none.
func TestSameBankTwiceInOneSession(t *testing.T) {
	for _, tt := range []struct {
		first     http.HandlerFunc
		exchanges int
		want      string
	}{
		{answer(200, `{"access_token":"access-sandbox-item-8","item_id":"item-8"}`), 1, "ins_1 Bank: it was signed in to twice just now"},
		{plaidError(400, "INVALID_INPUT", "INVALID_PUBLIC_TOKEN"), 2, "ins_1 Bank: finish linking: Plaid refused"},
	} {
		w, s := scripted(t)
		onPhone(s, session(`"finished_at":"2026-03-15T10:05:00Z","results":{"item_add_results":[`+
			result("public-sandbox-1", "ins_1", "Checking", "0000")+`,`+result("public-sandbox-2", "ins_1", "Checking", "0000")+`]}`))
		s.on("/item/public_token/exchange", tt.first, answer(200, `{"access_token":"access-sandbox-item-9","item_id":"item-9"}`))
		items, err := w.Link(t.Context(), plaidsvc.LinkOptions{Hosted: true}, nil)
		if len(items) != 1 || err == nil || !strings.HasPrefix(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%+v, %v; want one bank and %q", items, err, tt.want)
		}
		if n := len(s.to("/item/public_token/exchange")); n != tt.exchanges {
			t.Errorf("%d exchanges, want %d", n, tt.exchanges)
		}
	}
}

// How sessions end that Plaid describes in other ways than its document does.
func TestSessionsEndInManyWays(t *testing.T) {
	bank := result("public-sandbox-1", "ins_1", "Checking", "0000")
	for name, tt := range map[string]struct {
		polls  []string
		linked bool
	}{
		"the older field":            {[]string{session(`"finished_at":"2026-03-15T10:05:00Z","on_success":` + bank)}, true},
		"results and no end":         {[]string{session(`"results":{"item_add_results":[` + bank + `]}`)}, true},
		"finished without a word":    {[]string{session(`"finished_at":"2026-03-15T10:05:00Z","results":null,"on_success":null,"exit":null`)}, false},
		"an exit in small letters":   {[]string{session(`"exit":{"error":{"error_code":"item_locked"},"metadata":{"status":"REQUIRES_CODE"}}`)}, false},
		"an answer of another shape": {[]string{`7`, session(`"finished_at":"2026-03-15T10:05:00Z","results":{"item_add_results":[` + bank + `]}`)}, true},
	} {
		w, s := scripted(t)
		onPhone(s, tt.polls...)
		exchanges(s, "item-9")
		items, err := w.Link(t.Context(), plaidsvc.LinkOptions{Hosted: true}, nil)
		if (len(items) == 1) != tt.linked || (err == nil) != tt.linked || !tt.linked && !errors.Is(err, ledger.ErrLinkCancelled) {
			t.Errorf("%s: %+v, %v; want a bank: %v", name, items, err, tt.linked)
		}
	}
}

// A network that fails for a while costs nothing: the person is at Plaid. What
// Plaid refuses ends the session.
func TestPollingOutlivesANetworkThatFails(t *testing.T) {
	w, s := scripted(t)
	onPhone(s)
	down, bank := answer(502, `<html>`), session(`"finished_at":"2026-03-15T10:05:00Z","results":{"item_add_results":[`+result("public-sandbox-1", "ins_1", "C", "0")+`]}`)
	s.on("/link/token/get", down, down, down, down, down, down, down, answer(200, `{"link_sessions":[`+bank+`]}`))
	exchanges(s, "item-9")
	if items, err := w.Link(t.Context(), plaidsvc.LinkOptions{Hosted: true}, nil); err != nil || len(items) != 1 {
		t.Errorf("Link = %+v, %v", items, err)
	}
	s.on("/link/token/get", plaidError(400, "INVALID_INPUT", "INVALID_LINK_TOKEN"))
	if items, err := w.Link(t.Context(), plaidsvc.LinkOptions{Hosted: true}, nil); err == nil || len(items) > 0 || errors.Is(err, ledger.ErrLinkExpired) {
		t.Errorf("Link = %+v, %v; want Plaid's refusal", items, err)
	}
}

// Ctrl-c ends the waiting, and nothing is exchanged.
func TestWaitingForAPhoneIsCancelled(t *testing.T) {
	var log lockedBuffer
	s := simulate(t, plaidsim.Options{Settled: true, Log: &log})
	ctx, cancel := context.WithCancel(t.Context())
	p := newPhone(t, s)
	items, err := s.Link(ctx, plaidsvc.LinkOptions{Hosted: true}, at(func(address string) { p.link(p.visit(address)); cancel() }))
	if !errors.Is(err, context.Canceled) || len(items) > 0 || s.vault.writes > 0 || strings.Contains(log.String(), "exchange") {
		t.Errorf("Link = %+v, %v, %d writes", items, err, s.vault.writes)
	}
}

// A bank that is linked already is not exchanged, unless the user wants it twice.
// The others of the session are linked.
func TestLinkedAlready(t *testing.T) {
	for _, again := range []bool{false, true} {
		w, s := scripted(t)
		old := ledger.Item{ID: "old", Institution: "ins_1", Name: "First Bank", Environment: "simulator"}
		if err := w.vault.AddItem(t.Context(), old, secret.New("t")); err != nil {
			t.Fatal(err)
		}
		w.vault.accounts["old-1"] = ledger.Account{ID: "old-1", Item: "old", Name: "Checking", Mask: "0000"}
		onPhone(s, session(`"finished_at":"2026-03-15T10:05:00Z","results":{"item_add_results":[`+
			result("public-sandbox-1", "ins_1", "Checking", "0000")+`,`+result("public-sandbox-2", "ins_2", "Checking", "0000")+`]}`))
		exchanges(s, "item-8", "item-9")
		var asked []ledger.ItemID
		items, err := w.Link(t.Context(), plaidsvc.LinkOptions{Hosted: true, Twice: func(_ context.Context, old ledger.Item) (bool, error) {
			asked = append(asked, old.ID)
			return again, nil
		}}, nil)
		var linked *ledger.LinkedError
		if !slices.Equal(asked, []ledger.ItemID{"old"}) || errors.As(err, &linked) == again || !again && linked.Old != old {
			t.Errorf("again %v: asked about %v; %v", again, asked, err)
		}
		if want := map[bool]int{false: 1, true: 2}[again]; len(items) != want || len(s.to("/item/public_token/exchange")) != want {
			t.Errorf("again %v: %+v", again, items)
		}
		if w.vault.item(t, "old") != old {
			t.Errorf("again %v: the old link is %+v", again, w.vault.item(t, "old"))
		}
	}
}
