package plaidsim

import (
	"strings"

	"coffer/plaidsvc/plaidsim/strict"
)

// decode reads a request body into a request struct, which declares what an endpoint
// accepts as package strict has it, and nothing else is accepted.
func decode(body []byte, into any) *plaidError {
	flaw := strict.Read(body, into)
	switch {
	case flaw == nil:
		return nil
	case len(flaw.Unknown) > 0:
		return fail("UNKNOWN_FIELDS").saying("the following fields are not recognized by this endpoint: %s",
			strings.Join(flaw.Unknown, ", "))
	case len(flaw.Missing) > 0:
		return missing(flaw.Missing...)
	case flaw.Wrong != "":
		return fail("INVALID_FIELD").saying("%s", flaw.Wrong)
	}
	return fail("INVALID_BODY")
}
