package bank

import (
	"fmt"
	"slices"
	"strings"
)

// An ownership says who of a book's two people an account belongs to.
type ownership uint8

const (
	byFirst ownership = iota
	bySecond
	byBoth
)

// Owners lists the holders of an account. The owners of a joint account live at
// one address; of a business account, the firm is the first name and the person
// who opened it the second.
func (l *login) Owners(accountID string) []Owner {
	i := slices.IndexFunc(l.book.accounts, func(a *account) bool { return a.ID == accountID && a.log == l.log })
	if i < 0 {
		return nil
	}
	people := l.book.people()
	switch a := l.book.accounts[i]; {
	case a.Holder == "business":
		return []Owner{l.book.owner(people[0], people[0].family+" Trading LLC")}
	case a.ownership == byBoth:
		return []Owner{l.book.owner(people[0]), l.book.owner(people[1])}
	case a.ownership == bySecond:
		return []Owner{l.book.owner(people[1])}
	default:
		return []Owner{l.book.owner(people[0])}
	}
}

// A person is a customer of a bank.
type person struct {
	given, family string
	line          int // the last digits of the telephone number
}

// people are the two adults of a book, who share a family name.
func (b *book) people() [2]person {
	given := strings.Fields("Alice Benjamin Carmen Daniel Edith Felix Grace Henry Irene James Laura Martin Nora Oscar Paula Robert Sarah Thomas")
	names := strings.Fields("Ashworth Bellweather Calloway Dunmore Ellery Fairbanks Garrison Holloway Larkin Merriweather Northcott Pemberton Sinclair Thornbury")
	d := dice{stirText(b.seed, "people")}
	family := names[d.below(len(names))]
	first := d.below(len(given))
	second := (first + 1 + d.below(len(given)-1)) % len(given)
	line := d.below(98)
	return [2]person{{given[first], family, line}, {given[second], family, line + 1}}
}

// owner is a person as a bank has them on file, under other names too. Numbers
// and addresses are of the ranges nobody has: 555-01xx of North America, 07700
// 900xxx of Britain (Ofcom), and example.com (RFC 2606).
func (b *book) owner(p person, other ...string) Owner {
	mailbox := strings.ToLower(p.given + "." + p.family)
	o := Owner{
		Names:  append(slices.Clone(other), p.given+" "+p.family),
		Phones: []Contact{{Data: b.telephone(p.line), Type: "mobile", Primary: true}},
		Emails: []Contact{
			{Data: mailbox + "@example.com", Type: "primary", Primary: true},
			{Data: mailbox + "@mail.example.org", Type: "secondary"},
		},
	}
	d := dice{stirText(b.seed, "home")}
	street := b.home.streets[d.below(len(b.home.streets))]
	o.Addresses = []Address{{
		Street: fmt.Sprintf("%d %s", 2+d.below(180), street), City: b.home.city, Region: b.home.region,
		PostalCode: b.home.postal, Country: b.home.country, Primary: true,
	}}
	return o
}

// telephone is a number where the book's people live, as E.164 has it.
func (b *book) telephone(line int) string {
	switch b.home.country {
	case "CA":
		return fmt.Sprintf("+1519555%04d", 100+line)
	case "GB":
		return fmt.Sprintf("+447700900%03d", 100+line)
	}
	return fmt.Sprintf("+1845555%04d", 100+line)
}
