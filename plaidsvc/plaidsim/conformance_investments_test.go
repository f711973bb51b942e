package plaidsim_test

import "maps"

// investmentCases are those of Investments.
var investmentCases = []conformanceCase{
	{endpoint: "/investments/holdings/get", name: "beside a bank account", body: withProduct("ins_109511", "investments")},
	{endpoint: "/investments/holdings/get", name: "vested", body: withProduct("ins_12", "investments")},
	{endpoint: "/investments/holdings/get", name: "coins", body: withProduct("ins_54", "investments")},
	{endpoint: "/investments/holdings/get", name: "of one account", body: func(w *world, _ string) fields {
		token := w.linkWith("ins_12", "investments")
		return fields{"access_token": token, "options": fields{"account_ids": []string{w.account(token, "401k")}}}
	}},
	{endpoint: "/investments/holdings/get", name: "none", code: "NO_INVESTMENT_ACCOUNTS", body: withProduct("ins_109508", "investments")},
	{endpoint: "/investments/holdings/get", name: "no such account", code: "INVALID_ACCOUNT_ID", body: func(w *world, _ string) fields {
		return fields{"access_token": w.linkWith("ins_109511", "investments"), "options": fields{"account_ids": []string{"never"}}}
	}},
	{endpoint: "/investments/holdings/get", name: "not at this bank", code: "PRODUCTS_NOT_SUPPORTED", body: withProduct("ins_117650", "transactions")},
	{endpoint: "/investments/holdings/get", name: "broken", code: "ITEM_LOGIN_REQUIRED", body: brokenItem},
	{endpoint: "/investments/holdings/get", name: "on its way", code: "PRODUCT_NOT_READY", body: func(w *world, _ string) fields {
		token := w.linkWith("ins_109511", "transactions")
		w.refused("/investments/transactions/get", lastYear(token, fields{"async_update": true}), "PRODUCT_NOT_READY")
		return fields{"access_token": token}
	}},
	{endpoint: "/investments/transactions/get", name: "a year", body: tradesWith("ins_109511", nil)},
	{endpoint: "/investments/transactions/get", name: "with a commission", body: tradesWith("ins_12", fields{"count": 500})},
	{endpoint: "/investments/transactions/get", name: "a page", body: tradesWith("ins_54", fields{"count": 5, "offset": 10})},
	{endpoint: "/investments/transactions/get", name: "none", code: "NO_INVESTMENT_ACCOUNTS", body: tradesWith("ins_109508", nil)},
	{endpoint: "/investments/transactions/get", name: "asynchronous", code: "PRODUCT_NOT_READY", body: tradesWith("ins_54", fields{"async_update": true})},
	{endpoint: "/investments/transactions/get", name: "too many", code: "INVALID_FIELD", body: tradesWith("ins_54", fields{"count": 501})},
	{endpoint: "/investments/transactions/get", name: "no end", code: "MISSING_FIELDS", body: func(w *world, _ string) fields {
		return fields{"access_token": w.linkWith("ins_54", "investments"), "start_date": "2026-01-01"}
	}},
	{endpoint: "/investments/transactions/get", name: "backwards", code: "INVALID_FIELD", body: func(w *world, _ string) fields {
		f := lastYear(w.linkWith("ins_54", "investments"), nil)
		f["start_date"], f["end_date"] = f["end_date"], f["start_date"]
		return f
	}},
}

// tradesWith asks a new Item at a bank for the trades of the last year.
func tradesWith(institution string, options fields) func(*world, string) fields {
	return func(w *world, _ string) fields { return lastYear(w.linkWith(institution, "investments"), options) }
}

// lastYear is a request for the trades of the year before the world begins.
func lastYear(token string, options fields) fields {
	f := fields{"access_token": token, "start_date": "2025-03-15", "end_date": "2026-03-15"}
	if options != nil {
		f["options"] = maps.Clone(options)
	}
	return f
}
