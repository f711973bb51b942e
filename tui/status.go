package tui

import "coffer/tui/widget"

// status is what there is to tell the user until the next key: a failure, or a
// line of good news.
type status struct {
	failure error
	notice  string
}

func (s *status) clear()          { *s = status{} }
func (s *status) fail(err error)  { *s = status{failure: err} }
func (s *status) say(text string) { *s = status{notice: text} }

// text returns the message, cleaned, and whether it is a failure. It is "" when
// there is nothing to tell.
func (s *status) text() (text string, failed bool) {
	if s.failure != nil {
		return widget.Clean(s.failure.Error()), true
	}
	return widget.Clean(s.notice), false
}
