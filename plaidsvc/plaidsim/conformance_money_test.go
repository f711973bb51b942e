package plaidsim_test

// moneyCases are those of account numbers, holders, processors and transfers.
var moneyCases = []conformanceCase{
	{endpoint: "/auth/get", name: "all", body: withToken},
	{endpoint: "/auth/get", name: "of a card", code: "NO_AUTH_ACCOUNTS", body: func(w *world, token string) fields {
		return fields{"access_token": token, "options": fields{"account_ids": []string{w.account(token, "credit card")}}}
	}},
	{endpoint: "/auth/get", name: "broken", code: "ITEM_LOGIN_REQUIRED", body: brokenItem},
	{endpoint: "/identity/get", name: "all", body: withToken},
	{endpoint: "/identity/get", name: "no such account", code: "INVALID_ACCOUNT_ID", body: func(_ *world, token string) fields {
		return fields{"access_token": token, "options": fields{"account_ids": []string{"never"}}}
	}},
}

// account finds the first account of a subtype.
func (w *world) account(token, subtype string) string {
	w.Helper()
	for _, a := range w.must("/accounts/get", fields{"access_token": token}).list("accounts") {
		if a.text("subtype") == subtype {
			return a.text("account_id")
		}
	}
	w.Fatalf("found no %s account", subtype)
	return ""
}
