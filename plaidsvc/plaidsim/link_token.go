package plaidsim

import (
	"strconv"
	"time"
)

// A linkToken is what an app made to start Link with. In the Sandbox it can be
// used again until it expires.
type linkToken struct {
	token            string
	created, expires time.Time
	request          *linkTokenRequest
	item             *item // in update mode, the Item to repair
	sessions         []*linkSession
}

// How long a link token lives: for a new Item, and for an existing one.
const (
	linkTokenLife   = 4 * time.Hour
	updateTokenLife = 30 * time.Minute
)

// links are the link tokens made so far.
type links struct {
	byToken map[string]*linkToken
}

func newLinks() links { return links{byToken: make(map[string]*linkToken)} }

func linkTokenCreate(c *call, r *linkTokenRequest) (answer, *plaidError) {
	token := &linkToken{request: r, created: c.now, expires: c.now.Add(linkTokenLife)}
	if err := r.check(); err != nil {
		return nil, err
	}
	if err := c.aim(token); err != nil {
		return nil, err
	}
	token.token = c.seed.token("link", strconv.Itoa(len(c.links.byToken)))
	c.links.byToken[token.token] = token
	return &struct {
		LinkToken  string `json:"link_token"`
		Expiration string `json:"expiration"`
		answered
	}{LinkToken: token.token, Expiration: instant(token.expires)}, nil
}

// aim settles what the token is for: a new Item, or the repair of one.
func (c *call) aim(token *linkToken) *plaidError {
	r := token.request
	if r.AccessToken == "" {
		return c.aimNew(r)
	}
	it, err := c.item(r.AccessToken)
	switch {
	case err != nil:
		return err
	case it.trouble == revoked:
		return it.problem()
	case len(r.Products) > 0:
		return fail("INVALID_FIELD").saying("products must not be set when access_token is: leave it out in update mode")
	case r.AccountFilters != nil && !r.Update.AccountSelection:
		return fail("INVALID_FIELD").saying("account_filters is allowed with access_token only when " +
			"update.account_selection_enabled is true")
	}
	token.item, token.expires = it, c.now.Add(updateTokenLife)
	return nil
}

func (c *call) aimNew(r *linkTokenRequest) *plaidError {
	switch {
	case r.Products == nil:
		return fail("MISSING_FIELDS").saying("the following required fields are missing: products")
	case len(r.Products) == 0:
		return fail("INVALID_FIELD").saying("products must be a non-empty array")
	case r.InstitutionID != "":
		_, err := c.institution(r.InstitutionID)
		return err
	}
	return nil
}

// linkToken finds a link token that Link can still be used with.
func (c *call) linkToken(token string) (*linkToken, *plaidError) {
	t, err := c.anyLinkToken(token)
	if err == nil && c.now.After(t.expires) {
		return nil, fail("INVALID_LINK_TOKEN")
	}
	return t, err
}

// anyLinkToken finds a link token, expired or not.
func (c *call) anyLinkToken(token string) (*linkToken, *plaidError) {
	t := c.links.byToken[token]
	if t == nil {
		return nil, fail("INVALID_LINK_TOKEN")
	}
	return t, nil
}
