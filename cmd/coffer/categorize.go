package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/storage"
)

type categorizeDocument struct {
	Category *string `json:"category"`
	Matched  int     `json:"matched"`
	Changed  int     `json:"changed"`
	Own      bool    `json:"own"` // a category of the user's own
	DryRun   bool    `json:"dry_run"`
}

type categorizeOptions struct {
	query, as string
	dryRun    bool
}

func newCategorizeCommand(a *app) *cobra.Command {
	var o categorizeOptions
	cmd := &cobra.Command{
		Use:   "categorize QUERY...",
		Short: "give transactions another category",
		Long: `Give every transaction that QUERY finds another category: a code of Plaid's, its
label, or a category of your own. The bank's category is kept beside yours; a
later sync does not touch yours. --as "" takes yours away.

` + queryHelp,
		Example: "  coffer categorize \"corner diner\" --as restaurants --dry-run\n  coffer categorize payee:\"Ana\" --as \"Party\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			o.query = strings.Join(args, " ")
			if strings.TrimSpace(o.query) == "" {
				return usage("categorize wants a QUERY; to change every row say date:..%s", a.today)
			}
			if !cmd.Flags().Changed("as") {
				return usage("categorize wants --as CATEGORY")
			}
			return a.runCategorize(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVar(&o.as, "as", "", "the category, required")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "only show what would change")
	return cmd
}

func (a *app) runCategorize(ctx context.Context, o categorizeOptions) error {
	var wanted ledger.Category
	if o.as != "" {
		c, err := ledger.ParseCategory(o.as)
		if err != nil {
			return usage("--as: %w", err)
		}
		wanted = c
	}
	return a.withVault(ctx, func(v *storage.Vault) error {
		book, err := v.Book(ctx)
		if err != nil {
			return err
		}
		if err := a.checkOwn(book, wanted); err != nil {
			return err
		}
		q, err := book.ParseQuery(o.query)
		if err != nil {
			return usage("%w", err)
		}
		rows := book.Select(q, ledger.Sort{By: ledger.SortDate}).Rows
		edits := book.Recategorize(idsOf(book, rows), wanted)
		if !o.dryRun && len(edits) > 0 {
			if err := v.Edit(ctx, edits); err != nil {
				return err
			}
		}
		return a.printCategorized(o, wanted, len(rows), len(edits))
	})
}

// checkOwn looks at a category of the user's own. Any words may be one, but words
// that begin one of Plaid's are more likely a slip: those are refused. A new one is
// announced.
func (a *app) checkOwn(book *ledger.Book, c ledger.Category) error {
	if c == "" || c.Known() || c == ledger.Uncategorized {
		return nil
	}
	meant, err := book.ParseQuery(fmt.Sprintf("cat:%q", string(c)))
	switch {
	case err == nil && meant.Category == c: // the user has it already
	case err == nil:
		return usage("--as %q: is it %s? say that, or a name that none of Plaid's begins with", c, meant.Category)
	case !errors.Is(err, ledger.ErrNoCategory): // several of Plaid's begin so
		return usage("--as %q: %w", c, err)
	default:
		fmt.Fprintf(a.err, "%s is a new category of your own\n", printable(string(c)))
	}
	return nil
}

// idsOf returns the ids of rows.
func idsOf(book *ledger.Book, rows []ledger.Row) []ledger.TransactionID {
	ids := make([]ledger.TransactionID, len(rows))
	for i, r := range rows {
		ids[i] = book.Entry(r).ID
	}
	return ids
}

func (a *app) printCategorized(o categorizeOptions, category ledger.Category, matched, changed int) error {
	if a.flags.json {
		return a.printJSON(categorizeDocument{
			Category: orNull(string(category)), Matched: matched, Changed: changed,
			Own: category != "" && !category.Known(), DryRun: o.dryRun,
		})
	}
	verb := "changed"
	if o.dryRun {
		verb = "would change"
	}
	label := "the bank's category"
	if category != "" {
		label = category.Label()
	}
	_, err := fmt.Fprintf(a.out, "%d of %d rows that match %s to %s\n", changed, matched, verb, printable(label))
	return err
}
