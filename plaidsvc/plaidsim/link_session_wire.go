package plaidsim

// wireLinkSession is Plaid's LinkTokenGetSessionsResponse. The deprecated
// on_success and on_exit repeat what results and exit say.
type wireLinkSession struct {
	ID         string           `json:"link_session_id"`
	StartedAt  string           `json:"started_at"`
	FinishedAt *string          `json:"finished_at"`
	OnSuccess  *wireOnSuccess   `json:"on_success"`
	OnExit     *wireLinkExit    `json:"on_exit"`
	Exit       *wireLinkExit    `json:"exit"`
	Events     []wireLinkEvent  `json:"events"`
	Results    *wireLinkResults `json:"results"`
}

// wireOnSuccess is what the page gave to onSuccess, which in Multi-Item Link is
// nothing.
type wireOnSuccess struct {
	PublicToken string           `json:"public_token"`
	Metadata    finishedMetadata `json:"metadata"`
}

// wireLinkResults is Plaid's LinkSessionResults. The other lists are of products
// that the simulator does not play.
type wireLinkResults struct {
	ItemAdds       []wireItemAdd `json:"item_add_results"`
	CRAItemAdds    []struct{}    `json:"cra_item_add_results"`
	BankIncomes    []struct{}    `json:"bank_income_results"`
	PayrollIncomes []struct{}    `json:"payroll_income_results"`
}

type wireItemAdd struct {
	PublicToken string               `json:"public_token"`
	Accounts    []wireLinkAccount    `json:"accounts"`
	Institution *wireLinkInstitution `json:"institution"`
}

type wireLinkInstitution struct {
	Name string `json:"name"`
	ID   string `json:"institution_id"`
}

// wireLinkAccount is an account as Link's callbacks show it.
type wireLinkAccount struct {
	ID                 string  `json:"id"`
	Name               string  `json:"name"`
	Mask               *string `json:"mask"`
	Type               string  `json:"type"`
	Subtype            string  `json:"subtype"`
	VerificationStatus *string `json:"verification_status"`
	ClassType          *string `json:"class_type"`
}

type wireLinkExit struct {
	Error    *plaidError          `json:"error"`
	Metadata wireLinkExitMetadata `json:"metadata"`
}

type wireLinkExitMetadata struct {
	Institution   *wireLinkInstitution `json:"institution"`
	Status        string               `json:"status,omitempty"`
	LinkSessionID string               `json:"link_session_id"`
	RequestID     string               `json:"request_id"`
}

// wire is a session of the token as /link/token/get shows it.
func (t *linkToken) wire(session *linkSession) wireLinkSession {
	w := wireLinkSession{
		ID:        session.id,
		StartedAt: instant(session.started),
		OnExit:    session.exit,
		Exit:      session.exit,
		Events:    list(session.events),
	}
	if !session.finished.IsZero() {
		w.FinishedAt = ptr(instant(session.finished))
	}
	if len(session.added) > 0 {
		w.Results = &wireLinkResults{session.added, []struct{}{}, []struct{}{}, []struct{}{}}
	}
	if len(session.added) > 0 && !t.multiItem() {
		first := session.added[0]
		w.OnSuccess = &wireOnSuccess{first.PublicToken, finishedMetadata{first.Institution, first.Accounts, session.id}}
	}
	return w
}
