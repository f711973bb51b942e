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
	"coffer/storage"
	"coffer/tui/accounts"
	"coffer/tui/screen"
	"coffer/tui/tuitest"
)

// A codeCase is what becomes of a sync that Plaid refuses with a code.
type codeCase struct {
	exit   int
	status string // of sync --json, and of items --json if kept
	kept   bool   // else the bank is as it was once the sync is over
	says   string // on standard error, of a person's words
	action string // in both documents
	screen string // on the screen of accounts
}

// keysFirst comes before a new link, which is billed, where wrong keys may be all.
const keysFirst = "check the keys and PLAID_ENV first: coffer setup"

// What several codes come to.
var (
	signIn     = codeCase{exitAttention, "login_required", true, "run coffer items repair", "sign in again: coffer items repair", "press f to sign in again"}
	choose     = codeCase{exitAttention, "login_required", true, " --accounts", " --accounts", "press f to sign in again"}
	linkAgain  = codeCase{exitAttention, "revoked", true, "link it again", "link the bank again: coffer link", "press l to link it again; what is here stays"}
	otherKeys  = codeCase{exitAttention, "revoked", true, keysFirst + "; else link it again", keysFirst + "; else link the bank again: coffer link", "check the keys first (coffer setup), else press l to link"}
	otherUser  = codeCase{exitAttention, "revoked", true, "username is not the one", "another user name was given", "press l to link it again; what is here stays"}
	bankIsDown = codeCase{exitAttention, "unavailable", true, "the bank cannot be reached at the moment; try again in a few hours", "wait; the bank", "what is here stays"}
	bankIsGone = codeCase{exitAttention, "unavailable", true, "Plaid cannot read this bank any more; what is here stays", "Plaid cannot read this bank any more", "given up by Plaid"}
	lacksRows  = codeCase{exitAttention, "unavailable", true, "not supported", "Plaid cannot read this bank any more", "given up by Plaid"}
	wrongKeys  = codeCase{exitFailure, "unavailable", false, "run coffer setup", "check Plaid's keys: coffer setup", ""}
	usedUp     = codeCase{exitAttention, "unavailable", false, "used up all", "dashboard.plaid.com", ""}
	tryLater   = codeCase{exitOffline, "unavailable", false, "try again", "try again later: coffer sync", ""}
	refused    = codeCase{exitAttention, "unavailable", true, "Plaid refused the request", "try again: coffer sync; if it stays so, coffer items repair", "what is here stays"}
	notAllowed = codeCase{exitAttention, "unavailable", true, "does not have user consent", "--allow transactions", "press f to allow it"}
	notYet     = codeCase{exitAttention, "syncing", false, "the bank is still preparing its transactions; sync again in a minute", "", ""}
)

// codesOfPlaid are those that https://plaid.com/docs/errors/ has for a linked bank, for
// what a request is made of, and for who may ask.
var codesOfPlaid = withCodes(map[string]codeCase{
	"INVALID_UPDATED_USERNAME": otherUser, "NO_ACCOUNTS": choose,
	"PRODUCTS_NOT_SUPPORTED": lacksRows, "ADDITIONAL_CONSENT_REQUIRED": notAllowed, "CREDITS_EXHAUSTED": usedUp,
}, map[codeCase]string{
	signIn: `ITEM_LOGIN_REQUIRED INVALID_CREDENTIALS INVALID_MFA ITEM_LOCKED USER_SETUP_REQUIRED PASSWORD_RESET_REQUIRED
		INSUFFICIENT_CREDENTIALS USER_INPUT_TIMEOUT ACCESS_NOT_GRANTED`,
	linkAgain:  `USER_PERMISSION_REVOKED ITEM_NOT_FOUND`,
	otherKeys:  `INVALID_ACCESS_TOKEN`,
	bankIsDown: `INSTITUTION_DOWN INSTITUTION_NOT_RESPONDING INSTITUTION_NOT_AVAILABLE`,
	bankIsGone: `INSTITUTION_NO_LONGER_SUPPORTED UNSUPPORTED_RESPONSE ITEM_NOT_SUPPORTED MFA_NOT_SUPPORTED`,
	wrongKeys:  `INVALID_API_KEYS UNAUTHORIZED_ENVIRONMENT`,
	tryLater:   `INTERNAL_SERVER_ERROR PLANNED_MAINTENANCE RATE_LIMIT TRANSACTIONS_SYNC_LIMIT ACCOUNTS_LIMIT INSTITUTION_RATE_LIMIT`,
	notYet:     `PRODUCT_NOT_READY TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION`,
	refused: `INVALID_BODY INVALID_HEADERS MISSING_FIELDS INVALID_FIELD UNKNOWN_FIELDS INVALID_CONFIGURATION INCOMPATIBLE_API_VERSION
		SANDBOX_ONLY NOT_FOUND NO_LONGER_AVAILABLE INVALID_PUBLIC_TOKEN INVALID_LINK_TOKEN INVALID_ACCOUNT_ID INVALID_INSTITUTION
		INVALID_PRODUCT INVALID_LINK_CUSTOMIZATION INVALID_WEBHOOK_VERIFICATION_KEY_ID INVALID_PROCESSOR_TOKEN INVALID_USER_TOKEN
		INVALID_USER_ID UNAUTHORIZED_ROUTE_ACCESS PRODUCT_NOT_ENABLED NO_AUTH_ACCOUNTS NO_INVESTMENT_ACCOUNTS NO_LIABILITY_ACCOUNTS`,
})

// withCodes adds what is alike for several codes.
func withCodes(cases map[string]codeCase, alike map[codeCase]string) map[string]codeCase {
	for want, codes := range alike {
		for _, code := range strings.Fields(codes) {
			cases[code] = want
		}
	}
	return cases
}

// slowCodes are asked about again, or waited for, by the program itself.
var slowCodes = []string{"INTERNAL_SERVER_ERROR", "INSTITUTION_RATE_LIMIT", "PRODUCT_NOT_READY", "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"}

// TestEveryCodeOfPlaidSaysWhatToDo walks the codes from the simulator to what a
// person reads, there and on the screen, what a program reads, and the exit code.
// Afterwards the bank is well by itself, as soon as Plaid answers.
func TestEveryCodeOfPlaidSaysWhatToDo(t *testing.T) {
	t.Parallel()
	ordeal.Alone(t)
	shared := newCodeWorld(t)
	mended := make(map[codeCase]bool)
	for code, want := range codesOfPlaid {
		t.Run(code, func(t *testing.T) {
			w, calls := shared, 1
			switch {
			case slices.Contains(slowCodes, code):
				t.Parallel()
				w, calls = newCodeWorld(t), -1
			case code == "INVALID_FIELD": // once is a cursor that is of no use
				calls = 2
			}
			w.plaid.Inject(plaidsim.Fault{Endpoint: "/transactions/sync", Code: code, Call: 1, Times: calls})
			w.check(t, code, want)
			if calls > 0 && want.kept && !mended[want] {
				mended[want] = true
				w.isWell(t)
			}
		})
	}
}

// A codeWorld is a linkWorld with a bank, its simulator at hand, and its vault open.
type codeWorld struct {
	*linkWorld
	plaid *plaidsim.Server
	vault *storage.Vault
}

func newCodeWorld(t *testing.T) codeWorld {
	t.Helper()
	today := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	plaid := plaidsim.New(plaidsim.Options{Seed: 1, Years: 1, Settled: true, Clock: func() time.Time { return today }})
	server := httptest.NewServer(plaid)
	t.Cleanup(server.Close)
	w := codeWorld{linkWorld: linkWorldAt(t, server.URL), plaid: plaid}
	w.vault = w.openVault(t)
	if out, err := w.command(t.Context(), "link", "--sandbox", "ins_109508").CombinedOutput(); err != nil {
		t.Fatalf("link: %v\n%s", err, out)
	}
	return w
}

// check syncs, and holds against want what comes of it.
func (w codeWorld) check(t *testing.T, code string, want codeCase) {
	t.Helper()
	before, _ := w.drawn(t)
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
	status := want.status
	if !want.kept && before.State != ledger.ItemOK { // what is known of it stays in sight
		status = string(before.State)
	}
	if got := sync.Items[0]; got.Status != status || got.Error.Code != code || !strings.Contains(got.Error.Action, want.action) {
		t.Errorf("sync tells %+v, want %q, %q, %q", got, status, code, want.action)
	}
	item, shown := w.drawn(t)
	if !want.kept {
		if item != before {
			t.Errorf("the bank is kept as %+v, was %+v", item, before)
		}
		return
	}
	if got := action(item); string(item.State) != want.status || item.Code != code || !strings.Contains(got, want.action) {
		t.Errorf("the bank is kept as %q for %q, to do %q, want %q, %q", item.State, item.Code, got, want.status, want.action)
	}
	if !strings.Contains(shown, want.screen) {
		t.Errorf("the screen lacks %q:\n%s", want.screen, shown)
	}
}

// drawn is the one bank as the vault has it, and the screen of its accounts.
func (w codeWorld) drawn(t *testing.T) (ledger.Item, string) {
	t.Helper()
	book, err := w.vault.Book(t.Context())
	must(t, err)
	s := accounts.New(tuitest.Plain(), tuitest.NewClock(time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)))
	s.SetSize(120, 40)
	s.Update(screen.BookMsg{Book: book})
	return book.Items()[0], s.View()
}

// isWell syncs, and wants the bank to be as if nothing had been.
func (w codeWorld) isWell(t *testing.T) {
	t.Helper()
	if exit, _, says := w.run(t, "sync"); exit != exitOK {
		t.Errorf("the next sync exits %d: %s", exit, says)
	}
	if item, _ := w.drawn(t); item.State != ledger.ItemOK || item.Code != "" {
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
