package plaidsim

import "strconv"

// itemAccessTokenInvalidate gives the Item a new access token. The old one is
// none from now on; the Item's id, cursors, consent and webhooks stay. It does
// not take the bank, so it works for a broken Item too.
func itemAccessTokenInvalidate(c *call, r *itemRequest) (answer, *plaidError) {
	it, err := c.item(r.AccessToken)
	if err != nil {
		return nil, err
	}
	delete(c.items.byToken, it.accessToken)
	it.rotations++
	it.accessToken = c.seed.token("access", "rotated", it.id, strconv.Itoa(it.rotations))
	c.items.byToken[it.accessToken] = it
	return &struct {
		NewAccessToken string `json:"new_access_token"`
		answered
	}{NewAccessToken: it.accessToken}, nil
}
