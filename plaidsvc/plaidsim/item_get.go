package plaidsim

type itemRequest struct {
	credentials
	AccessToken string `json:"access_token" plaid:"required"`
}

// itemGet answers 200 for a broken Item too, with what is wrong in item.error.
func itemGet(c *call, r *itemRequest) (answer, *plaidError) {
	it, err := c.item(r.AccessToken)
	if err != nil {
		return nil, err
	}
	return &struct {
		Item   wireItem    `json:"item"`
		Status *wireStatus `json:"status"`
		answered
	}{Item: it.wire(), Status: it.status(c.now)}, nil
}

// itemRemove takes access away for good. The Item stays known, so that its
// token is answered ITEM_NOT_FOUND and a new link gets a new name.
func itemRemove(c *call, r *itemRemoveRequest) (answer, *plaidError) {
	it, err := c.item(r.AccessToken)
	if err != nil {
		return nil, err
	}
	it.removed, it.loop = true, loop{}
	return &answered{}, nil
}

// itemRemoveRequest has two fields that are newer than the document the tests
// use.
type itemRemoveRequest struct {
	itemRequest
	ReasonCode string `json:"reason_code"`
	ReasonNote string `json:"reason_note"`
}
