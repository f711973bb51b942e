package wire

import (
	"errors"
	"slices"
	"strings"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
)

// A LinkToken opens Link.
type LinkToken struct {
	Token   secret.Text
	Page    string    // the address of Plaid's own page, "" where none was asked for
	Expires time.Time // zero where Plaid tells it in a way we do not know
}

// ReadLinkToken reads an answer of /link/token/create.
func ReadLinkToken(body []byte) (LinkToken, error) {
	answer, err := parseLoose(body)
	if err != nil || answer.text("link_token") == "" {
		return LinkToken{}, errors.New("it holds no link token")
	}
	return LinkToken{
		Token: answer.secret("link_token"), Page: answer.text("hosted_link_url"), Expires: answer.instant("expiration"),
	}, nil
}

// A Session is one run of Link on a page of Plaid's: the page may be opened more than
// once, on several devices, and left and opened again.
type Session struct {
	Started time.Time
	Over    bool
	Success bool
	Code    string // of the error that the person left because of, "" for none
	Banks   []Agreed
}

// An Agreed is a bank that a person signed in to, which is not linked until its
// token is exchanged. What bank it is, the page says.
type Agreed struct {
	Public      secret.Text
	Institution ledger.InstitutionID
	Name        string
	Accounts    []ledger.Account // names and last digits only
}

// ReadSessions reads an answer of /link/token/get. Results has what agreed;
// on_success is the older way to tell of the first of them.
func ReadSessions(body []byte) ([]Session, error) {
	answer, err := parseLoose(body)
	if err != nil {
		return nil, err
	}
	var list []Session
	for _, l := range answer.list("link_sessions") {
		exit := l.object("exit")
		session := Session{
			Started: l.instant("started_at"),
			Over:    l.text("finished_at") != "" || len(exit) > 0,
			Code:    strings.ToUpper(exit.object("error").text("error_code")),
		}
		for _, result := range l.object("results").list("item_add_results") {
			session.add(agreed(result, result))
		}
		if old := l.object("on_success"); len(session.Banks) == 0 {
			session.add(agreed(old, old.object("metadata")))
		}
		// Update mode adds no bank, and may have nothing but its events to tell.
		session.Success = len(session.Banks) > 0 || slices.ContainsFunc(l.list("events"), func(e loose) bool {
			return strings.EqualFold(e.text("event_name"), "HANDOFF")
		})
		list = append(list, session)
	}
	return list, nil
}

func agreed(token, about loose) Agreed {
	institution := about.object("institution")
	a := Agreed{
		Public:      token.secret("public_token"),
		Institution: ledger.InstitutionID(institution.text("institution_id")),
		Name:        institution.text("name"),
	}
	for _, l := range about.list("accounts") {
		a.Accounts = append(a.Accounts, ledger.Account{Name: l.text("name"), Mask: l.text("mask")})
	}
	return a
}

func (s *Session) add(a Agreed) {
	if !a.Public.Empty() {
		s.Banks = append(s.Banks, a)
	}
}
