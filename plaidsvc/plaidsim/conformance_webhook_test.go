package plaidsim_test

// webhookCases are those of webhooks and the keys that sign them.
var webhookCases = []conformanceCase{
	{endpoint: "/item/webhook/update", name: "new address", body: webhookTo("http://127.0.0.1:1/webhook")},
	{endpoint: "/item/webhook/update", name: "none", body: webhookTo(nil)},
	{endpoint: "/item/webhook/update", name: "broken Item", body: func(w *world, token string) fields {
		return webhookTo(nil)(w, brokenItem(w, token).text("access_token"))
	}},
	{endpoint: "/item/webhook/update", name: "no address", code: "INVALID_FIELD", body: webhookTo("over there")},
	{endpoint: "/item/webhook/update", name: "removed", code: "ITEM_NOT_FOUND", body: removedItem},
	{endpoint: "/sandbox/item/fire_webhook", name: "of transactions", body: firing("TRANSACTIONS", "DEFAULT_UPDATE")},
	{endpoint: "/sandbox/item/fire_webhook", name: "broken Item", body: func(w *world, token string) fields {
		return firing("ITEM", "LOGIN_REPAIRED")(w, brokenItem(w, token).text("access_token"))
	}},
	{endpoint: "/sandbox/item/fire_webhook", name: "product the Item lacks", code: "SANDBOX_PRODUCT_NOT_ENABLED",
		body: firing("AUTH", "DEFAULT_UPDATE")},
	{endpoint: "/sandbox/item/fire_webhook", name: "no address", code: "SANDBOX_WEBHOOK_INVALID", body: func(_ *world, token string) fields {
		return fields{"access_token": token, "webhook_code": "NEW_ACCOUNTS_AVAILABLE"}
	}},
	{endpoint: "/sandbox/item/fire_webhook", name: "unknown code", code: "INVALID_FIELD", body: firing("ITEM", "HELLO")},
	{endpoint: "/sandbox/item/fire_webhook", name: "code of another type", code: "INVALID_FIELD",
		body: firing("AUTH", "SYNC_UPDATES_AVAILABLE")},
	{endpoint: "/sandbox/item/fire_webhook", name: "no code", code: "MISSING_FIELDS", body: withToken},
	{endpoint: "/sandbox/item/fire_webhook", name: "removed", code: "ITEM_NOT_FOUND", body: func(w *world, token string) fields {
		f := firing("ITEM", "LOGIN_REPAIRED")(w, token)
		removedItem(w, token)
		return f
	}},
	{endpoint: "/webhook_verification_key/get", name: "current", body: func(w *world, _ string) fields {
		return fields{"key_id": signingKey(w)}
	}},
	{endpoint: "/webhook_verification_key/get", name: "unknown", code: "INVALID_WEBHOOK_VERIFICATION_KEY_ID",
		body: body(fields{"key_id": "bfbd5111-8e33-4643-8ced-b2e642a72f3c"})},
}

func webhookTo(address any) func(*world, string) fields {
	return func(_ *world, token string) fields { return fields{"access_token": token, "webhook": address} }
}

// firing fires a webhook of an Item that has an address.
func firing(kind, code string) func(*world, string) fields {
	return func(w *world, token string) fields {
		w.must("/item/webhook/update", fields{"access_token": token, "webhook": "http://127.0.0.1:1/webhook"})
		return fields{"access_token": token, "webhook_type": kind, "webhook_code": code}
	}
}
