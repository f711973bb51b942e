package plaidsim

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"
)

// A requestLog gets one line per request:
//
//	2026-03-15T10:00:00Z POST /item/get 200 request_id=… item=… access-sandbox-…1a2b
//
// An error adds error=CODE, a fault fault=WHAT. Tokens are cut to their last four characters;
// credentials and everything else of the body are left out.
type requestLog struct {
	mu sync.Mutex
	to io.Writer
}

// A note is what the log says of one request.
type note struct {
	requestID string
	status    int
	code      string   // of a Plaid error
	fault     string   // that the answer met
	item      string   // the Item the request was about
	tokens    []string // masked
}

// tokenShape is what Plaid's tokens look like.
var tokenShape = regexp.MustCompile(`\b(?:access|public|link|processor)-[a-z]+-[0-9A-Za-z-]+`)

// find notes the tokens of a request body.
func (n *note) find(body []byte) {
	for _, token := range tokenShape.FindAllString(string(body), -1) {
		n.tokens = append(n.tokens, mask(token))
	}
}

// mask keeps of a token what tells two apart and gives nothing away.
func mask(token string) string {
	parts := strings.SplitN(token, "-", 3)
	id, tail := parts[2], ""
	if len(id) >= 16 {
		tail = id[len(id)-4:]
	}
	return parts[0] + "-" + parts[1] + "-…" + tail
}

func (l *requestLog) write(c *call) {
	if l.to == nil {
		return
	}
	n := c.note
	line := fmt.Sprintf("%s %s %s %d request_id=%s",
		c.now.Format(time.RFC3339), c.http.Method, c.http.URL.EscapedPath(), n.status, n.requestID)
	if n.item != "" {
		line += " item=" + n.item
	}
	if n.code != "" {
		line += " error=" + n.code
	}
	if n.fault != "" {
		line += " fault=" + n.fault
	}
	for _, token := range n.tokens {
		line += " " + token
	}
	l.line(line)
}

// line writes one line, if there is a log.
func (l *requestLog) line(text string) {
	if l.to == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	// A log that cannot be written must not fail the request.
	_, _ = io.WriteString(l.to, text+"\n")
}
