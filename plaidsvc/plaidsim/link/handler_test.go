package link_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim/link"
)

// get asks the handler for a path below Root.
func get(t *testing.T, name string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, link.Root+name, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	link.Handler().ServeHTTP(w, r)
	return w
}

// sources are the files on disk by their name below assets, as they should be
// served.
func sources(t *testing.T) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := filepath.WalkDir("assets", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		files[filepath.ToSlash(strings.TrimPrefix(path, "assets"+string(filepath.Separator)))] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestEveryFileIsServedWithItsTypeAndHeaders(t *testing.T) {
	types := map[string]string{
		".html": "text/html; charset=utf-8",
		".css":  "text/css; charset=utf-8",
		".js":   "text/javascript; charset=utf-8",
	}
	for name, body := range sources(t) {
		w := get(t, name)
		if w.Code != http.StatusOK || w.Body.String() != body {
			t.Errorf("GET %s = %d, %d bytes; want 200 and the file's %d", name, w.Code, w.Body.Len(), len(body))
		}
		for header, want := range map[string]string{
			"Content-Type":           types[filepath.Ext(name)],
			"Cache-Control":          "no-cache",
			"X-Content-Type-Options": "nosniff",
			"Referrer-Policy":        "no-referrer",
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
				"img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *",
			"X-Frame-Options": "", // would forbid what frame-ancestors allows
		} {
			if got := w.Header().Get(header); got != want {
				t.Errorf("GET %s: %s = %q, want %q", name, header, got, want)
			}
		}
	}
}

func TestUnchangedFileIsNotSentAgain(t *testing.T) {
	tag := get(t, "link.js").Header().Get("ETag")
	if tag == "" {
		t.Fatal("no ETag")
	}
	if w := get(t, "link.js", "If-None-Match", tag); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("with its ETag: %d, %d bytes; want 304 and none", w.Code, w.Body.Len())
	}
	if w := get(t, "link.css", "If-None-Match", tag); w.Code != http.StatusOK {
		t.Errorf("with another file's ETag: %d, want 200", w.Code)
	}
}

func TestOtherPathsAreNotFound(t *testing.T) {
	for _, name := range []string{"", "panes", "panes/", "link.html/", "../link.go", "link.go", "assets/link.js"} {
		if w := get(t, name); w.Code != http.StatusNotFound {
			t.Errorf("GET %q = %d, want 404", name, w.Code)
		}
	}
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	for method, want := range map[string]int{
		http.MethodHead: http.StatusOK, http.MethodPost: http.StatusMethodNotAllowed,
		http.MethodPut: http.StatusMethodNotAllowed, http.MethodDelete: http.StatusMethodNotAllowed,
	} {
		w := httptest.NewRecorder()
		link.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, link.Root+"link.html", nil))
		if w.Code != want || w.Body.Len() > 20 {
			t.Errorf("%s = %d, %d bytes; want %d", method, w.Code, w.Body.Len(), want)
		}
	}
}

// What a policy without 'unsafe-inline' would refuse at run time, and what
// could make markup of a bank's text, is refused here at once.
func TestSourcesKeepToTheRules(t *testing.T) {
	banned := map[string]*regexp.Regexp{
		".js":   regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\('style'|localStorage|sessionStorage|document\.cookie`),
		".html": regexp.MustCompile(`(?i)<style|\sstyle=|\son\w+=|<script(?:[^>]*[^>c])?>[^<]|https?://`),
		".css":  regexp.MustCompile(`@import|url\(`),
	}
	for name, body := range sources(t) {
		if found := banned[filepath.Ext(name)].FindString(body); found != "" {
			t.Errorf("%s has %q", name, found)
		}
	}
}

func TestEveryImportIsAFile(t *testing.T) {
	files := sources(t)
	imports := regexp.MustCompile(`from '([^']+)'`)
	seen := 0
	for name, body := range files {
		for _, match := range imports.FindAllStringSubmatch(body, -1) {
			seen++
			if target := filepath.ToSlash(filepath.Join(filepath.Dir(name), match[1])); files[target] == "" {
				t.Errorf("%s imports %s, which is not there", name, match[1])
			}
		}
	}
	if seen == 0 {
		t.Error("found no import at all")
	}
}

func TestHostedPageIsTheSamePageAlone(t *testing.T) {
	page := get(t, "link.html")
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, link.HostedRoot+"anything", nil)
	hosted := httptest.NewRecorder()
	link.Handler().ServeHTTP(hosted, r)
	if hosted.Code != http.StatusOK || hosted.Body.String() != page.Body.String() {
		t.Errorf("GET %s = %d, %d bytes; want link.html", r.URL, hosted.Code, hosted.Body.Len())
	}
	if got := hosted.Header().Get("Content-Security-Policy"); !strings.HasSuffix(got, "frame-ancestors 'none'") {
		t.Errorf("policy = %q, want one that lets nobody embed it", got)
	}
}
