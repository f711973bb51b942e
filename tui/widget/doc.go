// Package widget holds the parts that screens are made of: the cleaning door
// that every text from outside passes, amounts and times as people read them,
// columns, bars and lines, and the window on a long list.
//
// It promises that what it returns is as wide as it was asked to be, whatever
// is in it, and that nothing which came in as text leaves as a command to the
// terminal. Styles are put on afterwards, by whoever calls: [Fit] would take
// them off again.
//
// It never reads a clock, never asks the terminal, and knows no screen.
package widget
