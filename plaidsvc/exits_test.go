package plaidsvc_test

import (
	"errors"
	"strings"
	"testing"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

func TestUserLeavesLink(t *testing.T) {
	for code, want := range map[string]string{
		"":                    "linking was cancelled; nothing was kept",
		"INVALID_CREDENTIALS": "linking was cancelled; nothing was kept: the bank did not take the user name or password (INVALID_CREDENTIALS)",
		"SOMETHING_NEW":       "linking was cancelled; nothing was kept (SOMETHING_NEW)",
	} {
		s, p := linking(t, plaidsim.Options{})
		p.leave = code
		item, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, nil)
		if !errors.Is(err, ledger.ErrLinkCancelled) || err.Error() != want || item.ID != "" || s.vault.writes > 0 {
			t.Errorf("code %q: %q, item %q, %d writes; want %q", code, err, item.ID, s.vault.writes, want)
		}
	}
}

// What means to sign in again for a bank that is linked, means for one that is
// not that it let nobody in.
func TestRefusedSignInWhileLinking(t *testing.T) {
	w, s := scripted(t)
	s.on("/link/token/create", answer(200, `{"link_token":"link-sandbox-1","expiration":"2026-03-15T14:00:00Z"}`))
	for code, want := range map[string]string{
		"INVALID_CREDENTIALS": "the bank did not take the user name or password",
		"INVALID_MFA":         "the bank did not take the code",
		"ITEM_LOCKED":         "the bank has locked the account; unlock it at the bank first",
		"ITEM_LOGIN_REQUIRED": "the bank did not let you in",
	} {
		s.on("/sandbox/public_token/create", plaidError(400, "ITEM_ERROR", code))
		item, err := w.LinkSandbox(t.Context(), sandboxLink("ins_1"), nil)
		want = `link "ins_1": ` + want + " (" + code + ", /sandbox/public_token/create, request req-" + strings.ToLower(code) + ")"
		if err == nil || err.Error() != want || item.ID != "" || errors.Is(err, ledger.ErrLoginRequired) {
			t.Errorf("%s:\ngot  %v\nwant %s", code, err, want)
		}
	}
	s.on("/sandbox/public_token/create", plaidError(400, "INSTITUTION_ERROR", "INSTITUTION_DOWN"))
	if _, err := w.LinkSandbox(t.Context(), sandboxLink("ins_1"), nil); !errors.Is(err, ledger.ErrBankUnavailable) {
		t.Errorf("a bank that is down: %v", err)
	}
}

func TestSandboxUserAndPassword(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	link := sandboxLink(platypus)
	link.User, link.Password = "user_good", secret.New("wrong")
	_, err := s.LinkSandbox(t.Context(), link, nil)
	var failed *plaidsvc.APIError
	if !errors.As(err, &failed) || failed.Code != "INVALID_CREDENTIALS" || len(s.vault.items) > 0 {
		t.Errorf("wrong password: %v with %d banks", err, len(s.vault.items))
	}
}
