package plaidsim

import (
	"slices"
	"time"
)

// wireItem is Plaid's Item.
type wireItem struct {
	ID                    string      `json:"item_id"`
	InstitutionID         *string     `json:"institution_id"`
	CreatedAt             string      `json:"created_at"`
	Webhook               *string     `json:"webhook"`
	Error                 *plaidError `json:"error"`
	AvailableProducts     []string    `json:"available_products"`
	BilledProducts        []string    `json:"billed_products"`
	Products              []string    `json:"products"`
	ConsentedProducts     []string    `json:"consented_products"`
	ConsentExpirationTime *string     `json:"consent_expiration_time"`
	UpdateType            string      `json:"update_type"`
}

// wireStatus is Plaid's ItemStatus.
type wireStatus struct {
	Investments  *wireUpdates `json:"investments"`
	Transactions *wireUpdates `json:"transactions"`
	LastWebhook  *wireFired   `json:"last_webhook"`
}

// wireFired is Plaid's ItemStatusLastWebhook.
type wireFired struct {
	SentAt *string `json:"sent_at"`
	Code   *string `json:"code_sent"`
}

// wireUpdates tells when a product was last brought up to date.
type wireUpdates struct {
	LastSuccessful *string `json:"last_successful_update"`
	LastFailed     *string `json:"last_failed_update"`
}

// wire is the Item as every endpoint shows it. What is available and what is
// billed never overlap.
func (it *item) wire() wireItem {
	w := wireItem{
		ID:                it.id,
		InstitutionID:     &it.institution.ID,
		CreatedAt:         instant(it.linkedAt),
		Webhook:           nullable(it.webhook),
		Error:             it.problem(),
		AvailableProducts: []string{},
		BilledProducts:    slices.Clone(it.products),
		Products:          slices.Clone(it.products),
		ConsentedProducts: slices.Clone(it.consented),
		UpdateType:        "background",
	}
	if !it.consentUntil.IsZero() {
		w.ConsentExpirationTime = ptr(instant(it.consentUntil))
	}
	for _, p := range it.institution.Products {
		if !slices.Contains(it.products, p) {
			w.AvailableProducts = append(w.AvailableProducts, p)
		}
	}
	slices.Sort(w.AvailableProducts)
	slices.Sort(w.BilledProducts)
	slices.Sort(w.Products)
	slices.Sort(w.ConsentedProducts)
	return w
}

// status tells how fresh the Item's data is.
func (it *item) status(now time.Time) *wireStatus {
	s := &wireStatus{LastWebhook: it.fired}
	if it.feed != nil {
		s.Transactions = it.updates(latest(it.feed.LastUpdate(now), it.refreshedAt), now)
	}
	if it.extractedBy(now) {
		s.Investments = it.updates(it.asOf(now), now)
	}
	return s
}

// updates tells that a product was brought up to date at a moment, or that it
// cannot be while the login does not work or the bank is down.
func (it *item) updates(at, now time.Time) *wireUpdates {
	u := &wireUpdates{}
	if it.trouble == "" {
		u.LastSuccessful = ptr(instant(at))
	}
	if it.trouble != "" || it.life.Silent() {
		u.LastFailed = ptr(instant(now))
	}
	return u
}

// lastUpdate is when Plaid last heard something new from the bank, or looked
// for it: with Investments and Liabilities it does so each day.
func (it *item) lastUpdate(now time.Time) time.Time {
	at := it.linkedAt
	if it.feed != nil {
		at = it.feed.LastUpdate(now)
	}
	if overlap(it.products, []string{"investments", "liabilities"}) {
		at = latest(at, it.life.Heard(lastRefresh(now)))
	}
	return at
}

// instant is a moment as Plaid writes it: RFC 3339, UTC, with a Z.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// nullable is the pointer that marshals "" as null.
func nullable(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func ptr[T any](v T) *T { return &v }
