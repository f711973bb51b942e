package wire

import (
	"encoding/json"
	"errors"
	"time"

	"coffer/ledger"
)

// An Item is an answer of /item/get: how a link to a bank is doing.
type Item struct {
	Institution    ledger.InstitutionID
	ConsentExpires time.Time // zero when it does not end
	Error          ErrorBody // the zero one of an Item that works
	// Billed and Consented are its products: in use, and agreed to.
	Billed, Consented []string
	// Transactions and Investments are Plaid's visits to the bank for them.
	Transactions, Investments Visit
}

// A Visit is when Plaid was at a bank last, and when it was there in vain, as Plaid
// writes it: a text that changed is a new visit, in whatever form it is told.
type Visit struct{ Success, Failure string }

// At is when Plaid was at the bank last, zero when it does not say so in a form that
// we know.
func (v Visit) At() time.Time { return instant(v.Success) }

// ReadItem reads an answer of /item/get.
func ReadItem(body []byte) (Item, error) {
	answer, err := parseLoose(body)
	if err != nil {
		return Item{}, err
	}
	item, status := answer.object("item"), answer.object("status")
	if item.text("item_id") == "" {
		return Item{}, errors.New("it names no item")
	}
	return Item{
		Institution:    ledger.InstitutionID(item.text("institution_id")),
		ConsentExpires: item.instant("consent_expiration_time"),
		Error:          item.object("error").wrong(),
		Billed:         item.texts("billed_products"),
		Consented:      item.texts("consented_products"),
		Transactions:   status.object("transactions").visit(),
		Investments:    status.object("investments").visit(),
	}, nil
}

func (l loose) visit() Visit {
	return Visit{Success: l.text("last_successful_update"), Failure: l.text("last_failed_update")}
}

func (l loose) wrong() ErrorBody {
	return ErrorBody{Type: l.text("error_type"), Code: l.text("error_code"), Message: l.text("error_message")}
}

// An ErrorBody is what Plaid says is wrong, instead of an answer or inside an Item. Its
// texts may be a bank's own. Source: https://plaid.com/docs/errors/#error-schema.
type ErrorBody struct {
	Type      string `json:"error_type"`
	Code      string `json:"error_code"`
	Message   string `json:"error_message"`
	Display   string `json:"display_message"`
	RequestID string `json:"request_id"`
}

// ReadError reads the body of an error. It is the zero ErrorBody when it was not Plaid who
// wrote it.
func ReadError(body []byte) ErrorBody {
	var e ErrorBody
	var odd *json.UnmarshalTypeError
	if err := json.Unmarshal(body, &e); err != nil && !errors.As(err, &odd) {
		return ErrorBody{}
	}
	return e
}
