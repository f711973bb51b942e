package wire

import (
	"bytes"
	"encoding/json"
	"errors"
)

// A loose object is one whose values are read one at a time: the slow way to read an
// answer, in which a value of another kind than documented costs itself and nothing
// else. Short answers are read so, and long ones that did not decode at once.
type loose map[string]json.RawMessage

// errNotRead is said of an answer that is no JSON, or no object.
var errNotRead = errors.New("it does not decode")

func parseLoose(raw []byte) (loose, error) {
	var fields loose
	if json.Unmarshal(raw, &fields) != nil {
		return nil, errNotRead
	}
	return fields, nil
}

// text reads a string; a number or a boolean becomes its own text, anything
// else "".
func (l loose) text(name string) string {
	raw := bytes.TrimSpace(l[name])
	var s string
	switch {
	case len(raw) == 0 || bytes.Equal(raw, []byte("null")) || raw[0] == '{' || raw[0] == '[':
		return ""
	case json.Unmarshal(raw, &s) == nil:
		return s
	}
	return string(raw)
}

func (l loose) number(name string) json.Number { return json.Number(l.text(name)) }

func (l loose) flag(name string) bool { return l.text(name) == "true" }

// object reads a nested object, an empty one if it is none.
func (l loose) object(name string) loose {
	fields, err := parseLoose(l[name])
	if err != nil {
		return nil
	}
	return fields
}

// list reads an array of objects. An element that is none becomes an empty one:
// it is to be counted.
func (l loose) list(name string) []loose {
	var raw []json.RawMessage
	if json.Unmarshal(l[name], &raw) != nil {
		return nil
	}
	objects := make([]loose, len(raw))
	for i, element := range raw {
		if fields, err := parseLoose(element); err == nil {
			objects[i] = fields
		}
	}
	return objects
}

// texts reads an array of strings, without those that are none.
func (l loose) texts(name string) []string {
	var raw []json.RawMessage
	if json.Unmarshal(l[name], &raw) != nil {
		return nil
	}
	var list []string
	for _, element := range raw {
		if s := (loose{"": element}).text(""); s != "" {
			list = append(list, s)
		}
	}
	return list
}
