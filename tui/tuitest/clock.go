package tuitest

import (
	"slices"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// A Clock stands still until [Driver.Advance] moves it. It satisfies
// screen.Clock. Commands that run at once may set alarms at once.
type Clock struct {
	mu     sync.Mutex // guards what follows
	now    time.Time
	alarms []alarm // in the order they were set
}

type alarm struct {
	at  time.Time
	msg tea.Msg
}

// NewClock returns a clock that shows now.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Now returns what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// After returns a command that keeps msg for the moment the clock has moved on
// by d.
func (c *Clock) After(d time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.alarms = append(c.alarms, alarm{c.now.Add(d), msg})
		return nil
	}
}

// next takes out the earliest alarm that is due by end and puts the clock to it.
func (c *Clock) next(end time.Time) (tea.Msg, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	first := -1
	for i, a := range c.alarms {
		if !a.at.After(end) && (first < 0 || a.at.Before(c.alarms[first].at)) {
			first = i
		}
	}
	if first < 0 {
		c.now = end
		return nil, false
	}
	a := c.alarms[first]
	c.alarms = slices.Delete(c.alarms, first, first+1)
	c.now = a.at
	return a.msg, true
}

// Advance moves clock on by span and delivers what falls due, in order.
func (d *Driver) Advance(clock *Clock, span time.Duration) {
	d.t.Helper()
	end := clock.Now().Add(span)
	for {
		msg, ok := clock.next(end)
		if !ok {
			return
		}
		d.Send(msg)
	}
}
