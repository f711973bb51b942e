package plaidsvc

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// exchangeTime is how long an exchange may take before nobody is at it any more: its
// request has a deadline that comes first.
const exchangeTime = 3 * time.Minute

// An intent is what is put down before a bank is linked, so that a program that dies
// meanwhile leaves no access behind that nobody knows of: Plaid hands it out once, and
// may bill it for ever. There is one for a page that is open, and one for each exchange.
type intent struct {
	Environment string    `json:"environment"`
	Owner       string    `json:"owner"` // who is at it
	Began       time.Time `json:"began"`
	Until       time.Time `json:"until"`                  // when nobody is any more
	Link        string    `json:"link_token,omitempty"`   // of a page
	Hosted      bool      `json:"hosted,omitempty"`       // which is one of Plaid's
	Public      string    `json:"public_token,omitempty"` // of an exchange
}

// id names an intent by its token, without telling it.
func (i intent) id() string {
	kind, token := "page", i.Link
	if i.Public != "" {
		kind, token = "exchange", i.Public
	}
	sum := sha256.Sum256([]byte(token))
	return kind + "-" + hex.EncodeToString(sum[:8])
}

// intend puts an intent down, and returns its id.
func (s *Service) intend(ctx context.Context, i intent) (string, error) {
	i.Environment, i.Owner, i.Began = s.cfg.ItemEnvironment, s.cfg.Owner, s.cfg.Now()
	text, err := json.Marshal(i)
	if err != nil {
		return "", fmt.Errorf("put down what is begun: %w", err)
	}
	if err := s.vault.SetIntent(ctx, i.id(), secret.New(string(text))); err != nil {
		return "", fmt.Errorf("put down what is begun (nothing was linked): %w", err)
	}
	return i.id(), nil
}

// settled takes an intent away that came to its end, whoever gave up waiting for it.
func (s *Service) settled(ctx context.Context, id string) error {
	if err := s.vault.SetIntent(context.WithoutCancel(ctx), id, secret.Text{}); err != nil {
		return fmt.Errorf("take away what was begun: %w", err)
	}
	return nil
}

// begin asks for a page to link a new bank on, and puts that down.
func (p *pages) begin(ctx context.Context, days int, kind pageKind, opts LinkOptions) (wire.LinkToken, error) {
	token, err := p.s.newBank(ctx, days, kind)
	if err != nil {
		return token, err
	}
	id, err := p.s.intend(ctx, intent{
		Link: token.Token.Reveal(), Hosted: kind.hosted, Until: p.s.cfg.Now().Add(p.s.sessionLength(token, opts)),
	})
	if err == nil {
		p.ids = append(p.ids, id)
	}
	return token, err
}

// pages are those that were opened for one bank, and put down.
type pages struct {
	s   *Service
	ids []string
}

// over takes the pages away, unless one may have come to something that was not heard
// of: then the next [Service.Recover] asks.
func (p *pages) over(ctx context.Context, err error) error {
	if errors.Is(err, ledger.ErrNetwork) || errors.Is(err, ledger.ErrRateLimited) {
		return nil
	}
	for _, id := range p.ids {
		if err := p.s.settled(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
