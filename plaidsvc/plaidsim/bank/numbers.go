package bank

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

var (
	_ Numbered = (*login)(nil)
	_ Owned    = (*login)(nil)
)

// Numbers are what an account is paid by. Only accounts that money is moved in
// and out of have any: checking and savings, in their country's own currency.
func (l *login) Numbers(accountID string) Numbers {
	i := slices.IndexFunc(l.book.accounts, func(a *account) bool { return a.ID == accountID && a.log == l.log })
	if i < 0 {
		return Numbers{}
	}
	a, at := l.book.accounts[i], l.institution
	if a.Subtype != "checking" && a.Subtype != "savings" {
		return Numbers{}
	}
	switch country := at.Countries[0]; {
	case country == "US" && a.Currency == "USD":
		return numbersOfACH(a, at)
	case country == "CA" && a.Currency == "CAD":
		return canadian(a, at)
	case country == "GB" && a.Currency == "GBP":
		return british(a, at)
	}
	return Numbers{}
}

// numbersOfACH are those of ACH and of wires. Some banks hand out a token
// instead of the number: it ends in other digits than the mask, and the bank can
// revoke it.
func numbersOfACH(a *account, at Institution) Numbers {
	n := Numbers{Account: a.digits("account", 8) + a.Mask}
	if tokenizes(at.ID) {
		n.Account, n.Tokenized = a.digits("token", 12), true
	}
	if r := at.RoutingNumbers; len(r) > 0 {
		n.ACHRouting, n.ACHWireRouting = r[0], r[len(r)-1]
	}
	return n
}

// canadian numbers are those of EFT: three digits name the bank, five the
// branch (Payments Canada, rule F12).
func canadian(a *account, at Institution) Numbers {
	return Numbers{
		Account:        a.digits("account", 3) + a.Mask,
		EFTInstitution: "9" + digits(stirText(0, at.ID+" institution"), 2),
		EFTBranch:      digits(stirText(0, at.ID+" branch"), 5),
	}
}

// british numbers are those of BACS, and the IBAN that is made of them.
func british(a *account, at Institution) Numbers {
	code := lettersOf(at.Name)
	n := Numbers{
		Account:  a.digits("account", 4) + a.Mask,
		SortCode: digits(stirText(0, at.ID+" sort code"), 6),
		BIC:      code + "GB2LXXX",
	}
	n.IBAN = iban("GB", code+n.SortCode+n.Account)
	return n
}

// Beside are the numbers of another account at the same branch. Of an IBAN that
// is not made of the account number there is none.
func (n Numbers) Beside(account string) Numbers {
	if n.IBAN != "" {
		bban, made := strings.CutSuffix(n.IBAN[len("GB00"):], n.Account)
		if !made {
			return Numbers{}
		}
		n.IBAN = iban(n.IBAN[:len("GB")], bban+account)
	}
	n.Account = account
	return n
}

// lettersOf are four capitals that stand for a bank in its BIC and IBANs.
func lettersOf(name string) string {
	var letters []byte
	for _, c := range []byte(plain(name)) {
		if 'A' <= c && c <= 'Z' && len(letters) < 4 {
			letters = append(letters, c)
		}
	}
	return string(letters)
}

// iban puts a country and two check digits before a basic account number: moved
// to its end and read as a number, A as 10 and Z as 35, they leave a remainder
// of 1 by 97 (ISO 13616, ISO 7064 MOD 97-10).
func iban(country, bban string) string {
	var text []byte
	for _, c := range []byte(bban + country + "00") {
		if c >= 'A' {
			text = fmt.Append(text, c-'A'+10)
		} else {
			text = append(text, c)
		}
	}
	number, _ := new(big.Int).SetString(string(text), 10)
	rest := number.Mod(number, big.NewInt(97)).Int64()
	return fmt.Sprintf("%s%02d%s", country, 98-rest, bban)
}

// digits are n of an account's, by what they are for.
func (a *account) digits(purpose string, n int) string {
	return digits(stirText(a.key, purpose), n)
}

// digits are n that a key decides, the first one not a zero: a program that
// takes them for a number loses nothing that others would notice first.
func digits(key uint64, n int) string {
	d := dice{key}
	text := []byte{'1' + byte(d.below(9))}
	for len(text) < n {
		text = append(text, '0'+byte(d.below(10)))
	}
	return string(text)
}
