package plaidsvc

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"sync"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
)

// A Config says which Plaid to talk to, as whom, and what to use of the world.
type Config struct {
	// Environment is "sandbox", "production", or the http address of a
	// simulator on loopback.
	Environment string
	// ItemEnvironment is the name that Items of this environment are kept under,
	// Environment if it is empty. The demo needs one that lasts: its simulator
	// has another port each time.
	ItemEnvironment string
	ClientID        string
	Secret          secret.Text
	Vault           Vault

	// UserID is what Plaid knows the user by: stable, and nothing personal.
	// Empty means "coffer": a person's own keys have one user.
	UserID string
	// Language and Countries are Link's. Empty means "en" and US.
	Language  string
	Countries []string
	// Products are what a bank must have to be linked, Consented what the user
	// agrees to in the same step but which is not used (or billed) before it is needed. Nil
	// means transactions, and investments with liabilities.
	Products, Consented []string

	// Owner names this run of the program, and Alive reports whether the run that has a
	// name may still be at work. Nil means that only time tells.
	Owner string
	Alive func(owner string) bool

	// Browser shows an address to the user. It may block; nil is none.
	Browser func(address string) error
	// Now, Sleep and Random are the world's, safe for use by many goroutines;
	// nil means the real ones. Sleep returns early, with the context's error,
	// when the context ends.
	Now    func() time.Time
	Sleep  func(ctx context.Context, d time.Duration) error
	Random io.Reader
}

// A Service does for one environment what a person asks of their banks. Its
// methods may be called at the same time from several goroutines; two that
// touch one Item take turns.
type Service struct {
	cfg    Config
	env    environment
	client *client
	vault  Vault

	mu    sync.Mutex
	locks map[ledger.ItemID]chan struct{}
}

// New returns a Service. It refuses an environment that is neither Plaid's nor
// on loopback, and sends nothing.
func New(cfg Config) (*Service, error) {
	env, err := parseEnvironment(cfg.Environment)
	switch {
	case err != nil:
		return nil, err
	case cfg.Vault == nil:
		return nil, errors.New("plaid service: no vault was given")
	case cfg.ClientID == "" || cfg.Secret.Empty():
		return nil, ledger.ErrCredentials
	}
	cfg = cfg.withDefaults()
	return &Service{
		cfg: cfg, env: env, vault: cfg.Vault,
		client: newClient(env, cfg),
		locks:  make(map[ledger.ItemID]chan struct{}),
	}, nil
}

func (c Config) withDefaults() Config {
	c.ItemEnvironment = cmp.Or(c.ItemEnvironment, c.Environment)
	c.UserID = cmp.Or(c.UserID, "coffer")
	c.Language = cmp.Or(c.Language, "en")
	if len(c.Countries) == 0 {
		c.Countries = []string{"US"}
	}
	if c.Products == nil {
		c.Products = []string{"transactions"}
	}
	if c.Consented == nil {
		c.Consented = []string{"investments", "liabilities"}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Sleep == nil {
		c.Sleep = sleep
	}
	if c.Random == nil {
		c.Random = rand.Reader
	}
	return c
}

// sleep waits on the real clock.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
