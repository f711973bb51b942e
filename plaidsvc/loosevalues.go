package plaidsvc

import (
	"encoding/json"

	"github.com/shopspring/decimal"

	"coffer/ledger"
)

// What banks tell besides transactions is short, and read value by value: an odd
// value is not known, and costs nothing else.

// decimal reads a number as it is written, in plain notation. It is not known if it
// is none.
func (l loose) decimal(name string) ledger.Decimal {
	text := l.text(name)
	if text == "" || len(text) > maxDecimalText {
		return ""
	}
	d, err := decimal.NewFromString(text)
	if err != nil || d.Exponent() > maxExponent || d.Exponent() < -maxDecimalText-maxExponent {
		return ""
	}
	return ledger.Decimal(d.String())
}

// amount reads an amount of cur, not known if it is none.
func (l loose) amount(name string, cur ledger.Currency) ledger.Amount {
	a, _, err := parseAmount(l.text(name), cur)
	if err != nil {
		return ledger.Amount{}
	}
	return a
}

// currency reads which of Plaid's two codes is set.
func (l loose) currency() ledger.Currency {
	return currency(l.text("iso_currency_code"), l.text("unofficial_currency_code"))
}

func (l loose) date(name string) ledger.Date { return date(l.text(name)) }

// answer reads a yes or no, nil if it is neither.
func (l loose) answer(name string) *bool {
	var b *bool
	if json.Unmarshal(l[name], &b) != nil {
		return nil
	}
	return b
}

// listed reads an array of objects as list does, and says whether there is one: an
// empty list says that there is nothing, none says nothing.
func (l loose) listed(name string) ([]loose, bool) {
	var raw []json.RawMessage
	if json.Unmarshal(l[name], &raw) != nil || raw == nil {
		return nil, false
	}
	return l.list(name), true
}

// byID reads an array of objects that have an id.
func (l loose) byID(list, id string) map[string]loose {
	found := make(map[string]loose)
	for _, x := range l.list(list) {
		if name := x.text(id); name != "" {
			found[name] = x
		}
	}
	return found
}
