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

	InstitutionData *institutionData `json:"institution_data,omitempty"`
	UserToken       string           `json:"user_token,omitempty"`
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

// linkTokenGet tells what became of a link token. Sessions are shown where the
// app hears of them, see [Server.reported].
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
			InstitutionData: t.request.InstitutionData,
			UserToken:       t.request.UserToken,
		},
		Sessions: []wireLinkSession{},
	}
	if f := t.request.AccountFilters; f != nil {
		a.Metadata.AccountFilters = &wireFilters{f.Depository.wire(), f.Credit.wire(), f.Loan.wire(), f.Investment.wire()}
	}
	if c.reported(t) {
		for _, session := range t.sessions {
			a.Sessions = append(a.Sessions, t.wire(session))
		}
	}
	return a, nil
}
