package dialog

// scroll shows as much of a dialog as there is room for: what stands above and below
// stays, what is in between is moved through.
type scroll struct {
	top, shown, count int // lines of what is in between, when it was last drawn
}

// move shows what is n lines on.
func (s *scroll) move(n int) { s.top = max(0, min(s.top+n, s.count-s.shown)) }

// show has line n of what is in between in sight.
func (s *scroll) show(n int) {
	if s.shown > 0 {
		s.top = max(n-s.shown+1, min(s.top, n))
	}
}

// moves reports whether there is more than was shown.
func (s *scroll) moves() bool { return s.shown < s.count }

// fit stacks the parts with blank lines between them, and at least one line of each,
// in room lines. The blank lines go first.
func (s *scroll) fit(above, between, below []string, room int) []string {
	gaps := 0
	for _, part := range [][]string{between, below} {
		if len(part) > 0 {
			gaps++
		}
	}
	if len(above)+len(between)+len(below)+gaps > room {
		gaps = 0
	}
	left := max(0, room-len(above)-gaps)
	below = below[:min(len(below), max(1, left-1))]
	s.count, s.shown = len(between), max(0, min(len(between), left-len(below)))
	s.move(0)
	lines := append([]string(nil), above...)
	for _, part := range [][]string{between[s.top : s.top+s.shown], below} {
		if len(part) > 0 && gaps > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, part...)
	}
	return lines[:min(len(lines), room)]
}
