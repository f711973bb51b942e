package plaidsvc

import (
	"encoding/json"

	"coffer/ledger"
)

// This file reads what Plaid tells of numbers and owners, value by value: these
// answers are small, and money goes where they say.

// readNumbers reads what /auth/get tells of one account.
func readNumbers(body []byte, id ledger.AccountID) (ledger.Numbers, error) {
	answer, err := parseLoose(body)
	if err != nil {
		return ledger.Numbers{}, unexpected(pathAuth, "it does not decode")
	}
	acc, err := accountIn(pathAuth, answer, id)
	if err != nil {
		return ledger.Numbers{}, err
	}
	n := ledger.Numbers{PersistentID: acc.text("persistent_account_id")}
	all := answer.object("numbers")
	of := func(system string) (mine []loose) {
		for _, l := range all.list(system) {
			if l.text("account_id") == string(id) {
				mine = append(mine, l)
			}
		}
		return mine
	}
	for _, l := range of("ach") {
		n.ACH = append(n.ACH, ledger.ACHNumbers{
			Account: l.digits("account"), Routing: l.digits("routing"), WireRouting: l.digits("wire_routing"),
			Tokenized: l.flag("is_tokenized_account_number"), Out: l.maybe("can_transfer_out"),
		})
	}
	for _, l := range of("eft") {
		n.EFT = append(n.EFT, ledger.EFTNumbers{
			Account: l.digits("account"), Institution: l.digits("institution"), Branch: l.digits("branch"),
		})
	}
	for _, l := range of("international") {
		n.International = append(n.International, ledger.InternationalNumbers{IBAN: l.digits("iban"), BIC: l.digits("bic")})
	}
	for _, l := range of("bacs") {
		n.BACS = append(n.BACS, ledger.BACSNumbers{Account: l.digits("account"), SortCode: l.digits("sort_code")})
	}
	if len(n.Lines()) == 0 {
		return ledger.Numbers{}, &APIError{Op: pathAuth, Code: codeNoNumbers}
	}
	return n, nil
}

// digits reads a text. A number is none: its leading zeros are lost.
func (l loose) digits(name string) ledger.Digits {
	var s string
	_ = json.Unmarshal(l[name], &s) // what is not told stays ""
	return ledger.NewDigits(s)
}

// maybe reads a boolean that the bank may not tell.
func (l loose) maybe(name string) *bool {
	text := l.text(name)
	if text != "true" && text != "false" {
		return nil
	}
	yes := text == "true"
	return &yes
}

// readOwners reads what /identity/get tells of one account.
func readOwners(body []byte, id ledger.AccountID) ([]ledger.Owner, error) {
	answer, err := parseLoose(body)
	if err != nil {
		return nil, unexpected(pathIdentity, "it does not decode")
	}
	acc, err := accountIn(pathIdentity, answer, id)
	if err != nil {
		return nil, err
	}
	var list []ledger.Owner
	for _, l := range acc.list("owners") {
		o := ledger.Owner{Names: l.texts("names"), Emails: contactsIn(l, "emails"), Phones: contactsIn(l, "phone_numbers")}
		for _, at := range l.list("addresses") {
			d := at.object("data")
			o.Addresses = append(o.Addresses, ledger.OwnerAddress{
				Street: d.text("street"), City: d.text("city"), Region: d.text("region"),
				PostalCode: d.text("postal_code"), Country: d.text("country"), Primary: at.flag("primary"),
			})
		}
		list = append(list, o)
	}
	return list, nil
}

func contactsIn(l loose, name string) []ledger.Contact {
	var list []ledger.Contact
	for _, c := range l.list(name) {
		if data := c.text("data"); data != "" {
			list = append(list, ledger.Contact{Data: data, Kind: c.text("type"), Primary: c.flag("primary")})
		}
	}
	return list
}
