package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A scenario of the command line is played.
func TestScenarioFlagReachesTheSimulator(t *testing.T) {
	name := filepath.Join(t.TempDir(), "scenario.json")
	const text = `{"faults":[{"endpoint":"/institutions/search","code":"PLANNED_MAINTENANCE"}]}`
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, "--scenario", name)
	if got := p.post(t, "/institutions/search", `{}`); !strings.Contains(got, "PLANNED_MAINTENANCE") {
		t.Errorf("got %s, want the fault of the scenario", got)
	}
	p.stop(t, os.Interrupt)
}
