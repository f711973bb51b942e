package spectest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// A validator walks a value beside its schema and notes what does not fit.
type validator struct{ complaints []string }

func (v *validator) complain(path, format string, args ...any) {
	v.complaints = append(v.complaints, path+" "+fmt.Sprintf(format, args...))
}

// value walks one value beside its schema.
func (v *validator) value(path string, schema *openapi3.Schema, value any) {
	s := flatten(schema)
	if value == nil {
		if !s.nullable && s.kind != "" {
			v.complain(path, "is null, and may not be")
		}
		return
	}
	if len(s.choices) > 0 && !v.anyOf(path, s.choices, value) {
		v.complain(path, "fits none of the schema's alternatives: %v", value)
	}
	switch value := value.(type) {
	case map[string]any:
		v.kind(path, s, "object")
		v.object(path, s, value)
	case []any:
		v.kind(path, s, "array")
		for _, item := range value {
			if s.items != nil {
				v.value(path, s.items, item)
			}
		}
	case json.Number:
		v.number(path, s, value)
	case string:
		v.kind(path, s, "string")
		v.text(path, s, value)
	case bool:
		v.kind(path, s, "boolean")
	}
}

func (v *validator) anyOf(path string, choices []*openapi3.Schema, value any) bool {
	return slices.ContainsFunc(choices, func(choice *openapi3.Schema) bool {
		var trial validator
		trial.value(path, choice, value)
		return len(trial.complaints) == 0
	})
}

func (v *validator) kind(path string, s flat, kind string) {
	if s.kind != "" && s.kind != kind {
		v.complain(path, "is of type %s, want %s", kind, s.kind)
	}
}

func (v *validator) object(path string, s flat, value map[string]any) {
	for _, name := range s.required {
		if _, ok := value[name]; !ok {
			v.complain(path+"."+name, "is required, and missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(value)) {
		property, declared := s.properties[name]
		switch {
		case declared:
			v.value(path+"."+name, property, value[name])
		case s.others != nil:
			v.value(path+"."+name, s.others, value[name])
		case len(s.choices) == 0 && !slices.Contains(newerThanDocument, path+"."+name):
			v.complain(path+"."+name, "is not declared")
		}
	}
}

func (v *validator) number(path string, s flat, value json.Number) {
	n, err := value.Float64()
	if err != nil {
		v.complain(path, "is no number: %s", value)
	}
	if _, err := strconv.ParseInt(value.String(), 10, 64); s.kind == "integer" && err != nil {
		v.complain(path, "is %s, want an integer", value)
	} else if s.kind != "integer" {
		v.kind(path, s, "number")
	}
	if s.min != nil && n < *s.min || s.max != nil && n > *s.max {
		v.complain(path, "is out of bounds: %s", value)
	}
}

func (v *validator) text(path string, s flat, value string) {
	if len(s.enum) > 0 && !slices.Contains(s.enum, any(value)) && !slices.Contains(newerThanDocument, path+"="+value) {
		v.complain(path, "is %q, which is not one of %v", value, s.enum)
	}
	layout := map[string]string{"date": time.DateOnly, "date-time": time.RFC3339}[s.format]
	if _, err := time.Parse(layout, value); layout != "" && err != nil {
		v.complain(path, "is %q, want a %s", value, s.format)
	}
}
