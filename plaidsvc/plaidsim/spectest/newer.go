package spectest

// newerThanDocument are the fields, and values of enumerations after a =, that
// Plaid has today and this version of the document lacks. A path has no indexes.
var newerThanDocument = []string{
	"/transactions/sync request.options.personal_finance_category_version",
	"/transactions/sync answer.added.personal_finance_category.version",
	"/transactions/sync answer.modified.personal_finance_category.version",
	"/transactions/recurring/get request.options.personal_finance_category_version",
	"/transactions/recurring/get answer.personal_finance_category_version",
	"/transactions/recurring/get answer.inflow_streams.predicted_next_date",
	"/transactions/recurring/get answer.outflow_streams.predicted_next_date",
	"/transactions/get request.options.personal_finance_category_version",
	"/transactions/get answer.transactions.personal_finance_category.version",
	"/auth/get answer.numbers.ach.is_tokenized_account_number",
	"/transfer/create answer.transfer.failure_reason.failure_code",
	"/transfer/get answer.transfer.failure_reason.failure_code",
	"/transfer/event/sync answer.transfer_events.failure_reason.failure_code",
	"/sandbox/transfer/simulate request.failure_reason.failure_code",
	"/sandbox/transfer/simulate request.webhook",
	"/item/remove request.reason_code",
	"/item/remove request.reason_note",
	"/sandbox/public_token/create request.user_id",
	"/link/token/create request.user_id",
	"LinkEventsWebhook.environment", // the document's own example has it
	"PendingDisconnectWebhook.disconnect_time",
	"PendingDisconnectWebhook.reason=INSTITUTION_TOKEN_EXPIRATION",
}
