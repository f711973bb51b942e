package plaidsim

import "time"

// What is wrong with an Item is one error code, as Plaid's item.error is, and
// changes in these two places only. They may run inside a request or off the
// agenda, so they are told the moment.

// damage makes every call about an Item fail with a code, until it is mended.
func (s *Server) damage(it *item, code string, now time.Time) {
	it.trouble = code
	s.notify(it, now, "ITEM", "ERROR", details{"error": fail(code)})
}

// mend makes an Item work again.
func (s *Server) mend(it *item, now time.Time) {
	it.trouble = ""
}
