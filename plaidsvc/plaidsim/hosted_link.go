package plaidsim

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/link"
)

// hostedLink asks for a page on which Link runs without the app's own. Nothing
// is delivered to anybody here, as Plaid's Sandbox delivers nothing: the method
// only decides how long the address lives.
type hostedLink struct {
	Delivery  string `json:"delivery_method"`
	Redirect  string `json:"completion_redirect_uri"`
	Lifetime  *int   `json:"url_lifetime_seconds" plaid:"min=1,max=1814400"`
	MobileApp bool   `json:"is_mobile_app"`
}

// How long the address of a hosted page lives unless the app says: by how the
// person gets it, "" being through the app itself.
var hostedLinkLife = map[string]time.Duration{
	"":      30 * time.Minute,
	"sms":   24 * time.Hour,
	"email": 7 * 24 * time.Hour,
}

// check refuses what cannot be delivered or returned from. A request without
// the object is not about Hosted Link.
func (h *hostedLink) check(user *linkUser) *plaidError {
	if h == nil {
		return nil
	}
	_, known := hostedLinkLife[h.Delivery]
	switch {
	case !known:
		return fail("INVALID_FIELD").saying("hosted_link.delivery_method must be one of sms, email")
	case h.Delivery == "sms" && (user == nil || user.Phone == ""):
		return missing("user.phone_number")
	case h.Delivery == "email" && (user == nil || user.Email == ""):
		return missing("user.email_address")
	case !isDestination(h.Redirect):
		return fail("INVALID_FIELD").saying("hosted_link.completion_redirect_uri must be a valid URI")
	}
	return nil
}

// life is how long the address is good for, and with it the link token.
func (h *hostedLink) life() time.Duration {
	if h.Lifetime != nil {
		return time.Duration(*h.Lifetime) * time.Second
	}
	return hostedLinkLife[h.Delivery]
}

// isDestination reports whether an optional address is one that a page may send
// the person to: of the web, or of an app with a scheme of its own.
func isDestination(text string) bool {
	u, err := url.Parse(text)
	switch {
	case text == "":
		return true
	case err != nil || u.Scheme == "":
		return false
	case u.Scheme == "http" || u.Scheme == "https":
		return u.Host != ""
	}
	// Those run in the page itself, or show what is on the machine.
	return !slices.Contains(strings.Fields("about blob data file javascript view-source"), u.Scheme)
}

// host gives a link token an address of its own, on the origin that the app
// reaches the simulator at.
func (c *call) host(t *linkToken) {
	t.hosted = c.seed.alnum(32, "hosted", t.token)
	c.links.byHosted[t.hosted] = t
}

// hostedURL is that address, "" for a token without.
func (c *call) hostedURL(t *linkToken) string {
	if t.hosted == "" {
		return ""
	}
	scheme := "http"
	if c.http.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + c.http.Host + link.HostedRoot + t.hosted
}

type sessionHostedRequest struct {
	HostedLinkID string `json:"hosted_link_id" plaid:"required"`
}

// sessionHosted tells the hosted page which link token it is for, and where to
// go when Link is over. An address is good until a bank was linked with it: that
// it can be reused in the Sandbox is documented of link tokens only.
func sessionHosted(c *call, r *sessionHostedRequest) (answer, *plaidError) {
	t := c.links.byHosted[r.HostedLinkID]
	if t == nil {
		return nil, fail("INVALID_LINK_TOKEN")
	}
	if t.linked {
		err := fail("INVALID_LINK_TOKEN")
		err.Display = ptr("It was used already, and the bank is connected. You can close this page.")
		return nil, err
	}
	if _, err := c.linkToken(t.token); err != nil {
		return nil, err
	}
	return &struct {
		LinkToken string `json:"link_token"`
		Redirect  string `json:"completion_redirect_uri"`
		answered
	}{LinkToken: t.token, Redirect: t.request.HostedLink.Redirect}, nil
}
