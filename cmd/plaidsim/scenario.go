package main

import (
	"errors"
	"fmt"
	"os"

	"coffer/plaidsvc/plaidsim"
)

// scenario reads the file of --scenario; no name is no scenario.
func scenario(name string) (sc *plaidsim.Scenario, err error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("--scenario: %w; want the name of a JSON file", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if sc, err = plaidsim.ReadScenario(f); err != nil {
		return nil, fmt.Errorf("--scenario %s: %w; go doc coffer/plaidsvc/plaidsim.ReadScenario describes the file", name, err)
	}
	return sc, nil
}
