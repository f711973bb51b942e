package plaidsim

import (
	"slices"
	"strconv"
	"time"
)

// A linkToken is what an app made to start Link with. In the Sandbox it can be
// used again until it expires.
type linkToken struct {
	token            string
	created, expires time.Time
	request          *linkTokenRequest
	item             *item  // in update mode, the Item to repair
	hosted           string // what names it in the address of its page, if it has one
	sessions         []*linkSession
	opened           int  // sessions so far, those forgotten included
	badLogins        int  // wrong answers to a bank, in all sessions
	linked           bool // a session ended well
}

// How long a link token lives: for a new Item, and for an existing one. That of
// Hosted Link lives as long as its address.
const (
	linkTokenLife   = 4 * time.Hour
	updateTokenLife = 30 * time.Minute
)

// maxBadLogins is how many wrong answers make a link token invalid. Plaid says
// that too many do, but not how many are.
const maxBadLogins = 5

// LinkOptions say in what Link differs from that of the Sandbox.
type LinkOptions struct {
	// SingleUseTokens makes a link token invalid once a bank was linked with it,
	// as in Production. In the Sandbox it can be used again.
	SingleUseTokens bool `json:"single_use_tokens"`
	// AllSessions shows the sessions of every link token in /link/token/get and
	// sends their webhooks, as Plaid does for teams that ask for it. Otherwise
	// only those of Hosted Link and Multi-Item Link are.
	AllSessions bool `json:"all_sessions"`
}

// links are the link tokens made so far.
type links struct {
	byToken, byHosted map[string]*linkToken
	options           LinkOptions
}

func newLinks(o LinkOptions) links {
	return links{make(map[string]*linkToken), make(map[string]*linkToken), o}
}

type linkTokenCreateAnswer struct {
	LinkToken  string `json:"link_token"`
	Expiration string `json:"expiration"`
	HostedURL  string `json:"hosted_link_url,omitempty"`
	answered
}

func linkTokenCreate(c *call, r *linkTokenRequest) (answer, *plaidError) {
	t := &linkToken{request: r, created: c.now, expires: c.now.Add(linkTokenLife)}
	if err := r.check(); err != nil {
		return nil, err
	}
	if err := c.aim(t); err != nil {
		return nil, err
	}
	t.token = c.seed.token("link", strconv.Itoa(len(c.links.byToken)))
	c.links.byToken[t.token] = t
	if r.HostedLink != nil {
		t.expires = c.now.Add(r.HostedLink.life())
		c.host(t)
	}
	c.agenda.at(t.expires, func(now time.Time) { c.endAll(t, now) })
	return &linkTokenCreateAnswer{
		LinkToken:  t.token,
		Expiration: instant(t.expires),
		HostedURL:  c.hostedURL(t),
	}, nil
}

// aim settles what the token is for: a new Item, or the repair of one.
func (c *call) aim(token *linkToken) *plaidError {
	r := token.request
	if r.AccessToken == "" && r.Transfer.AuthorizationID == "" {
		return c.aimNew(r)
	}
	it, err := c.toRepair(r)
	switch {
	case err != nil:
		return err
	case it.trouble == revoked:
		return it.problem()
	case slices.ContainsFunc(r.Products, func(p string) bool { return !slices.Contains(addedByUpdate, p) }):
		return fail("INVALID_FIELD").saying("products must not be set when access_token is: leave it out in update mode")
	case r.AccountFilters != nil && !r.Update.AccountSelection:
		return fail("INVALID_FIELD").saying("account_filters is allowed with access_token only when " +
			"update.account_selection_enabled is true")
	}
	token.item, token.expires = it, c.now.Add(updateTokenLife)
	return nil
}

// addedByUpdate are the products that update mode can add to an Item.
var addedByUpdate = []string{"assets", "income_verification"}

func (c *call) aimNew(r *linkTokenRequest) *plaidError {
	switch {
	case r.Products == nil:
		return missing("products")
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
	if err == nil && !c.usable(t) {
		return nil, fail("INVALID_LINK_TOKEN")
	}
	return t, err
}

func (c *call) usable(t *linkToken) bool {
	used := t.linked && c.links.options.SingleUseTokens
	gone := t.item != nil && (t.item.removed || t.item.trouble == revoked)
	return c.now.Before(t.expires) && !used && !gone && t.badLogins < maxBadLogins
}

// anyLinkToken finds a link token, good or not.
func (c *call) anyLinkToken(token string) (*linkToken, *plaidError) {
	t := c.links.byToken[token]
	if t == nil {
		return nil, fail("INVALID_LINK_TOKEN")
	}
	return t, nil
}
