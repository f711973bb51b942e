package plaidsim_test

// coreCases are those of Items, accounts, institutions and transactions.
var coreCases = []conformanceCase{
	{endpoint: "/item/public_token/exchange", name: "fresh", body: func(w *world, _ string) fields {
		return fields{"public_token": w.must("/sandbox/public_token/create", sandboxRequest()).text("public_token")}
	}},
	{endpoint: "/item/public_token/exchange", name: "unknown", code: "INVALID_PUBLIC_TOKEN",
		body: body(fields{"public_token": "public-sandbox-never"})},
	{endpoint: "/item/get", name: "healthy", body: withToken},
	{endpoint: "/item/get", name: "broken", body: brokenItem},
	{endpoint: "/item/get", name: "unknown", code: "INVALID_ACCESS_TOKEN", body: withBadToken},
	{endpoint: "/item/get", name: "removed", code: "ITEM_NOT_FOUND", body: removedItem},
	{endpoint: "/item/remove", name: "once", body: withToken},
	{endpoint: "/item/remove", name: "twice", code: "ITEM_NOT_FOUND", body: removedItem},
	{endpoint: "/accounts/get", name: "all", body: withToken},
	{endpoint: "/accounts/get", name: "broken", code: "ITEM_LOGIN_REQUIRED", body: brokenItem},
	{endpoint: "/accounts/balance/get", name: "all", body: withToken},
	{endpoint: "/accounts/balance/get", name: "no such account", code: "INVALID_ACCOUNT_ID", body: func(_ *world, token string) fields {
		return fields{"access_token": token, "options": fields{"account_ids": []string{"never"}}}
	}},
	{endpoint: "/transactions/sync", name: "first page", body: withToken},
	{endpoint: "/transactions/sync", name: "another Item's cursor", code: "INVALID_FIELD", body: func(w *world, token string) fields {
		cursor := w.must("/transactions/sync", fields{"access_token": w.link(nil)}).text("next_cursor")
		return fields{"access_token": token, "cursor": cursor + "x"}
	}},
	{endpoint: "/transactions/refresh", name: "healthy", body: withToken},
	{endpoint: "/transactions/refresh", name: "broken", code: "ITEM_LOGIN_REQUIRED", body: brokenItem},
	{endpoint: "/institutions/get_by_id", name: "with metadata", body: body(fields{
		"institution_id": "ins_109508", "country_codes": []string{"US"}, "options": fields{"include_optional_metadata": true, "include_auth_metadata": true},
	})},
	{endpoint: "/institutions/get_by_id", name: "unknown", code: "INVALID_INSTITUTION", body: body(fields{
		"institution_id": "ins_0", "country_codes": []string{"US"},
	})},
	{endpoint: "/institutions/search", name: "by name", body: body(fields{"query": "Platypus", "country_codes": []string{"US"}})},
	{endpoint: "/institutions/search", name: "no country", code: "INVALID_FIELD", body: body(fields{
		"query": "Platypus", "country_codes": []string{},
	})},
	{endpoint: "/sandbox/public_token/create", name: "good", body: body(sandboxRequest())},
	{endpoint: "/sandbox/public_token/create", name: "unknown bank", code: "INVALID_INSTITUTION", body: body(fields{
		"institution_id": "ins_0", "initial_products": []string{"transactions"},
	})},
	{endpoint: "/sandbox/item/reset_login", name: "healthy", body: withToken},
	{endpoint: "/sandbox/item/reset_login", name: "unknown", code: "INVALID_ACCESS_TOKEN", body: withBadToken},
}

func sandboxRequest() fields {
	return fields{"institution_id": "ins_109508", "initial_products": []string{"transactions"}}
}

// brokenItem is about an Item whose bank wants the person to sign in.
func brokenItem(w *world, token string) fields {
	w.must("/sandbox/item/reset_login", fields{"access_token": token})
	return fields{"access_token": token}
}

// removedItem is about an Item that was removed.
func removedItem(w *world, token string) fields {
	w.must("/item/remove", fields{"access_token": token})
	return fields{"access_token": token}
}
