package plaidsim

import (
	"encoding/json"
	"fmt"

	"coffer/plaidsvc/plaidsim/ratelimit"
)

// RateLimits say which of Plaid's limits hold.
type RateLimits string

// The limits there are.
const (
	RateLimitsOff        RateLimits = ""
	RateLimitsSandbox    RateLimits = "sandbox"
	RateLimitsProduction RateLimits = "production"
)

// limiter is nil for RateLimitsOff. Other words are a mistake in the program.
func (l RateLimits) limiter() *ratelimit.Limiter {
	switch l {
	case RateLimitsOff:
		return nil
	case RateLimitsSandbox:
		return ratelimit.New(ratelimit.Sandbox())
	case RateLimitsProduction:
		return ratelimit.New(ratelimit.Production())
	default:
		panic(fmt.Sprintf("plaidsim: Options.RateLimits is %q: want \"\", %q or %q", l, RateLimitsSandbox, RateLimitsProduction))
	}
}

// withinLimits counts a request against the limits of its endpoint. It does so
// before anything else looks at the request, as a gate in front of the
// endpoints would: a request that is refused for other reasons counts too.
func (c *call) withinLimits(endpoint string, body []byte) *plaidError {
	if c.limiter == nil {
		return nil
	}
	// Fields of a wrong type are left empty here and refused later.
	var who struct {
		AccessToken json.RawMessage `json:"access_token"`
		ClientID    json.RawMessage `json:"client_id"`
	}
	_ = json.Unmarshal(body, &who)
	client := text(who.ClientID)
	if client == "" {
		client = c.http.Header.Get("PLAID-CLIENT-ID")
	}
	var itemID string
	if it := c.items.byToken[text(who.AccessToken)]; it != nil {
		itemID = it.id
	}
	over := c.limiter.Take(c.now, endpoint, itemID, client)
	if over == nil {
		return nil
	}
	c.note.item = itemID
	return fail(over.Code).saying("%s", over.Message)
}

// text is a JSON string, or nothing.
func text(value json.RawMessage) string {
	var s string
	_ = json.Unmarshal(value, &s)
	return s
}
