package wire

import (
	"encoding/json"
	"time"

	"github.com/shopspring/decimal"

	"coffer/internal/secret"
	"coffer/ledger"
)

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

func (l loose) instant(name string) time.Time { return instant(l.text(name)) }

// secret reads a token.
func (l loose) secret(name string) secret.Text { return secret.New(l.text(name)) }

// digits reads a text. A number is none: its leading zeros are lost.
func (l loose) digits(name string) ledger.Digits {
	var s string
	_ = json.Unmarshal(l[name], &s) // what is not told stays ""
	return ledger.NewDigits(s)
}

// answer reads a yes or no, also one that is written as a text; nil if it is neither.
func (l loose) answer(name string) *bool {
	text := l.text(name)
	if text != "true" && text != "false" {
		return nil
	}
	yes := text == "true"
	return &yes
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

// instant reads RFC 3339. What does not read, for want of a zone say, is not
// known.
func instant(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
