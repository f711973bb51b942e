package widget

// products are what Plaid's products are to people.
var products = map[string]string{
	"auth":         "account numbers",
	"identity":     "who its accounts belong to",
	"investments":  "what its accounts hold",
	"liabilities":  "on which terms money is owed",
	"transactions": "its transactions",
}

// Product says what a bank tells that allows a product, by Plaid's name for that.
func Product(name string) string {
	if words, ok := products[name]; ok {
		return words
	}
	return Clean(name)
}
