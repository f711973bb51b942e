package bank

import (
	"fmt"
	"slices"
)

// horizon is how many days ahead anything can be scheduled, exclusive.
const horizon = 64

// A book lives the days of some accounts one after the other and logs what the
// banks make known. What it does on a day depends on the seed, the day, and the
// days before; how far it has been asked to go changes nothing.
type book struct {
	*calendar
	seed      uint64
	primaries []string
	entities  map[*payee]string // merchants' ids, made once
	home      place
	live      func(day) // what people do on a day
	accounts  []*account
	rows      []row
	logs      [][]note // one per bank, in order
	today     []note
	coming    [horizon][]note // by day, modulo the horizon
	first     day             // the first day anybody lives
	next      day             // the first day not lived yet
}

func newBook(seed uint64, first day, home place) *book {
	return &book{calendar: newCalendar(first - 31), seed: seed, home: home, first: first, next: first, primaries: primaries(), entities: map[*payee]string{}}
}

// open adds an account that holds the given balance from the first day.
func (b *book) open(log int, balance int64, a account) *account {
	for len(b.logs) <= log {
		b.logs = append(b.logs, nil)
	}
	a.log, a.opening, a.current = log, balance, balance
	if !a.told() && balance != 0 {
		a.current = 0
		a.move(b.first.at(0), Contribution, balance)
	}
	b.accounts = append(b.accounts, &a)
	return b.accounts[len(b.accounts)-1]
}

// liveUntil lives all days up to and including one.
func (b *book) liveUntil(last day) {
	for ; b.next <= last; b.next++ {
		b.morning()
		b.live(b.next)
		b.evening()
	}
}

// morning lets come true what earlier days scheduled for this one, so that the
// day's decisions know of it.
func (b *book) morning() {
	slot := &b.coming[b.next%horizon]
	for _, n := range *slot {
		b.happen(n)
	}
	*slot = (*slot)[:0]
}

func (b *book) happen(n note) {
	r := &b.rows[n.row]
	r.account.apply(r, n.stage)
	b.today = append(b.today, n)
}

// evening files the day's events by time and notes the standings.
func (b *book) evening() {
	slices.SortFunc(b.today, note.compare)
	for _, n := range b.today {
		log := b.rows[n.row].account.log
		b.logs[log] = append(b.logs[log], n)
	}
	b.today = b.today[:0]
	for _, a := range b.accounts {
		a.closings = append(a.closings, standing{a.current, a.pending})
	}
}

// enter takes a row into the book and schedules its stages.
func (b *book) enter(r row) {
	b.rows = append(b.rows, r)
	i := int32(len(b.rows) - 1)
	if r.pending {
		b.schedule(note{r.shown, i, stagePending})
		b.schedule(note{r.settled, i, stageGone})
	}
	if r.posts {
		b.schedule(note{r.settled, i, stagePosted})
	}
	if r.corrected != 0 {
		b.schedule(note{r.corrected, i, stageCorrected})
	}
}

func (b *book) schedule(n note) {
	switch d := n.at.day(); {
	case d == b.next:
		b.happen(n)
	case d > b.next && d < b.next+horizon:
		b.coming[d%horizon] = append(b.coming[d%horizon], n)
	default:
		// A script that looks back or too far ahead would break the promise
		// that the past stays as it is: no data can cause this.
		panic(fmt.Sprintf("bank: schedule day %d on day %d", d, b.next))
	}
}

// priced is a sum of 2025 in the money of a day.
func (b *book) priced(d day, cents int64) int64 {
	return cents * b.date(d).level / 1_000_000
}
