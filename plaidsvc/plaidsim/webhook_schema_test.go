package plaidsim_test

// webhookSchemas are what Plaid's document calls the webhooks there are.
var webhookSchemas = map[string]string{
	"TRANSACTIONS INITIAL_UPDATE":                "InitialUpdateWebhook",
	"TRANSACTIONS HISTORICAL_UPDATE":             "HistoricalUpdateWebhook",
	"TRANSACTIONS DEFAULT_UPDATE":                "DefaultUpdateWebhook",
	"TRANSACTIONS TRANSACTIONS_REMOVED":          "TransactionsRemovedWebhook",
	"TRANSACTIONS SYNC_UPDATES_AVAILABLE":        "SyncUpdatesAvailableWebhook",
	"TRANSACTIONS RECURRING_TRANSACTIONS_UPDATE": "RecurringTransactionsUpdateWebhook",
	"AUTH DEFAULT_UPDATE":                        "AuthDefaultUpdateWebhook",
	"AUTH SMS_MICRODEPOSITS_VERIFICATION":        "HostedMMDVerificationWebhook",
	"IDENTITY DEFAULT_UPDATE":                    "IdentityDefaultUpdateWebhook",
	"LIABILITIES DEFAULT_UPDATE":                 "LiabilitiesDefaultUpdateWebhook",
	"HOLDINGS DEFAULT_UPDATE":                    "HoldingsDefaultUpdateWebhook",
	"INVESTMENTS_TRANSACTIONS DEFAULT_UPDATE":    "InvestmentsDefaultUpdateWebhook",
	"INVESTMENTS_TRANSACTIONS HISTORICAL_UPDATE": "InvestmentsHistoricalUpdateWebhook",
	"ITEM ERROR":                       "ItemErrorWebhook",
	"ITEM NEW_ACCOUNTS_AVAILABLE":      "NewAccountsAvailableWebhook",
	"ITEM LOGIN_REPAIRED":              "ItemLoginRepairedWebhook",
	"ITEM PENDING_DISCONNECT":          "PendingDisconnectWebhook",
	"ITEM PENDING_EXPIRATION":          "PendingExpirationWebhook",
	"ITEM USER_PERMISSION_REVOKED":     "UserPermissionRevokedWebhook",
	"ITEM USER_ACCOUNT_REVOKED":        "UserAccountRevokedWebhook",
	"ITEM WEBHOOK_UPDATE_ACKNOWLEDGED": "WebhookUpdateAcknowledgedWebhook",
	"ITEM AUTHORIZATION_GRANTED":       "ItemLoginRepairedWebhook", // it has no schema; this one is the envelope alone
	"ASSETS PRODUCT_READY":             "AssetsProductReadyWebhook",
	"ASSETS ERROR":                     "AssetsErrorWebhook",
}

// judged holds every webhook fired so far against Plaid's document and returns
// their types and codes.
func (w *world) judged() []string {
	w.Helper()
	var names []string
	for _, n := range w.server.Notices() {
		name := n.Kind + " " + n.Code
		names = append(names, name)
		schema := webhookSchemas[name]
		for _, complaint := range judge(w).Schema(schema, n.Body) {
			w.Errorf("%s: %s\n%s", name, complaint, n.Body)
		}
	}
	return names
}
