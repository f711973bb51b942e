//go:build !race

package ordeal

// Raced reports that the race detector looks on. What time and memory cost is then
// what the detector costs: a test that measures them has nothing to measure.
const Raced = false
