package plaidsim

import (
	"slices"

	"coffer/plaidsvc/plaidsim/bank"
)

type institutionsGetRequest struct {
	credentials
	Count        *int     `json:"count" plaid:"required"`
	Offset       *int     `json:"offset" plaid:"required"`
	CountryCodes []string `json:"country_codes" plaid:"required"`
	Options      struct {
		Products          []string `json:"products"`
		RoutingNumbers    []string `json:"routing_numbers"`
		OAuth             *bool    `json:"oauth"`
		Metadata          bool     `json:"include_optional_metadata"`
		AuthMetadata      bool     `json:"include_auth_metadata"`
		PaymentInitiation bool     `json:"include_payment_initiation_metadata"`
	} `json:"options"`
}

// maxInstitutions is the most a page has.
const maxInstitutions = 500

// institutionsGet lists the banks page by page, in an order that never changes.
func institutionsGet(c *call, r *institutionsGetRequest) (answer, *plaidError) {
	switch {
	case *r.Count < 1:
		return nil, fail("INVALID_FIELD").saying("count must be greater than or equal to 1")
	case *r.Count > maxInstitutions:
		return nil, fail("INVALID_FIELD").saying("count must be less than or equal to %d", maxInstitutions)
	case *r.Offset < 0:
		return nil, fail("INVALID_FIELD").saying("offset must be greater than or equal to 0")
	}
	if err := checkCountries(r.CountryCodes); err != nil {
		return nil, err
	}
	var found []bank.Institution
	for _, i := range c.banks.Institutions() {
		if overlap(i.Countries, r.CountryCodes) && supports(i, r.Options.Products) &&
			routedBy(i, r.Options.RoutingNumbers) && (r.Options.OAuth == nil || i.OAuth == *r.Options.OAuth) {
			found = append(found, i)
		}
	}
	page := []wireInstitution{}
	first := min(*r.Offset, len(found))
	for _, i := range found[first:min(first+*r.Count, len(found))] {
		page = append(page, newWireInstitution(i, r.Options.Metadata, r.Options.AuthMetadata))
	}
	return &struct {
		Institutions []wireInstitution `json:"institutions"`
		Total        int               `json:"total"`
		answered
	}{Institutions: page, Total: len(found)}, nil
}

// routedBy reports whether a bank has all of the routing numbers.
func routedBy(i bank.Institution, numbers []string) bool {
	return !slices.ContainsFunc(numbers, func(n string) bool { return !slices.Contains(i.RoutingNumbers, n) })
}
