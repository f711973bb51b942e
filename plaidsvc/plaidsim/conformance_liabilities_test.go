package plaidsim_test

// liabilityCases are those of Liabilities.
var liabilityCases = []conformanceCase{
	{endpoint: "/liabilities/get", name: "cards", body: withProduct("ins_109508", "liabilities")},
	{endpoint: "/liabilities/get", name: "mortgage", body: withProduct("ins_109509", "liabilities")},
	{endpoint: "/liabilities/get", name: "student loan", body: withProduct("ins_109511", "liabilities")},
	{endpoint: "/liabilities/get", name: "no debts", code: "NO_LIABILITY_ACCOUNTS", body: withProduct("ins_132363", "liabilities")},
	{endpoint: "/liabilities/get", name: "no such account", code: "INVALID_ACCOUNT_ID", body: func(w *world, _ string) fields {
		return fields{"access_token": w.linkWith("ins_109508", "liabilities"), "options": fields{"account_ids": []string{"never"}}}
	}},
}

// withProduct is about a new Item at a bank, with one product.
func withProduct(institution, product string) func(*world, string) fields {
	return func(w *world, _ string) fields { return fields{"access_token": w.linkWith(institution, product)} }
}

// linkWith links a bank through the Sandbox and returns the access token.
func (w *world) linkWith(institution string, products ...string) string {
	w.Helper()
	public := w.must("/sandbox/public_token/create", fields{"institution_id": institution, "initial_products": products}).text("public_token")
	return w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
}
