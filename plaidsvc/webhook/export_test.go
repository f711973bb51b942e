package webhook

import (
	"slices"
	"time"
)

// Hasten gives senders less time, and room for fewer of them.
func (r *Receiver) Hasten(header, body time.Duration, connections int) {
	r.limits.header, r.limits.body, r.limits.connections = header, body, connections
}

// Remembered is how many ids of keys are remembered.
func (r *Receiver) Remembered() int {
	k := r.verifier.keys
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.good) + len(k.unknown) + len(k.asking)
}

// Reasons are all there are to refuse a request, sorted.
func Reasons() (all []string) {
	for _, r := range []*Refusal{
		refusedMethod, refusedType, refusedUnsigned, refusedHeader, refusedLarge, refusedCut,
		refusedForm, refusedKey, refusedForged, refusedAge, refusedBody, refusedBusy,
	} {
		all = append(all, r.Reason)
	}
	slices.Sort(all)
	return all
}
