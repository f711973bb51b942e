package plaidsim

import "slices"

// routes is every endpoint there is. The rest answers 404, as at Plaid.
func routes() []route {
	return slices.Concat(
		linkRoutes(),
		itemRoutes(),
		institutionRoutes(),
		accountRoutes(),
		transactionRoutes(),
		investmentRoutes(),
		processorRoutes(),
		transferRoutes(),
		webhookRoutes(),
		sandboxRoutes(),
		linkPageRoutes(),
	)
}

func linkRoutes() []route {
	return []route{
		handle("/link/token/create", linkTokenCreate),
		handle("/link/token/get", linkTokenGet),
	}
}

func itemRoutes() []route {
	return []route{
		handle("/item/public_token/exchange", publicTokenExchange),
		handle("/item/get", itemGet),
		handle("/item/remove", itemRemove),
		handle("/item/access_token/invalidate", itemAccessTokenInvalidate),
		handle("/item/webhook/update", itemWebhookUpdate),
	}
}

func institutionRoutes() []route {
	return []route{
		handle("/institutions/get", institutionsGet),
		handle("/institutions/get_by_id", institutionsGetByID),
		handle("/institutions/search", institutionsSearch),
	}
}

// accountRoutes are what there is to know of an account beside what it holds.
func accountRoutes() []route {
	return []route{
		handle("/accounts/get", accountsGet),
		handle("/accounts/balance/get", accountsBalanceGet),
		handle("/auth/get", authGet),
		handle("/identity/get", identityGet),
		handle("/identity/match", identityMatch),
		handle("/liabilities/get", liabilitiesGet),
	}
}

func transactionRoutes() []route {
	return []route{
		handle("/transactions/sync", transactionsSync),
		handle("/transactions/get", transactionsGet),
		handle("/transactions/refresh", transactionsRefresh),
		handle("/transactions/recurring/get", transactionsRecurringGet),
	}
}

func investmentRoutes() []route {
	return []route{
		handle("/investments/holdings/get", investmentsHoldingsGet),
		handle("/investments/transactions/get", investmentsTransactionsGet),
	}
}

// processorRoutes hand an account to somebody who moves money.
func processorRoutes() []route {
	return []route{
		handle("/processor/token/create", processorTokenCreate),
		handle("/processor/stripe/bank_account_token/create", stripeTokenCreate),
	}
}

func transferRoutes() []route {
	return []route{
		handle("/transfer/authorization/create", transferAuthorizationCreate),
		handle("/transfer/create", transferCreate),
		handle("/transfer/get", transferGet),
		handle("/transfer/event/sync", transferEventSync),
	}
}

func webhookRoutes() []route {
	return []route{
		handle("/webhook_verification_key/get", webhookKeyGet),
	}
}

func sandboxRoutes() []route {
	return []route{
		handle("/sandbox/public_token/create", sandboxPublicTokenCreate),
		handle("/sandbox/item/reset_login", sandboxResetLogin),
		handle("/sandbox/transactions/create", sandboxTransactionsCreate),
		handle("/sandbox/item/set_verification_status", sandboxSetVerificationStatus),
		handle("/sandbox/item/fire_webhook", sandboxFireWebhook),
		handle("/sandbox/processor_token/create", sandboxProcessorTokenCreate),
		handle("/sandbox/transfer/simulate", sandboxTransferSimulate),
	}
}

// linkPageRoutes are what the Link page asks, no part of Plaid's API.
func linkPageRoutes() []route {
	return []route{
		handle("/link/session/hosted", sessionHosted),
		handle("/link/session/start", sessionStart),
		handle("/link/session/institutions", sessionInstitutions),
		handle("/link/session/credentials", sessionCredentials),
		handle("/link/session/mfa", sessionMFA),
		handle("/link/session/finish", sessionFinish),
		handle("/link/session/handoff", sessionHandoff),
		handle("/link/session/exit", sessionExit),
		handle("/link/session/events", sessionEvents),
	}
}
