package plaidsim

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Target says which Items are meant. Empty, it is all of them, and requests
// that are about none.
type Target struct {
	// Item counts Items in the order they were linked, 1 being the first.
	Item int `json:"item,omitempty" plaid:"min=0"`
	// ItemID is an Item's own id.
	ItemID string `json:"item_id,omitempty"`
	// Institution is the id of a bank.
	Institution string `json:"institution_id,omitempty"`
}

// has reports whether an Item is meant; nil is no Item.
func (t Target) has(it *item) bool {
	if it == nil {
		return t == Target{}
	}
	return (t.Item == 0 || t.Item == it.ordinal) &&
		(t.ItemID == "" || t.ItemID == it.id) &&
		(t.Institution == "" || t.Institution == it.institution.ID)
}

// A Duration is a length of time as scenarios write it: as Go does, "90s" or
// "36h", and in days, "30d".
type Duration time.Duration

// MarshalText implements [encoding.TextMarshaler].
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *Duration) UnmarshalText(text []byte) error {
	if days, ok := strings.CutSuffix(string(text), "d"); ok {
		n, err := strconv.Atoi(days)
		if err != nil || n < 0 || n > 36500 {
			return fmt.Errorf("want a number of days, as 30d")
		}
		*d = Duration(time.Duration(n) * 24 * time.Hour)
		return nil
	}
	parsed, err := time.ParseDuration(string(text))
	if err != nil || parsed < 0 {
		return fmt.Errorf("want a duration, as 90s, 36h or 30d")
	}
	*d = Duration(parsed)
	return nil
}
