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
		{"phone-light", "light", 390, 844},
		{"phone-dark", "dark", 390, 844},
		{"low-light", "light", 640, 360},
	} {
		t.Run(s.name, func(t *testing.T) { takePictures(t, chromium, s) })
	}
}

// takePictures goes through every pane once, and then to the one for a token
// that has expired.
func takePictures(t *testing.T, browser *browsertest.Browser, s screen) {
	n := 0
	picture := func(b *tab, name string) {
		n++
		b.Picture(fmt.Sprintf("%s-%d-%s", s.name, n, name))
	}
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

func (s screen) open(t *testing.T, browser *browsertest.Browser, token string) *tab {
	t.Helper()
	b := openTab(t, browser, newWorld(t, token, onButton).app)
	b.Look(s.width, s.height, s.scheme)
	return b
}
