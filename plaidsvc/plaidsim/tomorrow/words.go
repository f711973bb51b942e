package tomorrow

import "encoding/json"

// A kind is what an object is, as far as it matters for its words.
type kind int

const (
	anything kind = iota
	holding       // an account with money of one's own
	debt          // an account with money that is owed
	row
	stream
	counterparty
	security
	contact
	investment // a transaction of investments
)

// kinds are told by a field that no other object has, the telling ones first.
var kinds = []struct {
	field string
	kind  kind
}{
	{"investment_transaction_id", investment},
	{"transaction_id", row},
	{"stream_id", stream},
	{"balances", holding},
	{"security_id", security},
	{"entity_id", counterparty},
	{"data", contact},
}

// beside tells the kind of an object.
func beside(o map[string]any) kind {
	for _, k := range kinds {
		if _, ok := o[k.field]; !ok {
			continue
		}
		if t := o["type"]; k.kind == holding && (t == "credit" || t == "loan") {
			return debt
		}
		return k.kind
	}
	return anything
}

// identity is the id by which an object is the same in another answer.
func identity(o map[string]any) string {
	for _, key := range []string{"investment_transaction_id", "transaction_id", "stream_id", "account_id", "security_id", "item_id"} {
		if id, ok := o[key].(string); ok {
			return id
		}
	}
	return ""
}

// unknown is a value that today's lists lack, for a field that has a list.
func unknown(k kind, key, v string) (string, bool) {
	if word, ok := words[key]; ok {
		return word, true
	}
	if key == "subtype" && k == investment {
		return "airdrop", true
	}
	word, ok := wordsOf[k][key]
	return word, ok && v != ""
}

// words are of fields that have one list wherever they are.
var words = map[string]string{
	"payment_channel":            "voice",
	"transaction_code":           "stablecoin",
	"transaction_type":           "delegated",
	"confidence_level":           "CERTAIN",
	"holder_category":            "guardian",
	"verification_status":        "continuously_verified",
	"transactions_update_status": "REALTIME_UPDATE_COMPLETE",
	"update_type":                "continuous",
	"frequency":                  "EVERY_TEN_DAYS",
	"apr_type":                   "loyalty_apr",
	"error_type":                 "AGENT_ERROR",
	"error_code_reason":          "OAUTH_DELEGATE_REVOKED",
	"class_type":                 "fractional",
}

// wordsOf are of fields whose list depends on the object. What an account owes
// stays a debt, so that the sign of its balance can be told.
var wordsOf = map[kind]map[string]string{
	holding:      {"type": "digital asset", "subtype": "stablecoin wallet"},
	debt:         {"subtype": "instalment line"},
	stream:       {"status": "DORMANT"},
	counterparty: {"type": "agent"},
	security:     {"type": "tokenized fund"},
	contact:      {"type": "wearable"},
	anything:     {},
}

// longer are lists that get one more word.
var longer = map[string]string{
	"available_products": "insights",
	"consented_products": "insights",
	"products":           "insights",
}

// nullable are fields that today's document lets be null or left out, and that
// have a value nearly always.
var nullable = set(
	// of transactions
	"merchant_name", "merchant_entity_id", "website", "logo_url", "authorized_date", "authorized_datetime",
	"datetime", "transaction_code", "personal_finance_category", "personal_finance_category_icon_url",
	"check_number", "original_description", "entity_id", "confidence_level", "reference_number",
	"address", "city", "region", "postal_code", "country", "store_number", "predicted_next_date",
	// of accounts
	"mask", "official_name", "subtype", "holder_category", "available", "limit",
	// of Items and institutions
	"consent_expiration_time", "url", "primary_color", "display_message", "suggested_action",
	// of debts
	"is_overdue", "last_payment_date", "next_payment_due_date", "last_statement_issue_date", "loan_name",
	"payment_reference_number", "guarantor", "loan_term", "loan_type_description", "maturity_date",
	"expected_payoff_date", "origination_date", "has_pmi", "has_prepayment_penalty", "sequence_number",
	// of securities
	"ticker_symbol", "isin", "cusip", "sedol", "sector", "industry", "market_identifier_code",
	"close_price_as_of", "institution_price_as_of", "is_cash_equivalent", "option_contract",
)

func set(words ...string) map[string]bool {
	s := make(map[string]bool, len(words))
	for _, w := range words {
		s[w] = true
	}
	return s
}

// categorize gives a transaction a category that today's taxonomy lacks, the
// detailed code alone or both.
func categorize(d dice, category map[string]any) {
	switch d.roll("category").upTo(4) {
	case 0:
		category["primary"] = "DIGITAL_LIFE"
		category["detailed"] = "DIGITAL_LIFE_AGENT_FEES"
	case 1:
		if primary, ok := category["primary"].(string); ok {
			category["detailed"] = primary + "_AUTONOMOUS_PURCHASES"
		}
	case 2:
		category["version"] = "v3"
	}
}

// extend adds fields that nobody knows yet, of all kinds of values.
func (d dice) extend(o map[string]any) {
	values := []any{
		nil, "new", json.Number("9007199254740993"), json.Number("0.5"), true,
		[]any{}, []any{"a", nil}, map[string]any{"level": json.Number("2"), "since": nil},
	}
	for _, name := range []string{"provenance", "assurance_level", "localized_labels"} {
		if v := d.roll(name); name == "provenance" || v.one(4) {
			o[name] = values[v.upTo(len(values))]
		}
	}
}
