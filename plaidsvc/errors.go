package plaidsvc

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// An APIError is a request that failed: what Plaid said, in full, for a report,
// or how the network failed. It wraps the ledger's sentinel that it stands for,
// if there is one. Its texts may be a bank's own and hostile; none holds a
// token or a secret.
type APIError struct {
	Op string // the endpoint, "/transactions/sync"
	// Status is the HTTP status, 0 when no answer came.
	Status int
	// Type, Code, Message, Display and RequestID are Plaid's, "" when it was not
	// Plaid that answered. Message is for developers, Display for users.
	Type, Code, Message, Display, RequestID string

	note       string // what we know of it ourselves
	withheld   bool   // refused was one thing of an account; note says which
	meaning    meaning
	retryAfter time.Duration
}

// Unwrap returns the sentinel to act on, nil if there is none.
func (e *APIError) Unwrap() error { return e.meaning.kind }

// Error says what happened and what to do, then what a report needs.
func (e *APIError) Error() string {
	text, request := e.words(), ""
	if e.RequestID != "" {
		request = "request " + e.RequestID
	}
	if details := nonEmpty([]string{e.Code, e.Op, request}); len(details) > 0 {
		text += " (" + strings.Join(details, ", ") + ")"
	}
	return text
}

// words say what happened and what to do.
func (e *APIError) words() string {
	var parts []string
	switch kind := e.meaning.kind; {
	case kind != nil:
		parts = append(parts, kind.Error())
	case e.note != "":
	case e.Display != "":
		parts = append(parts, e.Display)
	default:
		parts = append(parts, "Plaid refused the request", e.Message)
	}
	parts = append(parts, e.note)
	return strings.Join(nonEmpty(parts), ": ")
}

func nonEmpty(texts []string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}

// explain turns what plaid-go gave into an [APIError]. It decodes the body by
// itself: plaid-go's own way fails on one odd field, and takes any JSON for an
// error of Plaid's. The caller has already ruled out a cancelled context.
func explain(op string, resp *http.Response, err error, secret string) *APIError {
	e := &APIError{Op: op}
	if resp != nil {
		e.Status = resp.StatusCode
		e.retryAfter = parseRetryAfter(resp.Header.Get("Retry-After"))
	}
	var generic plaid.GenericOpenAPIError
	switch {
	case errors.As(err, &generic) && e.Status >= http.StatusBadRequest:
		e.fill(generic.Body(), secret)
	case errors.As(err, &generic) && e.Status >= http.StatusMultipleChoices:
		e.unexpected("a redirect; a proxy or a sign-in page of the network may be in between")
	case errors.As(err, &generic):
		e.unexpected("it does not decode")
	default:
		e.transport(err)
	}
	return e
}

// fill takes an error body, Plaid's or a proxy's.
func (e *APIError) fill(body []byte, secret string) {
	said := wire.ReadError(body)
	e.Type, e.Code = redact(said.Type, secret), redact(said.Code, secret)
	e.Message, e.Display = redact(said.Message, secret), redact(said.Display, secret)
	e.RequestID = redact(said.RequestID, secret)
	e.meaning = meaningOf(e.Type, e.Code, e.Status)
	if e.Code == "" {
		e.note = "HTTP status " + strconv.Itoa(e.Status)
		if e.meaning.kind == nil {
			e.unexpected(e.note)
		}
	}
}

// unexpected is the error of an answer that is not Plaid's.
func unexpected(op, why string) error {
	e := &APIError{Op: op}
	e.unexpected(why)
	return e
}

// unexpected is for an answer that is not Plaid's. Asking again would only meet
// whoever sits in between again.
func (e *APIError) unexpected(why string) {
	e.note = (&answerError{why}).Error()
	e.meaning = meaning{kind: ledger.ErrNetwork}
}

// transport is for a request that brought no answer.
func (e *APIError) transport(err error) {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // the address is Op already
	}
	e.meaning = meaning{kind: ledger.ErrNetwork, retry: retryBackoff}
	var answer *answerError
	if errors.As(err, &answer) || errors.Is(err, errForeignHost) || errors.Is(err, errTooLarge) {
		e.meaning.retry = retryNever
	}
	e.note = err.Error()
	if errors.Is(err, context.DeadlineExceeded) {
		e.note = "no answer in time"
	}
}

// parseRetryAfter reads the seconds of a Retry-After header (RFC 9110, 10.2.3).
// A date is not read: clocks differ, and Plaid sends none.
func parseRetryAfter(s string) time.Duration {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return time.Duration(min(n, 24*60*60)) * time.Second
}

// tokens matches what Plaid's tokens look like.
var tokens = regexp.MustCompile(`\b(?:access|public|link|processor)-[a-z]+-[0-9A-Za-z-]+|\bbtok_[0-9A-Za-z]+`)

const (
	textLimit = 500
	// minSecret is the length from which a text is a secret. Plaid's have 30
	// characters; a simulator takes one, which any word may hold by chance.
	minSecret = 8
)

// redact takes secrets out of a text from outside, should one be echoed.
func redact(s, secret string) string {
	if len(secret) >= minSecret {
		s = strings.ReplaceAll(s, secret, "[redacted]")
	}
	return clip(tokens.ReplaceAllString(s, "[redacted]"))
}

func clip(s string) string {
	if len(s) > textLimit {
		return strings.ToValidUTF8(s[:textLimit], "") + "..."
	}
	return s
}
