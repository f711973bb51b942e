package plaidsvc

import (
	"context"
	"errors"
	"fmt"

	"coffer/ledger"
)

// A topic is something of an account that Plaid sells as a product of its own,
// and that a user may not have agreed to.
type topic struct {
	product string // as Link is asked for it, "" if it need not be agreed to
	thing   string // for people
}

var (
	numbers  = topic{"auth", "account numbers"}
	owners   = topic{"identity", "who its accounts belong to"}
	balances = topic{"", "balances in real time"}
	news     = topic{"", "new transactions on demand"}
)

// withheld is what a failure to hear of a topic means. A refusal of that topic
// alone is put into words, and is no fault of the Item's: its transactions come
// as before. Whatever else failed is treated as everywhere, see [Service.fail].
func (s *Service) withheld(ctx context.Context, item *ledger.Item, what topic, cause error) error {
	if told := what.refused(item.ID, cause); told != nil {
		return told
	}
	return s.fail(ctx, item, cause)
}

// refused puts a refusal of the topic alone into words. It is nil for any other
// failure.
func (t topic) refused(item ledger.ItemID, cause error) error {
	var failed *APIError
	if !errors.As(cause, &failed) {
		return nil
	}
	note, kind := t.refusal(item, failed.Code)
	if note == "" {
		return nil
	}
	told := *failed
	told.meaning, told.note, told.withheld = meaning{kind: kind}, note, true
	return &told
}

// refusal says what one of Plaid's codes means for a topic and what to do, "" if
// it is not about the topic, and the sentinel to act on, nil if only the text helps.
// Source: https://plaid.com/docs/errors/invalid-input/ and .../item/.
func (t topic) refusal(item ledger.ItemID, code string) (note string, kind error) {
	switch code {
	case "ADDITIONAL_CONSENT_REQUIRED", codeNotGranted:
		if t.product == "" {
			break
		}
		return fmt.Sprintf("%s; allow it with coffer items repair %s --allow %s", t.thing, item, t.product), &ledger.NotAllowedError{Product: t.product}
	case codeNotSupported:
		return fmt.Sprintf("the bank does not tell %s through Plaid; they stand on its own site", t.thing), nil
	case codeNotEnabled, "INVALID_PRODUCT", "UNAUTHORIZED_ROUTE_ACCESS":
		return fmt.Sprintf("your Plaid keys may not ask for %s; ask Plaid for that at https://dashboard.plaid.com", t.thing), nil
	case codeNoNumbers, "NO_DEPOSITORY_ACCOUNTS", "no-depository-accounts":
		return "it has no account numbers: banks tell those of checking, savings and cash management accounts", nil
	case codeNotReady:
		return fmt.Sprintf("the bank is still preparing %s; try again in a few minutes", t.thing), nil
	case "INVALID_ACCOUNT_ID":
		return "the bank does not share this account any more; run coffer sync", nil
	case "LAST_UPDATED_DATETIME_OUT_OF_RANGE":
		return "the bank has not told a balance lately; that of the last sync stays", nil
	}
	return "", nil
}
