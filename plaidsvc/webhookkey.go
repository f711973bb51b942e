package plaidsvc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/plaidsvc/webhook"
)

type keyBody struct {
	Algorithm string          `json:"alg"`
	Curve     string          `json:"crv"`
	ID        string          `json:"kid"`
	Type      string          `json:"kty"`
	Use       string          `json:"use"`
	X         string          `json:"x"`
	Y         string          `json:"y"`
	Expired   json.RawMessage `json:"expired_at"` // null until the key is retired
}

// webhookKey asks for a key that webhooks of this environment are signed with. It
// asks once: whoever sent the webhook waits.
func (c *client) webhookKey(ctx context.Context, id string) (webhook.Key, error) {
	req := plaid.WebhookVerificationKeyGetRequest{KeyId: id}
	key, err := fetch(ctx, c, target{path: pathWebhookKey, once: true}, readKey,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.WebhookVerificationKeyGetResponse, *http.Response, error) {
			return api.WebhookVerificationKeyGet(ctx).WebhookVerificationKeyGetRequest(req).Execute()
		})
	if hasCode(err, codeUnknownKey) || hasCode(err, codeInvalidField) {
		err = fmt.Errorf("%w: %w", webhook.ErrNoKey, err)
	}
	return key, err
}

func readKey(body []byte) (webhook.Key, error) {
	var answer struct {
		Key keyBody `json:"key"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return webhook.Key{}, errors.New("it does not decode")
	}
	k := answer.Key
	return webhook.Key{
		Algorithm: k.Algorithm, Curve: k.Curve, ID: k.ID, Type: k.Type, Use: k.Use, X: k.X, Y: k.Y,
		Retired: len(k.Expired) > 0 && string(k.Expired) != "null",
	}, nil
}
