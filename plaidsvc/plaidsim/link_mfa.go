package plaidsim

// sessionQuestions is one round of what a bank asks beside the password. See
// link_session.go.
type sessionQuestions struct {
	MFA wireMFA `json:"mfa"`
	answered
}

type wireMFA struct {
	Type      string            `json:"type"`
	Round     int               `json:"round"`
	Rounds    int               `json:"rounds"`
	Questions []wireMFAQuestion `json:"questions"`
}

type wireMFAQuestion struct {
	Text    string   `json:"text"`
	Choices []string `json:"choices"`
}

// asked reports whether there is still a question to answer.
func (in *signedIn) asked() bool { return in.round < len(in.visit.mfa.Rounds) }

func (in *signedIn) question() wireMFA {
	rounds := in.visit.mfa.Rounds
	w := wireMFA{Type: string(rounds[in.round].Kind), Round: in.round + 1, Rounds: len(rounds)}
	for _, q := range rounds[in.round].Questions {
		w.Questions = append(w.Questions, wireMFAQuestion{Text: q.Text, Choices: list(q.Choices)})
	}
	return w
}

type sessionMFARequest struct {
	inSession
	InstitutionID string   `json:"institution_id" plaid:"required"`
	Answers       []string `json:"answers" plaid:"required"`
}

// sessionMFA answers the questions of a round. After a wrong answer the round
// is still open.
func sessionMFA(c *call, r *sessionMFARequest) (answer, *plaidError) {
	t, session, err := c.session(r.inSession)
	if err != nil {
		return nil, err
	}
	in := session.signedIn[r.InstitutionID]
	switch {
	case in == nil:
		return nil, fail("INVALID_CREDENTIALS")
	case !in.asked():
		return nil, fail("INVALID_FIELD").saying("answers must be those to an open question")
	case !in.visit.mfa.Rounds[in.round].Accepts(r.Answers):
		return nil, t.count(fail("INVALID_MFA"))
	}
	in.round++
	return c.welcome(t, session, in)
}
