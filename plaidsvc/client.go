package plaidsvc

import (
	"context"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/internal/secret"
	"coffer/ledger"
)

// A client sends requests to one environment, patiently and within limits.
type client struct {
	quick, slow *plaid.APIClient
	timeouts    timeouts
	pacer       *pacer
	secret      secret.Text // to keep out of errors
}

func newClient(env environment, cfg Config) *client {
	c := &client{pacer: newPacer(cfg), secret: cfg.Secret}
	c.connect(env, cfg, defaultTimeouts())
	return c
}

func (c *client) connect(env environment, cfg Config, t timeouts) {
	c.timeouts = t
	c.quick = newAPI(env, cfg, newHTTPClient(env, t, t.header))
	c.slow = newAPI(env, cfg, newHTTPClient(env, t, t.slowHeader))
}

func newAPI(env environment, cfg Config, hc *http.Client) *plaid.APIClient {
	api := plaid.NewConfiguration()
	api.Debug = false // true would print every request, secret and all
	api.AddDefaultHeader("PLAID-CLIENT-ID", cfg.ClientID)
	api.AddDefaultHeader("PLAID-SECRET", cfg.Secret.Reveal())
	api.UseEnvironment(plaid.Environment(env.origin))
	api.HTTPClient = hc
	return plaid.NewAPIClient(api)
}

// A target is what a request is sent to and about.
type target struct {
	path string
	item ledger.ItemID // "" when it is about none
	once bool          // must not be sent twice
	slow bool          // makes Plaid ask the bank while we wait
	// billed requests are not sent again when no answer came: Plaid may have
	// answered, and put it on the bill.
	billed bool
	// aside is for what is asked besides a sync: that there was too much of it must
	// not keep the next sync back.
	aside bool
	// again is told before the wait that leads to another try; nil: nobody is.
	again func()
}

// key is what is left alone together after a 429.
func (t target) key() string {
	switch {
	case t.item == "":
		return t.path
	case t.aside:
		return string(t.item) + " " + t.path
	}
	return string(t.item)
}

// A send executes one prepared request of plaid-go's.
type send[T any] func(ctx context.Context, api *plaid.PlaidApiService) (T, *http.Response, error)

// call sends a request until it succeeds, must not be repeated, or has been
// tried often enough, and returns what plaid-go decoded.
func call[T any](ctx context.Context, c *client, to target, do send[T]) (T, error) {
	for n := 1; ; n++ {
		answer, err := try(ctx, c, to, do)
		if err == nil {
			return answer, nil
		}
		wait, again := c.pacer.again(to, err, n)
		if !again {
			return answer, err
		}
		if to.again != nil {
			to.again()
		}
		if err := c.pacer.pause(ctx, n+1, wait); err != nil {
			return answer, err
		}
	}
}

// fetch is call for an answer that we read by ourselves, see package wire. One that
// cannot be read is not Plaid's.
func fetch[T, A any](ctx context.Context, c *client, to target, read func([]byte) (A, error), do send[T]) (answer A, err error) {
	var got capture
	if _, err := call(withCapture(ctx, &got), c, to, do); err != nil {
		return answer, err
	}
	if answer, err = read(got.body); err != nil {
		return answer, unexpected(to.path, err.Error())
	}
	return answer, nil
}

// unread is for an answer that says only that it was done.
func unread([]byte) (struct{}, error) { return struct{}{}, nil }

// try sends a request once.
func try[T any](ctx context.Context, c *client, to target, do send[T]) (T, error) {
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	if err := c.pacer.check(to.path, to.key()); err != nil {
		return none, err
	}
	api, limit := c.quick, c.timeouts.request
	if to.slow {
		api, limit = c.slow, c.timeouts.slowRequest
	}
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	answer, resp, err := do(bounded, api.PlaidApi)
	switch {
	case err == nil:
		return answer, nil
	case ctx.Err() != nil: // the caller gave up, not the network
		return none, ctx.Err()
	}
	return none, explain(to.path, resp, err, c.secret.Reveal())
}
