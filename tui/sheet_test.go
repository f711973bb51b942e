package tui_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/tuitest"
)

// banksIn changes the family's first bank, and leaves the others as they are.
func banksIn(change func(*ledger.Item)) *ledger.Book {
	items, accounts := familyBanks()
	change(&items[0])
	return family().WithBanks(items, accounts)
}

// lone is a ledger of one bank, without accounts.
func lone(change func(*ledger.Item)) *ledger.Book {
	items, _ := familyBanks()
	change(&items[0])
	return ledger.NewBuilder().Build(items[:1], nil, nil)
}

func TestBankSheet(t *testing.T) {
	items, accounts := familyBanks()
	accounts[1].Ended = noon().Add(-240 * time.Hour)
	for _, tt := range []struct {
		name   string
		book   *ledger.Book
		keys   []string
		line   string // that the cursor is moved to
		billed bool
	}{
		{"well", family(), []string{"4", "m"}, "", true},
		{"for nothing", family(), []string{"4", "m"}, "balance now", false},
		{"sign in", family(), []string{"4", "down", "down", "m"}, "ask the bank now", true},
		{"debts", family(), []string{"4", "end", "m", "up", "d", "esc", "m"}, "holdings and terms", true},
		{"ended", family().WithBanks(items, accounts), []string{"4", "down", "m"}, "balance now", true},
		{"wants leave", banksIn(func(i *ledger.Item) {
			i.State, i.Code, i.Since = ledger.ItemUnavailable, "ADDITIONAL_CONSENT_REQUIRED", noon().Add(-48*time.Hour)
		}), []string{"4", "m"}, "", true},
		{"read up", banksIn(func(i *ledger.Item) {
			i.LinkedAt, i.Billed, i.Consented = noon().Add(-400*24*time.Hour), "transactions", "investments liabilities transactions"
		}), []string{"4", "m", "down", "up", "up"}, "", true},
		{"no account", lone(func(i *ledger.Item) {
			i.LinkedAt, i.ConsentExpires = noon().Add(-400*24*time.Hour), noon().Add(90*24*time.Hour)
		}), []string{"4", "m"}, "", true},
		{"taken back", lone(func(i *ledger.Item) {
			i.State, i.Code, i.Since = ledger.ItemRevoked, "USER_PERMISSION_REVOKED", noon().Add(-48*time.Hour)
		}), []string{"4", "m"}, "", true},
		{"given up", banksIn(func(i *ledger.Item) {
			i.State, i.Code = ledger.ItemUnavailable, "INSTITUTION_NO_LONGER_SUPPORTED"
		}), []string{"4", "m", "down"}, "", true},
	} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				o, clock, vault := options(tt.book, fakeBanks{})
				o.Billed = tt.billed
				w := world{tuitest.New(t, tui.New(t.Context(), o), size[0], size[1]), clock, vault}
				w.Press(tt.keys...)
				if tt.line != "" && size[1] > 5 {
					w.reach(tt.line)
				}
				w.Golden()
			})
		}
	}
}

// reach moves the cursor of a sheet down to a line.
func (w world) reach(line string) {
	for range 40 {
		if regexp.MustCompile("│ +▌ . +" + line).MatchString(w.Screen()) {
			return
		}
		w.Press("down")
	}
	panic("no line says " + line)
}

// What has a price leads to the dialog that says it, by its letter and by enter.
func TestTheSheetLeadsToWhatItLists(t *testing.T) {
	for _, tt := range []struct {
		keys []string
		want string
	}{
		{[]string{"b"}, "Balance now"},
		{[]string{"R"}, "Ask the bank now"},
		{[]string{"o"}, "Owners of the account"},
		{[]string{"p"}, "Pay from Platypus Checking"},
		{[]string{"h"}, "Hand over Platypus Checking"},
		{[]string{"w"}, "Allow more"},
		{[]string{"enter"}, "Balance now"}, // on the line that the cursor is moved to
		{[]string{"d"}, "of an account like this banks tell rows and a balance, and no more"},
	} {
		w := open(t, family(), 80, 24)
		w.Press("4", "m")
		w.reach("balance now")
		w.Press(tt.keys...)
		if got := w.Screen(); !strings.Contains(got, tt.want) {
			t.Errorf("%v does not lead to %q:\n%s", tt.keys, tt.want, got)
		}
	}
}

// A sheet shows its bank as it is now, and closes when it is gone.
func TestASheetFollowsItsBank(t *testing.T) {
	w := open(t, family(), 80, 24)
	w.Press("4", "m")
	w.reach("balance now")
	for _, want := range []struct {
		book *ledger.Book
		says string
	}{
		{banksIn(func(i *ledger.Item) { i.State = ledger.ItemLoginRequired }), "sign in again first"},
		{family(), "The bank itself is asked what is on the account."},
	} {
		w.ledger.change(want.book)
		w.Advance(w.clock, 3*time.Second)
		if got := w.Screen(); !strings.Contains(got, want.says) {
			t.Errorf("the sheet does not say %q:\n%s", want.says, got)
		}
	}
	w.ledger.change(nobody())
	w.Advance(w.clock, 3*time.Second)
	if got := w.Screen(); strings.Contains(got, "balance now") || !strings.Contains(got, "No bank is linked yet.") {
		t.Errorf("without its bank the sheet is\n%s", got)
	}
}

// The overview leads to a bank that has no account, and its sheet says what helps.
func TestABankWithoutAccountsIsLookedAfter(t *testing.T) {
	items, accounts := familyBanks()
	for i := range items {
		items[i].State = ledger.ItemOK
	}
	bare := ledger.Item{ID: "item-0", Name: "Zebra Bank", State: ledger.ItemRevoked, Code: "USER_PERMISSION_REVOKED"}
	w := open(t, family().WithBanks(append(items, bare), accounts), 80, 24)
	w.Press("enter", "m")
	if got := w.Screen(); !strings.Contains(got, "│  Zebra Bank") || !strings.Contains(got, "▌ l  link it again") {
		t.Errorf("its sheet is\n%s", got)
	}
}

// Where no bank is behind an account there is nothing to ask, and the keys say so.
func TestAnAccountOfTheUsersOwnHasNoSheet(t *testing.T) {
	items, accounts := familyBanks()
	own := family().WithBanks(items, append(accounts, ledger.Account{ID: "c_house", Name: "House"}))
	w := open(t, own, 120, 40)
	w.Press("4", "end", "m")
	if got := w.Screen(); !strings.Contains(got, "this account is kept by you: there is no bank to ask") {
		t.Errorf("m at an account of the user's own:\n%s", got)
	}
}

// The footer has room for what every screen has, and the help lists what can be done.
func TestKeysOfTheAccountsScreen(t *testing.T) {
	items, accounts := familyBanks()
	accounts[0].Ended = noon()
	for _, book := range []*ledger.Book{family(), family().WithBanks(items, accounts)} {
		w := open(t, book, 80, 24)
		for range 7 {
			w.Press("4")
			lines := w.Lines()
			for _, want := range []string{"m more", "r sync", "? help", "q quit"} {
				if footer := lines[len(lines)-1]; !strings.Contains(footer, want) {
					t.Errorf("the footer has no %q: %s", want, footer)
				}
			}
			w.Press("down")
		}
		w.Resize(80, 40)
		w.Press("home", "?")
		if got := w.Screen(); !strings.Contains(got, "balance now") || !strings.Contains(got, "ask the bank now") {
			t.Errorf("on an account that answers the help is\n%s", got)
		}
		w.Press("esc", "down", "?")
		if got := w.Screen(); book.EndedAccounts() != nil && strings.Contains(got, "balance now") {
			t.Errorf("the help offers what cannot be done:\n%s", got)
		}
	}
}
