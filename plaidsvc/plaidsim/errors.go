package plaidsim

import (
	"fmt"
	"net/http"
)

// A plaidError is an error as Plaid answers it. It is a value handlers return;
// the router adds the request id and writes it.
//
// Types, statuses and texts are Plaid's (https://plaid.com/docs/errors/).
type plaidError struct {
	Display       *string `json:"display_message"`
	Documentation string  `json:"documentation_url"`
	Code          string  `json:"error_code"`
	Reason        *string `json:"error_code_reason,omitempty"`
	Message       string  `json:"error_message"`
	Type          string  `json:"error_type"`
	RequestID     string  `json:"request_id,omitempty"`
	Suggested     *string `json:"suggested_action"`

	status int
}

// saying gives the error a text of its own, for codes whose text names a field.
func (e *plaidError) saying(format string, args ...any) *plaidError {
	e.Message = fmt.Sprintf(format, args...)
	return e
}

// because gives the error its error_code_reason, which only OAuth has. An empty
// one is none.
func (e *plaidError) because(reason string) *plaidError {
	e.Reason = nullable(reason)
	return e
}

// fail makes the error of a code. A code that the table lacks is answered as
// Plaid answers a mistake of its own.
func fail(code string) *plaidError {
	known, ok := errorTable[code]
	if !ok {
		code, known = "INTERNAL_SERVER_ERROR", errorTable["INTERNAL_SERVER_ERROR"]
	}
	e := &plaidError{Code: code, Type: known.kind, Message: known.message, status: known.status}
	if e.status == 0 {
		e.status = http.StatusBadRequest
	}
	if known.display != "" {
		e.Display = &known.display
	}
	e.Documentation = "https://plaid.com/docs/?ref=error#" + errorAnchors[e.Type]
	return e
}
