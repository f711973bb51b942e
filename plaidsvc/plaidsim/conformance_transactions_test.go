package plaidsim_test

import "time"

// transactionsCases are those of the neighbours of /transactions/sync, and of
// the list of institutions.
var transactionsCases = []conformanceCase{
	{endpoint: "/transactions/get", name: "quarter", body: func(_ *world, token string) fields {
		return quarter(token, fields{"include_original_description": true, "personal_finance_category_version": "v2"})
	}},
	{endpoint: "/transactions/get", name: "end before start", code: "INVALID_FIELD", body: func(_ *world, token string) fields {
		return fields{"access_token": token, "start_date": "2026-03-02", "end_date": "2026-03-01"}
	}},
	{endpoint: "/transactions/get", name: "no date", code: "MISSING_FIELDS", body: withToken},
	{endpoint: "/transactions/get", name: "no such account", code: "INVALID_ACCOUNT_ID", body: func(_ *world, token string) fields {
		return quarter(token, fields{"account_ids": []string{"never"}})
	}},
	{endpoint: "/transactions/get", name: "not pulled yet", code: "PRODUCT_NOT_READY", body: func(w *world, _ string) fields {
		return quarter(w.link(nil), nil)
	}},
	{endpoint: "/transactions/get", name: "broken", code: "ITEM_LOGIN_REQUIRED", body: func(w *world, token string) fields {
		brokenItem(w, token)
		return quarter(token, nil)
	}},
	{endpoint: "/transactions/recurring/get", name: "two years", body: func(w *world, _ string) fields {
		token := w.link(fields{"transactions": fields{"days_requested": 730}})
		w.pass(2 * time.Minute)
		return fields{"access_token": token, "options": fields{"personal_finance_category_version": "v2"}}
	}},
	{endpoint: "/transactions/recurring/get", name: "too young", body: withToken},
	{endpoint: "/transactions/recurring/get", name: "no such account", code: "INVALID_ACCOUNT_ID", body: func(_ *world, token string) fields {
		return fields{"access_token": token, "account_ids": []string{"never"}}
	}},
	{endpoint: "/transactions/recurring/get", name: "history to come", code: "PRODUCT_NOT_READY", body: func(w *world, _ string) fields {
		token := w.link(nil)
		w.pass(20 * time.Second)
		return fields{"access_token": token}
	}},
	{endpoint: "/transactions/recurring/get", name: "no transactions", code: "PRODUCT_NOT_ENABLED", body: func(w *world, _ string) fields {
		request := sandboxRequest()
		request["initial_products"] = []string{"auth"}
		token := w.must("/sandbox/public_token/create", request).text("public_token")
		return fields{"access_token": w.must("/item/public_token/exchange", fields{"public_token": token}).text("access_token")}
	}},
	{endpoint: "/accounts/balance/get", name: "fresh enough", body: func(w *world, _ string) fields {
		return fields{"access_token": w.linkBank("ins_128026"), "options": fields{"min_last_updated_datetime": "2026-03-01T00:00:00Z"}}
	}},
	{endpoint: "/accounts/balance/get", name: "too old", code: "LAST_UPDATED_DATETIME_OUT_OF_RANGE", body: func(w *world, _ string) fields {
		return fields{"access_token": w.linkBank("ins_128026"), "options": fields{"min_last_updated_datetime": "2026-04-01T00:00:00Z"}}
	}},
	{endpoint: "/institutions/get", name: "all", body: body(institutionsPage(500, 0, fields{"include_optional_metadata": true}))},
	{endpoint: "/institutions/get", name: "past the end", body: body(institutionsPage(1, 5000, nil))},
	{endpoint: "/institutions/get", name: "no count", code: "MISSING_FIELDS", body: body(fields{"country_codes": []string{"US"}})},
	{endpoint: "/institutions/get", name: "too many", code: "INVALID_FIELD", body: body(institutionsPage(501, 0, nil))},
}

// quarter asks for the first page of what a new Item has.
func quarter(token string, options fields) fields {
	f := fields{"access_token": token, "start_date": "2025-12-15", "end_date": "2026-03-15"}
	if options != nil {
		f["options"] = options
	}
	return f
}

func institutionsPage(count, offset int, options fields) fields {
	f := fields{"count": count, "offset": offset, "country_codes": []string{"US", "GB"}}
	if options != nil {
		f["options"] = options
	}
	return f
}
