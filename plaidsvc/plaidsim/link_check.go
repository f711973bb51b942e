package plaidsim

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// phone is a number in E.164 format: Plaid asks for it as one, and does not want
// it as the app's own id of a person.
var phone = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

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
	case r.User == nil && r.UserID == "":
		return missing("user")
	case r.MultiItem && r.UserToken == "" && r.UserID == "":
		return missing("user_token")
	case r.Update.User || len(r.Update.ItemIDs) > 0:
		return fail("INVALID_FIELD").saying("update.user and update.item_ids need a user of /user/create, which is " +
			"not played here: use access_token")
	case !slices.Contains(languages, r.Language):
		return fail("INVALID_FIELD").saying("language must be one of %s", strings.Join(languages, ", "))
	case r.User != nil && (strings.Contains(r.User.ClientUserID, "@") || phone.MatchString(r.User.ClientUserID)):
		return fail("INVALID_FIELD").saying("user.client_user_id must not contain personal information")
	case r.User != nil && r.User.Phone != "" && !phone.MatchString(r.User.Phone):
		return fail("INVALID_FIELD").saying("user.phone_number must be a phone number in E.164 format")
	case len(slices.Compact(slices.Clone(lists))) != len(lists):
		return fail("INVALID_FIELD").saying("a product must not be in more than one of products, " +
			"required_if_supported_products, optional_products and additional_consented_products")
	case !isWebAddress(r.Webhook):
		return fail("INVALID_FIELD").saying("webhook must be a valid http or https URL")
	case !isRedirect(r.RedirectURI):
		return fail("INVALID_FIELD").saying("redirect_uri must use HTTPS and have neither a query nor a fragment")
	}
	return r.HostedLink.check(r.User)
}

// isRedirect reports whether Plaid would take an optional redirect address; the
// Sandbox allows plain http to localhost.
func isRedirect(text string) bool {
	u, err := url.Parse(text)
	return text == "" || err == nil && u.Host != "" && u.RawQuery == "" && u.Fragment == "" &&
		(u.Scheme == "https" || u.Scheme == "http" && u.Hostname() == "localhost")
}
