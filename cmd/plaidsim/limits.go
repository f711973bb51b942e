package main

import (
	"fmt"

	"coffer/plaidsvc/plaidsim"
)

// limitsFlag is --rate-limits: alone it means the Sandbox's, with =production
// those of real banks.
type limitsFlag plaidsim.RateLimits

// Set implements [flag.Value].
func (l *limitsFlag) Set(text string) error {
	switch text {
	case "true", string(plaidsim.RateLimitsSandbox):
		*l = limitsFlag(plaidsim.RateLimitsSandbox)
	case string(plaidsim.RateLimitsProduction):
		*l = limitsFlag(plaidsim.RateLimitsProduction)
	case "false":
		*l = limitsFlag(plaidsim.RateLimitsOff)
	default:
		return fmt.Errorf("want --rate-limits=%s or --rate-limits=%s", plaidsim.RateLimitsSandbox, plaidsim.RateLimitsProduction)
	}
	return nil
}

// String implements [flag.Value].
func (l *limitsFlag) String() string { return string(*l) }

// IsBoolFlag tells package flag that the value may be left out.
func (l *limitsFlag) IsBoolFlag() bool { return true }
