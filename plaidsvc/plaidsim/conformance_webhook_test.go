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
	{endpoint: "/webhook_verification_key/get", name: "current", body: func(w *world, _ string) fields {
		return fields{"key_id": signingKey(w)}
	}},
	{endpoint: "/webhook_verification_key/get", name: "unknown", code: "INVALID_WEBHOOK_VERIFICATION_KEY_ID",
		body: body(fields{"key_id": "bfbd5111-8e33-4643-8ced-b2e642a72f3c"})},
}

func webhookTo(address any) func(*world, string) fields {
	return func(_ *world, token string) fields { return fields{"access_token": token, "webhook": address} }
}
