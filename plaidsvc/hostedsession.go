package plaidsvc

import (
	"slices"

	"coffer/plaidsvc/wire"
)

// hostedSessions are the runs of Link on one page of Plaid's.
type hostedSessions []wire.Session

// agreed lists the banks of all sessions, each once: a token can be exchanged
// once.
func (list hostedSessions) agreed() []wire.Agreed {
	var banks []wire.Agreed
	for _, session := range list {
		for _, a := range session.Banks {
			if !slices.ContainsFunc(banks, func(b wire.Agreed) bool { return b.Public == a.Public }) {
				banks = append(banks, a)
			}
		}
	}
	return banks
}

func (list hostedSessions) succeeded() bool {
	return slices.ContainsFunc(list, func(h wire.Session) bool { return h.Success })
}

// over reports whether there is nothing more to wait for. Once something came of
// a session the others do not matter; until then it is the one that began last
// which counts: who closes a tab leaves a session behind that never ends.
func (list hostedSessions) over() bool {
	if list.succeeded() {
		return !slices.ContainsFunc(list, func(h wire.Session) bool { return h.Success && !h.Over })
	}
	return len(list) > 0 && list.last().Over
}

func (list hostedSessions) last() wire.Session {
	return slices.MaxFunc(list, func(a, b wire.Session) int { return a.Started.Compare(b.Started) })
}

// outcome is what came of the page.
func (list hostedSessions) outcome() ([]wire.Agreed, error) {
	if !list.succeeded() {
		return nil, cancelled(clip(list.last().Code))
	}
	return list.agreed(), nil
}
