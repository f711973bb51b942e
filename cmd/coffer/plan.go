package main

import (
	"context"
	"fmt"

	"coffer/internal/config"
	"coffer/plaidsvc"
	"coffer/storage"
	"coffer/tui/widget"
)

// trialBanks is how many banks a Trial plan of Plaid's links, ever.
const trialBanks = 10

// slots says how much of a Trial plan is used, "" where the keys are not known to be of
// one. That they are, only their owner can say; and the sandbox has no limit.
func (a *app) slots(ctx context.Context, v *storage.Vault) (string, error) {
	if a.config.Plan != config.PlanTrial {
		return "", nil
	}
	cred, _, err := v.Credentials(ctx)
	if err != nil {
		return "", err
	}
	environment := a.override(cred).Environment
	if environment == plaidsvc.Sandbox {
		return "", nil
	}
	n, err := v.Linked(ctx, environment)
	if err != nil {
		return "", err
	}
	return slotsUsed(n), nil
}

// slotsUsed says it of a number of banks.
func slotsUsed(n int) string {
	used := fmt.Sprintf("Trial plan: %d of %s used, as far as this vault knows, with those that were removed; ", n, widget.Plural(trialBanks, "bank"))
	if n >= trialBanks {
		return used + "Plaid is likely to refuse another"
	}
	return used + fmt.Sprintf("%d left", trialBanks-n)
}

// tellSlots tells it on standard error.
func (a *app) tellSlots(ctx context.Context, v *storage.Vault) error {
	text, err := a.slots(ctx, v)
	if err == nil && text != "" {
		fmt.Fprintln(a.err, text)
	}
	return err
}
