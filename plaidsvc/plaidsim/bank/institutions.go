package bank

// Institutions lists the banks that can be signed in to: those of the Sandbox,
// and well-known ones of Production. The order never changes.
func Institutions() []Institution { return append(sandbox(), american()...) }

// sandbox lists the banks that Plaid publishes for its Sandbox
// (https://plaid.com/docs/sandbox/institutions/), under Plaid's ids and names.
// Colours, addresses and routing numbers are our own; the routing numbers
// satisfy the ABA checksum.
func sandbox() []Institution {
	us, products := []string{"US"}, usProducts()
	return []Institution{
		{ID: "ins_109508", Name: "First Platypus Bank", URL: "https://platypus.example", Color: "#1b6ca8", Countries: us, Products: products, RoutingNumbers: []string{routing("01140153"), routing("02110052")}},
		{ID: "ins_109509", Name: "First Gingham Credit Union", URL: "https://gingham.example", Color: "#b23a48", Countries: us, Products: products, RoutingNumbers: []string{routing("21137198")}},
		{ID: "ins_109510", Name: "Tattersall Federal Credit Union", URL: "https://tattersall.example", Color: "#2f6f4e", Countries: us, Products: products, RoutingNumbers: []string{routing("22137150")}},
		{ID: "ins_109511", Name: "Tartan Bank", URL: "https://tartan.example", Color: "#7a2e3a", Countries: us, Products: products, RoutingNumbers: []string{routing("03110064")}},
		{ID: "ins_109512", Name: "Houndstooth Bank", URL: "https://houndstooth.example", Color: "#33373d", Countries: us, Products: products, RoutingNumbers: []string{routing("05110077")}},
		{ID: "ins_130016", Name: "First Platypus Balance Bank", URL: "https://balance.platypus.example", Color: "#2176ae", Countries: us, Products: products, RoutingNumbers: []string{routing("01140166")}},
		{ID: "ins_127287", Name: "Platypus OAuth Bank", URL: "https://oauth.platypus.example", Color: "#5b4b8a", OAuth: true, Countries: us, Products: products, RoutingNumbers: []string{routing("01140179")}},
		{ID: "ins_132241", Name: "First Platypus OAuth App2App", URL: "https://app.platypus.example", Color: "#46538f", OAuth: true, Countries: us, Products: products, RoutingNumbers: []string{routing("01140182")}},
		{ID: "ins_135858", Name: "Windowpane Bank", URL: "https://windowpane.example", Color: "#3b7d8c", Countries: us, Products: products, RoutingNumbers: []string{routing("06110081")}},
		{ID: "ins_43", Name: "Tartan-Dominion Bank of Canada", URL: "https://tartandominion.example", Color: "#8c2f39", Countries: []string{"CA"}, Products: []string{"assets", "auth", "balance", "identity", "investments", "liabilities", "transactions"}},
		{ID: "ins_116834", Name: "Flexible Platypus Open Banking", URL: "https://flexible.platypus.example", Color: "#1d7874", OAuth: true, Countries: []string{"GB"}, Products: []string{"assets", "auth", "balance", "identity", "transactions"}},
		{ID: "ins_117181", Name: "Flexible Platypus Open Banking (OAuth QR)", URL: "https://qr.platypus.example", Color: "#1f8a70", OAuth: true, Countries: []string{"GB"}, Products: []string{"assets", "auth", "balance", "identity", "transactions"}},
		{ID: "ins_117650", Name: "Royal Bank of Plaid", URL: "https://royal.example", Color: "#4a2c6b", OAuth: true, Countries: []string{"GB"}, Products: []string{"assets", "auth", "balance", "identity", "transactions"}},
		{ID: "ins_132363", Name: "Unhealthy Platypus Bank - Degraded", URL: "https://degraded.platypus.example", Color: "#b08900", Countries: us, Products: products, RoutingNumbers: []string{routing("01140195")}},
		{ID: "ins_132361", Name: "Unhealthy Platypus Bank - Down", URL: "https://down.platypus.example", Color: "#9c3d10", Countries: us, Products: products, RoutingNumbers: []string{routing("01140205")}},
		{ID: "ins_133402", Name: "Unsupported Platypus Bank", URL: "https://unsupported.platypus.example", Color: "#6c757d", Countries: us, Products: []string{"balance"}, RoutingNumbers: []string{routing("01140218")}},
		{ID: "ins_133502", Name: "Platypus RUX Bank", URL: "https://rux.platypus.example", Color: "#356859", Countries: us, Products: products, RoutingNumbers: []string{routing("01140221")}},
		{ID: "ins_133503", Name: "Platypus RUX Match Bank", URL: "https://ruxmatch.platypus.example", Color: "#37966f", Countries: us, Products: products, RoutingNumbers: []string{routing("01140234")}},
	}
}

func usProducts() []string {
	return []string{"assets", "auth", "balance", "identity", "identity_match", "investments", "liabilities", "processor_payments", "recurring_transactions", "signal", "statements", "transactions", "transfer"}
}

// routing appends the ABA check digit to the eight digits before it: with
// weights 3, 7, 1 the sum is a multiple of ten.
func routing(eight string) string {
	weights, sum := [3]int{3, 7, 1}, 0
	for i := range len(eight) {
		sum += int(eight[i]-'0') * weights[i%3]
	}
	return eight + string(rune('0'+(10-sum%10)%10))
}

// institution finds a bank by its id.
func institution(id string) (Institution, bool) {
	for _, i := range Institutions() {
		if i.ID == id {
			return i, true
		}
	}
	return Institution{}, false
}
