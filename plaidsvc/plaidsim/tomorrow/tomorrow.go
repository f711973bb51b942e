// Package tomorrow makes an answer of Plaid's as it may be one day: with fields
// that nobody knows yet, values that are not in today's lists, nothing where
// something used to be, and moments written in other ways. Who reads it today
// without a fault will still do so then. A webhook says all that it says today,
// and has company that nobody knows.
//
// # Promise
//
// What a client lives by stays true: ids, tokens, cursors, has_more, amounts,
// balances and currencies, dates of days, names, whether a row is pending, and
// error codes. Whether an account holds money or owes it stays to be told from
// its type. A moment is written otherwise and stays the same moment.
//
// A [Mode] is a function of its seed and of the answer: the same row of the same
// Item is changed in the same way on every page.
//
// # What it never does
//
// It takes no field away that today's document requires, and knows nothing of
// HTTP, of Items or of which endpoint an answer is of.
package tomorrow

import (
	"bytes"
	"encoding/json"
	"hash/fnv"
	"io"
	"strconv"
	"time"
)

// Moments says how date-times are written.
type Moments int

// How odd date-times are.
const (
	// Plain is as today: RFC 3339 in UTC, whole seconds.
	Plain Moments = iota
	// Precise is RFC 3339 still, with fractions of a second and other zones.
	Precise
	// Loose is also without a zone, which then is UTC, and with a space for the T.
	Loose
)

// A Mode is one tomorrow.
type Mode struct {
	Seed    uint64
	Moments Moments
}

// Answer is an answer's JSON as it will be. What is no JSON object is returned
// as it is.
func (m Mode) Answer(body []byte) []byte {
	answer := parse(body)
	if answer == nil {
		return body
	}
	m.object(dice(m.Seed), answer)
	return written(answer, "", body)
}

// parse reads a JSON object, nil where there is none.
func parse(body []byte) map[string]any {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber() // a number keeps its digits
	var object map[string]any
	if err := d.Decode(&object); err != nil {
		return nil
	}
	if _, err := d.Token(); err != io.EOF {
		return nil
	}
	return object
}

// written is an object as JSON, with the line end that it had.
func written(object map[string]any, indent string, was []byte) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(object); err != nil {
		return was // cannot be: it was JSON a moment ago
	}
	if !bytes.HasSuffix(was, []byte("\n")) {
		return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
	}
	return out.Bytes()
}

// object changes the fields of an object in place, and adds some.
func (m Mode) object(d dice, o map[string]any) {
	if id := identity(o); id != "" {
		d = d.roll(id)
	}
	known := beside(o)
	for key, v := range o {
		o[key] = m.field(d.roll(key), known, key, v)
	}
	d.roll("extra").extend(o)
}

// field is what becomes of one field, of an object of a kind.
func (m Mode) field(d dice, k kind, key string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		if (nullable[key] || key == "status") && d.one(3) {
			return nil
		}
		if key == "personal_finance_category" {
			categorize(d, v)
		}
		m.object(d, v)
	case []any:
		for i, item := range v {
			v[i] = m.item(d, i, item)
		}
		if word, ok := longer[key]; ok {
			return append(v, word)
		}
	case string:
		return m.text(d, k, key, v)
	default:
		if v != nil && nullable[key] && d.one(3) {
			return nil
		}
	}
	return v
}

// item is what becomes of one element of a list.
func (m Mode) item(d dice, i int, v any) any {
	if o, ok := v.(map[string]any); ok {
		if identity(o) == "" {
			d = d.roll(strconv.Itoa(i))
		}
		m.object(d, o)
	}
	return v
}

func (m Mode) text(d dice, k kind, key, v string) any {
	v = m.rewritten(d, v)
	word, open := unknown(k, key, v)
	switch {
	case nullable[key] && d.one(3):
		return nil
	case open && d.roll("word").one(2):
		return word
	}
	return v
}

// rewritten is a text that is a moment in one of the ways the mode allows; other
// texts stay.
func (m Mode) rewritten(d dice, v string) string {
	if at, err := time.Parse(time.RFC3339, v); err == nil {
		return m.moment(d, at)
	}
	return v
}

// moment writes a moment in one of the ways the mode allows.
func (m Mode) moment(d dice, at time.Time) string {
	precise := []string{"2006-01-02T15:04:05.000Z07:00", "2006-01-02T15:04:05.000000000Z07:00", time.RFC3339}
	loose := []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05.000"}
	zones := []*time.Location{time.UTC, time.FixedZone("", -8*3600), time.FixedZone("", 5*3600+1800)}
	local := at.In(zones[d.roll("zone").upTo(len(zones))])
	switch {
	case m.Moments == Plain:
		return at.UTC().Format(time.RFC3339)
	case m.Moments == Loose && d.roll("loose").one(2):
		return at.UTC().Format(loose[d.roll("layout").upTo(len(loose))])
	default:
		return local.Format(precise[d.roll("layout").upTo(len(precise))])
	}
}

// dice decide. A roll is a function of what was rolled before and of a word.
type dice uint64

func (d dice) roll(word string) dice {
	h := fnv.New64a()
	var seed [8]byte
	for i := range seed {
		seed[i] = byte(d >> (8 * i))
	}
	_, _ = h.Write(seed[:]) // a hash takes everything
	_, _ = io.WriteString(h, word)
	x := h.Sum64()
	x ^= x >> 31 // the low bits of the hash alone would follow the last letter
	return dice(x * 0x9e3779b97f4a7c15)
}

// upTo is a number below n.
func (d dice) upTo(n int) int { return int(uint64(d) >> 33 % uint64(n)) }

// one is true one time in n.
func (d dice) one(n int) bool { return d.roll("one").upTo(n) == 0 }
