package loopback

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"

	"coffer/internal/crowd"
	"coffer/internal/secret"
)

// Where the page sends what came of it, below its own path.
const (
	resultPath = "result"
	exitPath   = "exit"
)

// nonceHeader is not one that a form can send: another origin's script would
// have to ask first (CORS), and nothing here says yes.
const nonceHeader = "X-Link-Nonce"

const cookieName = "link"

var exitCode = regexp.MustCompile(`^[A-Z0-9_]{0,64}$`)

// ServeHTTP implements [http.Handler].
func (s *Session) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	protect(w.Header())
	switch {
	case r.Host != s.host: // another name that leads here: DNS rebinding
		s.refuse(w, http.StatusMisdirectedRequest)
	case !sameSite(r):
		s.refuse(w, http.StatusForbidden)
	// The target is compared as it came: no query, no escapes, no absolute form.
	case r.Method == http.MethodGet && equal(r.RequestURI, s.path):
		s.page(w, r)
	case r.Method == http.MethodPost && equal(r.RequestURI, s.path+resultPath):
		s.take(w, r, s.readResult)
	case r.Method == http.MethodPost && equal(r.RequestURI, s.path+exitPath):
		s.take(w, r, readExit)
	default:
		s.refuse(w, http.StatusNotFound)
	}
}

// protect sets what every reply has. The opener policy leaves room for a bank's
// own sign-in window, which "same-origin" would cut off.
func protect(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin-allow-popups")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
}

// sameSite reports whether a browser would call the request our own or the
// user's. Old browsers and attackers send no such header; the rest stops them.
func sameSite(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return true
	}
	return false
}

// page serves the page to the first browser that comes, and to that one again.
func (s *Session) page(w http.ResponseWriter, r *http.Request) {
	if to := r.Header.Get("Sec-Fetch-Dest"); to != "" && to != "document" {
		s.refuse(w, http.StatusForbidden) // in a frame, say
		return
	}
	fresh, err := s.admit(r)
	switch {
	case errors.Is(err, errGone):
		s.refuse(w, http.StatusGone)
		return
	case err != nil:
		http.Error(w, "no randomness", http.StatusInternalServerError)
		return
	}
	if fresh != "" {
		http.SetCookie(w, &http.Cookie{
			Name: cookieName, Value: fresh, Path: s.path,
			HttpOnly: true, SameSite: http.SameSiteStrictMode,
		})
	}
	s.render(w)
}

var errGone = errors.New("the page belongs to another browser, or is done")

// admit lets one browser in. The address can be seen by others on the machine
// while a browser starts; who comes second gets nothing. Fresh is the cookie to
// set, "" when the browser has it.
func (s *Session) admit(r *http.Request) (fresh string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.done:
		return "", errGone
	case s.cookie == "":
		s.cookie, err = s.random()
		return s.cookie, err
	case !s.hasCookie(r):
		return "", errGone
	}
	return "", nil
}

func (s *Session) hasCookie(r *http.Request) bool {
	sent := r.CookiesNamed(cookieName)
	return s.cookie != "" && len(sent) == 1 && equal(sent[0].Value, s.cookie)
}

// take accepts one result, once, from the page's script.
func (s *Session) take(w http.ResponseWriter, r *http.Request, read func([]byte) (Result, bool)) {
	if status := s.checkSender(r); status != 0 {
		s.refuse(w, status)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
	if err != nil {
		s.refuse(w, http.StatusRequestEntityTooLarge)
		return
	}
	result, ok := read(body)
	switch {
	case !ok:
		s.refuse(w, http.StatusUnprocessableEntity)
	case !s.finish():
		s.refuse(w, http.StatusGone)
	default:
		w.Header().Set("Connection", "close")
		w.WriteHeader(http.StatusNoContent)
		s.result <- result
	}
}

// checkSender returns 0 for a request that the page's own script made.
func (s *Session) checkSender(r *http.Request) int {
	s.mu.Lock()
	known, done := s.hasCookie(r), s.done
	s.mu.Unlock()
	origins, nonces := r.Header.Values("Origin"), r.Header.Values(nonceHeader)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case done:
		return http.StatusGone
	case !known,
		len(origins) != 1 || origins[0] != "http://"+s.host,
		len(nonces) != 1 || !equal(nonces[0], s.nonce):
		return http.StatusForbidden
	case err != nil || kind != "application/json":
		return http.StatusUnsupportedMediaType
	}
	return 0
}

// finish claims the one result of the session.
func (s *Session) finish() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := !s.done
	s.done = true
	return first
}

func (s *Session) readResult(body []byte) (Result, bool) {
	var sent struct {
		PublicToken string          `json:"public_token"`
		Said        json.RawMessage `json:"said"`
	}
	if json.Unmarshal(body, &sent) != nil || !s.token.MatchString(sent.PublicToken) {
		return Result{}, false
	}
	return Result{PublicToken: secret.New(sent.PublicToken), Said: readSaid(sent.Said)}, true
}

// readSaid reads what the page adds to a token. Whatever is odd about it says
// nothing: the token is worth having without.
func readSaid(raw json.RawMessage) Said {
	var sent struct {
		ID       string `json:"institution_id"`
		Name     string `json:"name"`
		Accounts []struct {
			Name string `json:"name"`
			Mask string `json:"mask"`
		} `json:"accounts"`
	}
	if json.Unmarshal(raw, &sent) != nil {
		return Said{}
	}
	said := Said{Institution: sent.ID, Name: sent.Name}
	for _, a := range sent.Accounts {
		said.Accounts = append(said.Accounts, SaidAccount{Name: a.Name, Mask: a.Mask})
	}
	return said
}

func readExit(body []byte) (Result, bool) {
	var sent struct {
		Code string `json:"code"`
	}
	if json.Unmarshal(body, &sent) != nil || !exitCode.MatchString(sent.Code) {
		return Result{}, false
	}
	return Result{Code: sent.Code}, true
}

func (s *Session) refuse(w http.ResponseWriter, status int) {
	s.mu.Lock()
	s.refused++
	s.mu.Unlock()
	crowd.Dismiss(w)
	http.Error(w, http.StatusText(status), status)
}

// equal compares in a time that does not tell how much was right.
func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
