package plaidsim

import (
	"slices"
	"strings"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/strict"
)

// wireInstitution is Plaid's Institution. Url and colour come with the optional
// metadata only, the ways of Auth with the metadata about that. Status is not
// available in the Sandbox, so asking for it gives null. There is no logo.
type wireInstitution struct {
	ID             string    `json:"institution_id"`
	Name           string    `json:"name"`
	Products       []string  `json:"products"`
	CountryCodes   []string  `json:"country_codes"`
	URL            *string   `json:"url,omitempty"`
	PrimaryColor   *string   `json:"primary_color,omitempty"`
	RoutingNumbers []string  `json:"routing_numbers"`
	DTCNumbers     []string  `json:"dtc_numbers"`
	OAuth          bool      `json:"oauth"`
	Status         *struct{} `json:"status"`

	AuthMetadata *wireAuthMetadata `json:"auth_metadata,omitempty"`
}

// wireAuthMetadata says how the account numbers of a bank come to be known.
type wireAuthMetadata struct {
	Methods struct {
		InstantAuth   bool `json:"instant_auth"`
		InstantMatch  bool `json:"instant_match"`
		Deposits      bool `json:"automated_micro_deposits"`
		InstantMicros bool `json:"instant_micro_deposits"`
	} `json:"supported_methods"`
}

// newAuthMetadata is nil for a bank without Auth.
func newAuthMetadata(i bank.Institution) *wireAuthMetadata {
	if !slices.Contains(i.Products, "auth") {
		return nil
	}
	w := new(wireAuthMetadata)
	w.Methods.InstantAuth, w.Methods.Deposits = true, i.ID == depositBank
	return w
}

func newWireInstitution(i bank.Institution, metadata, auth bool) wireInstitution {
	w := wireInstitution{
		ID:             i.ID,
		Name:           i.Name,
		Products:       list(i.Products),
		CountryCodes:   list(i.Countries),
		RoutingNumbers: list(i.RoutingNumbers),
		DTCNumbers:     []string{},
		OAuth:          i.OAuth,
	}
	if metadata {
		w.URL, w.PrimaryColor = nullable(i.URL), nullable(i.Color)
	}
	if auth {
		w.AuthMetadata = newAuthMetadata(i)
	}
	return w
}

// list is s, and [] rather than null when it is empty.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// institution finds a bank.
func (c *call) institution(id string) (bank.Institution, *plaidError) {
	for _, i := range c.banks.Institutions() {
		if i.ID == id {
			return i, nil
		}
	}
	return bank.Institution{}, fail("INVALID_INSTITUTION")
}

type institutionRequest struct {
	credentials
	InstitutionID string   `json:"institution_id" plaid:"required"`
	CountryCodes  []string `json:"country_codes" plaid:"required"`
	Options       struct {
		Metadata          bool `json:"include_optional_metadata"`
		Status            bool `json:"include_status"`
		AuthMetadata      bool `json:"include_auth_metadata"`
		PaymentInitiation bool `json:"include_payment_initiation_metadata"`
	} `json:"options"`
}

func institutionsGetByID(c *call, r *institutionRequest) (answer, *plaidError) {
	if err := checkCountries(r.CountryCodes); err != nil {
		return nil, err
	}
	i, err := c.institution(r.InstitutionID)
	if err != nil {
		return nil, err
	}
	if !overlap(i.Countries, r.CountryCodes) {
		return nil, fail("INVALID_INSTITUTION")
	}
	return &struct {
		Institution wireInstitution `json:"institution"`
		answered
	}{Institution: newWireInstitution(i, r.Options.Metadata, r.Options.AuthMetadata)}, nil
}

type institutionSearchRequest struct {
	credentials
	Query        string   `json:"query" plaid:"required"`
	Products     []string `json:"products"`
	CountryCodes []string `json:"country_codes" plaid:"required"`
	Options      struct {
		OAuth             *bool         `json:"oauth"`
		Metadata          bool          `json:"include_optional_metadata"`
		AuthMetadata      bool          `json:"include_auth_metadata"`
		PaymentMetadata   bool          `json:"include_payment_initiation_metadata"`
		PaymentInitiation strict.Object `json:"payment_initiation"`
	} `json:"options"`
}

// institutionsSearch returns at most ten banks, as Plaid does.
func institutionsSearch(c *call, r *institutionSearchRequest) (answer, *plaidError) {
	if err := checkCountries(r.CountryCodes); err != nil {
		return nil, err
	}
	found := []wireInstitution{}
	for _, i := range c.search(r.Query, r.Products, r.CountryCodes) {
		if r.Options.OAuth != nil && i.OAuth != *r.Options.OAuth {
			continue
		}
		if found = append(found, newWireInstitution(i, r.Options.Metadata, r.Options.AuthMetadata)); len(found) == 10 {
			break
		}
	}
	return &struct {
		Institutions []wireInstitution `json:"institutions"`
		answered
	}{Institutions: found}, nil
}

// search finds banks whose name contains the query, that have all the products
// and one of the countries.
func (c *call) search(query string, products, countries []string) []bank.Institution {
	var found []bank.Institution
	for _, i := range c.banks.Institutions() {
		named := strings.Contains(strings.ToLower(i.Name), strings.ToLower(strings.TrimSpace(query)))
		if named && overlap(i.Countries, countries) && supports(i, products) {
			found = append(found, i)
		}
	}
	return found
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

func supports(i bank.Institution, products []string) bool {
	return !slices.ContainsFunc(products, func(p string) bool { return !slices.Contains(i.Products, p) })
}
