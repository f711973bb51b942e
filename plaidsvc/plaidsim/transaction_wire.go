package plaidsim

import (
	"encoding/json"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// wireTransaction is Plaid's Transaction. Every nullable key is there, null
// where nothing is known; only the original description has to be asked for.
// The legacy categories are null, as for every team that starts today.
type wireTransaction struct {
	ID                   string             `json:"transaction_id"`
	AccountID            string             `json:"account_id"`
	AccountOwner         *string            `json:"account_owner"`
	Amount               json.Number        `json:"amount"`
	Currency             *string            `json:"iso_currency_code"`
	Unofficial           *string            `json:"unofficial_currency_code"`
	Category             *[]string          `json:"category"`
	CategoryID           *string            `json:"category_id"`
	CheckNumber          *string            `json:"check_number"`
	Date                 string             `json:"date"`
	Datetime             *string            `json:"datetime"`
	AuthorizedDate       *string            `json:"authorized_date"`
	AuthorizedDatetime   *string            `json:"authorized_datetime"`
	Location             wireLocation       `json:"location"`
	Name                 string             `json:"name"`
	MerchantName         *string            `json:"merchant_name"`
	MerchantEntityID     *string            `json:"merchant_entity_id"`
	OriginalDescription  *string            `json:"original_description,omitempty"`
	LogoURL              *string            `json:"logo_url"`
	Website              *string            `json:"website"`
	PaymentMeta          wirePaymentMeta    `json:"payment_meta"`
	PaymentChannel       string             `json:"payment_channel"`
	Pending              bool               `json:"pending"`
	PendingTransactionID *string            `json:"pending_transaction_id"`
	FinanceCategory      *wireCategory      `json:"personal_finance_category"`
	FinanceCategoryIcon  string             `json:"personal_finance_category_icon_url"`
	Counterparties       []wireCounterparty `json:"counterparties"`
	Code                 *string            `json:"transaction_code"`
	Type                 string             `json:"transaction_type"`
}

type wireLocation struct {
	Address     *string      `json:"address"`
	City        *string      `json:"city"`
	Region      *string      `json:"region"`
	PostalCode  *string      `json:"postal_code"`
	Country     *string      `json:"country"`
	Lat         *json.Number `json:"lat"`
	Lon         *json.Number `json:"lon"`
	StoreNumber *string      `json:"store_number"`
}

type wirePaymentMeta struct {
	ReferenceNumber  *string `json:"reference_number"`
	PPDID            *string `json:"ppd_id"`
	Payee            *string `json:"payee"`
	ByOrderOf        *string `json:"by_order_of"`
	Payer            *string `json:"payer"`
	PaymentMethod    *string `json:"payment_method"`
	PaymentProcessor *string `json:"payment_processor"`
	Reason           *string `json:"reason"`
}

type wireCategory struct {
	Primary    string  `json:"primary"`
	Detailed   string  `json:"detailed"`
	Confidence *string `json:"confidence_level"`
	Version    string  `json:"version,omitempty"`
}

type wireCounterparty struct {
	Name       string  `json:"name"`
	Type       string  `json:"type"`
	EntityID   *string `json:"entity_id"`
	Website    *string `json:"website"`
	LogoURL    *string `json:"logo_url"`
	Confidence *string `json:"confidence_level"`
}

// transaction is a row as the Item shows it. names maps the bank's account ids
// to the Item's.
func (it *item) transaction(t *bank.Transaction, names map[string]string, o syncOptions) wireTransaction {
	w := wireTransaction{
		ID:                 it.scoped("transaction", t.ID),
		AccountID:          names[t.AccountID],
		Amount:             json.Number(t.Amount.String()),
		Currency:           nullable(t.Currency),
		Unofficial:         nullable(t.Unofficial),
		CheckNumber:        nullable(t.CheckNumber),
		Date:               t.Date,
		Datetime:           moments(t.Datetime),
		AuthorizedDate:     nullable(t.AuthorizedDate),
		AuthorizedDatetime: moments(t.AuthorizedAt),
		Location:           location(t),
		Name:               t.Name,
		MerchantName:       nullable(t.Merchant),
		MerchantEntityID:   nullable(t.EntityID),
		Website:            nullable(t.Website),
		PaymentMeta:        wirePaymentMeta{ReferenceNumber: nullable(t.Reference)},
		PaymentChannel:     t.Channel,
		Pending:            t.Pending,
		Counterparties:     counterparties(t),
		Code:               nullable(t.Code),
		Type:               transactionType(t.Channel),
	}
	if t.PendingID != "" {
		w.PendingTransactionID = ptr(it.scoped("transaction", t.PendingID))
	}
	if o.OriginalDescription {
		w.OriginalDescription = nullable(t.OriginalDescription)
	}
	w.category(t, o)
	return w
}

// category writes the personal finance category, v2.
func (w *wireTransaction) category(t *bank.Transaction, o syncOptions) {
	primary := t.Primary
	if primary != "" {
		w.FinanceCategory = &wireCategory{Primary: primary, Detailed: t.Detailed, Confidence: nullable(t.Confidence)}
		if o.CategoryVersion != "" {
			w.FinanceCategory.Version = "v2"
		}
	} else {
		primary = "OTHER"
	}
	w.FinanceCategoryIcon = "https://plaid-category-icons.plaid.com/PFC_" + primary + ".png"
}

func location(t *bank.Transaction) wireLocation {
	return wireLocation{
		Address:     nullable(t.Address),
		City:        nullable(t.City),
		Region:      nullable(t.Region),
		PostalCode:  nullable(t.PostalCode),
		Country:     nullable(t.Country),
		StoreNumber: nullable(t.StoreNumber),
	}
}

func counterparties(t *bank.Transaction) []wireCounterparty {
	if t.Merchant == "" || t.CounterpartyType == "" {
		return []wireCounterparty{}
	}
	return []wireCounterparty{{
		Name:       t.Merchant,
		Type:       t.CounterpartyType,
		EntityID:   nullable(t.EntityID),
		Website:    nullable(t.Website),
		Confidence: nullable(t.Confidence),
	}}
}

// transactionType is the deprecated forerunner of the payment channel.
func transactionType(channel string) string {
	switch channel {
	case "online":
		return "digital"
	case "in store":
		return "place"
	default:
		return "special"
	}
}

func moments(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return ptr(instant(t))
}
