package plaidsim

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Request structs declare what an endpoint accepts, and nothing else is
// accepted. A field is described by its JSON name and Go type, and by a tag:
//
//	plaid:"required"      the request must have it; a string must not be empty
//	plaid:"min=1,max=500" bounds of an integer
//
// A field that is absent or null keeps its zero value; a pointer tells absent
// from zero. An embedded struct stands for its fields, as in Plaid's allOf.

// opaque is an object the simulator accepts and does not look into.
type opaque map[string]json.RawMessage

// date is a day as YYYY-MM-DD, datetime a moment as RFC 3339 has it.
type (
	date     string
	datetime string
)

// numeral is a JSON number as it was written.
type numeral string

// UnmarshalJSON implements [json.Unmarshaler].
func (n *numeral) UnmarshalJSON(text []byte) error {
	number := json.Number("")
	if err := json.Unmarshal(text, &number); err != nil || text[0] == '"' {
		return errors.New("not a number")
	}
	*n = numeral(number)
	return nil
}

// decode reads a request body into a request struct. Where several things are
// wrong it says what Plaid says first: unknown fields, then missing ones, then
// the first one with a wrong value.
func decode(body []byte, into any) *plaidError {
	fields, ok := object(body)
	if !ok {
		return fail("INVALID_BODY")
	}
	var d decoder
	d.object("", fields, reflect.ValueOf(into).Elem())
	switch {
	case len(d.unknown) > 0:
		slices.Sort(d.unknown)
		return fail("UNKNOWN_FIELDS").saying("the following fields are not recognized by this endpoint: %s",
			strings.Join(d.unknown, ", "))
	case len(d.missing) > 0:
		return missing(d.missing...)
	case d.invalid != nil:
		return d.invalid
	}
	return nil
}

// object splits a JSON object, and only an object, into its fields.
func object(text []byte) (map[string]json.RawMessage, bool) {
	d := json.NewDecoder(bytes.NewReader(text))
	var fields map[string]json.RawMessage
	if err := d.Decode(&fields); err != nil || fields == nil {
		return nil, false
	}
	_, err := d.Token()
	return fields, err == io.EOF
}

type decoder struct {
	unknown, missing []string
	invalid          *plaidError
}

// object fills a struct and notes what is wrong. prefix is the path of the
// struct in the body, "options." for example.
func (d *decoder) object(prefix string, fields map[string]json.RawMessage, into reflect.Value) {
	known := make(map[string]bool)
	d.fields(prefix, fields, into, known)
	for name := range fields {
		if !known[name] {
			d.unknown = append(d.unknown, prefix+name)
		}
	}
}

func (d *decoder) fields(prefix string, fields map[string]json.RawMessage, into reflect.Value, known map[string]bool) {
	for i := range into.NumField() {
		f := into.Type().Field(i)
		if f.Anonymous {
			d.fields(prefix, fields, into.Field(i), known)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		known[name] = true
		text, present := fields[name]
		rule := f.Tag.Get("plaid")
		switch {
		case present && !isNull(text):
			d.value(prefix+name, text, rule, into.Field(i))
		case rule == "required":
			d.missing = append(d.missing, prefix+name)
		}
	}
}

func isNull(text json.RawMessage) bool { return string(text) == "null" }

// value fills one field.
func (d *decoder) value(path string, text json.RawMessage, rule string, into reflect.Value) {
	if into.Kind() == reflect.Pointer {
		into.Set(reflect.New(into.Type().Elem()))
		into = into.Elem()
	}
	if reads, ok := into.Addr().Interface().(encoding.TextUnmarshaler); ok {
		d.text(path, text, reads)
		return
	}
	switch into.Kind() {
	case reflect.Struct:
		if fields, ok := object(text); ok {
			d.object(path+".", fields, into)
			return
		}
		d.wrong(path, "an object")
	case reflect.Slice:
		d.list(path, text, into)
	default:
		if err := json.Unmarshal(text, into.Addr().Interface()); err != nil {
			d.wrong(path, kindName(into))
			return
		}
		d.check(path, rule, into)
	}
}

// text fills a field whose type reads its own texts.
func (d *decoder) text(path string, text json.RawMessage, into encoding.TextUnmarshaler) {
	var s string
	if err := json.Unmarshal(text, &s); err != nil {
		d.wrong(path, "a string")
		return
	}
	if err := into.UnmarshalText([]byte(s)); err != nil && d.invalid == nil {
		d.invalid = fail("INVALID_FIELD").saying("%s: got %q: %v", path, s, err)
	}
}

func (d *decoder) list(path string, text json.RawMessage, into reflect.Value) {
	var items []json.RawMessage
	if err := json.Unmarshal(text, &items); err != nil {
		d.wrong(path, "an array")
		return
	}
	into.Set(reflect.MakeSlice(into.Type(), len(items), len(items)))
	for i, item := range items {
		d.value(path+"["+strconv.Itoa(i)+"]", item, "required", into.Index(i))
	}
}

// check holds a value against its rule.
func (d *decoder) check(path, rule string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if rule == "required" && v.Len() == 0 {
			d.wrong(path, "a non-empty string")
		}
		if v.Type() == reflect.TypeFor[date]() && !parses(time.DateOnly, v.String()) {
			d.wrong(path, "a date in the format YYYY-MM-DD")
		}
		if v.Type() == reflect.TypeFor[datetime]() && !parses(time.RFC3339, v.String()) {
			d.wrong(path, "a date and time in the format YYYY-MM-DDTHH:mm:ssZ")
		}
	case reflect.Int:
		d.bounds(path, rule, v.Int())
	}
}

func parses(layout, text string) bool {
	_, err := time.Parse(layout, text)
	return err == nil
}

func (d *decoder) bounds(path, rule string, v int64) {
	for bound := range strings.SplitSeq(rule, ",") {
		name, limit, _ := strings.Cut(bound, "=")
		n, err := strconv.ParseInt(limit, 10, 64)
		switch {
		case err != nil: // not a bound
		case name == "min" && v < n:
			d.wrong(path, "greater than or equal to "+limit)
		case name == "max" && v > n:
			d.wrong(path, "less than or equal to "+limit)
		}
	}
}

// wrong notes the first field with a wrong value.
func (d *decoder) wrong(path, want string) {
	if d.invalid == nil {
		d.invalid = fail("INVALID_FIELD").saying("%s must be %s", path, want)
	}
}

func kindName(v reflect.Value) string {
	if v.Type() == reflect.TypeFor[numeral]() {
		return "a number"
	}
	switch v.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "a boolean"
	case reflect.Int:
		return "an integer"
	case reflect.Map:
		return "an object"
	default:
		return "a number"
	}
}
