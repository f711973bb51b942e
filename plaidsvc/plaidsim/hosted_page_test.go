package plaidsim_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
	"coffer/plaidsvc/plaidsim"
)

// A hostedPage is one that a person opened, and drives by keys alone.
type hostedPage struct {
	*browsertest.Page
	world     *world
	link, url string
}

// openHosted opens a hosted page of a simulator, which sends the person to an
// app's page afterwards.
func openHosted(t *testing.T, browser *browsertest.Browser, changes fields) *hostedPage {
	t.Helper()
	w := newWorld(t, plaidsim.Options{Settled: true})
	sim := httptest.NewServer(w.server)
	t.Cleanup(sim.Close)
	token := w.must("/link/token/create", hosted(changes))
	p := &hostedPage{world: w, link: token.text("link_token"), url: sim.URL + pathOf(token.text("hosted_link_url"))}
	p.Page = browser.Open(t, p.url)
	return p
}

// pathOf cuts off the origin that a request without a server goes to.
func pathOf(address string) string { return address[len("http://example.com"):] }

// A home is an app's page that people come back to. It says when somebody is there:
// a browser that is on its way cannot be asked.
type home struct {
	url   string
	there chan struct{}
}

func newHome(t *testing.T) home {
	t.Helper()
	a := home{there: make(chan struct{}, 1)}
	mux := http.NewServeMux()
	mux.HandleFunc("/done", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Back</title><script>fetch('/there')</script>`)
	})
	mux.HandleFunc("/there", func(http.ResponseWriter, *http.Request) { a.there <- struct{}{} })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	a.url = server.URL + "/done?from=link"
	return a
}

// await waits until the person is back, at the address that the app gave.
func (a home) await(t *testing.T, p *hostedPage) {
	t.Helper()
	select {
	case <-a.there:
	case <-time.After(2 * time.Minute):
		t.Fatal("nobody came back to the app")
	}
	if got := browsertest.Evaluate[string](p.Page, `location.href`); got != a.url {
		t.Errorf("came back to %s, want %s as the app has it", got, a.url)
	}
}

func (p *hostedPage) awaitPane(name string) {
	p.Await(fmt.Sprintf(`document.querySelector('#pane')?.dataset.pane === %q
		&& document.querySelector('#pane').contains(document.activeElement)`, name))
}

// toCredentials goes to the sign-in of First Platypus Bank.
func (p *hostedPage) toCredentials() {
	p.awaitPane("intro")
	p.Press(kb.Enter)
	p.pick("First Platypus Bank", "ins_109508")
	p.awaitPane("credentials")
}

// pick chooses a bank that is the only one of its name.
func (p *hostedPage) pick(name, id string) {
	p.awaitPane("institutions")
	p.Enter(name)
	p.Await(fmt.Sprintf(`document.querySelector('[data-institution=%s]') && document.querySelectorAll('[data-institution]').length === 1`, id))
	p.Press(kb.Enter)
	p.Await(fmt.Sprintf(`document.activeElement.dataset.institution === %q`, id))
	p.Press(kb.Enter)
}

// linkBank goes on from there until the bank is connected.
func (p *hostedPage) linkBank() {
	p.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	p.awaitPane("accounts")
	p.Press(kb.Enter)
	p.awaitPane("success")
}

// leave gives up as a person does.
func (p *hostedPage) leave() {
	p.Press(kb.Escape)
	p.Await(`document.activeElement.id === 'exit-cancel'`)
	p.Press(kb.Tab, kb.Enter)
}

// TestHostedPage drives the page in one browser.
func TestHostedPage(t *testing.T) {
	chromium := browsertest.Start(t)
	for name, test := range map[string]func(*testing.T, *browsertest.Browser){
		"success, and back to the app":  testHostedSuccess,
		"exit, and back to the app":     testHostedExit,
		"without a way back":            testHostedClosing,
		"several banks":                 testHostedSeveral,
		"bank with a window of its own": testHostedOAuth,
		"used address":                  testHostedUsed,
		"expired address":               testHostedExpired,
		"phone":                         testHostedOnPhone,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, chromium)
		})
	}
}

func testHostedSuccess(t *testing.T, browser *browsertest.Browser) {
	back := newHome(t)
	p := openHosted(t, browser, fields{"hosted_link": fields{"completion_redirect_uri": back.url}})
	p.toCredentials()
	p.linkBank()
	p.Press(kb.Enter)
	back.await(t, p)
	session := p.world.sessions(p.link)[0]
	public := session.text("results", "item_add_results", 0, "public_token")
	p.world.must("/item/public_token/exchange", fields{"public_token": public})
	var events []string
	for _, e := range session.list("events") {
		events = append(events, e.text("event_name"))
	}
	for _, want := range []string{"OPEN", "SELECT_INSTITUTION", "SUBMIT_CREDENTIALS", "HANDOFF"} {
		if !slices.Contains(events, want) {
			t.Errorf("events: got %v, want %s among them", events, want)
		}
	}
	if got, want := p.world.codes(), []string{"ITEM_ADD_RESULT", "SESSION_FINISHED", "EVENTS"}; !slices.Equal(got, want) {
		t.Errorf("webhooks: got %v, want %v", got, want)
	}
}

func testHostedExit(t *testing.T, browser *browsertest.Browser) {
	back := newHome(t)
	p := openHosted(t, browser, fields{"hosted_link": fields{"completion_redirect_uri": back.url}})
	p.toCredentials()
	p.leave()
	back.await(t, p)
	session := p.world.sessions(p.link)[0]
	if session.text("exit", "metadata", "status") != "requires_credentials" ||
		session.text("exit", "metadata", "institution", "institution_id") != "ins_109508" {
		t.Errorf("exit: got %v, want one from the sign-in of ins_109508", session["exit"])
	}
	events := session.list("events")
	if last := events[len(events)-1]; last.text("event_name") != "EXIT" || last.text("event_metadata", "exit_status") != "requires_credentials" {
		t.Errorf("last event: got %v, want EXIT", last)
	}
}

func testHostedClosing(t *testing.T, browser *browsertest.Browser) {
	p := openHosted(t, browser, nil)
	p.awaitPane("intro")
	p.leave()
	p.awaitPane("goodbye")
	p.Press(kb.Escape) // there is nowhere to leave to
	if got := browsertest.Evaluate[string](p.Page, `document.querySelector('h1').innerText`); got != "You can close this page" {
		t.Errorf("title: got %q", got)
	}
	if browsertest.Evaluate[bool](p.Page, `document.querySelector('#exit').checkVisibility()`) {
		t.Error("there is still a way to leave")
	}
}

// testHostedSeveral connects two banks in one session.
func testHostedSeveral(t *testing.T, browser *browsertest.Browser) {
	p := openHosted(t, browser, fields{"enable_multi_item_link": true, "user_token": "user-sandbox-1"})
	p.toCredentials()
	p.linkBank()
	p.Backtab()
	p.Await(`document.activeElement.id === 'another'`)
	p.Press(kb.Enter)
	p.pick("Tartan Bank", "ins_109511")
	p.awaitPane("credentials")
	p.linkBank()
	p.Picture("hosted-several")
	p.Press(kb.Enter)
	p.awaitPane("goodbye")
	session := p.world.sessions(p.link)[0]
	if got := len(session.list("results", "item_add_results")); got != 2 || session["finished_at"] == nil {
		t.Errorf("got %d banks in %v, want two and an end", got, session)
	}
}

// testHostedOAuth connects a bank that has a sign-in of its own.
func testHostedOAuth(t *testing.T, browser *browsertest.Browser) {
	p := openHosted(t, browser, nil)
	p.awaitPane("intro")
	p.Press(kb.Enter)
	p.pick("Platypus OAuth Bank", "ins_127287")
	p.awaitPane("oauth")
	bank := &hostedPage{Page: p.Popup(func() { p.Press(kb.Enter) })}
	bank.awaitPane("credentials")
	bank.Press("somebody", kb.Tab, "anything", kb.Enter)
	bank.awaitPane("consent")
	bank.Press(" ", kb.ArrowDown, " ") // only the first account
	bank.PressAway(kb.Enter)
	p.awaitPane("success")
	p.Press(kb.Enter)
	p.awaitPane("goodbye")
	if got := p.world.sessions(p.link)[0].list("results", "item_add_results"); len(got) != 1 || len(got[0].list("accounts")) != 1 {
		t.Errorf("results: got %v, want one account at the bank", got)
	}
}

// testHostedUsed comes back to an address after the bank is connected.
func testHostedUsed(t *testing.T, browser *browsertest.Browser) {
	p := openHosted(t, browser, nil)
	p.toCredentials()
	p.linkBank()
	again := browser.Open(t, p.url)
	again.Await(`document.querySelector('#pane')?.dataset.pane === 'problem'`)
	if got := browsertest.Evaluate[string](again, `document.querySelector('[role=alert]').innerText`); got !=
		"It was used already, and the bank is connected. You can close this page." {
		t.Errorf("the page says %q", got)
	}
}

func testHostedExpired(t *testing.T, browser *browsertest.Browser) {
	w := newWorld(t, plaidsim.Options{})
	sim := httptest.NewServer(w.server)
	t.Cleanup(sim.Close)
	token := w.must("/link/token/create", hosted(nil))
	w.pass(30 * time.Minute)
	p := &hostedPage{Page: browser.Open(t, sim.URL+pathOf(token.text("hosted_link_url")))}
	p.awaitPane("problem")
	if got := browsertest.Evaluate[string](p.Page, `document.querySelector('#error-code').innerText`); got != "INVALID_LINK_TOKEN" {
		t.Errorf("the page shows the code %q", got)
	}
	p.Press(kb.Enter)
	p.awaitPane("goodbye")
}

// testHostedOnPhone finds that nothing is wider than the screen.
func testHostedOnPhone(t *testing.T, browser *browsertest.Browser) {
	p := openHosted(t, browser, nil)
	p.Look(390, 844, "light")
	p.awaitPane("intro")
	p.Picture("hosted-phone-intro")
	p.toCredentials()
	p.linkBank()
	p.Picture("hosted-phone-success")
	p.Press(kb.Enter)
	p.awaitPane("goodbye")
	p.Picture("hosted-phone-goodbye")
	if got := browsertest.Evaluate[int](p.Page, `document.documentElement.scrollWidth`); got > 390 {
		t.Errorf("the page is %d wide on a screen of 390", got)
	}
}
