package plaidsvc

import (
	"slices"
	"strings"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
)

// An agreed is a bank that a person signed in to, which is not linked until its
// token is exchanged. What bank it is, the page says.
type agreed struct {
	public      secret.Text
	institution ledger.InstitutionID
	name        string
	accounts    []ledger.Account // names and last digits only
}

// A hostedSession is one run of Link on a page of Plaid's.
type hostedSession struct {
	started time.Time
	over    bool
	success bool
	code    string // of the error that the person left because of, "" for none
	banks   []agreed
}

// hostedSessions are the runs on one page: it may be opened more than once, on
// several devices, and left and opened again.
type hostedSessions []hostedSession

// readSessions reads the answer of /link/token/get. Results has what agreed;
// on_success is the older way to tell of the first of them.
func readSessions(answer loose) hostedSessions {
	var list hostedSessions
	for _, l := range answer.list("link_sessions") {
		exit := l.object("exit")
		session := hostedSession{
			started: instant(l.text("started_at")),
			over:    l.text("finished_at") != "" || len(exit) > 0,
			code:    clip(strings.ToUpper(exit.object("error").text("error_code"))),
		}
		for _, result := range l.object("results").list("item_add_results") {
			session.add(readAgreed(result, result))
		}
		if old := l.object("on_success"); len(session.banks) == 0 {
			session.add(readAgreed(old, old.object("metadata")))
		}
		// Update mode adds no bank, and may have nothing but its events to tell.
		session.success = len(session.banks) > 0 || slices.ContainsFunc(l.list("events"), func(e loose) bool {
			return strings.EqualFold(e.text("event_name"), "HANDOFF")
		})
		list = append(list, session)
	}
	return list
}

func readAgreed(token, about loose) agreed {
	institution := about.object("institution")
	a := agreed{
		public:      secret.New(token.text("public_token")),
		institution: ledger.InstitutionID(institution.text("institution_id")),
		name:        institution.text("name"),
	}
	for _, account := range about.list("accounts") {
		a.accounts = append(a.accounts, ledger.Account{Name: account.text("name"), Mask: account.text("mask")})
	}
	return a
}

func (h *hostedSession) add(a agreed) {
	if !a.public.Empty() {
		h.banks = append(h.banks, a)
	}
}

// agreed lists the banks of all sessions, each once: a token can be exchanged
// once.
func (list hostedSessions) agreed() []agreed {
	var banks []agreed
	for _, session := range list {
		for _, a := range session.banks {
			if !slices.ContainsFunc(banks, func(b agreed) bool { return b.public == a.public }) {
				banks = append(banks, a)
			}
		}
	}
	return banks
}

func (list hostedSessions) succeeded() bool {
	return slices.ContainsFunc(list, func(h hostedSession) bool { return h.success })
}

// over reports whether there is nothing more to wait for. Once something came of
// a session the others do not matter; until then it is the one that began last
// which counts: who closes a tab leaves a session behind that never ends.
func (list hostedSessions) over() bool {
	if list.succeeded() {
		return !slices.ContainsFunc(list, func(h hostedSession) bool { return h.success && !h.over })
	}
	return len(list) > 0 && list.last().over
}

func (list hostedSessions) last() hostedSession {
	return slices.MaxFunc(list, func(a, b hostedSession) int { return a.started.Compare(b.started) })
}

// outcome is what came of the page.
func (list hostedSessions) outcome() ([]agreed, error) {
	if !list.succeeded() {
		return nil, cancelled(list.last().code)
	}
	return list.agreed(), nil
}
