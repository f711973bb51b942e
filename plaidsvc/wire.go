package plaidsvc

import (
	"encoding/json"
	"errors"
)

// The structs of this file are Plaid's answers as far as coffer reads them.
// They are lenient on purpose: what is null or missing is the zero value, and
// fields that nobody reads are not here to fail. Source: Plaid's OpenAPI
// document, https://github.com/plaid/plaid-openapi.

type wirePage struct {
	Added    []wireRow     `json:"added"`
	Modified []wireRow     `json:"modified"`
	Removed  []wireRemoved `json:"removed"`
	Next     *string       `json:"next_cursor"`
	More     *bool         `json:"has_more"`
	Status   string        `json:"transactions_update_status"`
}

type wireRow struct {
	ID         string       `json:"transaction_id"`
	Account    string       `json:"account_id"`
	PendingID  string       `json:"pending_transaction_id"`
	Pending    bool         `json:"pending"`
	Amount     json.Number  `json:"amount"`
	ISO        string       `json:"iso_currency_code"`
	Unofficial string       `json:"unofficial_currency_code"`
	Date       string       `json:"date"`
	Authorized string       `json:"authorized_date"`
	Name       string       `json:"name"`
	Merchant   string       `json:"merchant_name"`
	Original   string       `json:"original_description"`
	Channel    string       `json:"payment_channel"`
	Check      string       `json:"check_number"`
	Category   wireCategory `json:"personal_finance_category"`
	Location   wireLocation `json:"location"`
}

type wireCategory struct {
	Primary  string `json:"primary"`
	Detailed string `json:"detailed"`
}

type wireLocation struct {
	City    string `json:"city"`
	Country string `json:"country"`
}

type wireRemoved struct {
	ID string `json:"transaction_id"`
}

type wireAccounts struct {
	Accounts []wireAccount `json:"accounts"`
}

type wireAccount struct {
	ID         string       `json:"account_id"`
	Persistent string       `json:"persistent_account_id"`
	Name       string       `json:"name"`
	Official   string       `json:"official_name"`
	Mask       string       `json:"mask"`
	Type       string       `json:"type"`
	Subtype    string       `json:"subtype"`
	Balances   wireBalances `json:"balances"`
}

type wireBalances struct {
	Available  json.Number `json:"available"`
	Current    json.Number `json:"current"`
	Limit      json.Number `json:"limit"`
	ISO        string      `json:"iso_currency_code"`
	Unofficial string      `json:"unofficial_currency_code"`
	Updated    string      `json:"last_updated_datetime"`
}

type wireItem struct {
	Item struct {
		ID          string     `json:"item_id"`
		Institution string     `json:"institution_id"`
		Consent     string     `json:"consent_expiration_time"`
		Error       *wireError `json:"error"`
		Billed      []string   `json:"billed_products"`
		Consented   []string   `json:"consented_products"`
	} `json:"item"`
	Status struct {
		Transactions wireUpdate `json:"transactions"`
		Investments  wireUpdate `json:"investments"`
	} `json:"status"`
}

type wireUpdate struct {
	Success string `json:"last_successful_update"`
	Failure string `json:"last_failed_update"`
}

// decode reads an answer as a T. An answer that is JSON but not shaped as we
// expect goes to salvage, which takes what it can. Nil means that nothing can
// be taken.
func decode[T any](op string, body []byte, salvage func([]byte) (*T, error)) (*T, error) {
	var answer T
	err := json.Unmarshal(body, &answer)
	if err == nil {
		return &answer, nil
	}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		if rescued, err := salvage(body); err == nil {
			return rescued, nil
		}
	}
	return nil, unexpected(op, "it does not decode")
}

func unexpected(op, why string) error {
	e := &APIError{Op: op}
	e.unexpected(why)
	return e
}

// decodePage reads a page of /transactions/sync. Without its cursor a page is
// none: taking the cursor for empty would start the history all over.
func decodePage(body []byte) (*wirePage, error) {
	page, err := decode(pathSync, body, salvagePage)
	switch {
	case err != nil:
		return nil, err
	case page.Next == nil || page.More == nil:
		return nil, unexpected(pathSync, "it has no cursor")
	case *page.More && *page.Next == "":
		return nil, unexpected(pathSync, "it has more pages but no cursor to them")
	}
	return page, nil
}

func decodeAccounts(op string, body []byte) (*wireAccounts, error) {
	answer, err := decode(op, body, salvageAccounts)
	if err == nil && answer.Accounts == nil {
		err = unexpected(op, "it lists no accounts")
	}
	return answer, err
}

func decodeItem(body []byte) (*wireItem, error) {
	answer, err := decode(pathItem, body, salvageItem)
	if err == nil && answer.Item.ID == "" {
		err = unexpected(pathItem, "it names no item")
	}
	return answer, err
}
