// Package crowd bounds how many connections a server has at once.
//
// It promises that whoever opens connections and says nothing on them keeps
// nobody out, nor does who is dismissed in the middle of a request. It never looks at
// what is sent.
package crowd

import (
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// A Crowd bounds the connections. To a new one it gives the place of the one
// that has been silent longest: whoever opens connections to keep others out
// only loses their own.
type Crowd struct {
	mu     sync.Mutex
	limit  int
	silent []net.Conn // that have not sent a whole request, oldest first
	busy   map[net.Conn]bool
	cut    map[net.Conn]bool // that lost their place, until the server has let go of them
}

// New returns a Crowd of so many connections.
func New(limit int) *Crowd {
	return &Crowd{limit: limit, busy: make(map[net.Conn]bool), cut: make(map[net.Conn]bool)}
}

// Watch is an [http.Server]'s ConnState.
func (c *Crowd) Watch(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cut[conn] {
		// The server reports the end of one that had begun a request as a request:
		// a place for each of them would be taken from the others.
		if state == http.StateClosed {
			delete(c.cut, conn)
		}
		return
	}
	c.silent = slices.DeleteFunc(c.silent, func(other net.Conn) bool { return other == conn })
	delete(c.busy, conn)
	switch state {
	case http.StateNew, http.StateIdle:
		c.silent = append(c.silent, conn)
	case http.StateActive:
		c.busy[conn] = true
	case http.StateHijacked, http.StateClosed:
	}
	if len(c.silent)+len(c.busy) > c.limit && len(c.silent) > 0 {
		_ = c.silent[0].Close() // the server hears of it and reports StateClosed
		c.cut[c.silent[0]] = true
		c.silent = c.silent[1:]
	}
}

// Dismiss has the server end the connection with the answer that is written next. It
// would first wait for the rest of the request, with one of the few places there are.
func Dismiss(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetReadDeadline(longAgo)
	w.Header().Set("Connection", "close")
}

// longAgo as a deadline is that nothing more is read.
var longAgo = time.Unix(1, 0)

// Silent is a log that keeps nothing: what attackers send is not worth a line,
// and the terminal belongs to the user.
func Silent() *log.Logger { return log.New(io.Discard, "", 0) }
