package plaidsim

import (
	"slices"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/strict"
)

// linkTokenRequest has what Link is configured with. Objects of products the
// simulator does not play are accepted unread.
type linkTokenRequest struct {
	credentials
	linkConfiguration
	linkExtras
}

type linkConfiguration struct {
	ClientName    string    `json:"client_name" plaid:"required"`
	Language      string    `json:"language" plaid:"required"`
	CountryCodes  []string  `json:"country_codes" plaid:"required"`
	User          *linkUser `json:"user"`
	UserID        string    `json:"user_id"` // today stands for user
	UserToken     string    `json:"user_token"`
	Products      []string  `json:"products"`
	IfSupported   []string  `json:"required_if_supported_products"`
	Optional      []string  `json:"optional_products"`
	Consented     []string  `json:"additional_consented_products"`
	Webhook       string    `json:"webhook"`
	AccessToken   string    `json:"access_token"`
	InstitutionID string    `json:"institution_id"`
	RedirectURI   string    `json:"redirect_uri"`
	MultiItem     bool      `json:"enable_multi_item_link"`

	HostedLink      *hostedLink      `json:"hosted_link"`
	InstitutionData *institutionData `json:"institution_data"`
	AccountFilters  *accountFilters  `json:"account_filters"`
	Update          linkUpdate       `json:"update"`
	Transfer        linkTransfer     `json:"transfer"`
	Transactions    struct {
		DaysRequested int `json:"days_requested" plaid:"min=1,max=730"`
	} `json:"transactions"`
}

// linkUser is the person. The app's own id for them is looked at, and where Link
// is delivered to.
type linkUser struct {
	ClientUserID      string          `json:"client_user_id" plaid:"required"`
	LegalName         string          `json:"legal_name"`
	Name              strict.Object   `json:"name"`
	Phone             string          `json:"phone_number"`
	PhoneVerifiedTime strict.Datetime `json:"phone_number_verified_time"`
	Email             string          `json:"email_address"`
	EmailVerifiedTime strict.Datetime `json:"email_address_verified_time"`
	SSN               string          `json:"ssn"`
	DateOfBirth       strict.Date     `json:"date_of_birth"`
	Address           strict.Object   `json:"address"`
	IDNumber          strict.Object   `json:"id_number"`
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

// institutionData is Plaid's LinkTokenCreateInstitutionData. Link would look for
// the bank of the number; here the person looks.
type institutionData struct {
	RoutingNumber string `json:"routing_number"`
}

type linkUpdate struct {
	AccountSelection bool     `json:"account_selection_enabled"`
	Reauthorization  bool     `json:"reauthorization_enabled"`
	User             bool     `json:"user"`
	ItemIDs          []string `json:"item_ids"`
}

// linkExtras are the fields that change nothing here.
type linkExtras struct {
	AccessTokens          []string      `json:"access_tokens"`
	Android               string        `json:"android_package_name"`
	Auth                  strict.Object `json:"auth"`
	BaseReport            strict.Object `json:"base_report"`
	CardSwitch            strict.Object `json:"card_switch"`
	ConsumerReportPurpose string        `json:"consumer_report_permissible_purpose"`
	CRAEnabled            bool          `json:"cra_enabled"`
	CRAOptions            strict.Object `json:"cra_options"`
	CreditPartnerInsights strict.Object `json:"credit_partner_insights"`
	Customization         string        `json:"link_customization_name"`
	DepositSwitch         strict.Object `json:"deposit_switch"`
	Employment            strict.Object `json:"employment"`
	EUConfig              strict.Object `json:"eu_config"`
	FinanceKit            bool          `json:"financekit_supported"`
	Identity              strict.Object `json:"identity"`
	IdentityVerification  strict.Object `json:"identity_verification"`
	IncomeVerification    strict.Object `json:"income_verification"`
	Investments           strict.Object `json:"investments"`
	InvestmentsAuth       strict.Object `json:"investments_auth"`
	PaymentInitiation     strict.Object `json:"payment_initiation"`
	Statements            strict.Object `json:"statements"`
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
