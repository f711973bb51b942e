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

// --control opens the controls: what is played there happens.
func TestControlFlagOpensTheControls(t *testing.T) {
	off, on := start(t), start(t, "--control", "--today", "2026-03-15")
	if got := off.post(t, "/plaidsim/scenario/get", `{}`); !strings.Contains(got, "NOT_FOUND") {
		t.Errorf("without the flag: got %s, want NOT_FOUND", got)
	}
	on.post(t, "/plaidsim/scenario/play", `{"faults":[{"endpoint":"/institutions/search","call":1,"code":"PLANNED_MAINTENANCE"}]}`)
	if got := on.post(t, "/institutions/search", `{}`); !strings.Contains(got, "PLANNED_MAINTENANCE") {
		t.Errorf("got %s, want the fault", got)
	}
	if got := on.post(t, "/plaidsim/clock/advance", `{"by":"30d"}`); !strings.Contains(got, `"now":"2026-04-14T`) {
		t.Errorf("got %s, want the clock a month on", got)
	}
	off.stop(t, os.Interrupt)
	on.stop(t, os.Interrupt)
}
