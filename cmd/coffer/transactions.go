package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/tui/widget"
)

type transactionDocument struct {
	ID             ledger.TransactionID `json:"id"`
	AccountID      ledger.AccountID     `json:"account_id"`
	Date           *string              `json:"date"`
	AuthorizedDate *string              `json:"authorized_date"`
	Payee          string               `json:"payee"`
	Description    string               `json:"description"`
	Amount         *string              `json:"amount"`
	Currency       *string              `json:"currency"`
	Category       *string              `json:"category"`
	Pending        bool                 `json:"pending"`
	Note           *string              `json:"note"`
	Tags           []string             `json:"tags"`
	Transfer       bool                 `json:"transfer"`
	Splits         []struct{}           `json:"splits"`
}

type transactionsOptions struct {
	query  string
	limit  int
	sort   string
	format string
}

func newTransactionsCommand(a *app) *cobra.Command {
	var o transactionsOptions
	cmd := &cobra.Command{
		Use:   "transactions [QUERY...]",
		Short: "list transactions, newest first",
		Long: `List transactions, newest first. Negative is money out of the account.

` + queryHelp,
		Example: "  coffer transactions coffee date:2026-10\n  coffer transactions cat:travel cur:EUR --limit 0 --format csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			o.query = strings.Join(args, " ")
			if a.flags.json && !cmd.Flags().Changed("format") {
				o.format = "json"
			}
			if a.flags.json && !strings.HasPrefix(o.format, "json") {
				return usage("--json and --format %s contradict each other", o.format)
			}
			return a.runTransactions(cmd.Context(), o)
		},
	}
	cmd.Flags().IntVar(&o.limit, "limit", 50, "how many rows at most; 0 means all")
	cmd.Flags().StringVar(&o.sort, "sort", "date", "date, amount or payee")
	cmd.Flags().StringVar(&o.format, "format", "table", "table, json, jsonl or csv")
	return cmd
}

// queryHelp explains QUERY wherever a command takes one.
const queryHelp = `QUERY is words that must all occur in the payee or the bank's text, and terms:
cat:groceries acct:checking date:2026-10 date:2026-10-01..2026-10-15 amt:>50
cur:EUR payee:"Corner Diner" is:pending is:spending is:uncategorized`

// transactionFormats are the ways to print a list.
var transactionFormats = map[string]func(*app, *ledger.Book, []ledger.Row) error{
	"table": (*app).printTransactionTable,
	"json":  (*app).printTransactionJSON,
	"jsonl": (*app).printTransactionLines,
	"csv":   (*app).printTransactionCSV,
}

func (a *app) runTransactions(ctx context.Context, o transactionsOptions) error {
	show, ok := transactionFormats[o.format]
	if !ok {
		return usage("--format %q: want table, json, jsonl or csv", o.format)
	}
	order := ledger.Sort{By: ledger.SortKey(o.sort)}
	switch order.By {
	case ledger.SortDate, ledger.SortAmount, ledger.SortPayee:
	default:
		return usage("--sort %q: want date, amount or payee", o.sort)
	}
	if o.limit < 0 {
		return usage("--limit %d: want 0 for all, or more", o.limit)
	}
	return a.withBook(ctx, func(book *ledger.Book) error {
		q, err := book.ParseQuery(o.query)
		if err != nil {
			return usage("%w", err)
		}
		rows := book.Select(q, order).Rows
		all := len(rows)
		if o.limit > 0 && all > o.limit {
			rows = rows[:o.limit]
		}
		if o.format == "table" && all == 0 {
			fmt.Fprintln(a.err, "nothing matches")
			return nil
		}
		if err := show(a, book, rows); err != nil {
			return err
		}
		if o.format == "table" && len(rows) < all {
			fmt.Fprintf(a.err, "%s of %s; --limit 0 shows all\n", widget.Count(len(rows)), widget.Count(all))
		}
		return nil
	})
}

func (a *app) printTransactionTable(book *ledger.Book, rows []ledger.Row) error {
	t := newTable("Date", "~Payee", "~Category", "~Account", ">Amount", "", "")
	for _, r := range rows {
		e := book.Entry(r)
		acc, _ := book.Account(e.Account)
		state := ""
		if e.Pending {
			state = "pending"
		}
		t.add(e.Date.String(), e.Payee, e.Category.Label(), acc.Label(),
			amountCell(e.Amount), e.Amount.Currency().Code(), state)
	}
	return a.printTable(t)
}

func (a *app) printTransactionJSON(book *ledger.Book, rows []ledger.Row) error {
	docs := make([]transactionDocument, 0, len(rows))
	for _, r := range rows {
		docs = append(docs, documentTransaction(book.Entry(r)))
	}
	return a.printJSON(docs)
}

func (a *app) printTransactionLines(book *ledger.Book, rows []ledger.Row) error {
	for _, r := range rows {
		if err := a.printJSONLine(documentTransaction(book.Entry(r))); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) printTransactionCSV(book *ledger.Book, rows []ledger.Row) error {
	out := [][]string{{
		"id", "account_id", "date", "authorized_date", "payee", "description",
		"amount", "currency", "category", "pending", "transfer",
	}}
	for _, r := range rows {
		e := book.Entry(r)
		out = append(out, []string{
			csvText(string(e.ID)), csvText(string(e.Account)), e.Date.String(), e.Authorized.String(),
			csvText(e.Payee), csvText(e.Name), e.Amount.String(), csvText(e.Amount.Currency().Code()),
			csvText(string(e.Category)), strconv.FormatBool(e.Pending), strconv.FormatBool(e.Transfer),
		})
	}
	return writeCSV(a.out, out)
}

func documentTransaction(e ledger.Entry) transactionDocument {
	return transactionDocument{
		ID: e.ID, AccountID: e.Account, Date: dateOrNull(e.Date), AuthorizedDate: dateOrNull(e.Authorized),
		Payee: e.Payee, Description: e.Name, Amount: amountOrNull(e.Amount),
		Currency: orNull(e.Amount.Currency().Code()), Category: orNull(string(e.Category)),
		Pending: e.Pending, Transfer: e.Transfer, Tags: []string{}, Splits: []struct{}{},
	}
}
