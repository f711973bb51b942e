package plaidsim

// sandboxResetLogin makes the bank ask the person to sign in again.
func sandboxResetLogin(c *call, r *itemRequest) (answer, *plaidError) {
	it, err := c.item(r.AccessToken)
	if err != nil {
		return nil, err
	}
	c.damage(it, loginRequired, c.now)
	return &struct {
		ResetLogin bool `json:"reset_login"`
		answered
	}{ResetLogin: true}, nil
}
