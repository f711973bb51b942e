package plaidsim

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// A linkToken is what an app made to start Link with. In the Sandbox it can be
// used again until it expires.
type linkToken struct {
	token            string
	created, expires time.Time
	request          *linkTokenRequest
	item             *item // in update mode, the Item to repair
	sessions         []*linkSession
}

// How long a link token lives: for a new Item, and for an existing one.
const (
	linkTokenLife   = 4 * time.Hour
	updateTokenLife = 30 * time.Minute
)

// links are the link tokens made so far.
type links struct {
	byToken map[string]*linkToken
}

func newLinks() links { return links{byToken: make(map[string]*linkToken)} }

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

func linkTokenCreate(c *call, r *linkTokenRequest) (answer, *plaidError) {
	token := &linkToken{request: r, created: c.now, expires: c.now.Add(linkTokenLife)}
	if err := r.check(); err != nil {
		return nil, err
	}
	if err := c.aim(token); err != nil {
		return nil, err
	}
	token.token = c.seed.token("link", strconv.Itoa(len(c.links.byToken)))
	c.links.byToken[token.token] = token
	return &struct {
		LinkToken  string `json:"link_token"`
		Expiration string `json:"expiration"`
		answered
	}{LinkToken: token.token, Expiration: instant(token.expires)}, nil
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

// aim settles what the token is for: a new Item, or the repair of one.
func (c *call) aim(token *linkToken) *plaidError {
	r := token.request
	if r.AccessToken == "" {
		return c.aimNew(r)
	}
	it, err := c.item(r.AccessToken)
	switch {
	case err != nil:
		return err
	case len(r.Products) > 0:
		return fail("INVALID_FIELD").saying("products must not be set when access_token is: leave it out in update mode")
	case r.AccountFilters != nil && !r.Update.AccountSelection:
		return fail("INVALID_FIELD").saying("account_filters is allowed with access_token only when " +
			"update.account_selection_enabled is true")
	}
	token.item, token.expires = it, c.now.Add(updateTokenLife)
	return nil
}

func (c *call) aimNew(r *linkTokenRequest) *plaidError {
	switch {
	case r.Products == nil:
		return fail("MISSING_FIELDS").saying("the following required fields are missing: products")
	case len(r.Products) == 0:
		return fail("INVALID_FIELD").saying("products must be a non-empty array")
	case r.InstitutionID != "":
		_, err := c.institution(r.InstitutionID)
		return err
	}
	return nil
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

// linkToken finds a link token that Link can still be used with.
func (c *call) linkToken(token string) (*linkToken, *plaidError) {
	t, err := c.anyLinkToken(token)
	if err == nil && c.now.After(t.expires) {
		return nil, fail("INVALID_LINK_TOKEN")
	}
	return t, err
}

// anyLinkToken finds a link token, expired or not.
func (c *call) anyLinkToken(token string) (*linkToken, *plaidError) {
	t := c.links.byToken[token]
	if t == nil {
		return nil, fail("INVALID_LINK_TOKEN")
	}
	return t, nil
}
