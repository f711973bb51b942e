package link_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestPictures takes a picture of every pane, for people to look at, when
// COFFER_SHOTS names the directory to put them in.
func TestPictures(t *testing.T) {
	dir := os.Getenv("COFFER_SHOTS")
	if dir == "" {
		t.Skip("COFFER_SHOTS is not set")
	}
	browser := startBrowser(t)
	for _, screen := range []struct {
		name, scheme  string
		width, height int64
	}{
		{"desktop-light", "light", 1280, 800},
		{"desktop-dark", "dark", 1280, 800},
		{"phone-light", "light", 390, 844},
		{"phone-dark", "dark", 390, 844},
	} {
		w := newWorld(t, goodToken, onButton)
		b := openTab(t, browser, w.app)
		scheme := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: screen.scheme}}
		b.run(chromedp.EmulateViewport(screen.width, screen.height),
			command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: scheme}))
		n := '1'
		picture := func(name string) {
			png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, screen.name+"-"+string(n)+"-"+name+".png")
			if err := os.WriteFile(path, png, 0o600); err != nil {
				t.Fatal(err)
			}
			n++
		}
		toIntro(b)
		picture("intro")
		b.press(kb.Enter)
		b.awaitPane("institutions")
		b.awaitRows(3)
		b.press(kb.ArrowDown)
		picture("institutions")
		b.press(kb.Enter)
		b.awaitPane("credentials")
		b.press("user_good", kb.Tab, "secret", kb.Enter)
		b.await(`document.querySelector('#alert').textContent !== ''`)
		picture("credentials")
		b.askToLeave()
		picture("leave")
		b.press(kb.Escape)
		b.awaitFocus("password")
		b.press("pass_good", kb.Enter)
		b.awaitPane("accounts")
		picture("accounts")
		b.press(kb.Enter)
		b.awaitPane("success")
		picture("success")
	}
	w := newWorld(t, expiredToken, onButton)
	b := openTab(t, browser, w.app)
	b.run(chromedp.EmulateViewport(1280, 800))
	b.awaitPage(`calls.length > 0`)
	b.press(kb.Enter)
	b.awaitPane("problem")
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "problem.png"), png, 0o600); err != nil {
		t.Fatal(err)
	}
}
