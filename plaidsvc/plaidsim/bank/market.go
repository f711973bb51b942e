package bank

import (
	"cmp"
	"slices"
)

// A market prices the securities, a day at a time: a steady growth around which
// a slow random walk swings. The walk is pulled back to the trend, so that no
// long life ends in absurd riches. Prices depend on the seed and the day only;
// all markets of one seed agree.
type market struct {
	seed       uint64
	securities [securityCount]security
	quotes     [securityCount]quote
	closings   []closing
}

// A quote is where a price is between two days.
type quote struct {
	trend int64 // price on the trend, in millionths of a dollar
	swing int64 // distance from the trend, in millionths of it
}

// A closing is the prices at the end of a trading day, in cents.
type closing struct {
	day    day
	prices [securityCount]int64
}

// The exchange closes at four in the afternoon; a second later its prices are
// known and the day's business is done at them.
const closingTime = 16*hour + 1

func newMarket(seed uint64) *market {
	m := &market{seed: seed, securities: securities()}
	for i, s := range m.securities {
		m.quotes[i].trend = s.opening
	}
	return m
}

// close lets one trading day pass.
func (m *market) close(d day) {
	c := closing{day: d}
	all := m.shock("market", d, 15_000)
	for i := range m.securities {
		s, q := &m.securities[i], &m.quotes[i]
		q.trend += q.trend * s.growth / 1_000_000
		q.swing += all*s.follows/1000 + m.shock(s.key(), d, s.wobble) - q.swing*4/1000
		c.prices[i] = q.cents()
	}
	m.closings = append(m.closings, c)
}

// shock is a move of at most so much in either direction, small ones likelier.
func (m *market) shock(stream string, d day, most int64) int64 {
	dice := dice{stir(stirText(m.seed, stream), uint64(d))}
	return int64(dice.below(int(most))+dice.below(int(most))) - most
}

// cents is the price. A swing down divides by what a swing up multiplies by, so
// nothing is ever worth less than nothing.
func (q quote) cents() int64 {
	const micro, cent = 1_000_000, 10_000
	if q.swing < 0 {
		return max(1, q.trend*micro/(micro-q.swing)/cent)
	}
	return q.trend * (micro + q.swing) / micro / cent
}

// last is the last closing by a moment. There is none before the first trading
// day.
func (m *market) last(at moment) (closing, bool) {
	i, _ := slices.BinarySearchFunc(m.closings, at+1, func(c closing, at moment) int {
		return cmp.Compare(c.day.at(closingTime), at)
	})
	if i == 0 {
		return closing{}, false
	}
	return m.closings[i-1], true
}
