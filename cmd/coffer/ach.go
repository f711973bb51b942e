package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
)

// tokenized says what a number is that stands for another.
const tokenized = `The account number stands for the account's own: it is for Plaid's client alone, ends
in other digits than the account, and the bank can revoke it.`

type achDocument struct {
	accountHead
	Revealed      bool                  `json:"revealed"`
	PersistentID  *string               `json:"persistent_account_id"`
	ACH           []achNumber           `json:"ach"`
	EFT           []eftNumber           `json:"eft"`
	International []internationalNumber `json:"international"`
	BACS          []bacsNumber          `json:"bacs"`
}

type achNumber struct {
	Account        *string `json:"account"`
	Routing        *string `json:"routing"`
	WireRouting    *string `json:"wire_routing"`
	Tokenized      bool    `json:"tokenized"`
	CanTransferOut *bool   `json:"can_transfer_out"`
}

type eftNumber struct {
	Account     *string `json:"account"`
	Institution *string `json:"institution"`
	Branch      *string `json:"branch"`
}

type internationalNumber struct {
	IBAN *string `json:"iban"`
	BIC  *string `json:"bic"`
}

type bacsNumber struct {
	Account  *string `json:"account"`
	SortCode *string `json:"sort_code"`
}

func newACHCommand(a *app) *cobra.Command {
	var reveal bool
	cmd := &cobra.Command{
		Use:   "ach ACCOUNT",
		Short: "show the numbers that an account is paid by",
		Long: `Show the numbers that an account is paid by, as its bank tells them now: ACH and
wire routing in the United States, EFT in Canada, BACS and IBAN in Britain. They are
masked unless --reveal is given, and kept nowhere. Plaid bills this once for each
bank (Auth).

` + accountHelp,
		Example: "  coffer ach checking\n  coffer ach 0000 --reveal --json",
		Args:    oneArg("ACCOUNT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withAccount(cmd.Context(), args[0], func(svc *plaidsvc.Service, acc banked) error {
				numbers, err := svc.Numbers(cmd.Context(), acc.Account)
				if err != nil {
					return err
				}
				return a.printNumbers(acc, numbers, reveal)
			})
		},
	}
	cmd.Flags().BoolVar(&reveal, "reveal", false, "show the numbers whole")
	return cmd
}

func (a *app) printNumbers(acc banked, n ledger.Numbers, reveal bool) error {
	show := ledger.Digits.Masked
	if reveal {
		show = ledger.Digits.Reveal
	}
	if a.flags.json {
		return a.printJSON(documentNumbers(acc, n, reveal, show))
	}
	if _, err := fmt.Fprintln(a.out, printable(acc.title())); err != nil {
		return err
	}
	t := newTable("Kind", "~Number")
	for _, line := range n.Lines() {
		t.add(line.Label, show(line.Digits))
	}
	if n.PersistentID != "" {
		t.add("Persistent id", n.PersistentID)
	}
	if err := a.printTable(t); err != nil {
		return err
	}
	if n.Tokenized() {
		fmt.Fprintln(a.err, tokenized)
	}
	if !reveal {
		fmt.Fprintln(a.err, "--reveal shows the numbers whole")
	}
	return nil
}

func documentNumbers(acc banked, n ledger.Numbers, revealed bool, show func(ledger.Digits) string) achDocument {
	text := func(d ledger.Digits) *string { return orNull(show(d)) }
	doc := achDocument{
		accountHead: acc.head(), Revealed: revealed, PersistentID: orNull(n.PersistentID),
		ACH: []achNumber{}, EFT: []eftNumber{}, International: []internationalNumber{}, BACS: []bacsNumber{},
	}
	for _, x := range n.ACH {
		doc.ACH = append(doc.ACH, achNumber{text(x.Account), text(x.Routing), text(x.WireRouting), x.Tokenized, x.Out})
	}
	for _, x := range n.EFT {
		doc.EFT = append(doc.EFT, eftNumber{text(x.Account), text(x.Institution), text(x.Branch)})
	}
	for _, x := range n.International {
		doc.International = append(doc.International, internationalNumber{text(x.IBAN), text(x.BIC)})
	}
	for _, x := range n.BACS {
		doc.BACS = append(doc.BACS, bacsNumber{text(x.Account), text(x.SortCode)})
	}
	return doc
}
