package plaidsim

type linkTokenGetRequest struct {
	credentials
	LinkToken string `json:"link_token" plaid:"required"`
}

type linkTokenGetAnswer struct {
	LinkToken  string            `json:"link_token"`
	CreatedAt  string            `json:"created_at"`
	Expiration string            `json:"expiration"`
	Metadata   wireLinkMetadata  `json:"metadata"`
	Sessions   []wireLinkSession `json:"link_sessions"`
	answered
}

type wireLinkMetadata struct {
	InitialProducts []string     `json:"initial_products"`
	Webhook         *string      `json:"webhook"`
	CountryCodes    []string     `json:"country_codes"`
	Language        *string      `json:"language"`
	AccountFilters  *wireFilters `json:"account_filters,omitempty"`
	RedirectURI     *string      `json:"redirect_uri"`
	ClientName      *string      `json:"client_name"`
}

// wireFilters is Plaid's AccountFiltersResponse, which has no filter for other
// accounts.
type wireFilters struct {
	Depository *wireSubtypes `json:"depository,omitempty"`
	Credit     *wireSubtypes `json:"credit,omitempty"`
	Loan       *wireSubtypes `json:"loan,omitempty"`
	Investment *wireSubtypes `json:"investment,omitempty"`
}

type wireSubtypes struct {
	Subtypes []string `json:"account_subtypes"`
}

func (f *accountFilter) wire() *wireSubtypes {
	if f == nil {
		return nil
	}
	return &wireSubtypes{list(f.Subtypes)}
}

// wireLinkSession is Plaid's LinkTokenGetSessionsResponse, without the fields it
// has deprecated.
type wireLinkSession struct {
	ID         string           `json:"link_session_id"`
	StartedAt  string           `json:"started_at"`
	FinishedAt *string          `json:"finished_at"`
	Results    *wireLinkResults `json:"results"`
	Exit       *wireLinkExit    `json:"exit"`
	Events     []struct{}       `json:"events"`
}

type wireLinkResults struct {
	ItemAdds []wireItemAdd `json:"item_add_results"`
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
	Status        string               `json:"status"`
	LinkSessionID string               `json:"link_session_id"`
	RequestID     string               `json:"request_id"`
}

// linkTokenGet tells what became of a link token. Plaid shows sessions of
// Hosted Link to everybody and of embedded Link to teams that ask for it; here
// they are always shown.
func linkTokenGet(c *call, r *linkTokenGetRequest) (answer, *plaidError) {
	t, err := c.anyLinkToken(r.LinkToken)
	if err != nil {
		return nil, err
	}
	a := &linkTokenGetAnswer{
		LinkToken:  t.token,
		CreatedAt:  instant(t.created),
		Expiration: instant(t.expires),
		Metadata: wireLinkMetadata{
			InitialProducts: list(t.request.Products),
			Webhook:         nullable(t.request.Webhook),
			CountryCodes:    t.request.CountryCodes,
			Language:        nullable(t.request.Language),
			RedirectURI:     nullable(t.request.RedirectURI),
			ClientName:      nullable(t.request.ClientName),
		},
		Sessions: []wireLinkSession{},
	}
	if f := t.request.AccountFilters; f != nil {
		a.Metadata.AccountFilters = &wireFilters{f.Depository.wire(), f.Credit.wire(), f.Loan.wire(), f.Investment.wire()}
	}
	for _, session := range t.sessions {
		a.Sessions = append(a.Sessions, session.wire())
	}
	return a, nil
}

func (s *linkSession) wire() wireLinkSession {
	w := wireLinkSession{ID: s.id, StartedAt: instant(s.started), Exit: s.exit, Events: []struct{}{}}
	if !s.finished.IsZero() {
		w.FinishedAt = ptr(instant(s.finished))
	}
	if s.added != nil {
		w.Results = &wireLinkResults{ItemAdds: []wireItemAdd{*s.added}}
	}
	return w
}
