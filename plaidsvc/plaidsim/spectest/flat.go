package spectest

import (
	"cmp"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// flat is a schema with its allOf folded in.
type flat struct {
	kind, format string
	nullable     bool
	enum         []any
	min, max     *float64
	required     []string
	properties   map[string]*openapi3.Schema
	others       *openapi3.Schema // of properties with any name, as in a map
	items        *openapi3.Schema
	choices      []*openapi3.Schema // of oneOf and anyOf
}

func flatten(s *openapi3.Schema) flat {
	f := flat{
		format:     s.Format,
		nullable:   s.Nullable,
		enum:       slices.Clone(s.Enum),
		min:        s.Min,
		max:        s.Max,
		required:   slices.Clone(s.Required),
		properties: make(map[string]*openapi3.Schema),
	}
	if s.Type != nil && len(s.Type.Slice()) > 0 {
		f.kind = s.Type.Slice()[0]
	}
	for name, property := range s.Properties {
		f.properties[name] = property.Value
	}
	if s.Items != nil {
		f.items = s.Items.Value
	}
	if any := s.AdditionalProperties.Schema; any != nil {
		f.others = any.Value
	}
	for _, choice := range slices.Concat(s.OneOf, s.AnyOf) {
		f.choices = append(f.choices, choice.Value)
	}
	for _, part := range s.AllOf {
		f.fold(flatten(part.Value))
	}
	return f
}

// fold adds what one part of an allOf says.
func (f *flat) fold(part flat) {
	f.kind = cmp.Or(f.kind, part.kind)
	f.format = cmp.Or(f.format, part.format)
	f.nullable = f.nullable || part.nullable
	f.enum = append(f.enum, part.enum...)
	f.required = append(f.required, part.required...)
	f.choices = append(f.choices, part.choices...)
	maps.Copy(f.properties, part.properties)
	if f.items == nil {
		f.items = part.items
	}
	if f.others == nil {
		f.others = part.others
	}
}
