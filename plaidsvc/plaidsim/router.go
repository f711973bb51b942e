package plaidsim

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/link"
)

// maxBody is more than any request needs.
const maxBody = 4 << 20

// A route is one endpoint.
type route struct {
	path  string
	serve func(c *call, body []byte) (answer, *plaidError)
}

// An answer is the body of a 200: a struct that embeds [answered].
type answer interface{ stamp(requestID string) }

// answered is what every answer of Plaid's has.
type answered struct {
	RequestID string `json:"request_id"`
}

func (a *answered) stamp(requestID string) { a.RequestID = requestID }

// A call is one request being answered, with the server locked.
type call struct {
	*Server
	now  time.Time
	http *http.Request
	note note // for the request log
}

// credentials are what nearly every request carries, here or in headers.
type credentials struct {
	ClientID string `json:"client_id"`
	Secret   string `json:"secret"`
}

func (c *credentials) keys() *credentials { return c }

// handle makes a route of a function from a request struct to an answer.
// Requests that embed credentials must have some.
func handle[R any](path string, f func(*call, *R) (answer, *plaidError)) route {
	return route{path, func(c *call, body []byte) (answer, *plaidError) {
		req := new(R)
		if err := decode(body, req); err != nil {
			return nil, err
		}
		if keyed, ok := any(req).(interface{ keys() *credentials }); ok {
			if err := c.authenticate(keyed.keys()); err != nil {
				return nil, err
			}
		}
		return f(c, req)
	}}
}

// authenticate accepts any non-empty client id and secret.
func (c *call) authenticate(k *credentials) *plaidError {
	var missing []string
	if k.ClientID == "" && c.http.Header.Get("PLAID-CLIENT-ID") == "" {
		missing = append(missing, "client_id")
	}
	if k.Secret == "" && c.http.Header.Get("PLAID-SECRET") == "" {
		missing = append(missing, "secret")
	}
	if len(missing) > 0 {
		return fail("MISSING_FIELDS").saying("the following required fields are missing: %s",
			strings.Join(missing, ", "))
	}
	return nil
}

func (s *Server) newMux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range routes() {
		mux.HandleFunc("POST "+r.path, func(w http.ResponseWriter, req *http.Request) { s.answer(w, req, r) })
	}
	mux.Handle(link.Root, link.Handler())
	mux.HandleFunc("/", func(w http.ResponseWriter, req *http.Request) {
		s.answer(w, req, route{req.URL.Path, func(*call, []byte) (answer, *plaidError) {
			return nil, fail("NOT_FOUND")
		}})
	})
	return mux
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// answer runs one route and writes what came of it.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, to route) {
	body, bodyErr := readBody(w, r)
	s.mu.Lock()
	s.requests++
	id := s.seed.requestID(s.requests)
	c := &call{Server: s, now: s.clock().UTC(), http: r, note: note{requestID: id}}
	s.agenda.advance(c.now)
	fault := s.faults.next(to.path)
	var result answer
	err := fault.plaidError()
	switch {
	case fault != nil:
	case bodyErr != nil:
		err = bodyErr
	default:
		if err = c.withinLimits(to.path, body); err == nil {
			result, err = to.serve(c, body)
		}
	}
	s.mu.Unlock()

	c.note.find(body)
	switch {
	case fault.breaksHTTP():
		c.note.status = fault.Status
		fault.write(w)
	case err != nil:
		err.RequestID, c.note.status, c.note.code = id, err.status, err.Code
		writeJSON(w, err.status, err)
	default:
		result.stamp(id)
		c.note.status = http.StatusOK
		writeJSON(w, http.StatusOK, result)
	}
	s.log.write(c)
}

// readBody reads a body that says it is JSON.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, *plaidError) {
	contentType := r.Header.Get("Content-Type")
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	media, _, _ := mime.ParseMediaType(contentType)
	switch {
	case contentType == "":
		return body, fail("INVALID_HEADERS")
	case media != "application/json", err != nil:
		return body, fail("INVALID_BODY")
	}
	return body, nil
}

// writeJSON answers with a body of JSON. A client that has gone away is none of
// our business, so a failed write is not reported.
func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
}
