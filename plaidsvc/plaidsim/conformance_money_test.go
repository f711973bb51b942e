package plaidsim_test

// moneyCases are those of account numbers, holders, processors and access
// tokens.
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
	{endpoint: "/identity/match", name: "all", body: matching(fields{
		"legal_name": "Felix Larkin", "phone_number": "(845) 555-0100", "email_address": "felix@example.com",
		"address": fields{"street": "12 Main St", "city": "Millbrook", "region": "NY", "postal_code": "12545", "country": "US"},
	})},
	{endpoint: "/identity/match", name: "a name", body: matching(fields{"legal_name": "Felix Larkin", "address": nil})},
	{endpoint: "/identity/match", name: "nobody", code: "INVALID_FIELD", body: matching(nil)},
	{endpoint: "/identity/match", name: "no telephone", code: "INVALID_FIELD", body: matching(fields{"phone_number": "12"})},
	{endpoint: "/identity/match", name: "broken", code: "ITEM_LOGIN_REQUIRED", body: func(w *world, token string) fields {
		return matching(fields{"legal_name": "Felix Larkin"})(w, brokenItem(w, token).text("access_token"))
	}},
	{endpoint: "/item/access_token/invalidate", name: "healthy", body: withToken},
	{endpoint: "/item/access_token/invalidate", name: "broken", body: brokenItem},
	{endpoint: "/item/access_token/invalidate", name: "unknown", code: "INVALID_ACCESS_TOKEN", body: withBadToken},
	{endpoint: "/item/access_token/invalidate", name: "removed", code: "ITEM_NOT_FOUND", body: removedItem},
	{endpoint: "/auth/get", name: "pending", code: "PRODUCT_NOT_READY", body: func(w *world, _ string) fields {
		token, _ := linkDeposits(w)
		return fields{"access_token": token}
	}},
	{endpoint: "/sandbox/item/set_verification_status", name: "verified", body: verifying("automatically_verified")},
	{endpoint: "/sandbox/item/set_verification_status", name: "expired", body: verifying("verification_expired")},
	{endpoint: "/sandbox/item/set_verification_status", name: "pending", code: "INVALID_FIELD", body: verifying("pending_automatic_verification")},
	{endpoint: "/sandbox/item/set_verification_status", name: "no deposit", code: "INVALID_FIELD", body: func(w *world, token string) fields {
		return fields{"access_token": token, "account_id": w.account(token, "checking"), "verification_status": "verification_expired"}
	}},
	{endpoint: "/sandbox/item/set_verification_status", name: "no such account", code: "INVALID_ACCOUNT_ID", body: func(_ *world, token string) fields {
		return fields{"access_token": token, "account_id": "never", "verification_status": "verification_expired"}
	}},
	{endpoint: "/processor/token/create", name: "dwolla", body: processor("checking", "dwolla")},
	{endpoint: "/processor/token/create", name: "a card", body: processor("credit card", "ocrolus")},
	{endpoint: "/processor/token/create", name: "unknown processor", code: "INVALID_FIELD", body: processor("checking", "nobody")},
	{endpoint: "/processor/token/create", name: "no such account", code: "INVALID_ACCOUNT_ID", body: func(_ *world, token string) fields {
		return fields{"access_token": token, "account_id": "never", "processor": "dwolla"}
	}},
	{endpoint: "/processor/token/create", name: "no processor", code: "MISSING_FIELDS", body: stripe("checking")},
	{endpoint: "/processor/token/create", name: "removed", code: "ITEM_NOT_FOUND", body: func(w *world, token string) fields {
		f := processor("checking", "dwolla")(w, token)
		removedItem(w, token)
		return f
	}},
	{endpoint: "/processor/stripe/bank_account_token/create", name: "checking", body: stripe("checking")},
	{endpoint: "/processor/stripe/bank_account_token/create", name: "a card", code: "NO_AUTH_ACCOUNTS", body: stripe("credit card")},
	{endpoint: "/sandbox/processor_token/create", name: "good", body: body(fields{"institution_id": "ins_109508"})},
	{endpoint: "/sandbox/processor_token/create", name: "unknown bank", code: "INVALID_INSTITUTION", body: body(fields{"institution_id": "ins_0"})},
	{endpoint: "/sandbox/processor_token/create", name: "wrong password", code: "INVALID_CREDENTIALS", body: body(fields{
		"institution_id": "ins_109508", "options": fields{"override_username": "user_good", "override_password": "wrong"},
	})},
}

// matching is what an app knows of somebody.
func matching(user fields) func(*world, string) fields {
	return func(_ *world, token string) fields { return fields{"access_token": token, "user": user} }
}

// verifying sets the status of an account whose number is pending.
func verifying(status string) func(*world, string) fields {
	return func(w *world, _ string) fields {
		token, account := linkDeposits(w)
		return fields{"access_token": token, "account_id": account, "verification_status": status}
	}
}

// stripe names the first account of a subtype.
func stripe(subtype string) func(*world, string) fields {
	return func(w *world, token string) fields {
		return fields{"access_token": token, "account_id": w.account(token, subtype)}
	}
}

// processor names it, and who is to have it.
func processor(subtype, name string) func(*world, string) fields {
	return func(w *world, token string) fields {
		f := stripe(subtype)(w, token)
		f["processor"] = name
		return f
	}
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
