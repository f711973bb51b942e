package plaidsim

import (
	"slices"

	"coffer/plaidsvc/plaidsim/strict"
)

type publicTokenExchangeRequest struct {
	credentials
	PublicToken string `json:"public_token" plaid:"required"`
}

// publicTokenExchange gives the access token of an Item, once. What Plaid says
// of a second exchange is not documented; it is answered like a token that
// never was.
func publicTokenExchange(c *call, r *publicTokenExchangeRequest) (answer, *plaidError) {
	if err := checkToken("public", r.PublicToken, "INVALID_PUBLIC_TOKEN"); err != nil {
		return nil, err
	}
	token := c.items.public[r.PublicToken]
	switch {
	case token == nil || token.used:
		return nil, fail("INVALID_PUBLIC_TOKEN")
	case c.now.After(token.expires):
		return nil, fail("INVALID_PUBLIC_TOKEN").saying("provided public token is expired. Public tokens expire " +
			"30 minutes after creation at which point they can no longer be exchanged")
	case token.item.removed:
		return nil, fail("ITEM_NOT_FOUND")
	}
	token.used = true
	c.note.item = token.item.id
	return &struct {
		AccessToken string `json:"access_token"`
		ItemID      string `json:"item_id"`
		answered
	}{AccessToken: token.item.accessToken, ItemID: token.item.id}, nil
}

type sandboxPublicTokenRequest struct {
	credentials
	InstitutionID   string                     `json:"institution_id" plaid:"required"`
	InitialProducts []string                   `json:"initial_products" plaid:"required"`
	Options         *sandboxPublicTokenOptions `json:"options"`
	UserToken       string                     `json:"user_token"`
	UserID          string                     `json:"user_id"`
}

type sandboxPublicTokenOptions struct {
	Webhook            string                  `json:"webhook"`
	Username           *string                 `json:"override_username"`
	Password           *string                 `json:"override_password"`
	Transactions       sandboxTransactionRange `json:"transactions"`
	Statements         strict.Object           `json:"statements"`
	IncomeVerification strict.Object           `json:"income_verification"`
}

// sandboxTransactionRange bounds the history. The dates are for teams whose
// Sandbox makes transactions up; the banks here have a past of their own, of
// which days_requested takes its part.
type sandboxTransactionRange struct {
	StartDate     strict.Date `json:"start_date"`
	EndDate       strict.Date `json:"end_date"`
	DaysRequested int         `json:"days_requested" plaid:"min=1,max=730"`
}

// sandboxPublicTokenCreate links a login without Link.
func sandboxPublicTokenCreate(c *call, r *sandboxPublicTokenRequest) (answer, *plaidError) {
	institution, err := c.institution(r.InstitutionID)
	if err != nil {
		return nil, err
	}
	if len(r.InitialProducts) == 0 {
		return nil, fail("INVALID_FIELD").saying("initial_products must be a non-empty array")
	}
	if err := checkProducts(r.InitialProducts); err != nil {
		return nil, err
	}
	for _, p := range r.InitialProducts {
		if !slices.Contains(institution.Products, p) {
			return nil, fail("PRODUCTS_NOT_SUPPORTED").saying(
				"the following products are not supported by this institution: [%q]", p)
		}
	}
	if r.Options == nil {
		r.Options = new(sandboxPublicTokenOptions)
	}
	visit, err := c.admit(institution, r.Options.Username, r.Options.Password)
	if err != nil {
		return nil, err
	}
	_, token := c.link(linking{
		institution: institution,
		visit:       visit,
		products:    r.InitialProducts,
		consented:   institution.Products,
		webhook:     r.Options.Webhook,
		days:        r.Options.Transactions.DaysRequested,
	})
	return &struct {
		PublicToken string `json:"public_token"`
		answered
	}{PublicToken: token}, nil
}
