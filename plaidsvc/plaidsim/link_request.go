package plaidsim

import (
	"net/url"
	"slices"
	"strings"

	"coffer/plaidsvc/plaidsim/bank"
)

// linkTokenRequest has what Link is configured with. Objects of products the
// simulator does not play are accepted unread.
type linkTokenRequest struct {
	credentials
	linkConfiguration
	linkExtras
}

type linkConfiguration struct {
	ClientName    string   `json:"client_name" plaid:"required"`
	Language      string   `json:"language" plaid:"required"`
	CountryCodes  []string `json:"country_codes" plaid:"required"`
	User          linkUser `json:"user" plaid:"required"`
	Products      []string `json:"products"`
	IfSupported   []string `json:"required_if_supported_products"`
	Optional      []string `json:"optional_products"`
	Consented     []string `json:"additional_consented_products"`
	Webhook       string   `json:"webhook"`
	AccessToken   string   `json:"access_token"`
	InstitutionID string   `json:"institution_id"`
	RedirectURI   string   `json:"redirect_uri"`

	AccountFilters *accountFilters `json:"account_filters"`
	Update         linkUpdate      `json:"update"`
	Transactions   struct {
		DaysRequested int `json:"days_requested" plaid:"min=1,max=730"`
	} `json:"transactions"`
}

// linkUser is the person. Only the app's own id for them is looked at.
type linkUser struct {
	ClientUserID      string   `json:"client_user_id" plaid:"required"`
	LegalName         string   `json:"legal_name"`
	Name              opaque   `json:"name"`
	Phone             string   `json:"phone_number"`
	PhoneVerifiedTime datetime `json:"phone_number_verified_time"`
	Email             string   `json:"email_address"`
	EmailVerifiedTime datetime `json:"email_address_verified_time"`
	SSN               string   `json:"ssn"`
	DateOfBirth       date     `json:"date_of_birth"`
	Address           opaque   `json:"address"`
	IDNumber          opaque   `json:"id_number"`
}

// accountFilters say which accounts Link offers. A type without a filter is not
// offered once there are filters.
type accountFilters struct {
	Depository *accountFilter `json:"depository"`
	Credit     *accountFilter `json:"credit"`
	Loan       *accountFilter `json:"loan"`
	Investment *accountFilter `json:"investment"`
	Other      *accountFilter `json:"other"`
}

// An accountFilter lists the subtypes of one account type that are offered, or
// "all".
type accountFilter struct {
	Subtypes []string `json:"account_subtypes" plaid:"required"`
}

type linkUpdate struct {
	AccountSelection bool     `json:"account_selection_enabled"`
	Reauthorization  bool     `json:"reauthorization_enabled"`
	User             bool     `json:"user"`
	ItemIDs          []string `json:"item_ids"`
}

// linkExtras are the fields that change nothing here.
type linkExtras struct {
	AccessTokens          []string `json:"access_tokens"`
	Android               string   `json:"android_package_name"`
	Auth                  opaque   `json:"auth"`
	BaseReport            opaque   `json:"base_report"`
	CardSwitch            opaque   `json:"card_switch"`
	ConsumerReportPurpose string   `json:"consumer_report_permissible_purpose"`
	CRAEnabled            bool     `json:"cra_enabled"`
	CRAOptions            opaque   `json:"cra_options"`
	CreditPartnerInsights opaque   `json:"credit_partner_insights"`
	Customization         string   `json:"link_customization_name"`
	DepositSwitch         opaque   `json:"deposit_switch"`
	Employment            opaque   `json:"employment"`
	EUConfig              opaque   `json:"eu_config"`
	FinanceKit            bool     `json:"financekit_supported"`
	HostedLink            opaque   `json:"hosted_link"`
	Identity              opaque   `json:"identity"`
	IdentityVerification  opaque   `json:"identity_verification"`
	IncomeVerification    opaque   `json:"income_verification"`
	InstitutionData       opaque   `json:"institution_data"`
	Investments           opaque   `json:"investments"`
	InvestmentsAuth       opaque   `json:"investments_auth"`
	MultiItem             bool     `json:"enable_multi_item_link"`
	PaymentInitiation     opaque   `json:"payment_initiation"`
	Statements            opaque   `json:"statements"`
	Transfer              opaque   `json:"transfer"`
	UserToken             string   `json:"user_token"`
}

// byType maps the filters to Plaid's account types.
func (f *accountFilters) byType() map[string]*accountFilter {
	return map[string]*accountFilter{
		"depository": f.Depository,
		"credit":     f.Credit,
		"loan":       f.Loan,
		"investment": f.Investment,
		"other":      f.Other,
	}
}

// allows reports whether Link offers an account.
func (f *accountFilters) allows(a bank.Account) bool {
	if f == nil {
		return true
	}
	filter := f.byType()[a.Type]
	return filter != nil && (slices.Contains(filter.Subtypes, "all") || slices.Contains(filter.Subtypes, a.Subtype))
}

// check refuses what is wrong whatever the token is for.
func (r *linkTokenRequest) check() *plaidError {
	if err := checkCountries(r.CountryCodes); err != nil {
		return err
	}
	if err := checkProducts(r.Products, r.IfSupported, r.Optional, r.Consented); err != nil {
		return err
	}
	lists := slices.Concat(r.Products, r.IfSupported, r.Optional, r.Consented)
	slices.Sort(lists)
	switch {
	case !slices.Contains(languages, r.Language):
		return fail("INVALID_FIELD").saying("language must be one of %s", strings.Join(languages, ", "))
	case strings.Contains(r.User.ClientUserID, "@"):
		return fail("INVALID_FIELD").saying("user.client_user_id must not contain personal information")
	case len(slices.Compact(slices.Clone(lists))) != len(lists):
		return fail("INVALID_FIELD").saying("a product must not be in more than one of products, " +
			"required_if_supported_products, optional_products and additional_consented_products")
	case !isWebAddress(r.Webhook):
		return fail("INVALID_FIELD").saying("webhook must be a valid http or https URL")
	case !isRedirect(r.RedirectURI):
		return fail("INVALID_FIELD").saying("redirect_uri must use HTTPS and have neither a query nor a fragment")
	}
	return nil
}

// isWebAddress reports whether an optional address is one.
func isWebAddress(text string) bool {
	u, err := url.Parse(text)
	return text == "" || err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// isRedirect reports whether Plaid would take an optional redirect address; the
// Sandbox allows plain http to localhost.
func isRedirect(text string) bool {
	u, err := url.Parse(text)
	return text == "" || err == nil && u.Host != "" && u.RawQuery == "" && u.Fragment == "" &&
		(u.Scheme == "https" || u.Scheme == "http" && u.Hostname() == "localhost")
}
