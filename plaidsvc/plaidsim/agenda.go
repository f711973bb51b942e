package plaidsim

import (
	"container/heap"
	"time"
)

// An agenda is what will happen by itself: a consent that runs out, a webhook
// that is due. It is worked off in the order of time, and of two things at one
// moment the one that was planned first comes first.
type agenda struct {
	plans   []plan
	planned uint64
}

// A plan is one thing that happens at a moment.
type plan struct {
	at    time.Time
	order uint64
	do    func(now time.Time)
}

// Len, Less, Swap, Push and Pop implement [heap.Interface].
func (a *agenda) Len() int { return len(a.plans) }

func (a *agenda) Less(i, j int) bool {
	if c := a.plans[i].at.Compare(a.plans[j].at); c != 0 {
		return c < 0
	}
	return a.plans[i].order < a.plans[j].order
}

func (a *agenda) Swap(i, j int) { a.plans[i], a.plans[j] = a.plans[j], a.plans[i] }

func (a *agenda) Push(p any) { a.plans = append(a.plans, p.(plan)) }

func (a *agenda) Pop() any {
	last := len(a.plans) - 1
	p := a.plans[last]
	a.plans[last] = plan{}
	a.plans = a.plans[:last]
	return p
}

// at plans something. What is planned for the past happens at the next advance.
func (a *agenda) at(when time.Time, do func(now time.Time)) {
	a.planned++
	heap.Push(a, plan{when, a.planned, do})
}

// next is when the next thing is to happen, if there is one.
func (a *agenda) next() (time.Time, bool) {
	if len(a.plans) == 0 {
		return time.Time{}, false
	}
	return a.plans[0].at, true
}

// advance lets everything happen that is due by now, also what that plans. Each
// thing is told the moment it was planned for.
func (a *agenda) advance(now time.Time) {
	for len(a.plans) > 0 && !a.plans[0].at.After(now) {
		p := heap.Pop(a).(plan)
		p.do(p.at)
	}
}
