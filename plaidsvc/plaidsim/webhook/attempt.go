package webhook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Timeout is how long a receiver has to answer.
const Timeout = 10 * time.Second

// mostOfAnswer is how much of an answer's body is read, so that the connection
// can be used again.
const mostOfAnswer = 64 << 10

// An answer is how an attempt ended: with a status, or without one.
type answer struct {
	status     int
	retryAfter time.Duration
	err        error
}

// accepted reports whether the receiver took the letter. Only 200 counts.
func (a answer) accepted() bool { return a.status == http.StatusOK }

// A Failure is an attempt that was not accepted.
type Failure struct {
	At            time.Time
	Address, Name string
	Status        int   // what was answered; 0 is nothing
	Err           error // why nothing was
	Again         time.Time
}

// String says it in a line that names of the address the host only: what comes
// after it may be a secret between the app and Plaid.
func (f Failure) String() string {
	host := "?"
	if u, err := url.Parse(f.Address); err == nil {
		host = u.Host
	}
	end := "given up"
	if !f.Again.IsZero() {
		end = "again at " + f.Again.Format(time.RFC3339)
	}
	reason := fmt.Sprintf("answered %d, want 200", f.Status)
	if f.Err != nil {
		reason = f.Err.Error()
	}
	return fmt.Sprintf("%s webhook %s to %s: %s; %s", f.At.Format(time.RFC3339), f.Name, host, reason, end)
}

// attempt posts a letter once. Each attempt is signed anew: whether Plaid's
// retries keep the first iat is not documented, and a receiver that follows
// Plaid's advice would refuse all of them.
func (p *Post) attempt(ctx context.Context, l *letter) answer {
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, l.Address, bytes.NewReader(l.Body))
	if err != nil {
		return answer{err: bare(err)}
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(Header, p.signature(l))
	response, err := p.options.Network.Do(r)
	if err != nil {
		return answer{err: bare(err)}
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, mostOfAnswer) // the status has said it all
	return answer{status: response.StatusCode, retryAfter: retryAfter(response.Header, p.now())}
}

// signature signs a letter now, or as badly as was asked for.
func (p *Post) signature(l *letter) string {
	now := p.now()
	if l.stale {
		now = now.Add(-staleness)
	}
	token := p.options.Keys.Sign(l.Body, now)
	if l.forged {
		other := p.options.Keys.Sign(append([]byte(" "), l.Body...), now)
		token = token[:strings.LastIndexByte(token, '.')] + other[strings.LastIndexByte(other, '.'):]
	}
	return token
}

// bare is what went wrong without the address that net/http puts before it.
func bare(err error) error {
	var wrapped *url.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("no answer within %s", Timeout)
	case errors.As(err, &wrapped):
		return wrapped.Err
	default:
		return err
	}
}
