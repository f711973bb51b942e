package main

import (
	"errors"
	"strings"
	"testing"

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
