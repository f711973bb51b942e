package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
)

func TestFindAccount(t *testing.T) {
	account := func(id, name, mask, bank string) banked {
		return banked{ledger.Account{ID: ledger.AccountID(id), Name: name, Mask: mask, OfficialName: "Official " + id}, bank}
	}
	all := []banked{
		account("Aa1", "Checking", "0000", "First Bank"),
		account("aA1", "Total Checking", "1111", "Chase"),
		account("b", "Savings 0000", "2222", "First Bank"),
		account("c", "Joint", "", "First Bank"),
		account("d", "1111", "9999", "Chase"),
		account("e", "Card", "5555", "Chase"),
		account("f", "Card", "5555", "Chase"),
	}
	for text, want := range map[string]string{
		"Aa1": "Aa1", "aA1": "aA1", // ids are case sensitive
		"0000": "Aa1", "1111": "aA1", // digits before words
		"checking": "Aa1", " CHECKING ": "Aa1", // a whole name before a part of one
		"chase check": "aA1", "tot": "aA1", "savings": "b", "joint": "c", "official joint": "c", "first savings": "b",
		"first": "?", "card": "?", "5555": "?", "official": "?",
		"nobody": "!", "checking nobody": "!", "": "?", "  ": "?",
	} {
		got, err := findAccount(all, text)
		switch {
		case want == "?" && !errors.Is(err, errUsage), want == "!" && (err == nil || errors.Is(err, errUsage)):
			t.Errorf("%q: %+v, %v", text, got, err)
		case len(want) > 0 && !strings.Contains("?!", want) && (err != nil || string(got.ID) != want):
			t.Errorf("%q is %q, %v; want %q", text, got.ID, err, want)
		}
	}
	_, err := findAccount(all, "card")
	if text := err.Error(); !strings.Contains(text, "\n  e  Chase, Card ··5555") || !strings.Contains(text, "\n  f  Chase, Card ··5555") {
		t.Errorf("the candidates are not listed: %s", text)
	}
}

// TestFindEndedAccount names accounts that are listed, but not shared any more.
func TestFindEndedAccount(t *testing.T) {
	account := func(id, name string, ended time.Time) banked {
		return banked{ledger.Account{ID: ledger.AccountID(id), Item: "item-1", Name: name, Mask: "0000", Ended: ended}, "First Bank"}
	}
	then := time.Date(2026, 3, 15, 9, 0, 0, 0, time.UTC)
	old, savings := account("old", "Checking", then), account("s", "Savings", then)
	all := []banked{old, savings, account("new", "Checking", time.Time{})}
	if got, err := findAccount(all, "checking"); err != nil || got.ID != "new" {
		t.Errorf("the shared one of two is %q, %v", got.ID, err)
	}
	for text, want := range map[string]string{"savings": "First Bank, Savings ··0000", "old": "First Bank, Checking ··0000"} {
		_, err := findAccount(all, text)
		if err == nil || errors.Is(err, errUsage) ||
			err.Error() != want+" is not shared any more; coffer items repair item-1 --accounts can share it again" {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := findAccount(all, "nobody"); err == nil || !strings.HasPrefix(err.Error(), "there is no account") {
		t.Errorf("an account that never was: %v", err)
	}
}
