package browsertest

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Complaints returns and forgets what the browser complained of so far, in the
// page and in its iframe: violations of a policy as "directive blocked-address",
// then exceptions and the console's lines, which name violations once more.
func (p *Page) Complaints() []string {
	p.t.Helper()
	// What the page has done already is told before the answer to this.
	Evaluate[bool](p, `new Promise((done) => setTimeout(() => done(true)))`)
	return p.window.complaints()
}

// An Answer is what a server gave the browser for a page or its iframe.
type Answer struct {
	URL    string
	Status int
	Header http.Header
	Body   []byte
}

// Answers returns every answer that has come in to its last byte since the page
// was opened, in order. What the browser took from its cache is among them;
// redirects are not.
func (p *Page) Answers() []Answer {
	p.t.Helper()
	var all []Answer
	for _, a := range p.window.complete() {
		header := make(http.Header)
		for name, value := range a.response.Headers {
			header.Set(name, fmt.Sprint(value))
		}
		all = append(all, Answer{
			URL: a.response.URL, Status: int(a.response.Status), Header: header, Body: p.body(a),
		})
	}
	return all
}

func (p *Page) body(a answer) []byte {
	p.t.Helper()
	if a.response.Status == http.StatusNoContent {
		return nil
	}
	result, err := chromedp.Run(p.ctx, func(ctx context.Context, target *chromedp.Target) (network.GetResponseBodyResult, error) {
		return cdp.Call(ctx, target, network.GetResponseBody, network.GetResponseBodyParams{RequestID: a.id})
	})
	if err != nil {
		p.t.Fatalf("read the body of %s: %v", a.response.URL, err)
	}
	return result.Body
}

// Look sets the size of the page in CSS pixels and its colour scheme, "light" or
// "dark". A page opens at 1280 by 800 in light. Nothing that asks whether to move
// does.
func (p *Page) Look(width, height int, scheme string) {
	p.t.Helper()
	media := []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}
	p.run(chromedp.EmulateViewport(int64(width), int64(height)),
		command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: media}))
}

// Picture writes a picture of the window, for people to look at, to name.png in
// the directory that COFFER_SHOTS names. Without one it does nothing.
func (p *Page) Picture(name string) {
	p.t.Helper()
	dir := os.Getenv("COFFER_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatalf("take a picture: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		p.t.Fatal(err)
	}
}
