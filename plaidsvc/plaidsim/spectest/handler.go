package spectest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"text/tabwriter"
)

// Checked is what a judge has seen of an endpoint.
type Checked struct {
	Successes int
	Codes     map[string]int // errors, by Plaid's error code
}

// Handler passes everything to next and complains of what does not fit.
func (j *Judge) Handler(next http.Handler, complain func(format string, args ...any)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !j.Knows(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		asked, err := io.ReadAll(r.Body)
		if err != nil {
			complain("%s: read the request: %v", r.URL.Path, err)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(asked))
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		for _, complaint := range j.exchange(r.URL.Path, asked, answer) {
			complain("%s\nasked %s\nanswered %s", complaint, asked, answer.Body)
		}
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes()) // who has gone away misses nothing
	})
}

// TomorrowHandler is Handler in front of a Plaid that plays tomorrow: its
// answers are none of today's document, and only requests are judged. This is
// the one exception from judging answers.
func (j *Judge) TomorrowHandler(next http.Handler, complain func(format string, args ...any)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked, err := io.ReadAll(r.Body)
		if err != nil {
			complain("%s: read the request: %v", r.URL.Path, err)
			return
		}
		if j.Knows(r.URL.Path) {
			for _, complaint := range j.Request(r.URL.Path, asked) {
				complain("%s\nasked %s", complaint, asked)
			}
		}
		r.Body = io.NopCloser(bytes.NewReader(asked))
		next.ServeHTTP(w, r)
	})
}

// exchange judges a request and its answer, and counts them.
func (j *Judge) exchange(endpoint string, asked []byte, answer *httptest.ResponseRecorder) []string {
	j.count(endpoint, answer)
	if kind := answer.Header().Get("Content-Type"); !strings.HasPrefix(kind, "application/json") {
		return []string{endpoint + " answers with the content type " + kind}
	}
	complaints := j.Answer(endpoint, answer.Code, answer.Body.Bytes())
	if answer.Code == http.StatusOK {
		complaints = append(complaints, j.Request(endpoint, asked)...)
	}
	return complaints
}

func (j *Judge) count(endpoint string, answer *httptest.ResponseRecorder) {
	j.mu.Lock()
	defer j.mu.Unlock()
	c := j.checked[endpoint]
	if c == nil {
		c = &Checked{Codes: make(map[string]int)}
		j.checked[endpoint] = c
	}
	if answer.Code == http.StatusOK {
		c.Successes++
		return
	}
	var body struct {
		Code string `json:"error_code"`
	}
	_ = json.Unmarshal(answer.Body.Bytes(), &body) // what is no JSON is complained of elsewhere
	c.Codes[body.Code]++
}

// Of tells what was checked of an endpoint.
func (j *Judge) Of(endpoint string) Checked {
	j.mu.Lock()
	defer j.mu.Unlock()
	c := j.checked[endpoint]
	if c == nil {
		return Checked{}
	}
	return Checked{c.Successes, maps.Clone(c.Codes)}
}

// Table writes what was checked, a line per endpoint: how often it succeeded,
// and which errors it answered.
func (j *Judge) Table() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var text strings.Builder
	t := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "endpoint\tsuccesses\terrors")
	for _, endpoint := range slices.Sorted(maps.Keys(j.checked)) {
		c := j.checked[endpoint]
		fmt.Fprintf(t, "%s\t%d\t%s\n", endpoint, c.Successes, strings.Join(slices.Sorted(maps.Keys(c.Codes)), " "))
	}
	_ = t.Flush() // a Builder takes everything
	return text.String()
}
