package custom

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// An amount is a number, kept exactly.
type amount struct{ decimal.Decimal }

// longestNumber bounds the text of a number: what is longer is no money, and an
// exponent of a billion would be written out digit by digit.
const longestNumber, largestExponent = 40, 20

// UnmarshalJSON implements [json.Unmarshaler].
func (a *amount) UnmarshalJSON(text []byte) error {
	number := json.Number("")
	if err := json.Unmarshal(text, &number); err != nil {
		return fmt.Errorf("%.40s is not a number", text)
	}
	if number == "" {
		return nil
	}
	d, err := decimal.NewFromString(string(number))
	if err != nil || len(number) > longestNumber || d.Exponent() > largestExponent || d.Exponent() < -largestExponent {
		return fmt.Errorf("%.40s is not a number", text)
	}
	a.Decimal = d
	return nil
}

// value is the number, or another where there is none.
func (a *amount) value(otherwise decimal.Decimal) decimal.Decimal {
	if a == nil {
		return otherwise
	}
	return a.Decimal
}

// optional is the number as package bank has it.
func (a *amount) optional() *decimal.Decimal {
	if a == nil {
		return nil
	}
	return &a.Decimal
}

// many is a list, of which Plaid's schema has the single element only.
type many[T any] []T

// UnmarshalJSON implements [json.Unmarshaler].
func (m *many[T]) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("[")) {
		var list []*T
		if err := json.Unmarshal(text, &list); err != nil {
			return err
		}
		for _, element := range list {
			if element != nil {
				*m = append(*m, *element)
			}
		}
		return nil
	}
	var one *T
	if err := json.Unmarshal(text, &one); err != nil || one == nil {
		return err
	}
	*m = many[T]{*one}
	return nil
}

// A date is a day as YYYY-MM-DD, or "".
type date string

// UnmarshalJSON implements [json.Unmarshaler].
func (d *date) UnmarshalJSON(text []byte) error {
	var s *string
	if err := json.Unmarshal(text, &s); err != nil || s == nil {
		return err
	}
	day, err := time.Parse(time.DateOnly, *s)
	if *s != "" && (err != nil || day.Year() < 1900) {
		return fmt.Errorf("%.40q is not a date: write YYYY-MM-DD", *s)
	}
	*d = date(*s)
	return nil
}

// time is the midnight on which the day begins.
func (d date) time() time.Time {
	t, _ := time.Parse(time.DateOnly, string(d)) // it was checked when it was read
	return t
}

// later is the day some days later.
func (d date) later(days int) date {
	if d == "" {
		return ""
	}
	return dayOf(d.time().AddDate(0, 0, days))
}

func dayOf(t time.Time) date { return date(t.UTC().Format(time.DateOnly)) }

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// A dayOfMonth is 1 to 28, or last for the last one. 0 is none.
type dayOfMonth int

const last dayOfMonth = 31

// UnmarshalJSON implements [json.Unmarshaler]. Plaid's schema has one of these
// days as a number and the other as a string, so both are taken for both.
func (d *dayOfMonth) UnmarshalJSON(text []byte) error {
	word := strings.Trim(string(text), `"`)
	if word == "null" || word == "" {
		return nil
	}
	if word == "last" {
		*d = last
		return nil
	}
	n, err := strconv.Atoi(word)
	if err != nil || n < 1 || n > 28 {
		return fmt.Errorf("%.40s is not a day of the month: write 1 to 28, or \"last\"", text)
	}
	*d = dayOfMonth(n)
	return nil
}

// in is the day in the month that is some months after another moment's.
func (d dayOfMonth) in(from time.Time, months int) time.Time {
	first := time.Date(from.Year(), from.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	end := first.AddDate(0, 1, -1)
	return first.AddDate(0, 0, min(int(d), end.Day())-1)
}

// identity makes an id of what is told apart by some words, in Plaid's alphabet.
func identity(words ...string) string {
	const alphabet, length = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 32
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	id := make([]byte, length)
	for i := range id {
		id[i] = alphabet[sum[i]%byte(len(alphabet))]
	}
	return string(id)
}

// below is one of 0 ... n-1, decided by some words.
func below(n int, words ...string) int {
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return int(binary.BigEndian.Uint64(sum[:8]) % uint64(n))
}
