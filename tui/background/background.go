// Package background keeps a library from asking the terminal for its background
// colour while the program starts.
//
// Bubble Tea v1 asks in an init function of its own, through Lip Gloss, and waits
// up to five seconds for a terminal that never answers
// (github.com/charmbracelet/bubbletea, tea_init.go). Lip Gloss asks once, unless
// it has been told. This package tells it, before Bubble Tea is initialised: Go
// initialises packages that are ready in the order of their import paths
// (go.dev/ref/spec, "Program initialization"), this one imports Lip Gloss and
// nothing else, and "coffer/" sorts before "github.com/". Package tui imports it
// for that effect, and a test with a terminal that never answers holds it there.
//
// What is told here colours nothing: package tui gives every style a renderer of
// its own, and finds out light or dark in its own way.
package background

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
