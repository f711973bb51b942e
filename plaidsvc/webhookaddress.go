package plaidsvc

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
)

// CheckWebhookAddress reports why Plaid could send no webhooks to an address, nil
// if it may. A simulator reaches addresses on this computer, Plaid does not.
func (s *Service) CheckWebhookAddress(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" {
		return fmt.Errorf("%q is no address for Plaid to post to; want https://HOST/PATH", redact(address, ""))
	}
	switch {
	case u.User != nil || u.Fragment != "":
		return errors.New("an address with a password or a fragment is of no use to Plaid; want https://HOST/PATH")
	case !s.env.local && isPrivate(u.Hostname()):
		return fmt.Errorf("Plaid cannot reach %s, which is an address of this computer or network; "+
			"give the public address that leads here", u.Hostname())
	}
	return nil
}

// isPrivate reports whether a host means this computer, or one of the network
// around it.
func isPrivate(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	ip := net.ParseIP(host)
	if ip == nil {
		return host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".local")
	}
	return ip.IsLoopback() || ip.IsUnspecified() || ip.IsPrivate() || ip.IsLinkLocalUnicast()
}

// ClearWebhooks has Plaid send the webhooks of Items nowhere: of those in ids, or of
// all of this environment if ids is nil. Results, error and report are as those of
// [Service.Sync]; Applied stays zero.
func (s *Service) ClearWebhooks(ctx context.Context, ids []ledger.ItemID, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
	return s.each(ctx, ids, report, func(ctx context.Context, r *reporter, item ledger.Item) ledger.SyncResult {
		r.send(item, ledger.PhaseSaving, 0, nil)
		if err := s.tellAddress(ctx, item.ID, ""); err != nil {
			r.send(item, ledger.PhaseFailed, 0, err)
			return ledger.SyncResult{Item: item, Err: err}
		}
		r.send(item, ledger.PhaseDone, 0, nil)
		return ledger.SyncResult{Item: item}
	})
}

// tellAddress has Plaid send the webhooks of an Item to an address, or nowhere if it
// is empty.
func (s *Service) tellAddress(ctx context.Context, id ledger.ItemID, address string) error {
	item, a, release, err := s.hold(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	return s.fail(ctx, &item, s.client.webhookUpdate(ctx, a, address))
}

func (c *client) webhookUpdate(ctx context.Context, a access, address string) error {
	req := plaid.ItemWebhookUpdateRequest{AccessToken: a.token.Reveal(), Webhook: *plaid.NewNullableString(nil)} // null, not left out
	if address != "" {
		req.Webhook.Set(&address)
	}
	_, err := fetch(ctx, c, target{path: pathWebhook, item: a.item, again: a.again}, unread,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.ItemWebhookUpdateResponse, *http.Response, error) {
			return api.ItemWebhookUpdate(ctx).ItemWebhookUpdateRequest(req).Execute()
		})
	return err
}
