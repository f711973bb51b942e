// Package spectest holds what is said to a Plaid, and what it answers, against
// Plaid's own OpenAPI document, for tests.
//
// # Use
//
// A [Judge] stands in front of a handler:
//
//	judge, err := spectest.Load()
//	handler = judge.Handler(handler, t.Errorf)
//
// Every answer is checked, and every request that was answered 200. Afterwards
// [Judge.Table] says what was checked how often.
//
// # Promise
//
// The document, as it ships with Plaid's Go client, allows additional
// properties nearly everywhere, so a stock validator lets anything pass. This
// one walks the value beside the schema, through allOf, and refuses a property
// that is not declared, a required one that is missing, and a value of another
// type, format or enumeration. Fields and values that Plaid has today and that
// version of the document lacks are a list, [newerThanDocument].
//
// # What it never does
//
// It never judges the document's examples, only what went over the wire, and
// nothing that is not one of Plaid's endpoints.
package spectest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

// A Judge knows Plaid's document. It may be used by several goroutines.
type Judge struct {
	document *openapi3.T

	mu      sync.Mutex
	checked map[string]*Checked
}

// Load makes a judge that has seen nothing yet. The document is read once in a
// process: it has 299 paths.
func Load() (*Judge, error) {
	d, err := document()
	if err != nil {
		return nil, err
	}
	return &Judge{document: d, checked: make(map[string]*Checked)}, nil
}

var document = sync.OnceValues(func() (*openapi3.T, error) {
	// Packages that do not import the module do not bring it along, so it may
	// still have to be downloaded.
	out, err := exec.Command("go", "mod", "download", "-json", "github.com/plaid/plaid-go/v29").Output()
	if err != nil {
		return nil, fmt.Errorf("download the module that has Plaid's document: %w", err)
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return nil, fmt.Errorf("find the module that has Plaid's document: %w", err)
	}
	name := filepath.Join(module.Dir, "api", "openapi.yaml")
	d, err := openapi3.NewLoader().LoadFromFile(name)
	if err != nil {
		return nil, fmt.Errorf("read Plaid's document: %w", err)
	}
	return d, nil
})

// Knows reports whether the document has an endpoint.
func (j *Judge) Knows(endpoint string) bool { return j.document.Paths.Find(endpoint) != nil }

// Request lists what is wrong with a request to an endpoint.
func (j *Judge) Request(endpoint string, body []byte) []string {
	content := j.document.Paths.Find(endpoint).Post.RequestBody.Value.Content
	return conform(endpoint+" request", content["application/json"].Schema, body)
}

// Answer lists what is wrong with an answer: a 200 is held against the
// endpoint's own schema, anything else against PlaidError.
func (j *Judge) Answer(endpoint string, status int, body []byte) []string {
	schema := j.document.Components.Schemas["PlaidError"]
	if status == 200 {
		answer := j.document.Paths.Find(endpoint).Post.Responses.Value("200")
		schema = answer.Value.Content["application/json"].Schema
	}
	return conform(endpoint+" answer", schema, body)
}

// Schema lists what is wrong with a body that should be what the document calls
// by a name, "SyncUpdatesAvailableWebhook" for example.
func (j *Judge) Schema(name string, body []byte) []string {
	schema, ok := j.document.Components.Schemas[name]
	if !ok {
		return []string{name + " is not in the document"}
	}
	return conform(name, schema, body)
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
