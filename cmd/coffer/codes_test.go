package main

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
)

// A codeCase is what becomes of a sync that Plaid refuses with a code.
type codeCase struct {
	exit   int
	status string // of sync --json, and of items --json if kept
	kept   bool   // else the bank is as it was once the sync is over
	says   string // on standard error, of a person's words
	action string // in both documents
}

// What several codes come to.
var (
	signIn       = codeCase{exitAttention, "login_required", true, "run coffer items repair", "sign in again: coffer items repair"}
	linkAgain    = codeCase{exitAttention, "revoked", true, "link it again", "link the bank again: coffer link"}
	bankIsDown   = codeCase{exitAttention, "unavailable", true, "the bank cannot be reached at the moment; try again in a few hours", "wait; the bank"}
	bankIsGone   = codeCase{exitAttention, "unavailable", true, "Plaid cannot read this bank any more; what is here stays", "Plaid cannot read this bank any more"}
	wrongKeys    = codeCase{exitFailure, "unavailable", false, "run coffer setup", "check Plaid's keys: coffer setup"}
	tryLater     = codeCase{exitOffline, "unavailable", false, "try again", "try again later: coffer sync"}
	refused      = codeCase{exitAttention, "unavailable", true, "", "try again: coffer sync; if it stays so, coffer items repair"}
	notYet       = codeCase{exitAttention, "syncing", false, "the bank is still preparing its transactions; sync again in a minute", ""}
	codesOfPlaid = map[string]codeCase{
		"ITEM_LOGIN_REQUIRED": signIn, "INVALID_CREDENTIALS": signIn, "INVALID_MFA": signIn, "ITEM_LOCKED": signIn,
		"USER_SETUP_REQUIRED": signIn, "PASSWORD_RESET_REQUIRED": signIn, "INSUFFICIENT_CREDENTIALS": signIn,
		"USER_INPUT_TIMEOUT": signIn, "NO_ACCOUNTS": signIn, "ACCESS_NOT_GRANTED": signIn,

		"USER_PERMISSION_REVOKED": linkAgain, "ITEM_NOT_FOUND": linkAgain, "INVALID_ACCESS_TOKEN": linkAgain,

		"INSTITUTION_DOWN": bankIsDown, "INSTITUTION_NOT_RESPONDING": bankIsDown, "INSTITUTION_NOT_AVAILABLE": bankIsDown,

		"INSTITUTION_NO_LONGER_SUPPORTED": bankIsGone, "UNSUPPORTED_RESPONSE": bankIsGone,
		"ITEM_NOT_SUPPORTED": bankIsGone, "MFA_NOT_SUPPORTED": bankIsGone,

		"INVALID_API_KEYS": wrongKeys, "UNAUTHORIZED_ENVIRONMENT": wrongKeys,

		"INTERNAL_SERVER_ERROR": tryLater, "PLANNED_MAINTENANCE": tryLater,
		"RATE_LIMIT": tryLater, "TRANSACTIONS_SYNC_LIMIT": tryLater, "INSTITUTION_RATE_LIMIT": tryLater,

		"INVALID_UPDATED_USERNAME": refused, "ADDITIONAL_CONSENT_REQUIRED": refused, "PRODUCT_NOT_ENABLED": refused,
		"INVALID_BODY": refused, "MISSING_FIELDS": refused, "UNKNOWN_FIELDS": refused, "INVALID_PRODUCT": refused,

		"PRODUCT_NOT_READY":                            notYet,
		"TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION": notYet,
	}
)

// slowCodes are asked about again, or waited for, by the program itself.
var slowCodes = []string{"INTERNAL_SERVER_ERROR", "INSTITUTION_RATE_LIMIT", "PRODUCT_NOT_READY", "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"}

// TestEveryCodeOfPlaidSaysWhatToDo walks the codes from the simulator to what a
// person reads, what a program reads, and the exit code. Afterwards the bank is well
// by itself, as soon as Plaid answers.
func TestEveryCodeOfPlaidSaysWhatToDo(t *testing.T) {
	t.Parallel()
	ordeal.Alone(t)
	shared := newCodeWorld(t)
	for code, want := range codesOfPlaid {
		t.Run(code, func(t *testing.T) {
			w, calls := shared, 1
			if slices.Contains(slowCodes, code) {
				t.Parallel()
				w, calls = newCodeWorld(t), -1
			}
			w.plaid.Inject(plaidsim.Fault{Endpoint: "/transactions/sync", Code: code, Call: 1, Times: calls})
			w.check(t, code, want)
			if calls > 0 && want.kept {
				w.isWell(t)
			}
		})
	}
}

// A codeWorld is a linkWorld with a bank, and its simulator at hand.
type codeWorld struct {
	*linkWorld
	plaid *plaidsim.Server
}

func newCodeWorld(t *testing.T) codeWorld {
	t.Helper()
	today := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	plaid := plaidsim.New(plaidsim.Options{Seed: 1, Years: 1, Settled: true, Clock: func() time.Time { return today }})
	server := httptest.NewServer(plaid)
	t.Cleanup(server.Close)
	w := codeWorld{linkWorldAt(t, server.URL), plaid}
	if out, err := w.command(t.Context(), "link", "--sandbox", "ins_109508").CombinedOutput(); err != nil {
		t.Fatalf("link: %v\n%s", err, out)
	}
	return w
}

// check syncs, and holds against want what comes of it.
func (w codeWorld) check(t *testing.T, code string, want codeCase) {
	t.Helper()
	exit, out, says := w.run(t, "sync", "--json")
	if exit != want.exit {
		t.Errorf("sync exits %d, want %d: %s", exit, want.exit, says)
	}
	if !strings.Contains(says, "First Platypus Bank: ") || !strings.Contains(says, want.says) {
		t.Errorf("sync says %q, want the bank and %q", says, want.says)
	}
	var sync struct {
		Items []struct {
			Status string
			Error  struct{ Code, Action string }
		}
	}
	must(t, json.Unmarshal(out, &sync))
	if got := sync.Items[0]; got.Status != want.status || got.Error.Code != code || !strings.Contains(got.Error.Action, want.action) {
		t.Errorf("sync tells %+v, want %q, %q, %q", got, want.status, code, want.action)
	}
	state, do := "ok", ""
	if want.kept {
		state, do = want.status, want.action
	}
	item, _ := w.onlyItem(t)
	if got := action(item); string(item.State) != state || !strings.Contains(got, do) || do == "" && got != "" {
		t.Errorf("the bank is kept as %q, to do %q, want %q, %q", item.State, got, state, do)
	}
}

// isWell syncs, and wants the bank to be as if nothing had been.
func (w codeWorld) isWell(t *testing.T) {
	t.Helper()
	if exit, _, says := w.run(t, "sync"); exit != exitOK {
		t.Errorf("the next sync exits %d: %s", exit, says)
	}
	if item, _ := w.onlyItem(t); item.State != ledger.ItemOK || item.Code != "" {
		t.Errorf("after it the bank is %q, %q", item.State, item.Code)
	}
}

// run runs a command to its end.
func (w codeWorld) run(t *testing.T, args ...string) (exit int, out []byte, says string) {
	t.Helper()
	cmd := w.command(t.Context(), args...)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out, errs.String()
}
