package plaidsim

import (
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

type fireWebhookRequest struct {
	itemRequest
	Type string `json:"webhook_type"`
	Code string `json:"webhook_code" plaid:"required"`
}

// sandboxFireWebhook fires a webhook although nothing has happened. Nothing
// happens to the Item either: one that is told to be repaired stays broken.
func sandboxFireWebhook(c *call, r *fireWebhookRequest) (answer, *plaidError) {
	it, err := c.item(r.AccessToken)
	if err != nil {
		return nil, err
	}
	f, err := findFiring(r.Type, r.Code)
	switch {
	case err != nil:
		return nil, err
	case f.product != "" && !slices.Contains(it.products, f.product):
		return nil, fail("SANDBOX_PRODUCT_NOT_ENABLED").saying("The %s product is not enabled on this item", f.product)
	case it.webhook == "":
		return nil, fail("SANDBOX_WEBHOOK_INVALID")
	}
	var d details
	if f.details != nil {
		d = f.details(it, c.now)
	}
	if f.kind == "ASSETS" { // a report is of several Items, its webhooks are about none
		c.tell(it.webhook, c.now, f.kind, f.code, d)
	} else {
		c.notify(it, c.now, f.kind, f.code, d)
	}
	return &struct {
		Fired bool `json:"webhook_fired"`
		answered
	}{Fired: true}, nil
}

// A firing is a webhook that can be fired at will.
type firing struct {
	kind, code string
	product    string // which the Item must have; "" is none
	details    func(*item, time.Time) details
}

// findFiring finds what is asked for. Without a type it is the first of the
// code, which for DEFAULT_UPDATE is that of transactions and for ERROR that of
// assets, as Plaid describes it. How Plaid refuses a code that does not go with
// the type is not documented; it is answered as a wrong value.
func findFiring(kind, code string) (firing, *plaidError) {
	known := false
	for _, f := range firings {
		if f.code == code && (kind == "" || f.kind == kind) {
			return f, nil
		}
		known = known || f.code == code
	}
	if known {
		return firing{}, fail("INVALID_FIELD").saying("webhook_type must be one that has the webhook_code %s", code)
	}
	return firing{}, fail("INVALID_FIELD").saying("webhook_code must be a webhook code that can be fired")
}

// firings are all that Plaid lists. AUTHORIZATION_GRANTED is in its document
// only by name; it is sent as an ITEM webhook without details.
var firings = []firing{
	{"TRANSACTIONS", "DEFAULT_UPDATE", "transactions", func(*item, time.Time) details {
		return details{"new_transactions": 0}
	}},
	{"TRANSACTIONS", "SYNC_UPDATES_AVAILABLE", "transactions", (*item).progress},
	{"TRANSACTIONS", "RECURRING_TRANSACTIONS_UPDATE", "transactions", func(it *item, _ time.Time) details {
		return details{"account_ids": it.ids(func(a account) bool { return it.sees()(a.ID) })}
	}},
	{"AUTH", "DEFAULT_UPDATE", "auth", func(it *item, _ time.Time) details {
		return authUpdate(nil, each(it.ids(it.hasNumbers), "ACCOUNT_NUMBER"))
	}},
	{"AUTH", "SMS_MICRODEPOSITS_VERIFICATION", "auth", func(it *item, _ time.Time) details {
		return details{"account_id": it.firstAccount(), "status": "MANUALLY_VERIFIED"}
	}},
	{"IDENTITY", "DEFAULT_UPDATE", "identity", func(it *item, _ time.Time) details {
		all := it.ids(func(account) bool { return true })
		return details{"account_ids_with_updated_identity": each(all, "PHONES"), "error": nil}
	}},
	{"LIABILITIES", "DEFAULT_UPDATE", "liabilities", func(it *item, _ time.Time) details {
		return liabilitiesUpdate(nil, each(it.ids(account.hasTerms), "last_payment_amount", "last_payment_date"))
	}},
	{"HOLDINGS", "DEFAULT_UPDATE", "investments", func(*item, time.Time) details {
		return details{"new_holdings": 0, "updated_holdings": 0, "error": nil}
	}},
	{"INVESTMENTS_TRANSACTIONS", "DEFAULT_UPDATE", "investments", func(*item, time.Time) details {
		return details{"new_investments_transactions": 0, "canceled_investments_transactions": 0, "error": nil}
	}},
	{"ITEM", "NEW_ACCOUNTS_AVAILABLE", "", nil},
	{"ITEM", "LOGIN_REPAIRED", "", nil},
	{"ITEM", "PENDING_DISCONNECT", "", func(_ *item, now time.Time) details {
		return details{"reason": institutionMigration, "disconnect_time": instant(now.Add(noticeOfExpiry))}
	}},
	{"ITEM", "USER_PERMISSION_REVOKED", "", func(*item, time.Time) details {
		return details{"error": fail(revoked)}
	}},
	{"ITEM", "USER_ACCOUNT_REVOKED", "", func(it *item, _ time.Time) details {
		return details{"account_id": it.firstAccount()}
	}},
	{"ITEM", "AUTHORIZATION_GRANTED", "", nil},
	{"ASSETS", "PRODUCT_READY", "assets", func(it *item, _ time.Time) details {
		return details{"asset_report_id": it.scoped("asset report", "fired"), "report_type": "FULL"}
	}},
	{"ASSETS", "ERROR", "assets", func(it *item, _ time.Time) details {
		return details{"asset_report_id": it.scoped("asset report", "fired"), "error": fail("INSUFFICIENT_TRANSACTION_DATA")}
	}},
	{"ITEM", "ERROR", "", func(*item, time.Time) details {
		return details{"error": fail(loginRequired)}
	}},
}

// firstAccount is the id of an account, "" where the bank has closed all.
func (it *item) firstAccount() string {
	if len(it.accounts) == 0 {
		return ""
	}
	return it.accounts[0].id
}

func (it *item) hasNumbers(a account) bool { return it.numbers(a) != (bank.Numbers{}) }

// each says the same of every account.
func each(ids []string, changed ...string) map[string][]string {
	all := make(map[string][]string)
	for _, id := range ids {
		all[id] = changed
	}
	return all
}
