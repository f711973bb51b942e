package main

import (
	"bytes"
	"regexp"
	"sync"
)

// A journal keeps what a program writes and lets a test wait for a line of it.
type journal struct {
	mu      sync.Mutex
	written *sync.Cond
	text    bytes.Buffer
}

func newJournal() *journal {
	j := &journal{}
	j.written = sync.NewCond(&j.mu)
	return j
}

// Write implements [io.Writer].
func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.written.Broadcast()
	return j.text.Write(p)
}

// String is all so far.
func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// wait returns once something was written that matches.
func (j *journal) wait(pattern *regexp.Regexp) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for !pattern.Match(j.text.Bytes()) {
		j.written.Wait()
	}
}
