package plaidsim

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestCursorSurvivesItsEncoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) time.Time {
			if rapid.Bool().Draw(t, name+" is nothing") {
				return time.Time{}
			}
			return time.Unix(0, rapid.Int64Range(0, 1<<61).Draw(t, name)).UTC()
		}
		want := cursor{
			start:      draw("start"),
			inLoop:     rapid.Bool().Draw(t, "in loop"),
			snapshot:   draw("snapshot"),
			offset:     rapid.Uint32().Draw(t, "offset"),
			page:       rapid.Uint16().Draw(t, "page"),
			generation: rapid.Uint16().Draw(t, "generation"),
		}
		text := want.encode("an item")
		if len(text) > maxCursorLength {
			t.Fatalf("got a cursor of %d characters, want at most %d", len(text), maxCursorLength)
		}
		if got, ok := decodeCursor(text, "an item"); !ok || got != want {
			t.Fatalf("got %+v %v, want %+v", got, ok, want)
		}
		if _, ok := decodeCursor(text, "another item"); ok {
			t.Fatal("another Item's cursor was taken")
		}
	})
}

// What is not one of our cursors is refused, and what is reads back the same.
func FuzzDecodeCursor(f *testing.F) {
	f.Add(cursor{}.encode("i"))
	f.Add(cursor{start: time.Unix(1, 0), inLoop: true, offset: 3}.encode("i"))
	f.Add("")
	f.Add("AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := decodeCursor(text, "i")
		if ok && c.encode("i") != text {
			t.Errorf("%q was taken for %+v", text, c)
		}
	})
}

// Whatever a client sends, it is read or refused with one of Plaid's codes.
func FuzzDecodeRequest(f *testing.F) {
	for _, body := range []string{
		`{}`, `{"client_id":"a","access_token":"b","count":3,"options":{"days_requested":90}}`,
		`{"user":{"client_user_id":"1"},"account_filters":{"loan":{"account_subtypes":["all"]}}}`,
		`{"options":null}`, `{"count":1e400}`, `[`, `{"a":{"b":[[[]]]}}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, into := range []any{new(syncRequest), new(linkTokenRequest), new(sandboxPublicTokenRequest)} {
			err := decode(body, into)
			if err != nil && err.status != 400 {
				t.Errorf("%T: got status %d for %q", into, err.status, body)
			}
		}
	})
}
