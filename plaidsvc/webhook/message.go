package webhook

import (
	"encoding/json"
	"regexp"
)

// A Message is what Plaid says, as far as it is handed on. A field that is missing,
// or not written in the characters that Plaid uses for it, is "".
type Message struct {
	Type, Code  string // "TRANSACTIONS", "SYNC_UPDATES_AVAILABLE"
	Item        string
	Environment string // "sandbox" or "production"
}

var (
	code = regexp.MustCompile(`^[A-Z][A-Z0-9_]{0,63}$`)
	name = regexp.MustCompile(`^[0-9A-Za-z_-]{1,128}$`)
)

// read reads a body that Plaid signed. Whatever else it says, and what cannot be
// read, is left out.
func read(body []byte) Message {
	var wire map[string]json.RawMessage
	if json.Unmarshal(body, &wire) != nil {
		return Message{}
	}
	text := func(field string, form *regexp.Regexp) string {
		var s string
		if json.Unmarshal(wire[field], &s) != nil || !form.MatchString(s) {
			return ""
		}
		return s
	}
	return Message{
		Type: text("webhook_type", code), Code: text("webhook_code", code),
		Item: text("item_id", name), Environment: text("environment", name),
	}
}
