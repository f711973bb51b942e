package link_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
)

// A screen is what the pictures are taken on.
type screen struct {
	name, scheme  string
	width, height int
}

// TestPictures takes a picture of every pane, for people to look at, when
// COFFER_SHOTS names the directory to put them in.
func TestPictures(t *testing.T) {
	if os.Getenv("COFFER_SHOTS") == "" {
		t.Skip("COFFER_SHOTS is not set")
	}
	chromium := browsertest.Start(t)
	for _, s := range []screen{
		{"desktop-light", "light", 1280, 800},
		{"desktop-dark", "dark", 1280, 800},
		{"phone-light", "light", 375, 812},
		{"phone-dark", "dark", 375, 812},
		{"low-light", "light", 640, 360},
	} {
		t.Run(s.name, func(t *testing.T) { takePictures(t, chromium, s) })
	}
}

// takePictures goes through the panes of a simple session, then to the one for
// a token that has expired, and then to what only some banks have.
func takePictures(t *testing.T, browser *browsertest.Browser, s screen) {
	n := 0
	picture := func(b *tab, name string) {
		n++
		evaluate[bool](b, `new Promise((done) => setTimeout(() => done(true), 300))`) // what moves stands still
		b.Picture(fmt.Sprintf("%s-%02d-%s", s.name, n, name))
	}
	s.takeSimple(t, browser, picture)
	s.takeQuestions(t, browser, picture)
	s.takeBanks(t, browser, picture)
	s.takeEmbedded(t, browser, picture)
}

func (s screen) takeSimple(t *testing.T, browser *browsertest.Browser, picture func(*tab, string)) {
	b := s.open(t, browser, goodToken)
	toIntro(b)
	picture(b, "intro")
	b.Press(kb.Enter)
	b.awaitPane("institutions")
	b.awaitRows(3)
	b.Press(kb.ArrowDown)
	picture(b, "institutions")
	b.Press(kb.Enter)
	b.awaitPane("credentials")
	b.Press("user_good", kb.Tab, "secret", kb.Enter)
	b.AwaitInside(`document.querySelector('#alert').textContent !== ''`)
	b.awaitFocus("password")
	picture(b, "credentials")
	b.askToLeave()
	picture(b, "leave")
	b.Press(kb.Escape)
	b.awaitFocus("password")
	b.Press("pass_good", kb.Enter)
	b.awaitPane("accounts")
	picture(b, "accounts")
	b.Press(kb.Enter)
	b.awaitPane("success")
	picture(b, "success")

	b = s.open(t, browser, expiredToken)
	b.Await(`calls.length > 0`)
	b.Press(kb.Enter)
	b.awaitPane("problem")
	picture(b, "problem")
}

func (s screen) takeQuestions(t *testing.T, browser *browsertest.Browser, picture func(*tab, string)) {
	for password, rounds := range questions() {
		simulated := newSimulation(t)
		b := simulated.open(s.opener(t, browser), object{"institution_id": "ins_109508"})
		toMFA(b, password)
		picture(b, password)
		if password == "mfa_device" {
			b.answers(rounds[0])
			b.awaitRound(1, 2)
			b.Press("9", kb.Enter)
			b.AwaitInside(`document.querySelector('#alert').textContent !== ''`)
			picture(b, "code")
		}
	}
}

func (s screen) takeBanks(t *testing.T, browser *browsertest.Browser, picture func(*tab, string)) {
	simulated := newSimulation(t)
	b := simulated.open(s.opener(t, browser), nil)
	b.Press(kb.Enter)
	b.awaitPane("institutions")
	b.AwaitInside(`document.querySelectorAll('[data-institution]').length > 0`)
	picture(b, "banks")
	b.Enter("unhealthy")
	b.awaitRows(2)
	picture(b, "unhealthy")
	b.Press(kb.ArrowDown, kb.Enter)
	b.awaitPane("notice")
	picture(b, "notice")

	b = simulated.open(s.opener(t, browser), object{"access_token": simulated.item(oauthBank)})
	picture(b, "update")
	b.Press(kb.Enter)
	b.awaitPane("oauth")
	picture(b, "oauth")
	popup := b.atBank()
	popup.Look(min(s.width, 480), min(s.height, 720), s.scheme)
	picture(popup, "bank-sign-in")
	popup.toConsent()
	picture(popup, "bank-consent-of-update")
	picture(b, "oauth-waiting")

	b = simulated.open(s.opener(t, browser), object{"institution_id": "ins_56"})
	b.Press(kb.Enter)
	b.awaitPane("oauth")
	popup = b.atBank()
	popup.Look(min(s.width, 480), min(s.height, 720), s.scheme)
	popup.toConsent()
	picture(popup, "bank-consent")
	popup.Close()
	b.AwaitInside(`document.querySelector('#alert').textContent !== ''`)
	picture(b, "oauth-closed")
}

func (s screen) takeEmbedded(t *testing.T, browser *browsertest.Browser, picture func(*tab, string)) {
	b := s.opener(t, browser)(newWorld(t, goodToken, embedded).app)
	evaluate[any](b, `Object.assign(document.querySelector('#place').style, { height: '360px', maxWidth: '400px' })`)
	b.awaitRows(3)
	picture(b, "embedded")
}

// opener opens tabs on this screen.
func (s screen) opener(t *testing.T, browser *browsertest.Browser) func(string) *tab {
	return func(address string) *tab {
		b := openTab(t, browser, address)
		b.Look(s.width, s.height, s.scheme)
		return b
	}
}

func (s screen) open(t *testing.T, browser *browsertest.Browser, token string) *tab {
	t.Helper()
	return s.opener(t, browser)(newWorld(t, token, onButton).app)
}
