package webhook

import (
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"time"

	"coffer/internal/crowd"
)

// limits are what a sender may take.
type limits struct {
	header, body, answer, idle time.Duration
	connections                int
}

// Plaid gives an answer ten seconds, and sends all of a webhook in one piece.
var usual = limits{
	header: 3 * time.Second, body: 10 * time.Second, answer: 10 * time.Second, idle: time.Minute,
	connections: 32,
}

const (
	bodyLimit      = 256 << 10 // Plaid's largest have a few
	allHeaderLimit = 16 << 10  // what a proxy adds included
	goodbye        = time.Second
)

// Options say what a receiver works with. All are needed.
type Options struct {
	Fetch Fetch
	Now   func() time.Time
	// Take is given each message that Plaid signed, and returns at once. It may be
	// called by several at the same time, and be given a message again: Plaid
	// repeats itself, and so can others for five minutes.
	Take func(Message)
	// Refused is told of each request that was refused. It returns at once, and may
	// be called by several at the same time.
	Refused func(*Refusal)
}

// A Receiver answers Plaid, on any path: what leads to it is up to whoever
// forwards to it, and the signature decides. It is an [http.Handler].
type Receiver struct {
	options  Options
	verifier *verifier
	limits   limits
}

// New makes a receiver.
func New(o Options) *Receiver {
	return &Receiver{options: o, verifier: newVerifier(o.Fetch, o.Now), limits: usual}
}

// ServeHTTP implements [http.Handler].
func (r *Receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	message, refusal := r.receive(w, req)
	if refusal == nil {
		r.options.Take(message)
		w.WriteHeader(http.StatusOK)
		return
	}
	r.options.Refused(refusal)
	switch refusal.Status {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", http.MethodPost)
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "60")
	}
	crowd.Dismiss(w)
	w.WriteHeader(refusal.Status)
}

// receive does what costs least first, and reads a body of nobody but Plaid: what a
// signature is over stands in itself. Who has none can make coffer neither read nor
// wait.
func (r *Receiver) receive(w http.ResponseWriter, req *http.Request) (Message, *Refusal) {
	if req.Method != http.MethodPost {
		return Message{}, refusedMethod
	}
	if kind, _, err := mime.ParseMediaType(req.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return Message{}, refusedType
	}
	signature, refusal := signatureOf(req.Header.Values(Header))
	if refusal != nil {
		return Message{}, refusal
	}
	if req.ContentLength > bodyLimit {
		return Message{}, refusedLarge
	}
	signed, refusal := r.verifier.verify(req.Context(), signature)
	if refusal != nil {
		return Message{}, refusal
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, bodyLimit))
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return Message{}, refusedLarge
	}
	if err != nil {
		return Message{}, refusedCut
	}
	if !signed.over(body) {
		return Message{}, refusedBody
	}
	return read(body), nil
}

// Serve answers on a listener until ctx is done, and closes it. Its error is what
// ended it before.
func (r *Receiver) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           r,
		ReadHeaderTimeout: r.limits.header,
		ReadTimeout:       r.limits.body,
		WriteTimeout:      r.limits.answer,
		IdleTimeout:       r.limits.idle,
		MaxHeaderBytes:    allHeaderLimit,
		ConnState:         crowd.New(r.limits.connections).Watch,
		ErrorLog:          crowd.Silent(),
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodbye)
	defer cancel()
	if server.Shutdown(last) != nil {
		_ = server.Close() // who has not sent all of it by now sends it again
	}
	<-ended
	return nil
}
