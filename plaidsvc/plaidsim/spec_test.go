package plaidsim_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// Plaid's own OpenAPI document, as it ships with its Go client, judges every
// answer and every request in these tests. The document allows additional
// properties nearly everywhere, so a stock validator lets anything pass: this
// one walks the value beside the schema and refuses properties that are not
// declared. It validates what goes over the wire, never the document's examples.

// newerThanDocument are the fields Plaid has today and this version of the
// document lacks. A path has no indexes.
var newerThanDocument = []string{
	"/transactions/sync request.options.personal_finance_category_version",
	"/transactions/sync answer.added.personal_finance_category.version",
	"/transactions/sync answer.modified.personal_finance_category.version",
	"/item/remove request.reason_code",
	"/item/remove request.reason_note",
	"/sandbox/public_token/create request.user_id",
}

// document is loaded once: it has 299 paths.
var document = sync.OnceValues(func() (*openapi3.T, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/plaid/plaid-go/v29").Output()
	if err != nil {
		return nil, fmt.Errorf("find the module that has Plaid's document: %w", err)
	}
	name := filepath.Join(strings.TrimSpace(string(out)), "api", "openapi.yaml")
	return openapi3.NewLoader().LoadFromFile(name)
})

func loadDocument(t testing.TB) *openapi3.T {
	t.Helper()
	doc, err := document()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// inDocument reports whether an endpoint is one of Plaid's at all.
func inDocument(t testing.TB, endpoint string) bool {
	t.Helper()
	return loadDocument(t).Paths.Find(endpoint) != nil
}

// checkRequest holds a request body against the document.
func checkRequest(t testing.TB, endpoint string, body []byte) {
	t.Helper()
	content := loadDocument(t).Paths.Find(endpoint).Post.RequestBody.Value.Content
	report(t, endpoint, "request", content["application/json"].Schema, body)
}

// checkAnswer holds an answer against the document: against the endpoint's own
// schema when it is a success, against PlaidError otherwise.
func checkAnswer(t testing.TB, endpoint string, status int, body []byte) {
	t.Helper()
	doc := loadDocument(t)
	schema := doc.Components.Schemas["PlaidError"]
	if status == 200 {
		answer := doc.Paths.Find(endpoint).Post.Responses.Value("200")
		schema = answer.Value.Content["application/json"].Schema
	}
	report(t, endpoint, "answer", schema, body)
}

func report(t testing.TB, endpoint, side string, schema *openapi3.SchemaRef, body []byte) {
	t.Helper()
	for _, complaint := range conform(endpoint+" "+side, schema, body) {
		t.Errorf("%s\nin %s", complaint, body)
	}
}

// conform lists what a body does that the schema does not allow.
func conform(path string, schema *openapi3.SchemaRef, body []byte) []string {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		return []string{path + ": " + err.Error()}
	}
	var v validator
	v.value(path, schema.Value, value)
	return v.complaints
}

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
	if len(s.enum) > 0 && !slices.Contains(s.enum, any(value)) {
		v.complain(path, "is %q, which is not one of %v", value, s.enum)
	}
	layout := map[string]string{"date": time.DateOnly, "date-time": time.RFC3339}[s.format]
	if _, err := time.Parse(layout, value); layout != "" && err != nil {
		v.complain(path, "is %q, want a %s", value, s.format)
	}
}

// flat is a schema with its allOf folded in.
type flat struct {
	kind, format string
	nullable     bool
	enum         []any
	min, max     *float64
	required     []string
	properties   map[string]*openapi3.Schema
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
	f.kind = cmpOr(f.kind, part.kind)
	f.format = cmpOr(f.format, part.format)
	f.nullable = f.nullable || part.nullable
	f.enum = append(f.enum, part.enum...)
	f.required = append(f.required, part.required...)
	f.choices = append(f.choices, part.choices...)
	maps.Copy(f.properties, part.properties)
	if f.items == nil {
		f.items = part.items
	}
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// The judge is judged: each of these bodies has one fault, and it is found.
func TestSpecCheckFindsWhatIsWrong(t *testing.T) {
	const good = `{"item":{"item_id":"i","webhook":null,"error":null,"available_products":[],"billed_products":["auth"],` +
		`"consent_expiration_time":null,"update_type":"background"},"status":null,"request_id":"r"}`
	schema := loadDocument(t).Paths.Find("/item/get").Post.Responses.Value("200").Value.Content["application/json"].Schema
	if got := conform("x", schema, []byte(good)); len(got) > 0 {
		t.Fatalf("a good body: got complaints %q", got)
	}
	for _, tt := range []struct{ name, old, new, want string }{
		{"undeclared", `"status":null`, `"status":null,"mood":1`, "mood is not declared"},
		{"undeclared inside", `"item_id":"i"`, `"item_id":"i","mood":1`, "item.mood is not declared"},
		{"missing", `"request_id":"r"`, `"status":null`, "request_id is required"},
		{"missing inside", `"webhook":null,`, ``, "item.webhook is required"},
		{"wrong type", `"item_id":"i"`, `"item_id":1`, "item.item_id is of type number, want string"},
		{"not nullable", `"item_id":"i"`, `"item_id":null`, "item.item_id is null"},
		{"enum", `"background"`, `"sometimes"`, "item.update_type is"},
		{"enum in array", `["auth"]`, `["luck"]`, "item.billed_products is"},
		{"date-time", `"consent_expiration_time":null`, `"consent_expiration_time":"today"`, "want a date-time"},
		{"through allOf", `"status":null`, `"status":{"transactions":{"mood":1}}`, "status.transactions.mood is not declared"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := strings.Replace(good, tt.old, tt.new, 1)
			got := strings.Join(conform("x", schema, []byte(body)), "\n")
			if !strings.Contains(got, tt.want) {
				t.Errorf("got complaints %q, want one with %q", got, tt.want)
			}
		})
	}
}
