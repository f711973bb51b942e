package link_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A screen is what the pictures are taken on.
type screen struct {
	name, scheme  string
	width, height int64
}

// TestPictures takes a picture of every pane, for people to look at, when
// COFFER_SHOTS names the directory to put them in.
func TestPictures(t *testing.T) {
	dir := os.Getenv("COFFER_SHOTS")
	if dir == "" {
		t.Skip("COFFER_SHOTS is not set")
	}
	chromium := startBrowser(t)
	for _, s := range []screen{
		{"desktop-light", "light", 1280, 800},
		{"desktop-dark", "dark", 1280, 800},
		{"phone-light", "light", 390, 844},
		{"phone-dark", "dark", 390, 844},
		{"low-light", "light", 640, 360},
	} {
		t.Run(s.name, func(t *testing.T) { takePictures(t, chromium, s, dir) })
	}
}

// takePictures goes through every pane once, and then to the one for a token
// that has expired.
func takePictures(t *testing.T, browser *browser, s screen, dir string) {
	n := 0
	picture := func(b *tab, name string) {
		n++
		png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", s.name, n, name)), png, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b := s.open(t, browser, goodToken)
	toIntro(b)
	picture(b, "intro")
	b.press(kb.Enter)
	b.awaitPane("institutions")
	b.awaitRows(3)
	b.press(kb.ArrowDown)
	picture(b, "institutions")
	b.press(kb.Enter)
	b.awaitPane("credentials")
	b.press("user_good", kb.Tab, "secret", kb.Enter)
	b.await(`document.querySelector('#alert').textContent !== ''`)
	b.awaitFocus("password")
	picture(b, "credentials")
	b.askToLeave()
	picture(b, "leave")
	b.press(kb.Escape)
	b.awaitFocus("password")
	b.press("pass_good", kb.Enter)
	b.awaitPane("accounts")
	picture(b, "accounts")
	b.press(kb.Enter)
	b.awaitPane("success")
	picture(b, "success")

	b = s.open(t, browser, expiredToken)
	b.awaitPage(`calls.length > 0`)
	b.press(kb.Enter)
	b.awaitPane("problem")
	picture(b, "problem")
}

func (s screen) open(t *testing.T, browser *browser, token string) *tab {
	t.Helper()
	b := openTab(t, browser, newWorld(t, token, onButton).app)
	scheme := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: s.scheme}}
	b.run(chromedp.EmulateViewport(s.width, s.height),
		command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: scheme}))
	return b
}
