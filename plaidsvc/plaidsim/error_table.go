package plaidsim

import "net/http"

// An errorKind is one line of the table. The status is 400 unless it says
// otherwise.
type errorKind struct {
	kind, message string
	display       string
	status        int
}

const (
	invalidRequest   = "INVALID_REQUEST"
	invalidInput     = "INVALID_INPUT"
	invalidResult    = "INVALID_RESULT"
	itemError        = "ITEM_ERROR"
	institutionError = "INSTITUTION_ERROR"
	transactionError = "TRANSACTIONS_ERROR"
	transferError    = "TRANSFER_ERROR"
	sandboxError     = "SANDBOX_ERROR"
	rateLimitError   = "RATE_LIMIT_EXCEEDED"
	recaptchaError   = "RECAPTCHA_ERROR"
	assetsError      = "ASSET_REPORT_ERROR"
	apiError         = "API_ERROR"
)

// errorAnchors are the sections of Plaid's error documentation.
var errorAnchors = map[string]string{
	invalidRequest:   "invalid-request-errors",
	invalidInput:     "invalid-input-errors",
	invalidResult:    "invalid-result-errors",
	itemError:        "item-errors",
	institutionError: "institution-errors",
	transactionError: "transactions-errors",
	transferError:    "transfer-errors",
	sandboxError:     "sandbox-errors",
	rateLimitError:   "rate-limit-exceeded-errors",
	recaptchaError:   "recaptcha-errors",
	assetsError:      "assets-errors",
	apiError:         "api-errors",
}

// errorTable has every code the simulator can answer, be it because a request
// is wrong, because a password asks for it (error_ITEM_LOCKED), or because a
// fault was injected.
var errorTable = map[string]errorKind{
	"INVALID_BODY": {kind: invalidRequest, message: "body could not be parsed as JSON"},
	"INVALID_HEADERS": {
		kind:    invalidRequest,
		message: "the Content-Type header is missing: set it to application/json",
	},
	"LAST_UPDATED_DATETIME_OUT_OF_RANGE": {kind: invalidResult, message: "requested datetime out of range"},
	"INVALID_FIELD":                      {kind: invalidRequest, message: "a field is invalid"},
	"MISSING_FIELDS":                     {kind: invalidRequest, message: "required fields are missing"},
	"UNKNOWN_FIELDS":                     {kind: invalidRequest, message: "fields are not recognized by this endpoint"},
	"INVALID_CONFIGURATION": {
		kind:    invalidRequest,
		message: "please ensure that the request body is formatted correctly",
	},
	"INCOMPATIBLE_API_VERSION": {kind: invalidRequest, message: "the requested API version is incompatible with this endpoint"},
	"SANDBOX_ONLY": {
		kind:    invalidRequest,
		message: "access to this route is only available in the sandbox environment at https://sandbox.plaid.com/",
	},
	"NOT_FOUND":           {kind: invalidRequest, message: "not found", status: http.StatusNotFound},
	"NO_LONGER_AVAILABLE": {kind: invalidRequest, message: "no longer available", status: http.StatusNotFound},

	"UNAUTHORIZED_ROUTE_ACCESS": {kind: invalidInput, message: "client is not authorized to access this route"},
	"UNAUTHORIZED_ENVIRONMENT": {
		kind:    invalidInput,
		message: "you are not authorized to create items in this api environment",
	},

	"INVALID_API_KEYS":     {kind: invalidInput, message: "invalid client_id or secret provided"},
	"INVALID_ACCESS_TOKEN": {kind: invalidInput, message: "could not find matching access token"},
	"INVALID_PUBLIC_TOKEN": {kind: invalidInput, message: "could not find matching public token"},
	"INVALID_LINK_TOKEN":   {kind: invalidInput, message: "invalid link_token provided"},
	"INVALID_ACCOUNT_ID":   {kind: invalidInput, message: "failed to find requested account ID for requested item"},
	"INVALID_INSTITUTION":  {kind: invalidInput, message: "invalid institution_id provided"},
	"INVALID_PRODUCT":      {kind: invalidInput, message: "client is not authorized to access the requested products"},
	"ADDITIONAL_CONSENT_REQUIRED": {
		kind:    invalidInput,
		message: "client does not have user consent to access the product",
	},
	"INVALID_LINK_CUSTOMIZATION": {kind: invalidInput, message: "requested link customization is not available"},
	"INVALID_PROCESSOR_TOKEN":    {kind: invalidInput, message: "could not find matching processor token"},
	"INVALID_USER_TOKEN":         {kind: invalidInput, message: "could not find matching user token"},
	"INVALID_USER_ID":            {kind: invalidInput, message: "could not find matching user"},
	"INVALID_WEBHOOK_VERIFICATION_KEY_ID": {
		kind:    invalidInput,
		message: "the provided webhook verification key ID is invalid",
	},
	"USER_PERMISSION_REVOKED": {
		kind:    itemError,
		message: "the holder of this account has revoked their permission for your application to access it",
	},

	"ITEM_LOGIN_REQUIRED": {
		kind: itemError,
		message: "the login details of this item have changed (credentials, MFA, or required user action) " +
			"and a user login is required to update this information. use Link's update mode to " +
			"restore the item to a good state",
	},
	"ITEM_NOT_FOUND": {
		kind: itemError,
		message: "The Item you requested cannot be found. This Item does not exist, has been previously " +
			"removed via /item/remove, or has had access removed by the user.",
	},
	"INVALID_CREDENTIALS": {
		kind:    itemError,
		message: "the provided credentials were not correct",
		display: "The credentials were not correct. Please try again.",
	},
	"INVALID_MFA": {
		kind:    itemError,
		message: "the provided MFA response(s) were not correct",
		display: "The answers were not correct. Please try again.",
	},
	"INVALID_SEND_METHOD": {
		kind:    itemError,
		message: "the selected MFA send method was invalid",
		display: "The way to receive the code was not valid. Please try again.",
	},
	"INVALID_UPDATED_USERNAME": {
		kind: itemError,
		message: "the username provided to /item/credentials/update does not match the original username " +
			"for the item",
		display: "The username is not the one this bank was linked with.",
	},
	"INSUFFICIENT_CREDENTIALS": {
		kind:    itemError,
		message: "insufficient authorization was granted to complete the request",
	},
	"ITEM_LOCKED": {
		kind:    itemError,
		message: "the account is locked",
		display: "The bank has locked this login. Unlock it on the bank's own website, then try again.",
	},
	"ITEM_NOT_SUPPORTED": {
		kind:    itemError,
		message: "this account is currently not supported",
		display: "This kind of account is not supported.",
	},
	"MFA_NOT_SUPPORTED": {
		kind:    itemError,
		message: "this account requires a MFA type that is not currently supported for the institution",
		display: "The way this login is protected is not supported.",
	},
	"NO_ACCOUNTS": {
		kind:    itemError,
		message: "no valid accounts were found for this item",
		display: "No accounts that can be linked were found for this login.",
	},
	"NO_AUTH_ACCOUNTS": {
		kind:    itemError,
		message: "There are no valid checking or savings account(s) associated with this Item",
	},
	"NO_INVESTMENT_ACCOUNTS": {
		kind:    itemError,
		message: "There are no valid investment account(s) associated with this Item",
	},
	"NO_LIABILITY_ACCOUNTS": {
		kind:    itemError,
		message: "There are no valid liability account(s) associated with this Item",
	},
	"PASSWORD_RESET_REQUIRED": {
		kind:    itemError,
		message: "the user must reset their password for this item",
		display: "The bank asks for a new password. Set one on the bank's own website, then try again.",
	},
	"USER_SETUP_REQUIRED": {
		kind: itemError,
		message: "the account has not been fully set up. prompt the user to visit the issuing " +
			"institution's site and finish the setup process",
		display: "This login is not fully set up. Finish that on the bank's own website, then try again.",
	},
	"USER_INPUT_TIMEOUT": {
		kind:    itemError,
		message: "user input timeout",
		display: "There was no answer in time. Please try again.",
	},
	"ACCESS_NOT_GRANTED": {kind: itemError, message: "access to this product was not granted for the account"},
	"PRODUCT_NOT_ENABLED": {
		kind: itemError,
		message: "a requested product was not enabled for the current access token. " +
			"please ensure it is included when calling Link and create a new Item",
	},
	"PRODUCT_NOT_READY": {
		kind:    itemError,
		message: "the requested product is not yet ready. please provide a webhook or try the request again later",
	},
	"PRODUCTS_NOT_SUPPORTED": {
		kind:    itemError,
		message: "the following products are not supported by this institution",
	},

	"INSTITUTION_DOWN": {
		kind:    institutionError,
		message: "this institution is not currently responding to this request. please try again soon",
		display: "The bank is down. Please try again later.",
	},
	"INSTITUTION_NOT_RESPONDING": {
		kind:    institutionError,
		message: "this institution is not currently responding to this request. please try again soon",
		display: "The bank does not answer. Please try again later.",
	},
	"INSTITUTION_NOT_AVAILABLE": {
		kind:    institutionError,
		message: "this institution is not currently available",
		display: "The bank is not available. Please try again later.",
	},
	"INSTITUTION_REGISTRATION_REQUIRED": {
		kind:    institutionError,
		message: "your application is not yet registered with the institution",
		display: "This bank cannot be linked with this app yet.",
	},
	"UNSUPPORTED_RESPONSE": {
		kind:    institutionError,
		message: "the data returned from the financial institution is not valid",
		display: "The bank answers in a way that is not supported.",
	},
	"INSTITUTION_NO_LONGER_SUPPORTED": {
		kind:    institutionError,
		message: "this institution is no longer supported",
		display: "This bank is no longer supported.",
	},

	"TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION": {
		kind: transactionError,
		message: "Underlying transaction data changed since last page was fetched. Please restart " +
			"pagination from last update.",
	},

	"RECAPTCHA_BAD": {
		kind:    recaptchaError,
		message: "the provided RECAPTCHA was incorrect. please try again",
		display: "The check that you are a person failed. Please try again.",
	},

	"TRANSFER_NETWORK_LIMIT_EXCEEDED": {kind: transferError, message: "transaction amount cannot exceed the limit of the network"},
	"TRANSFER_ACCOUNT_BLOCKED":        {kind: transferError, message: "transfer was blocked due to a previous ACH return on this account"},
	"TRANSFER_UNSUPPORTED_ACCOUNT_TYPE": {
		kind:    transferError,
		message: "transfer account type not supported",
	},
	"TRANSFER_FORBIDDEN_ACH_CLASS": {kind: transferError, message: "specified ach_class is forbidden"},
	"TRANSFER_ORIGINATOR_NOT_FOUND": {
		kind:    transferError,
		message: "the association between the sender and the originator client doesn't exist",
	},
	"SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID": {
		kind:    sandboxError,
		message: "The provided simulated event type is incompatible with the current transfer status",
	},

	"RATE_LIMIT":                    tooMany("rate limit exceeded for attempts to access this item. please try again later"),
	"ACCOUNTS_LIMIT":                tooMany("rate limit exceeded for attempts to access this item. please try again later"),
	"BALANCE_LIMIT":                 tooMany("rate limit exceeded for attempts to access this item. please try again later"),
	"ACCOUNTS_BALANCE_GET_LIMIT":    tooMany("rate limit exceeded for attempts to access \"accounts/balance/get\". please try again later"),
	"AUTH_LIMIT":                    tooMany("rate limit exceeded for attempts to access this item. please try again later"),
	"IDENTITY_LIMIT":                tooMany("rate limit exceeded for attempts to access this item. please try again later"),
	"INSTITUTIONS_GET_LIMIT":        tooMany("rate limit exceeded for attempts to access \"institutions/get\". please try again later"),
	"INSTITUTIONS_GET_BY_ID_LIMIT":  tooMany("rate limit exceeded for attempts to access \"institutions/get_by_id\". please try again later"),
	"INVESTMENT_HOLDINGS_GET_LIMIT": tooMany("rate limit exceeded for attempts to access this item. please try again later"),
	"INVESTMENT_TRANSACTIONS_LIMIT": tooMany("rate limit exceeded for attempts to access this item. please try again later"),
	"ITEM_GET_LIMIT":                tooMany("rate limit exceeded for attempts to access this item. please try again later"),
	"TRANSACTIONS_LIMIT":            tooMany("rate limit exceeded for attempts to access this item. please try again later"),
	"TRANSACTIONS_REFRESH_LIMIT":    tooMany("rate limit exceeded for attempts to access \"transactions/refresh\". please try again later"),
	"TRANSACTIONS_SYNC_LIMIT":       tooMany("rate limit exceeded for attempts to access \"transactions/sync\". please try again later"),
	"INSTITUTION_RATE_LIMIT":        tooMany("rate limit exceeded for attempts to access this institution. please try again later"),
	"CREDITS_EXHAUSTED":             tooMany("you have used up all of the credits available to you. contact Plaid to get more"),

	"INSUFFICIENT_TRANSACTION_DATA": {
		kind:    assetsError,
		message: "insufficient transaction data available to generate the report",
	},

	"SANDBOX_PRODUCT_NOT_ENABLED": {kind: sandboxError, message: "The product is not enabled on this item"},
	"SANDBOX_WEBHOOK_INVALID": {
		kind: sandboxError,
		message: "Webhook for this item is either not set up, or invalid. Please update the item's webhook " +
			"and try again.",
	},

	"INTERNAL_SERVER_ERROR": {
		kind:    apiError,
		message: "an unexpected error occurred",
		status:  http.StatusInternalServerError,
	},
	"PLAID_ERROR": {
		kind:    apiError,
		message: "an unexpected error occurred",
		status:  http.StatusInternalServerError,
	},
	"PLANNED_MAINTENANCE": {
		kind: apiError,
		message: "the Plaid API is temporarily unavailable due to planned maintenance. visit " +
			"https://status.plaid.com/ for more information",
		status: http.StatusServiceUnavailable,
	},
}

// tooMany is the kind of an error that says to ask less often.
func tooMany(message string) errorKind {
	return errorKind{kind: rateLimitError, message: message, status: http.StatusTooManyRequests}
}
