package plaidsim

import (
	"net/url"
	"slices"
	"strings"
)

// Refusals that more than one endpoint has need of, in Plaid's words.

// missing refuses a request for lack of fields that are required here.
func missing(fields ...string) *plaidError {
	return fail("MISSING_FIELDS").saying("the following required fields are missing: %s", strings.Join(fields, ", "))
}

// oneOf refuses a value that is not in a list.
func oneOf(field, value string, allowed []string) *plaidError {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fail("INVALID_FIELD").saying("%s must be one of the following: %s", field, strings.Join(allowed, ", "))
}

func tooLong(field string, most int) *plaidError {
	return fail("INVALID_FIELD").saying("%s must be at most %d characters", field, most)
}

// noSuch is about an id that nothing has. Which code Plaid gives ids of transfers
// and the like is not documented.
func noSuch(field, what string) *plaidError {
	return fail("INVALID_FIELD").saying("%s must be that of an existing %s", field, what)
}

// isWebAddress reports whether an optional address is one that something can be
// posted to. Plaid takes http as well as https.
func isWebAddress(text string) bool {
	u, err := url.Parse(text)
	return text == "" || err == nil && u.Hostname() != "" && (u.Scheme == "http" || u.Scheme == "https")
}
