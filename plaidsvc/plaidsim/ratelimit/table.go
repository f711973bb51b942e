package ratelimit

import (
	"cmp"
	"strings"
	"time"
)

// A figure is one line of Plaid's table: calls per minute, about one Item and
// by one client, in each environment. 0 is where the table has no limit. No
// code is where the table names none; Plaid's generic one is answered then.
type figure struct {
	endpoint                   string
	productionItem, production int
	sandboxItem, sandbox       int
	itemCode, clientCode       string
	itemWindow                 time.Duration // a minute unless it says otherwise
}

// figures are the default limits as of 2026-03. Plaid calls the list "not
// exhaustive", and may change it.
var figures = []figure{
	{endpoint: "/accounts/get", productionItem: 15, production: 15_000, sandboxItem: 100, sandbox: 5_000, itemCode: "ACCOUNTS_LIMIT"},
	{
		endpoint: "/accounts/balance/get", productionItem: 5, production: 1_200, sandboxItem: 25, sandbox: 100,
		itemCode: "BALANCE_LIMIT", clientCode: "ACCOUNTS_BALANCE_GET_LIMIT",
	},
	{endpoint: "/auth/get", productionItem: 15, production: 12_000, sandboxItem: 100, sandbox: 500, itemCode: "AUTH_LIMIT"},
	{endpoint: "/identity/get", productionItem: 15, production: 2_000, sandboxItem: 100, sandbox: 1_000, itemCode: "IDENTITY_LIMIT"},
	{endpoint: "/institutions/get", production: 50, sandbox: 10, clientCode: "INSTITUTIONS_GET_LIMIT"},
	{endpoint: "/institutions/get_by_id", production: 400, sandbox: 400, clientCode: "INSTITUTIONS_GET_BY_ID_LIMIT"},
	{
		endpoint: "/investments/holdings/get", productionItem: 15, production: 2_000, sandboxItem: 100, sandbox: 1_000,
		itemCode: "INVESTMENT_HOLDINGS_GET_LIMIT",
	},
	{
		endpoint: "/investments/transactions/get", productionItem: 30, production: 20_000, sandboxItem: 100, sandbox: 1_000,
		itemCode: "INVESTMENT_TRANSACTIONS_LIMIT",
	},
	{endpoint: "/investments/refresh", productionItem: 1, production: 100, sandboxItem: 1, sandbox: 100},
	{endpoint: "/item/get", productionItem: 15, production: 5_000, sandboxItem: 40, sandbox: 5_000, itemCode: "ITEM_GET_LIMIT"},
	{endpoint: "/item/remove", productionItem: 30, production: 2_000, sandboxItem: 100, sandbox: 500},
	{endpoint: "/liabilities/get", productionItem: 15, production: 1_000, sandboxItem: 10, sandbox: 1_000},
	{endpoint: "/processor/token/create", production: 500, sandbox: 500},
	{endpoint: "/transactions/get", productionItem: 30, production: 20_000, sandboxItem: 80, sandbox: 1_000, itemCode: "TRANSACTIONS_LIMIT"},
	{endpoint: "/transactions/sync", productionItem: 50, production: 2_500, sandboxItem: 50, sandbox: 1_000, itemCode: "TRANSACTIONS_SYNC_LIMIT"},
	{endpoint: "/transactions/recurring/get", productionItem: 20, production: 1_000, sandboxItem: 20, sandbox: 1_000},
	{endpoint: "/transactions/refresh", productionItem: 2, production: 100, sandboxItem: 2, sandbox: 100, itemCode: "TRANSACTIONS_REFRESH_LIMIT"},
	{endpoint: "/sandbox/transactions/create", sandboxItem: 2, sandbox: 50},
	{
		endpoint: "/transfer/authorization/create", productionItem: 100, production: 2_500, sandboxItem: 100, sandbox: 100,
		itemWindow: time.Hour,
	},
	{endpoint: "/transfer/create", production: 2_500, sandbox: 100},
}

// Sandbox is what Plaid allows in its Sandbox.
func Sandbox() []Limit {
	return limits(func(f figure) (item, client int) { return f.sandboxItem, f.sandbox })
}

// Production is what Plaid allows with real banks.
func Production() []Limit {
	return limits(func(f figure) (item, client int) { return f.productionItem, f.production })
}

func limits(of func(figure) (item, client int)) []Limit {
	var all []Limit
	for _, f := range figures {
		item, client := of(f)
		all = append(all, Limit{
			Endpoint:   f.endpoint,
			Item:       Rate{item, cmp.Or(f.itemWindow, time.Minute)},
			Client:     Rate{client, time.Minute},
			ItemCode:   cmp.Or(f.itemCode, generic),
			ClientCode: cmp.Or(f.clientCode, f.itemCode, generic),
		})
	}
	return all
}

// generic is Plaid's code where an endpoint has none of its own.
const generic = "RATE_LIMIT"

// itemMessage is Plaid's documented text. The text about a client is not
// documented; this is what apps were answered.
const itemMessage = "rate limit exceeded for attempts to access this item. please try again later"

func clientMessage(endpoint string) string {
	return `rate limit exceeded for attempts to access "` + strings.TrimPrefix(endpoint, "/") + `". please try again later`
}
