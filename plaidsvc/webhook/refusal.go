package webhook

import "net/http"

// A Refusal is why a request was not taken for Plaid's, in words of ours: what
// was sent has no part in them.
type Refusal struct {
	Status int // of HTTP
	Reason string
}

// All the reasons there are.
var (
	refusedMethod   = &Refusal{http.StatusMethodNotAllowed, "it is not a POST"}
	refusedType     = &Refusal{http.StatusUnsupportedMediaType, "it is not JSON"}
	refusedUnsigned = &Refusal{http.StatusBadRequest, "it carries no signature, or several"}
	refusedHeader   = &Refusal{http.StatusBadRequest, "its signature is too long"}
	refusedLarge    = &Refusal{http.StatusRequestEntityTooLarge, "it is too large"}
	refusedCut      = &Refusal{http.StatusBadRequest, "it did not come whole and in time"}
	refusedForm     = &Refusal{http.StatusUnauthorized, "its signature is not of the form that Plaid uses"}
	refusedKey      = &Refusal{http.StatusUnauthorized, "Plaid has no such key, or has retired it"}
	refusedForged   = &Refusal{http.StatusUnauthorized, "Plaid did not sign it"}
	refusedAge      = &Refusal{http.StatusUnauthorized, "it was not signed within the last five minutes"}
	refusedBody     = &Refusal{http.StatusUnauthorized, "it was changed on the way"}
	refusedBusy     = &Refusal{http.StatusServiceUnavailable, "its key could not be looked up now"}
)
