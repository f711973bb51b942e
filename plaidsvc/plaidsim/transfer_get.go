package plaidsim

type transferGetRequest struct {
	credentials
	TransferID      string `json:"transfer_id"`
	AuthorizationID string `json:"authorization_id"`
}

// transferGet finds a transfer by its own id or by that of its authorization.
func transferGet(c *call, r *transferGetRequest) (answer, *plaidError) {
	var found *movement
	switch {
	case (r.TransferID == "") == (r.AuthorizationID == ""):
		return nil, fail("INVALID_FIELD").saying("one of transfer_id or authorization_id must be populated but not both")
	case r.TransferID != "":
		found = c.moves.byID[r.TransferID]
	default:
		if a := c.moves.authorizations[r.AuthorizationID]; a != nil {
			found = a.movement
		}
	}
	if found == nil {
		return nil, noSuch("transfer_id or authorization_id", "transfer")
	}
	return &transferAnswer{Transfer: c.wireTransfer(found)}, nil
}
