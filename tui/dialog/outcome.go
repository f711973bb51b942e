package dialog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"coffer/ledger"
	"coffer/tui/widget"
)

// Outcome is one line on how a sync of all banks went, "" when there is nothing to
// tell: nobody asked for it.
func Outcome(results []ledger.SyncResult, err error) string {
	failed := slices.DeleteFunc(slices.Clone(results), func(r ledger.SyncResult) bool { return r.Err == nil })
	switch sum := total(results); {
	case errors.Is(err, context.Canceled):
		return ""
	case err != nil:
		return "the banks were not asked: " + err.Error()
	case len(failed) == 0 && sum == (ledger.Applied{}):
		return ""
	case len(failed) == 0:
		return fmt.Sprintf("synced %s: %s", widget.Plural(len(results), "bank"), changes(sum))
	}
	worst := slices.MaxFunc(failed, func(x, y ledger.SyncResult) int { return cmp.Compare(weight(x), weight(y)) })
	return fmt.Sprintf("%s not synced: %s: %v", widget.Plural(len(failed), "bank"), worst.Item.Name, advice(trouble(worst), "press 4, then f"))
}

// weight puts what the user can mend over what mends itself.
func weight(r ledger.SyncResult) int {
	if r.Item.NeedsUser() {
		return 1
	}
	return 0
}
