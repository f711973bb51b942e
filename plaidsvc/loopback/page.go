package loopback

import (
	"embed"
	"html/template"
	"net/http"
	"strings"
)

// sdk is where Link's script lies below its origin. Plaid wants it loaded from
// there, unversioned, not bundled.
const sdk = "/link/v2/stable/link-initialize.js"

//go:embed page
var assets embed.FS

var pageTemplate = template.Must(template.ParseFS(assets, "page/page.html"))

// pageData is all that the page gets to know.
type pageData struct {
	Style  template.CSS // ours, from the binary
	Script template.JS  // ours, from the binary
	SDK    string
	CSP    string // the nonce that lets the two scripts run
	Token  string
	Nonce  string
}

// render writes the page, each time with new permission for its scripts.
func (s *Session) render(w http.ResponseWriter) {
	csp, err := s.random()
	if err != nil {
		http.Error(w, "no randomness", http.StatusInternalServerError)
		return
	}
	var html strings.Builder
	err = pageTemplate.Execute(&html, pageData{
		Style:  template.CSS(asset("page/page.css")), //nolint:gosec // ours, embedded
		Script: template.JS(asset("page/page.js")),   //nolint:gosec // ours, embedded
		SDK:    s.opts.Script + sdk,
		CSP:    csp,
		Token:  s.opts.LinkToken.Reveal(),
		Nonce:  s.nonce,
	})
	if err != nil {
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", s.policy(csp))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(html.String())) // a browser that left is no error of ours
}

// policy lets the page run its two scripts, show Link, and talk to nobody else.
// Link styles itself inline, which no nonce can allow.
func (s *Session) policy(csp string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'nonce-" + csp + "' " + s.opts.Script + sdk,
		"style-src 'unsafe-inline'",
		"frame-src " + s.opts.Script + "/",
		"connect-src 'self' " + s.opts.API + "/",
		"img-src 'self' data: " + s.opts.Script,
		"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
	}, "; ")
}

// asset reads a file that the program carries; it cannot be missing.
func asset(name string) string {
	b, err := assets.ReadFile(name)
	if err != nil {
		panic("loopback: " + err.Error())
	}
	return string(b)
}
