package plaidsim

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// A Break is a way in which an answer does not arrive as it was meant. Whatever
// the endpoint does has been done by then.
type Break string

// The breaks there are.
const (
	// Truncated ends the body in its middle, in an answer that is whole as far as
	// HTTP goes.
	Truncated Break = "truncated"
	// Cut closes the connection in the middle of the body.
	Cut Break = "cut"
	// Dropped closes the connection without any answer.
	Dropped Break = "dropped"
	// ContentType sends the right body as text/plain.
	ContentType Break = "content_type"
	// HTML sends a page in place of the body, with the status there was.
	HTML Break = "html"
	// Garbage sends bytes that are neither JSON nor text, as if they were JSON.
	Garbage Break = "garbage"
)

// Breaks are all of them.
func Breaks() []Break { return []Break{Truncated, Cut, Dropped, ContentType, HTML, Garbage} }

// A reply is an answer about to be sent.
type reply struct {
	status      int
	contentType string
	body        []byte
}

const (
	jsonType = "application/json; charset=utf-8"
	htmlType = "text/html"
)

// encoded is a reply whose body is v as JSON.
func encoded(status int, v any) reply {
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		// Answers are plain structs: only a mistake in one can get here.
		panic(fmt.Sprintf("plaidsim: encode an answer: %v", err))
	}
	return reply{status, jsonType, body.Bytes()}
}

// page is what a proxy in front of Plaid says when it has nothing else to say.
func page(status int) reply {
	text := fmt.Sprintf("<html><head><title>%d %s</title></head></html>\n", status, http.StatusText(status))
	return reply{status, htmlType, []byte(text)}
}

// send writes the reply. A client that has gone away is none of our business, so
// a failed write is not reported.
func (r reply) send(w http.ResponseWriter) {
	w.Header().Set("Content-Type", r.contentType)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body)
}

// sendBroken writes the reply as a break leaves it.
func (r reply) sendBroken(w http.ResponseWriter, how Break) {
	half := r.body[:len(r.body)/2]
	switch how {
	case Truncated:
		r.body = half
	case Cut:
		// With a length that is never reached, the client can tell.
		w.Header().Set("Content-Length", strconv.Itoa(len(r.body)))
		r.body = half
		r.send(w)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	case Dropped:
		panic(http.ErrAbortHandler)
	case ContentType:
		r.contentType = "text/plain; charset=utf-8"
	case HTML:
		r = page(r.status)
	case Garbage:
		r.body = bytes.Repeat([]byte{0x00, 0xff, 0x9e, '{', 0x13}, 1+len(r.body)/5)
	}
	r.send(w)
}

// pass sends a reply through a fault, nil for none. Nothing is locked: a delay
// keeps only its own client waiting.
func (s *Server) pass(w http.ResponseWriter, req *http.Request, r reply, f *Fault) {
	if f == nil {
		r.send(w)
		return
	}
	if f.Delay > 0 && s.sleep(req.Context(), time.Duration(f.Delay)) != nil {
		panic(http.ErrAbortHandler) // the client has gone away, or the server is about to
	}
	r.sendBroken(w, f.Break)
}

// stopping is the key of the context that ends when a server is to stop, as
// requests have it: they go on then, but not with sleeping.
type stopping struct{}

// sleepFor waits on the real clock, until ctx or the server is done.
func sleepFor(ctx context.Context, d time.Duration) error {
	stop, ok := ctx.Value(stopping{}).(context.Context)
	if !ok {
		stop = ctx
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-stop.Done():
		return stop.Err()
	}
}
