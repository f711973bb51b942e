//go:build !linux

package main

// harden does nothing here: what Linux offers has no equal in the standard
// library of this system.
func harden() {}
