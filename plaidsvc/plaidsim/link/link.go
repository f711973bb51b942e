// Package link is the page on which a person signs in to a simulated bank: our
// stand-in for Plaid's Link and its web SDK. It serves static files and
// nothing else; what the page asks of the banks it asks of the JSON backend
// under /link/session/, which is the business of package plaidsim.
//
// # Files
//
// link-initialize.js is the script an app loads. It defines the global Plaid
// with the contract of Plaid's web SDK (https://plaid.com/docs/link/web/) and
// lays link.html, in an iframe of the script's own origin, over the app's page.
// The two talk by postMessage; each names the other's exact origin and ignores
// messages from anybody else. An app must have an origin of its own, so a page
// opened from a file: address is refused.
//
// Inside the page, flow.js is the order of the panes and each file in panes/
// is one pane. A new step is a new file there and a line in flow.js. channel.js
// alone knows that there is an app's page around it.
//
// bank.html plays the own site of a bank with OAuth, in a window of its own that
// the iframe opens. The two have one origin, and talk by postMessage as well: the
// window asks the iframe for everything, so that no address carries a token and
// no app has to allow more than Plaid's documents say.
//
// With Hosted Link there is no app's page and no script of it: link.html has a
// window to itself, at an address that names one session in the backend.
// hosted.js leads there and sends the person on afterwards.
//
// # Promise
//
// Everything works by keyboard alone, and under a Content-Security-Policy on
// both sides that allows neither inline script nor inline style: the app's page
// needs script-src with the address of link-initialize.js and frame-src with
// its origin. Text that came from the backend is only ever set as text.
// OPEN is delivered live and every other event at the end, as Plaid does, so an
// app that drives its interface from events fails here too. Nothing is stored
// in the browser, and no address ever carries a token. No page may embed a hosted
// one.
//
// # What it never does
//
// It calls no origin but its own, shows no trademark or asset of Plaid's, and
// never lets anyone think that the bank is real.
//
// # Handles for tests
//
// The iframe's id starts with plaid-link-iframe-, as Plaid's does. Inside it,
// #pane has data-pane, and these controls keep their names:
//
//	every pane    #exit, #back (where there is a way back)
//	leave dialog  #leave[open], #exit-confirm, #exit-cancel
//	intro         #continue
//	institutions  #institution-search, [data-institution="ins_109508"]
//	notice        #continue (where there is a way on), #other
//	credentials   #username, #password, #submit, #alert
//	mfa           #answer-0 (typed), [name="answer-0"] (chosen), #submit, #alert
//	oauth         #open-bank, #alert
//	accounts      #every, [data-account="<account id>"], #finish, #alert
//	success       #done, #another (with Multi-Item Link)
//	problem       #close, #error-code
//	goodbye       #return
//
// bank.html has the panes credentials and consent, the latter with #every,
// [data-account], #agree and #decline; #exit cancels.
package link

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

// Root is the path below which [Handler] answers. It is the path that Plaid's
// own script has, so that an app changes the origin and nothing else.
const Root = "/link/v2/stable/"

// HostedRoot is the path below which the page of Hosted Link is, whatever the
// rest of its address is: that is for the page to make sense of.
const HostedRoot = "/link/hosted/"

// policy is for the documents inside the iframe. Any page may embed Link, as
// with Plaid; nothing else is looser than it must be.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
	"img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *"

//go:embed assets
var assets embed.FS

// An asset is one file as it goes over the wire.
type asset struct {
	body        []byte
	contentType string
	etag        string
	policy      string
}

// Handler serves the script and the page below [Root], and the page again at
// every address below [HostedRoot]. It answers GET and HEAD, and 404 for every
// path that is not one of its files.
func Handler() http.Handler {
	files := load()
	hosted := files[Root+"link.html"]
	hosted.policy = strings.Replace(policy, "frame-ancestors *", "frame-ancestors 'none'", 1)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file, ok := files[r.URL.Path]
		if strings.HasPrefix(r.URL.Path, HostedRoot) {
			file, ok = hosted, true
		}
		switch {
		case !ok:
			http.NotFound(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "use GET", http.StatusMethodNotAllowed)
		default:
			file.serve(w, r)
		}
	})
}

// serve writes the asset with the headers that every asset has. A browser may
// keep it but must ask each time: a rebuilt simulator never meets the page of
// the one before it.
func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("ETag", a.etag)
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Security-Policy", a.policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.body))
}

// load reads the embedded files, keyed by the path they are served at. They are
// part of the program: one that is missing or of an unknown kind is a mistake
// of ours that no caller can handle.
func load() map[string]asset {
	files := make(map[string]asset)
	err := fs.WalkDir(assets, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := assets.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		files[Root+strings.TrimPrefix(name, "assets/")] = asset{
			body:        body,
			contentType: contentType(path.Ext(name)),
			etag:        `"` + hex.EncodeToString(sum[:16]) + `"`,
			policy:      policy,
		}
		return nil
	})
	if err != nil {
		panic("link: read embedded assets: " + err.Error())
	}
	return files
}

// contentType is a table of our own because package mime reads the machine's,
// and some machines call a script text/plain, which browsers refuse to run.
func contentType(extension string) string {
	switch extension {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	}
	panic("link: no content type for " + extension)
}
