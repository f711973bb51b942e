package plaidsim

import (
	"slices"

	"coffer/plaidsvc/plaidsim/bank"
)

type sessionInstitutionsRequest struct {
	inSession
	Query string `json:"query"`
}

// A wireSessionInstitution is a bank as the Link page shows it.
type wireSessionInstitution struct {
	ID    string `json:"institution_id"`
	Name  string `json:"name"`
	OAuth bool   `json:"oauth"` // it signs people in on its own site
	Color string `json:"color"`
	URL   string `json:"url"`
	// Status is Plaid's word for how the bank does: HEALTHY, DEGRADED or DOWN.
	Status string `json:"status"`
	// Supported is false for a bank that lacks a product the app must have.
	Supported bool `json:"supported"`
}

// sessionInstitutions searches the banks of the token's countries. Nobody is
// offered a bank that cannot be linked, but who asks for one by name is told.
func sessionInstitutions(c *call, r *sessionInstitutionsRequest) (answer, *plaidError) {
	t, _, err := c.session(r.inSession)
	if err != nil {
		return nil, err
	}
	found, lacking := []*wireSessionInstitution{}, []*wireSessionInstitution{}
	for _, i := range c.search(r.Query, nil, t.request.CountryCodes) {
		if offered := t.offer(i); offered.Supported {
			found = append(found, offered)
		} else if r.Query != "" {
			lacking = append(lacking, offered)
		}
	}
	return &struct {
		Institutions []*wireSessionInstitution `json:"institutions"`
		answered
	}{Institutions: append(found, lacking...)}, nil
}

// offer is a bank as it is shown to the person who uses the token.
func (t *linkToken) offer(i bank.Institution) *wireSessionInstitution {
	return &wireSessionInstitution{
		ID: i.ID, Name: i.Name, OAuth: i.OAuth, Color: i.Color, URL: i.URL,
		Status: health(i.ID), Supported: t.fits(i),
	}
}

// asksFor are the products that the person is asked to share, in update mode
// those the Item has too.
func (t *linkToken) asksFor() []string {
	r := t.request
	var has []string
	if t.item != nil {
		has = t.item.products
	}
	return list(union(has, slices.Concat(r.Products, r.IfSupported, r.Optional, r.Consented)))
}
