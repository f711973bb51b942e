package plaidsvc

import (
	"context"
	"net/http"
	"time"

	"github.com/plaid/plaid-go/v29/plaid"
)

// A Probe is what one question to Plaid found out: that it can be reached, and
// that it takes the keys.
type Probe struct {
	Environment string        // as [Config] has it
	Took        time.Duration // until the answer was there
	// Ahead is how far this machine's clock is ahead of Plaid's, negative when it
	// is behind; HTTP tells the time to the second (RFC 9110, 6.6.1). It is 0 when
	// the answer did not tell the time.
	Ahead time.Duration
}

// Probe asks Plaid for one institution of the list that everybody may see. It costs
// nothing, touches no Item and is not tried again.
func (s *Service) Probe(ctx context.Context) (Probe, error) {
	before := s.cfg.Now()
	date, err := s.client.probe(ctx, s.cfg.Countries)
	if err != nil {
		return Probe{}, err
	}
	after := s.cfg.Now()
	p := Probe{Environment: s.cfg.Environment, Took: after.Sub(before)}
	if plaids, err := http.ParseTime(date); err == nil {
		p.Ahead = apart(before, after, plaids)
	}
	return p, nil
}

// apart is how far from then, which was told to the second, the time from before to
// after lies: 0 when then may be in it.
func apart(before, after, then time.Time) time.Duration {
	switch soonest, latest := then.Add(-time.Second), then.Add(time.Second); {
	case before.After(latest):
		return before.Sub(then).Truncate(time.Second)
	case after.Before(soonest):
		return after.Sub(then).Truncate(time.Second)
	}
	return 0
}

// probe asks for one institution and returns when Plaid says it answered.
func (c *client) probe(ctx context.Context, countries []string) (date string, err error) {
	req := plaid.InstitutionsGetRequest{Count: 1, CountryCodes: countryCodes(countries)}
	_, err = call(ctx, c, target{path: pathInstitutions, once: true},
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.InstitutionsGetResponse, *http.Response, error) {
			answer, resp, err := api.InstitutionsGet(ctx).InstitutionsGetRequest(req).Execute()
			if resp != nil {
				date = resp.Header.Get("Date")
			}
			return answer, resp, err
		})
	return date, err
}
