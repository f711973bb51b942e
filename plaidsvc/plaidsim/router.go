package plaidsim

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/link"
	"coffer/plaidsvc/plaidsim/tomorrow"
)

// maxBody is more than any request needs.
const maxBody = 4 << 20

// A route is one endpoint.
type route struct {
	path  string
	serve func(c *call, body []byte) (answer, *plaidError)
	blind bool // it does not look at the body, whatever that is
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
	note note           // for the request log
	mode *tomorrow.Mode // that answers pass, nil for none
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
	return route{path: path, serve: func(c *call, body []byte) (answer, *plaidError) {
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
	var absent []string
	if k.ClientID == "" && c.http.Header.Get("PLAID-CLIENT-ID") == "" {
		absent = append(absent, "client_id")
	}
	if k.Secret == "" && c.http.Header.Get("PLAID-SECRET") == "" {
		absent = append(absent, "secret")
	}
	if len(absent) > 0 {
		return missing(absent...)
	}
	return nil
}

func (s *Server) newMux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range routes() {
		mux.HandleFunc("POST "+r.path, func(w http.ResponseWriter, req *http.Request) { s.answer(w, req, r) })
	}
	page := link.Handler()
	if s.options.Control {
		for _, r := range controlRoutes() {
			mux.HandleFunc("POST "+r.path, func(w http.ResponseWriter, req *http.Request) { s.answer(w, req, guarded(r)) })
		}
	}
	mux.Handle(link.Root, page)
	mux.Handle(link.HostedRoot, page)
	mux.HandleFunc("/", func(w http.ResponseWriter, req *http.Request) {
		s.answer(w, req, route{req.URL.Path, notFound, true})
	})
	return mux
}

// notFound is what is asked with GET, too, which has no body and says so.
func notFound(*call, []byte) (answer, *plaidError) { return nil, fail("NOT_FOUND") }

// ServeHTTP implements http.Handler. A client whose address for Plaid ends in a
// slash asks for //item/get, which the mux would send elsewhere with a page.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.URL.Path, "//") {
		s.answer(w, r, route{r.URL.Path, notFound, true})
		return
	}
	s.mux.ServeHTTP(w, r)
}

// answer runs one route and sends what came of it.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, to route) {
	body, bodyErr := readBody(w, r)
	c, result, fault := s.run(r, to, body, bodyErr)
	s.nudge()
	c.note.find(body)
	c.note.fault = fault.String()
	s.log.write(c)
	out := page(c.note.status)
	if result != nil {
		out = encoded(c.note.status, result)
		if c.mode != nil && spoils(to.path) {
			out.body = c.mode.Answer(out.body)
		}
	}
	s.pass(w, r, out, fault)
}

// run does what a route does, with the server locked. The result is what to
// encode, nil for a proxy's page; the fault, nil for none, is what the answer
// has to pass.
func (s *Server) run(r *http.Request, to route, body []byte, bodyErr *plaidError) (*call, any, *Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	id := s.seed.requestID(s.requests)
	c := &call{Server: s, now: s.clock().UTC(), http: r, note: note{requestID: id, status: http.StatusOK}, mode: s.tomorrow}
	s.agenda.advance(c.now)
	fault := s.faults.next(to.path, c.about(body))
	var result answer
	var err *plaidError
	switch {
	case fault.answers() && fault.Code == "":
		c.note.status = fault.Status
		return c, nil, fault
	case fault.answers():
		err = fail(fault.Code)
	case bodyErr != nil && !to.blind:
		err = bodyErr
	default:
		if err = c.withinLimits(to.path, body); err == nil {
			result, err = to.serve(c, body)
		}
	}
	if err != nil {
		err.RequestID, c.note.status, c.note.code = id, err.status, err.Code
		return c, err, fault
	}
	result.stamp(id)
	return c, result, fault
}

// about is the Item whose access token a body has, whatever else is in it.
func (c *call) about(body []byte) *item {
	var who struct {
		AccessToken json.RawMessage `json:"access_token"`
	}
	_ = json.Unmarshal(body, &who) // what is no JSON is about none
	return c.items.byToken[text(who.AccessToken)]
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
