package bank_test

import (
	"math/big"
	"strconv"
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim/bank"
)

// payable are the accounts of a login that can be paid, with their numbers.
func payable(t *testing.T, institution string) map[bank.Account]bank.Numbers {
	t.Helper()
	login, ok := bank.NewHousehold(bank.Options{Kind: "family", Seed: 4}).Login(institution, "user_good")
	if !ok {
		t.Fatalf("nobody banks at %s", institution)
	}
	found := make(map[bank.Account]bank.Numbers)
	for _, a := range login.Accounts() {
		if n := login.(bank.Numbered).Numbers(a.ID); n != (bank.Numbers{}) {
			found[a] = n
		}
	}
	return found
}

func TestAccountsArePaidInTheWayOfTheirCountry(t *testing.T) {
	type systems struct{ ach, eft, bacs, international, tokenized bool }
	tests := []struct {
		institution string
		accounts    int
		want        systems
	}{
		{"ins_109508", 2, systems{ach: true}},
		{"ins_109509", 1, systems{ach: true}},
		{"ins_132241", 2, systems{ach: true, tokenized: true}},
		{"ins_43", 2, systems{eft: true}},
		{"ins_116834", 2, systems{bacs: true, international: true}},
		{"ins_127287", 0, systems{}}, // a card and an account in a foreign currency
	}
	for _, tt := range tests {
		t.Run(tt.institution, func(t *testing.T) {
			found := payable(t, tt.institution)
			if len(found) != tt.accounts {
				t.Fatalf("got %d accounts with numbers, want %d", len(found), tt.accounts)
			}
			for a, n := range found {
				got := systems{n.ACHRouting != "", n.EFTInstitution != "", n.SortCode != "", n.IBAN != "", n.Tokenized}
				if got != tt.want {
					t.Errorf("%s: got %+v, want %+v", a.Name, got, tt.want)
				}
				if strings.HasSuffix(n.Account, a.Mask) == n.Tokenized {
					t.Errorf("%s: account number %s, mask %s, tokenized %v", a.Name, n.Account, a.Mask, n.Tokenized)
				}
			}
		})
	}
}

func TestCheckDigits(t *testing.T) {
	for _, n := range payable(t, "ins_109508") {
		for _, routing := range []string{n.ACHRouting, n.ACHWireRouting} {
			sum := 0
			for i, weight := range []int{3, 7, 1, 3, 7, 1, 3, 7, 1} {
				sum += weight * int(routing[i]-'0')
			}
			if sum%10 != 0 {
				t.Errorf("routing number %s does not satisfy the ABA checksum", routing)
			}
		}
	}
	var british []bank.Numbers
	for _, n := range payable(t, "ins_117650") {
		british = append(british, n, n.Beside("70001234"))
	}
	for _, n := range british {
		if want := n.BIC[:4] + n.SortCode + n.Account; n.IBAN[4:] != want {
			t.Errorf("IBAN %s: want it to be made of %s", n.IBAN, want)
		}
		var text strings.Builder
		for _, c := range n.IBAN[4:] + n.IBAN[:4] {
			value, err := strconv.ParseInt(string(c), 36, 64)
			if err != nil {
				t.Fatal(err)
			}
			text.WriteString(strconv.FormatInt(value, 10))
		}
		number, _ := new(big.Int).SetString(text.String(), 10)
		if rest := number.Mod(number, big.NewInt(97)).Int64(); rest != 1 {
			t.Errorf("IBAN %s leaves %d by 97, want 1", n.IBAN, rest)
		}
	}
}

func TestAccountsBelongToTheFamily(t *testing.T) {
	h := bank.NewHousehold(bank.Options{Kind: "family", Seed: 4})
	holders := make(map[string][]string)
	for _, id := range h.Banks() {
		login, _ := h.Login(id, "user_good")
		for _, a := range login.Accounts() {
			for _, o := range login.(bank.Owned).Owners(a.ID) {
				holders[a.Name] = append(holders[a.Name], o.Names...)
				if len(o.Phones) == 0 || len(o.Emails) == 0 || len(o.Addresses) == 0 {
					t.Errorf("%s: the bank cannot reach %v", a.Name, o.Names)
				}
			}
		}
	}
	joint, his, hers := holders["Everyday Checking"], holders["Voyager Card"], holders["Partner Checking"]
	if len(joint) != 2 || len(his) != 1 || len(hers) != 1 || joint[0] != his[0] || joint[1] != hers[0] || his[0] == hers[0] {
		t.Errorf("got %v, %v and %v, want two people who share the first account", joint, his, hers)
	}
}
