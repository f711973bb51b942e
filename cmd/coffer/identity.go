package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
)

type identityDocument struct {
	accountHead
	Owners []ownerDocument `json:"owners"`
}

type ownerDocument struct {
	Names     []string          `json:"names"`
	Emails    []contactDocument `json:"emails"`
	Phones    []contactDocument `json:"phone_numbers"`
	Addresses []addressDocument `json:"addresses"`
}

type contactDocument struct {
	Data    string  `json:"data"`
	Type    *string `json:"type"`
	Primary bool    `json:"primary"`
}

type addressDocument struct {
	Street     *string `json:"street"`
	City       *string `json:"city"`
	Region     *string `json:"region"`
	PostalCode *string `json:"postal_code"`
	Country    *string `json:"country"`
	Primary    bool    `json:"primary"`
}

func newIdentityCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "identity ACCOUNT",
		Short: "show who an account belongs to",
		Long: `Show who an account belongs to, as its bank has them on file now: names, mail
addresses, telephone numbers and where they live. Nothing of it is kept. Plaid bills
this once for each bank (Identity).

` + accountHelp,
		Example: "  coffer identity checking\n  coffer identity 0000 --json",
		Args:    oneArg("ACCOUNT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withAccount(cmd.Context(), args[0], func(svc *plaidsvc.Service, acc banked) error {
				owners, err := svc.Owners(cmd.Context(), acc.Account)
				if err != nil {
					return err
				}
				return a.printOwners(acc, owners)
			})
		},
	}
}

func (a *app) printOwners(acc banked, owners []ledger.Owner) error {
	if a.flags.json {
		doc := identityDocument{acc.head(), []ownerDocument{}}
		for _, o := range owners {
			doc.Owners = append(doc.Owners, documentOwner(o))
		}
		return a.printJSON(doc)
	}
	if len(owners) == 0 {
		fmt.Fprintln(a.err, printable(acc.title()+": the bank does not say who it belongs to"))
		return nil
	}
	if _, err := fmt.Fprintln(a.out, printable(acc.title())); err != nil {
		return err
	}
	t := newTable("Owner", "Kind", "~Value", "Use")
	for i, o := range owners {
		n := strconv.Itoa(i + 1)
		for _, name := range o.Names {
			t.add(n, "name", name, "")
		}
		for _, c := range o.Emails {
			t.add(n, "email", c.Data, c.Use())
		}
		for _, c := range o.Phones {
			t.add(n, "phone", c.Data, c.Use())
		}
		for _, at := range o.Addresses {
			t.add(n, "address", at.Line(), at.Use())
		}
	}
	return a.printTable(t)
}

func documentOwner(o ledger.Owner) ownerDocument {
	doc := ownerDocument{
		Names: append([]string{}, o.Names...), Emails: documentContacts(o.Emails), Phones: documentContacts(o.Phones),
		Addresses: []addressDocument{},
	}
	for _, at := range o.Addresses {
		doc.Addresses = append(doc.Addresses, addressDocument{
			Street: orNull(at.Street), City: orNull(at.City), Region: orNull(at.Region),
			PostalCode: orNull(at.PostalCode), Country: orNull(at.Country), Primary: at.Primary,
		})
	}
	return doc
}

func documentContacts(list []ledger.Contact) []contactDocument {
	docs := make([]contactDocument, 0, len(list))
	for _, c := range list {
		docs = append(docs, contactDocument{Data: c.Data, Type: orNull(c.Kind), Primary: c.Primary})
	}
	return docs
}
