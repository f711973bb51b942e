package webhook

import (
	"net/http"
	"strconv"
	"time"
)

// How often a webhook is tried that is not accepted: "Plaid will keep attempting
// to send the webhook for up to 24 hours. Each attempt will be tried after a
// delay that is 4 times longer than the previous delay, starting with 30
// seconds."
const (
	firstDelay = 30 * time.Second
	steeper    = 4
	patience   = 24 * time.Hour
)

// longestRetryAfter is how long a receiver that answers 429 can make Plaid wait.
const longestRetryAfter = 4 * time.Hour

// retry is when a letter that was not accepted is tried again, if it is.
func (l *letter) retry(a answer, now time.Time) (time.Time, bool) {
	l.delay = min(max(firstDelay, steeper*l.delay), patience+1)
	wait := l.delay
	if a.status == http.StatusTooManyRequests && a.retryAfter > 0 {
		wait = min(a.retryAfter, longestRetryAfter)
	}
	again := now.Add(wait)
	return again, !again.After(l.first.Add(patience))
}

// Plaid "will not attempt to retry a webhook if the webhook endpoint has
// rejected more than 90% of webhooks sent by Plaid over the last 24 hours".
// From how many on a share is one is not documented. Assumed are ten: below that
// only an endpoint that rejected all could be meant, and the first webhook of
// all would never be retried.
const fewLetters = 10

// refuses reports whether the address rejects so much that nothing is retried.
func (b *box) refuses() bool {
	refused := 0
	for _, l := range b.recent {
		if l.refused {
			refused++
		}
	}
	return len(b.recent) >= fewLetters && 10*refused > 9*len(b.recent)
}

// retryAfter reads the header of that name (RFC 9110, section 10.2.3): seconds,
// or a date. Zero is none, or one that cannot be read.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil {
		const most = int(patience / time.Second)
		return time.Duration(min(max(seconds, 0), most)) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}
