// Package secret holds what must not be seen: texts that never print
// themselves, and the ways a person hands over a passphrase.
//
// It never logs, and no error of its contains a secret.
package secret

import (
	"encoding/json"
	"fmt"
	"log/slog"
)

// redacted is what every way of printing a Text gives.
const redacted = "[redacted]"

// A Text is a secret: an access token, a passphrase, Plaid's secret. Every way
// of printing or marshalling it gives "[redacted]", so that a stray %v in a log
// or an error cannot tell it. [Text.Reveal] is the one way out, easy to find in
// a review.
type Text struct{ s string }

// New returns s as a secret.
func New(s string) Text { return Text{s} }

// Reveal returns the secret itself.
func (t Text) Reveal() string { return t.s }

// Empty reports whether there is no secret.
func (t Text) Empty() bool { return t.s == "" }

// String returns "[redacted]".
func (t Text) String() string { return redacted }

// Format prints "[redacted]" whatever the verb: %v, %+v, %#v, %x, %q.
func (t Text) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// MarshalJSON gives "[redacted]".
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(redacted) }

// LogValue gives "[redacted]".
func (t Text) LogValue() slog.Value { return slog.StringValue(redacted) }
