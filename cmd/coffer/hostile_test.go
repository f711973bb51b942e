package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"coffer/ledger"
)

// A bank makes up the code of an unofficial currency, as it does every name. None
// may steer the terminal, wherever a command prints it.
func TestHostileTextsReachNoTerminal(t *testing.T) {
	const evil = "\x1b]0;owned\a\u202e\r\n"
	odd := ledger.Unofficial("TOK" + evil)
	b := ledger.NewBuilder()
	b.Add(&ledger.Transaction{
		ID: "tx-1", Account: "acc-1", Date: ledger.NewDate(2026, 11, 20), Amount: ledger.NewAmount(-500, odd),
		Name: "Shop" + evil, Category: "FOOD_AND_DRINK_COFFEE",
	})
	book := b.Build(
		[]ledger.Item{{ID: "item-1", Name: "Bank" + evil, State: ledger.ItemOK}},
		[]ledger.Account{{ID: "acc-1", Item: "item-1", Name: "Wallet" + evil, Mask: evil, Type: "crypto" + evil, Currency: odd}}, nil)
	var out bytes.Buffer
	a := &app{world: system()}
	a.out, a.err = &out, &out
	month := ledger.NewDate(2026, 11, 1).Month().Period()
	for _, by := range []ledger.Grouping{ledger.ByDetailed, ledger.ByMerchant, ledger.ByAccount} {
		must(t, a.printSpending(month, book.Spending(month, by)))
	}
	must(t, a.printAccounts(book))
	must(t, a.printTransactionTable(book, book.First(ledger.Query{}, 1)))
	acc := banked{book.Accounts()[0], "Bank" + evil}
	must(t, a.printNumbers(acc, ledger.Numbers{PersistentID: evil, ACH: []ledger.ACHNumbers{{Account: ledger.NewDigits("12345" + evil)}}}, true))
	must(t, a.printOwners(acc, []ledger.Owner{{Names: []string{"Owner" + evil}, Emails: []ledger.Contact{{Data: evil, Kind: evil}},
		Addresses: []ledger.OwnerAddress{{Street: "Street" + evil}}}}))
	must(t, a.printVerdict(acc, ledger.NewAmount(1, odd), ledger.Verdict{Objections: []ledger.Objection{ledger.Object("Reason" + evil)}, Available: ledger.NewAmount(1, odd)}))
	_, unclear := findAccount([]banked{acc, acc}, "wallet")
	report(&out, unclear)
	for _, want := range []string{"TOK", "Shop", "Wallet", "Bank", "12345", "Owner", "Street", "Reason", "can be any"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not printed:\n%q", want, &out)
		}
	}
	for _, r := range out.String() {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			t.Fatalf("%U is printed:\n%q", r, &out)
		}
	}
}
