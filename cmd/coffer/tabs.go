package main

import (
	"bytes"
	"io"
	"strings"
)

// standInTab stands for a tab on its way through package term, which leaves tabs out of
// a line that is hidden: a passphrase in a file may have one. It is the last character
// of a plane for private use, which no keyboard has.
const standInTab = "\U0010FFFD"

// A tabKeeper reads with stand-ins for tabs.
type tabKeeper struct {
	from io.Reader
	rest []byte // what was read and had no room
}

// Read implements [io.Reader].
func (r *tabKeeper) Read(p []byte) (n int, err error) {
	if len(r.rest) == 0 {
		n, err = r.from.Read(p)
		r.rest = bytes.ReplaceAll(p[:n], []byte("\t"), []byte(standInTab))
	}
	n = copy(p, r.rest)
	clear(r.rest[:n])
	r.rest = r.rest[n:]
	return n, err
}

// withTabs puts tabs where their stand-ins are.
func withTabs(line string) string { return strings.ReplaceAll(line, standInTab, "\t") }
