package wire

import (
	"errors"
	"strconv"
	"strings"

	"coffer/internal/secret"
	"coffer/ledger"
)

// What is asked for to pay from an account is about that one account, and money goes
// where the answers say: an answer about another account is none.
var errOther = errors.New("it is about another account")

// about reads an answer and finds the one account in it that was asked for: never the
// first one, whoever it is.
func about(body []byte, id ledger.AccountID) (answer, acc loose, err error) {
	if answer, err = parseLoose(body); err != nil {
		return nil, nil, err
	}
	for _, l := range answer.list("accounts") {
		if l.text("account_id") == string(id) {
			return answer, l, nil
		}
	}
	return nil, nil, errOther
}

// ReadNumbers reads what /auth/get tells of one account, which may be nothing.
func ReadNumbers(body []byte, id ledger.AccountID) (ledger.Numbers, error) {
	answer, acc, err := about(body, id)
	if err != nil {
		return ledger.Numbers{}, err
	}
	all := answer.object("numbers")
	if all == nil {
		return ledger.Numbers{}, errors.New("it tells of no numbers")
	}
	n := ledger.Numbers{PersistentID: acc.text("persistent_account_id")}
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
			Tokenized: l.flag("is_tokenized_account_number"), Out: l.answer("can_transfer_out"),
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
	return n, nil
}

// ReadOwners reads what /identity/get tells of one account.
func ReadOwners(body []byte, id ledger.AccountID) ([]ledger.Owner, error) {
	_, acc, err := about(body, id)
	if err != nil {
		return nil, err
	}
	owners, ok := acc.listed("owners")
	if !ok {
		return nil, errors.New("it lists no owners")
	}
	var list []ledger.Owner
	for _, l := range owners {
		o := ledger.Owner{Names: l.texts("names"), Emails: contacts(l, "emails"), Phones: contacts(l, "phone_numbers")}
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

func contacts(l loose, name string) []ledger.Contact {
	var list []ledger.Contact
	for _, c := range l.list(name) {
		if data := c.text("data"); data != "" {
			list = append(list, ledger.Contact{Data: data, Kind: c.text("type"), Primary: c.flag("primary")})
		}
	}
	return list
}

// ReadScores reads what /identity/match tells of one account.
func ReadScores(body []byte, id ledger.AccountID) (ledger.Scores, error) {
	_, acc, err := about(body, id)
	if err != nil {
		return ledger.Scores{}, err
	}
	return ledger.Scores{
		Name: score(acc, "legal_name"), Email: score(acc, "email_address"),
		Phone: score(acc, "phone_number"), Address: score(acc, "address"),
	}, nil
}

// score reads one score. What is no number from 0 to 100 is none.
func score(acc loose, name string) *int {
	whole, _, _ := strings.Cut(acc.object(name).text("score"), ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || n > 100 {
		return nil
	}
	return &n
}

// ReadToken reads a token for a processor, which stands in a field of this name.
func ReadToken(body []byte, field string) (secret.Text, error) {
	answer, err := parseLoose(body)
	if err != nil || answer.text(field) == "" {
		return secret.Text{}, errors.New("it holds no token")
	}
	return answer.secret(field), nil
}
