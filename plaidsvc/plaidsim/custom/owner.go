package custom

import (
	"slices"
	"strings"

	"coffer/plaidsvc/plaidsim/bank"
)

// contacts are those that say anything. A type that Plaid does not know is
// "other".
func contacts(said []contact, kinds string) []bank.Contact {
	var out []bank.Contact
	for _, c := range said {
		if c.Data == "" {
			continue
		}
		if !slices.Contains(strings.Fields(kinds), c.Type) {
			c.Type = "other"
		}
		out = append(out, bank.Contact{Data: c.Data, Type: c.Type, Primary: c.Primary})
	}
	return out
}

func addresses(said []address) []bank.Address {
	var out []bank.Address
	for _, a := range said {
		if a != (address{}) {
			out = append(out, a.address())
		}
	}
	return out
}

func (a address) address() bank.Address {
	return bank.Address{
		Street: a.Data.Street, City: a.Data.City, Region: a.Data.Region,
		PostalCode: a.Data.PostalCode, Country: a.Data.Country, Primary: a.Primary,
	}
}
