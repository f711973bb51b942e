package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/storage"
)

type rateDocument struct {
	Type    *string        `json:"type"`
	Percent ledger.Decimal `json:"percent"`
}

type liabilityDocument struct {
	AccountID         ledger.AccountID     `json:"account_id"`
	ItemID            ledger.ItemID        `json:"item_id"`
	Institution       string               `json:"institution"`
	Account           *string              `json:"account"`
	Kind              ledger.LiabilityKind `json:"kind"`
	Name              *string              `json:"name"`
	Rates             []rateDocument       `json:"rates"`
	Currency          *string              `json:"currency"`
	MinimumPayment    *string              `json:"minimum_payment"`
	NextDue           *string              `json:"next_due"`
	Overdue           *bool                `json:"overdue"`
	PastDue           *string              `json:"past_due"`
	LastStatement     *string              `json:"last_statement_balance"`
	LastStatementDate *string              `json:"last_statement_date"`
	LastPayment       *string              `json:"last_payment"`
	LastPaymentDate   *string              `json:"last_payment_date"`
	Principal         *string              `json:"principal"`
	Ends              *string              `json:"ends"`
	AsOf              *string              `json:"as_of"`
}

func newLiabilitiesCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "liabilities",
		Short: "list on which terms money is owed",
		Long: `List on which terms money is owed on cards, mortgages and student loans: interest, the
next payment and when it is due, as their banks told at a sync. Payments are positive.
Banks are asked at most every six hours. What is owed: coffer accounts.`,
		Example: "  coffer liabilities\n  coffer liabilities --json",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runLiabilities(cmd.Context()) },
	}
}

func (a *app) runLiabilities(ctx context.Context) error {
	return a.withVault(ctx, func(v *storage.Vault) error {
		all, d, err := readTold(ctx, v, v.Liabilities)
		if err != nil {
			return err
		}
		if a.flags.json {
			docs := []liabilityDocument{}
			for _, told := range all {
				for i := range told.List {
					docs = append(docs, documentLiability(told, &told.List[i], d))
				}
			}
			return a.printJSON(docs)
		}
		return a.printLiabilities(all, d)
	})
}

func documentLiability(told ledger.Liabilities, l *ledger.Liability, d directory) liabilityDocument {
	doc := liabilityDocument{
		AccountID: l.Account, ItemID: told.Item, Institution: d.banks[told.Item], Account: orNull(d.label(l.Account)),
		Kind: l.Kind, Name: orNull(l.Name), Rates: []rateDocument{},
		Currency:       orNull(d.accounts[l.Account].Currency.Code()),
		MinimumPayment: amountOrNull(l.Minimum), NextDue: dateOrNull(l.Due), Overdue: l.IsOverdue(), PastDue: amountOrNull(l.PastDue),
		LastStatement: amountOrNull(l.Statement), LastStatementDate: dateOrNull(l.StatementDate),
		LastPayment: amountOrNull(l.LastPayment), LastPaymentDate: dateOrNull(l.LastPaid),
		Principal: amountOrNull(l.Principal), Ends: dateOrNull(l.Ends), AsOf: timeOrNull(told.At),
	}
	for _, r := range l.Rates {
		doc.Rates = append(doc.Rates, rateDocument{orNull(r.Kind), r.Percent})
	}
	return doc
}

// printLiabilities lists them by bank.
func (a *app) printLiabilities(all []ledger.Liabilities, d directory) error {
	t := newTable("~Account", "Kind", "~Interest %", ">Next payment", "", "Due", "Overdue")
	for _, told := range all {
		if len(told.List) > 0 {
			t.head(fmt.Sprintf("%s: as of %s", d.banks[told.Item], a.ago(told.At)))
		}
		for _, l := range slices.SortedStableFunc(slices.Values(told.List), func(x, y ledger.Liability) int { return d.compare(x.Account, y.Account) }) {
			t.add(d.title(l.Account), string(l.Kind), rates(l.Rates), amountCell(l.Minimum), l.Minimum.Currency().Code(),
				a.dayCell(l.Due), yesNo(l.IsOverdue()))
		}
	}
	if len(t.rows) == 0 {
		fmt.Fprintln(a.err, "no bank of yours tells of loans or cards; coffer link links one, coffer sync asks it")
		return nil
	}
	return a.printTable(t)
}

// rates lists them, each with what it is for: "19.99 purchase, 27.99 cash".
func rates(list []ledger.Rate) string {
	texts := make([]string, len(list))
	for i, r := range list {
		texts[i] = strings.TrimSpace(string(r.Percent) + " " + r.For())
	}
	return strings.Join(texts, ", ")
}

func yesNo(told *bool) string {
	switch {
	case told == nil:
		return amountCell(ledger.Amount{})
	case *told:
		return "yes"
	}
	return "no"
}
