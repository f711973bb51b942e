package custom

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// An account is one of the text's, with all that it says of it.
type account struct {
	bank.Account
	said    override
	opening decimal.Decimal // what it holds, or owes, when the user is linked
	limit   *decimal.Decimal
	numbers bank.Numbers
	owners  []bank.Owner
	given   []bank.Event // rows of the text, by time
	life    *life        // rows that are made up, nil where the text has rows
	holds   []bank.Holding
	trades  []bank.Trade
	loan    *loan // of a student loan or a mortgage
}

// debt tells whether the balance is what is owed.
func (a *account) debt() bool { return a.Type == "credit" || a.Type == "loan" }

// A maker makes the accounts of a user.
type maker struct {
	seed   int64
	key    string // tells this user at this bank from all others
	at     bank.Institution
	linked time.Time
	shift  int // days by which dates move
}

func (m *maker) account(i int, o override) *account {
	key := identity(m.key, strconv.Itoa(i))
	a := &account{said: o, limit: o.Meta.Limit.optional()}
	name, official := called(o.Subtype)
	a.Account = bank.Account{
		ID: key, Name: cmp.Or(o.Meta.Name, name), OfficialName: cmp.Or(o.Meta.Official, official),
		Type: o.Type, Subtype: o.Subtype, Holder: o.Holder,
	}
	a.Currency, a.Unofficial = code(o.Currency)
	m.number(a)
	for n, r := range o.rows() {
		a.given = append(a.given, m.events(a, n, r)...)
	}
	sortEvents(a.given)
	m.invest(a)
	m.borrow(a)
	if o.Transactions == nil && a.Unofficial == "" {
		a.life = m.life(a)
	}
	if a.life != nil && a.said.Meta.Limit == nil {
		a.limit = a.life.state(m.linked).Limit
	}
	a.opening = o.Starting.value(m.usual(a))
	return a
}

// usual is the balance of an account that does not say how much it holds.
func (m *maker) usual(a *account) decimal.Decimal {
	switch {
	case len(a.said.Holdings) > 0:
		return worth(a.holds)
	case a.loan != nil:
		return a.loan.owed(m.linked)
	case a.life != nil:
		return a.life.balance(m.linked)
	}
	return decimal.New(int64(1_000+below(900_000, a.ID, "opening")), -2)
}

// called is what the Sandbox calls an account of a kind.
func called(subtype string) (name, official string) {
	switch subtype {
	case "checking":
		return "Plaid Checking", "Plaid Gold Standard 0% Interest Checking"
	case "savings":
		return "Plaid Saving", "Plaid Silver Standard 0.1% Interest Saving"
	case "cd":
		return "Plaid CD", "Plaid Bronze Standard 0.2% Interest CD"
	case "credit card":
		return "Plaid Credit Card", "Plaid Diamond 12.5% APR Interest Credit Card"
	case "money market":
		return "Plaid Money Market", "Plaid Platinum Standard 1.85% Interest Money Market"
	case "ira":
		return "Plaid IRA", ""
	case "401k":
		return "Plaid 401k", ""
	case "student":
		return "Plaid Student Loan", ""
	case "mortgage":
		return "Plaid Mortgage", ""
	}
	return "Plaid " + subtype, ""
}

// number gives an account the numbers of the text, or, where it has none of any
// country, those of the bank. The mask is the tail of the account number unless
// the text has another.
func (m *maker) number(a *account) {
	said := a.said.Numbers
	n := bank.Numbers{
		Account:    cmp.Or(said.Account, said.IBAN, fmt.Sprintf("%012d", below(1_000_000_000_000, a.ID, "number"))),
		ACHRouting: said.ACHRouting, ACHWireRouting: said.ACHWireRouting,
		EFTInstitution: said.EFTInstitution, EFTBranch: said.EFTBranch,
		IBAN: said.IBAN, BIC: said.BIC, SortCode: said.SortCode,
	}
	a.Mask = n.Account[max(0, len(n.Account)-4):]
	if a.said.Meta.Mask != nil {
		a.Mask = *a.said.Meta.Mask
	}
	if r := m.at.RoutingNumbers; len(r) > 0 && said.SortCode == "" && said.IBAN == "" && said.EFTInstitution == "" {
		n.ACHRouting = cmp.Or(n.ACHRouting, r[0])
		n.ACHWireRouting = cmp.Or(n.ACHWireRouting, said.ACHRouting, r[len(r)-1])
	}
	a.numbers = n
}

// unofficial are the currencies that Plaid has without being of ISO 4217.
var unofficial = map[string]bool{
	"ADA": true, "BAT": true, "BCH": true, "BNB": true, "BTC": true, "BTG": true, "BSV": true, "CNH": true, "DASH": true,
	"DOGE": true, "ETC": true, "ETH": true, "GBX": true, "LSK": true, "LTC": true, "NEO": true, "OMG": true, "QTUM": true,
	"USDT": true, "XLM": true, "XMR": true, "XRP": true, "ZEC": true, "ZRX": true,
}

// code tells which of Plaid's two fields a currency belongs to.
func code(currency string) (iso, other string) {
	if unofficial[currency] || len(currency) != 3 {
		return "", currency
	}
	return currency, ""
}

// introduce says who the accounts belong to: who the text says, else whoever the
// first account of the text names, else the person that the Sandbox has.
func (m *maker) introduce(accounts []*account) {
	names := []string{"Alberta Bobbeth Charleson"}
	for _, a := range accounts {
		if named := a.said.Identity.names(); len(named) > 0 {
			names = named
			break
		}
	}
	for _, a := range accounts {
		a.owners = []bank.Owner{a.said.Identity.owner(names)}
	}
}

func (o *owner) names() []string {
	if o == nil {
		return nil
	}
	var names []string
	for _, n := range o.Names {
		if n != "" {
			names = append(names, n)
		}
	}
	return names
}

// owner is all owners in one, as the text has them.
func (o *owner) owner(names []string) bank.Owner {
	out := bank.Owner{
		Names:  names,
		Phones: []bank.Contact{{Data: "1112223333", Type: "home"}, {Data: "1112225555", Type: "mobile", Primary: true}},
		Emails: []bank.Contact{{Data: "accountholder0@example.com", Type: "primary", Primary: true}},
		Addresses: []bank.Address{{
			Street: "2992 Cameron Road", City: "Malakoff", Region: "NY", PostalCode: "14236", Country: "US", Primary: true,
		}},
	}
	if o == nil {
		return out
	}
	if own := o.names(); len(own) > 0 {
		out.Names = own
	}
	if phones := contacts(o.Phones, "home work office mobile mobile1 other"); len(phones) > 0 {
		out.Phones = phones
	}
	if emails := contacts(o.Emails, "primary secondary other"); len(emails) > 0 {
		out.Emails = emails
	}
	if places := addresses(o.Addresses); len(places) > 0 {
		out.Addresses = places
	}
	return out
}
