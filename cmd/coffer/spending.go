package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"coffer/ledger"
)

type spendingDocument struct {
	From     string                `json:"from"`
	To       string                `json:"to"`
	Currency string                `json:"currency"`
	Total    string                `json:"total"`
	Rows     []spendingRowDocument `json:"rows"`
}

type spendingRowDocument struct {
	Key      string   `json:"key"`
	Label    string   `json:"label"`
	Amount   string   `json:"amount"`
	Share    *float64 `json:"share"`
	Count    int      `json:"count"`
	Previous string   `json:"previous"`
}

type spendingOptions struct{ month, from, to, by string }

func newSpendingCommand(a *app) *cobra.Command {
	var o spendingOptions
	cmd := &cobra.Command{
		Use:   "spending",
		Short: "show where the money went",
		Long: `Show where the money went, net of refunds. Transfers between own accounts and
card payments are not spending; mortgage, car and student payments are. Pending
rows count. Each currency is a report of its own.

What is called before is as many days right before the period. A month that is
not over is compared whole all the same; --from and --to compare part of it.`,
		Example: "  coffer spending\n  coffer spending --month 2026-10 --by merchant --json",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runSpending(cmd.Context(), o) },
	}
	cmd.Flags().StringVar(&o.month, "month", "", "the month, YYYY-MM (default: this month)")
	cmd.Flags().StringVar(&o.from, "from", "", "first day, YYYY-MM-DD")
	cmd.Flags().StringVar(&o.to, "to", "", "last day, included (default with --from: today)")
	cmd.Flags().StringVar(&o.by, "by", "category", "category, detailed, merchant or account")
	return cmd
}

func (a *app) runSpending(ctx context.Context, o spendingOptions) error {
	period, err := a.period(o)
	if err != nil {
		return err
	}
	by := ledger.Grouping(o.by)
	switch by {
	case ledger.ByCategory, ledger.ByDetailed, ledger.ByMerchant, ledger.ByAccount:
	default:
		return usage("--by %q: want category, detailed, merchant or account", o.by)
	}
	return a.withBook(ctx, func(book *ledger.Book) error {
		reports := book.Spending(period, by)
		if !a.flags.json {
			return a.printSpending(period, reports)
		}
		docs := make([]spendingDocument, 0, len(reports))
		for _, s := range reports {
			docs = append(docs, documentSpending(s))
		}
		return a.printJSON(docs)
	})
}

// period reads the flags that say which days are meant.
func (a *app) period(o spendingOptions) (ledger.Period, error) {
	switch {
	case o.month != "" && (o.from != "" || o.to != ""):
		return ledger.Period{}, usage("give --month, or --from and --to, not both")
	case o.month != "":
		m, err := ledger.ParseMonth(o.month)
		if err != nil {
			return ledger.Period{}, usage("--month: %w", err)
		}
		return m.Period(), nil
	case o.from == "" && o.to == "":
		return a.today.Month().Period(), nil
	case o.from == "":
		return ledger.Period{}, usage("--to needs --from")
	}
	from, err := ledger.ParseDate(o.from)
	if err != nil {
		return ledger.Period{}, usage("--from: %w", err)
	}
	to := a.today
	if o.to != "" {
		if to, err = ledger.ParseDate(o.to); err != nil {
			return ledger.Period{}, usage("--to: %w", err)
		}
	}
	if to.Compare(from) < 0 {
		return ledger.Period{}, usage("--from %s is after --to %s", from, to)
	}
	return ledger.Period{From: from, To: to}, nil
}

func documentSpending(s ledger.Spending) spendingDocument {
	doc := spendingDocument{
		From: s.Period.From.String(), To: s.Period.To.String(), Currency: s.Currency.Code(),
		Total: s.Total.String(), Rows: make([]spendingRowDocument, 0, len(s.Rows)),
	}
	for _, r := range s.Rows {
		row := spendingRowDocument{
			Key: r.Key, Label: r.Label, Amount: r.Amount.String(), Count: r.Count, Previous: r.Previous.String(),
		}
		if share, ok := s.Share(r); ok {
			row.Share = &share
		}
		doc.Rows = append(doc.Rows, row)
	}
	return doc
}

func (a *app) printSpending(p ledger.Period, reports []ledger.Spending) error {
	if len(reports) == 0 {
		_, err := fmt.Fprintf(a.out, "nothing was spent from %s to %s\n", p.From, p.To)
		return err
	}
	for i, s := range reports {
		if i > 0 {
			fmt.Fprintln(a.out)
		}
		fmt.Fprintf(a.out, "%s to %s, %s %s\n", p.From, p.To, printable(s.Currency.Code()), amountCell(s.Total))
		t := newTable("~", ">Spent", ">Share", ">Rows", ">Before")
		for _, r := range s.Rows {
			t.add(r.Label, amountCell(r.Amount), shareCell(s, r), strconv.Itoa(r.Count), amountCell(r.Previous))
		}
		if err := a.printTable(t); err != nil {
			return err
		}
	}
	return nil
}

func shareCell(s ledger.Spending, r ledger.SpendingRow) string {
	share, ok := s.Share(r)
	if !ok {
		return "–"
	}
	if 0 < share && share < 0.005 {
		return "<1%"
	}
	return fmt.Sprintf("%.0f%%", 100*share)
}
