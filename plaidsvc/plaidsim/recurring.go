package plaidsim

import (
	"encoding/json"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/feed"
	"coffer/plaidsvc/plaidsim/recur"
)

// recurringDays is how much history it takes to tell what recurs.
const recurringDays = 180

type recurringRequest struct {
	credentials
	AccessToken string   `json:"access_token" plaid:"required"`
	AccountIDs  []string `json:"account_ids"`
	Options     struct {
		Category        bool   `json:"include_personal_finance_category"`
		CategoryVersion string `json:"personal_finance_category_version"`
	} `json:"options"`
}

type recurringAnswer struct {
	Inflow          []wireStream `json:"inflow_streams"`
	Outflow         []wireStream `json:"outflow_streams"`
	Updated         string       `json:"updated_datetime"`
	CategoryVersion string       `json:"personal_finance_category_version,omitempty"`
	answered
}

// wireStream is Plaid's TransactionStream. The legacy categories are as empty
// as those of transactions.
type wireStream struct {
	AccountID       string           `json:"account_id"`
	ID              string           `json:"stream_id"`
	Category        []string         `json:"category"`
	CategoryID      string           `json:"category_id"`
	Description     string           `json:"description"`
	MerchantName    *string          `json:"merchant_name"`
	FirstDate       string           `json:"first_date"`
	LastDate        string           `json:"last_date"`
	PredictedNext   *string          `json:"predicted_next_date"`
	Frequency       recur.Frequency  `json:"frequency"`
	TransactionIDs  []string         `json:"transaction_ids"`
	Average         wireStreamAmount `json:"average_amount"`
	LastAmount      wireStreamAmount `json:"last_amount"`
	Active          bool             `json:"is_active"`
	Status          recur.Status     `json:"status"`
	FinanceCategory *wireCategory    `json:"personal_finance_category,omitempty"`
	UserModified    bool             `json:"is_user_modified"`
}

type wireStreamAmount struct {
	Amount     json.Number `json:"amount"`
	Currency   *string     `json:"iso_currency_code"`
	Unofficial *string     `json:"unofficial_currency_code"`
}

// transactionsRecurringGet tells what recurs on an Item whose whole history is
// there. It never starts the pull by itself, unlike its neighbours. With less
// than half a year of history nothing is found.
func transactionsRecurringGet(c *call, r *recurringRequest) (answer, *plaidError) {
	it, err := c.healthyItem(r.AccessToken)
	if err != nil {
		return nil, err
	}
	picked, err := it.pick(r.AccountIDs)
	switch {
	case err != nil:
		return nil, err
	case it.feed == nil:
		return nil, fail("PRODUCT_NOT_ENABLED")
	case it.feed.Status(c.now) != feed.Complete:
		return nil, fail("PRODUCT_NOT_READY")
	}
	a := &recurringAnswer{
		Inflow:  []wireStream{},
		Outflow: []wireStream{},
		Updated: instant(it.lastUpdate(c.now)),
	}
	if r.Options.CategoryVersion != "" {
		a.CategoryVersion = "v2"
	}
	it.watchStreams(c.now)
	names := it.accountNames()
	for _, s := range it.recurs(c.now, picked) {
		if s.Inflow() {
			a.Inflow = append(a.Inflow, it.stream(s, names))
		} else {
			a.Outflow = append(a.Outflow, it.stream(s, names))
		}
	}
	return a, nil
}

// recurs finds the streams of the accounts picked, none in a short history.
func (it *item) recurs(now time.Time, picked func(account) bool) []recur.Stream {
	if it.feed.Since(now) < recurringDays*24*time.Hour {
		return nil
	}
	return recur.Find(it.feed.Write(it.on(it.feed.Rows(now), picked)), now.Format(time.DateOnly))
}

// stream is a stream as the Item shows it.
func (it *item) stream(s recur.Stream, names map[string]string) wireStream {
	last := s.Last()
	w := wireStream{
		AccountID:     names[last.AccountID],
		ID:            it.scoped("stream", s.Key),
		Category:      []string{},
		Description:   last.Name,
		MerchantName:  nullable(last.Merchant),
		FirstDate:     s.First().Date,
		LastDate:      last.Date,
		PredictedNext: nullable(s.Next),
		Frequency:     s.Frequency,
		Average:       streamAmount(last, json.Number(s.Average().String())),
		LastAmount:    streamAmount(last, json.Number(last.Amount.String())),
		Active:        s.Active,
		Status:        s.Status,
	}
	if last.Primary != "" {
		w.FinanceCategory = &wireCategory{Primary: last.Primary, Detailed: last.Detailed, Confidence: nullable(last.Confidence)}
	}
	for _, r := range s.Rows {
		w.TransactionIDs = append(w.TransactionIDs, it.scoped("transaction", r.ID))
	}
	return w
}

func streamAmount(like *bank.Transaction, amount json.Number) wireStreamAmount {
	return wireStreamAmount{Amount: amount, Currency: nullable(like.Currency), Unofficial: nullable(like.Unofficial)}
}
