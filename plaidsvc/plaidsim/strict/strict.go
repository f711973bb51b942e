package strict

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Types of fields that Go has none for.
type (
	// Object is accepted and not looked into.
	Object map[string]json.RawMessage
	// Date is a day as YYYY-MM-DD, Datetime a moment as RFC 3339 has it.
	Date     string
	Datetime string
	// Number is a JSON number as it was written.
	Number string
)

// UnmarshalJSON implements [json.Unmarshaler].
func (n *Number) UnmarshalJSON(text []byte) error {
	number := json.Number("")
	if err := json.Unmarshal(text, &number); err != nil || text[0] == '"' {
		return errors.New("not a number")
	}
	*n = Number(number)
	return nil
}

// A Flaw is why a text was refused: for the first of these that is set, and where none
// is, since it is no JSON object.
type Flaw struct {
	Unknown []string // fields that there are not, by their paths as options.count
	Missing []string // fields that are required
	Wrong   string   // about the first field that has a wrong value: "count must be an integer"
}

// Read reads a text into the struct that into points to. Nil means that all is well.
func Read(text []byte, into any) *Flaw {
	fields, ok := object(text)
	if !ok {
		return &Flaw{}
	}
	var d decoder
	d.object("", fields, reflect.ValueOf(into).Elem())
	if len(d.Unknown) == 0 && len(d.Missing) == 0 && d.Wrong == "" {
		return nil
	}
	slices.Sort(d.Unknown)
	return &d.Flaw
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

// A decoder gathers what is wrong.
type decoder struct{ Flaw }

// object fills a struct and notes what is wrong. prefix is the path of the
// struct in the body, "options." for example.
func (d *decoder) object(prefix string, fields map[string]json.RawMessage, into reflect.Value) {
	known := make(map[string]bool)
	d.fields(prefix, fields, into, known)
	for name := range fields {
		if !known[name] {
			d.Unknown = append(d.Unknown, prefix+name)
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
			d.Missing = append(d.Missing, prefix+name)
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
	if err := into.UnmarshalText([]byte(s)); err != nil && d.Wrong == "" {
		d.Wrong = fmt.Sprintf("%s: got %q: %v", path, s, err)
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
		if v.Type() == reflect.TypeFor[Date]() && !parses(time.DateOnly, v.String()) {
			d.wrong(path, "a date in the format YYYY-MM-DD")
		}
		if v.Type() == reflect.TypeFor[Datetime]() && !parses(time.RFC3339, v.String()) {
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
	if d.Wrong == "" {
		d.Wrong = path + " must be " + want
	}
}

func kindName(v reflect.Value) string {
	if v.Type() == reflect.TypeFor[Number]() {
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
