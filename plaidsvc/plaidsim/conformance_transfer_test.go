package plaidsim_test

import (
	"maps"
	"strings"
)

// transferCases are those of moving money.
var transferCases = []conformanceCase{
	{endpoint: "/transfer/authorization/create", name: "debit", body: proposing(nil)},
	{endpoint: "/transfer/authorization/create", name: "everything", body: proposing(fields{
		"user": fields{
			"legal_name": "Felix Larkin", "phone_number": "+18455550100", "email_address": "felix@example.com",
			"address": fields{"street": "12 Main St", "city": "Millbrook", "region": "NY", "postal_code": "12545", "country": "US"},
		},
		"device": fields{"ip_address": "192.0.2.1", "user_agent": "test"}, "iso_currency_code": "USD", "idempotency_key": "once",
		"user_present": true, "with_guarantee": false, "funding_account_id": "8945fedc-e703-463d-86b1-dc0607b55460",
	})},
	{endpoint: "/transfer/authorization/create", name: "too much", body: proposing(fields{"amount": "9999999.99"})},
	{endpoint: "/transfer/authorization/create", name: "broken", body: func(w *world, token string) fields {
		f := proposing(nil)(w, token)
		brokenItem(w, token)
		return f
	}},
	{endpoint: "/transfer/authorization/create", name: "same day", body: proposing(fields{"network": "same-day-ach", "type": "credit"})},
	{endpoint: "/transfer/authorization/create", name: "real time", body: proposing(fields{"network": "rtp", "type": "credit", "ach_class": nil})},
	{endpoint: "/transfer/authorization/create", name: "wire", body: proposing(fields{
		"network": "wire", "type": "credit", "ach_class": nil, "wire_details": fields{"message_to_beneficiary": "thank you"},
	})},
	{endpoint: "/transfer/authorization/create", name: "wire debit", code: "INVALID_FIELD", body: proposing(fields{"network": "wire"})},
	{endpoint: "/transfer/authorization/create", name: "no class", code: "MISSING_FIELDS", body: proposing(fields{"ach_class": nil})},
	{endpoint: "/transfer/authorization/create", name: "no name", code: "MISSING_FIELDS", body: proposing(fields{"user": fields{}})},
	{endpoint: "/transfer/authorization/create", name: "class of debits", code: "TRANSFER_FORBIDDEN_ACH_CLASS", body: proposing(fields{"type": "credit", "ach_class": "web"})},
	{endpoint: "/transfer/authorization/create", name: "over the limit", code: "TRANSFER_NETWORK_LIMIT_EXCEEDED", body: proposing(fields{"amount": "10000000.01"})},
	{endpoint: "/transfer/authorization/create", name: "a number", code: "INVALID_FIELD", body: proposing(fields{"amount": 10})},
	{endpoint: "/transfer/authorization/create", name: "one digit", code: "INVALID_FIELD", body: proposing(fields{"amount": "10.0"})},
	{endpoint: "/transfer/authorization/create", name: "euros", code: "INVALID_FIELD", body: proposing(fields{"iso_currency_code": "EUR"})},
	{endpoint: "/transfer/authorization/create", name: "long key", code: "INVALID_FIELD", body: proposing(fields{"idempotency_key": strings.Repeat("k", 51)})},
	{endpoint: "/transfer/authorization/create", name: "originator", code: "TRANSFER_ORIGINATOR_NOT_FOUND", body: proposing(fields{"originator_client_id": "somebody"})},
	{endpoint: "/transfer/authorization/create", name: "no such account", code: "INVALID_ACCOUNT_ID", body: proposing(fields{"account_id": "never"})},
	{endpoint: "/transfer/authorization/create", name: "a card", code: "TRANSFER_UNSUPPORTED_ACCOUNT_TYPE", body: func(w *world, token string) fields {
		return with(proposing(nil)(w, token), fields{"account_id": w.account(token, "credit card")})
	}},
	{endpoint: "/link/token/create", name: "for an authorization", body: func(w *world, token string) fields {
		id := moving(nil)(w, token)["authorization_id"]
		return linkRequest(fields{"products": []string{}, "transfer": fields{"authorization_id": id}})
	}},
	{endpoint: "/link/token/create", name: "for an unknown authorization", code: "INVALID_FIELD",
		body: body(linkRequest(fields{"transfer": fields{"authorization_id": "never"}}))},
	{endpoint: "/transfer/create", name: "all of it", body: moving(nil)},
	{endpoint: "/transfer/create", name: "a part", body: moving(fields{"amount": "4.00", "metadata": fields{"order": "17"}, "facilitator_fee": "1.00"})},
	{endpoint: "/transfer/create", name: "too much", code: "INVALID_FIELD", body: moving(fields{"amount": "10.01"})},
	{endpoint: "/transfer/create", name: "long description", code: "INVALID_FIELD", body: moving(fields{"description": "rent of May"})},
	{endpoint: "/transfer/create", name: "big fee", code: "INVALID_FIELD", body: moving(fields{"facilitator_fee": "10.01"})},
	{endpoint: "/transfer/create", name: "metadata not ASCII", code: "INVALID_FIELD", body: moving(fields{"metadata": fields{"café": "1"}})},
	{endpoint: "/transfer/create", name: "unknown authorization", code: "INVALID_FIELD", body: moving(fields{"authorization_id": "never"})},
	{endpoint: "/transfer/create", name: "another account", code: "INVALID_FIELD", body: func(w *world, token string) fields {
		return with(moving(nil)(w, token), fields{"account_id": w.account(token, "savings")})
	}},
	{endpoint: "/transfer/create", name: "declined", code: "INVALID_FIELD", body: func(w *world, token string) fields {
		id := w.must("/transfer/authorization/create", proposing(fields{"amount": "9999999.99"})(w, token)).text("authorization", "id")
		return with(moving(nil)(w, token), fields{"authorization_id": id})
	}},
	{endpoint: "/transfer/get", name: "by id", body: func(w *world, token string) fields { return fields{"transfer_id": w.transfer(token)} }},
	{endpoint: "/transfer/get", name: "by authorization", body: func(w *world, token string) fields {
		f := moving(nil)(w, token)
		w.must("/transfer/create", f)
		return fields{"authorization_id": f["authorization_id"]}
	}},
	{endpoint: "/transfer/get", name: "returned", body: func(w *world, token string) fields {
		id := w.transfer(token)
		w.simulate(id, "posted", nil)
		w.simulate(id, "returned", fields{"ach_return_code": "R01"})
		return fields{"transfer_id": id}
	}},
	{endpoint: "/transfer/get", name: "neither", code: "INVALID_FIELD", body: body(fields{})},
	{endpoint: "/transfer/get", name: "both", code: "INVALID_FIELD", body: body(fields{"transfer_id": "a", "authorization_id": "b"})},
	{endpoint: "/transfer/get", name: "unknown", code: "INVALID_FIELD", body: body(fields{"transfer_id": "never"})},
	{endpoint: "/transfer/event/sync", name: "none", body: body(fields{"after_id": 0})},
	{endpoint: "/transfer/event/sync", name: "failed", body: func(w *world, token string) fields {
		w.simulate(w.transfer(token), "failed", fields{"description": "no luck"})
		return fields{"after_id": 0, "count": 25}
	}},
	{endpoint: "/transfer/event/sync", name: "no position", code: "MISSING_FIELDS", body: body(fields{})},
	{endpoint: "/transfer/event/sync", name: "before the first", code: "INVALID_FIELD", body: body(fields{"after_id": -1})},
	{endpoint: "/transfer/event/sync", name: "too many", code: "INVALID_FIELD", body: body(fields{"after_id": 0, "count": 26})},
	{endpoint: "/sandbox/transfer/simulate", name: "posted", body: simulating("posted", nil)},
	{endpoint: "/sandbox/transfer/simulate", name: "failed", body: simulating("failed", fields{"description": "no luck"})},
	{endpoint: "/sandbox/transfer/simulate", name: "newer words", body: func(w *world, token string) fields {
		id := w.transfer(token)
		w.simulate(id, "posted", nil)
		return fields{
			"transfer_id": id, "event_type": "returned", "failure_reason": fields{"failure_code": "R02"},
			"webhook": "http://127.0.0.1:1/webhook",
		}
	}},
	{endpoint: "/sandbox/transfer/simulate", name: "out of order", code: "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID", body: simulating("settled", nil)},
	{endpoint: "/sandbox/transfer/simulate", name: "no event", code: "INVALID_FIELD", body: simulating("swept", nil)},
	{endpoint: "/sandbox/transfer/simulate", name: "no code", code: "INVALID_FIELD", body: simulating("returned", fields{"ach_return_code": "X01"})},
	{endpoint: "/sandbox/transfer/simulate", name: "unknown", code: "INVALID_FIELD", body: body(fields{"transfer_id": "never", "event_type": "posted"})},
}

// proposing is a debit of ten dollars by ACH, with changes. A change
// to nil leaves the field out.
func proposing(changes fields) func(*world, string) fields {
	return func(w *world, token string) fields {
		f := with(fields{
			"access_token": token, "account_id": w.account(token, "checking"), "type": "debit", "network": "ach",
			"amount": "10.00", "ach_class": "ppd", "user": fields{"legal_name": "Felix Larkin"},
		}, changes)
		maps.DeleteFunc(f, func(_ string, value any) bool { return value == nil })
		return f
	}
}

// moving makes use of its authorization, with changes.
func moving(changes fields) func(*world, string) fields {
	return func(w *world, token string) fields {
		proposal := proposing(nil)(w, token)
		return with(fields{
			"access_token": token, "account_id": proposal["account_id"], "description": "rent",
			"authorization_id": w.must("/transfer/authorization/create", proposal).text("authorization", "id"),
		}, changes)
	}
}

// transfer makes one of ten dollars by ACH.
func (w *world) transfer(token string) string {
	w.Helper()
	return w.must("/transfer/create", moving(nil)(w, token)).text("transfer", "id")
}

func (w *world) simulate(id, event string, failure fields) {
	w.Helper()
	w.must("/sandbox/transfer/simulate", fields{"transfer_id": id, "event_type": event, "failure_reason": failure})
}

func simulating(event string, failure fields) func(*world, string) fields {
	return func(w *world, token string) fields {
		return fields{"transfer_id": w.transfer(token), "event_type": event, "failure_reason": failure}
	}
}
