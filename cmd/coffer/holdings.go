package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/storage"
	"coffer/tui/widget"
)

type holdingDocument struct {
	AccountID   ledger.AccountID `json:"account_id"`
	ItemID      ledger.ItemID    `json:"item_id"`
	Institution string           `json:"institution"`
	Account     *string          `json:"account"`
	Security    *string          `json:"security"`
	Ticker      *string          `json:"ticker"`
	Type        *string          `json:"type"`
	Quantity    *ledger.Decimal  `json:"quantity"`
	Price       *ledger.Decimal  `json:"price"`
	PriceAsOf   *string          `json:"price_as_of"`
	Currency    *string          `json:"currency"`
	Value       *string          `json:"value"`
	CostBasis   *string          `json:"cost_basis"`
	Gain        *string          `json:"gain"`
	AsOf        *string          `json:"as_of"`
}

func newHoldingsCommand(a *app) *cobra.Command {
	var trades bool
	var limit int
	cmd := &cobra.Command{
		Use:   "holdings",
		Short: "list what investment accounts hold",
		Long: `List what investment accounts hold, as their banks told at a sync. Banks are asked
at most every six hours, and prices are of the day that the bank names. A gain is
shown where the bank tells what was paid.

With --transactions list what happened there instead, the newest first: what was
bought and sold, dividends, fees. Plaid tells of the last 24 months; what was told
before stays. Negative is money that left the account. None of it counts as spending.`,
		Example: "  coffer holdings\n  coffer holdings --transactions --limit 20\n  coffer holdings --json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case cmd.Flags().Changed("limit") && !trades:
				return usage("--limit needs --transactions")
			case limit < 0:
				return usage("--limit %d: want 0 for all, or more", limit)
			case trades:
				return a.runTrades(cmd.Context(), limit)
			}
			return a.runHoldings(cmd.Context())
		},
	}
	cmd.Flags().BoolVar(&trades, "transactions", false, "list what happened in investment accounts")
	cmd.Flags().IntVar(&limit, "limit", 50, "how many of --transactions at most; 0 means all")
	return cmd
}

func (a *app) runHoldings(ctx context.Context) error {
	return a.withVault(ctx, func(v *storage.Vault) error {
		all, d, err := readTold(ctx, v, v.Holdings)
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.printJSON(documentHoldings(all, d))
		}
		return a.printHoldings(all, d)
	})
}

// readTold reads what banks told besides transactions, and the names for it.
func readTold[T any](ctx context.Context, v *storage.Vault, read func(context.Context) (T, error)) (T, directory, error) {
	all, err := read(ctx)
	if err != nil {
		return all, directory{}, err
	}
	d, err := readDirectory(ctx, v)
	return all, d, err
}

func documentHoldings(all []ledger.Holdings, d directory) []holdingDocument {
	docs := []holdingDocument{}
	for _, told := range all {
		for _, h := range told.List {
			docs = append(docs, holdingDocument{
				AccountID: h.Account, ItemID: told.Item, Institution: d.banks[told.Item], Account: orNull(d.label(h.Account)),
				Security: orNull(h.Security), Ticker: orNull(h.Ticker), Type: orNull(h.Kind),
				Quantity: orNull(h.Quantity), Price: orNull(h.Price), PriceAsOf: dateOrNull(h.PriceDate),
				Currency: orNull(h.Currency.Code()), Value: amountOrNull(h.Value), CostBasis: amountOrNull(h.Cost),
				Gain: amountOrNull(h.Gain()), AsOf: timeOrNull(told.At),
			})
		}
	}
	return docs
}

// How many decimals of what a bank tells are shown; --json has them all.
const (
	quantityDecimals = 6
	priceDecimals    = 4
)

// printHoldings lists them by account.
func (a *app) printHoldings(all []ledger.Holdings, d directory) error {
	t := newTable("~Security", ">Quantity", ">Price", "of", ">Value", ">Gain", "")
	var everything []ledger.Holding
	for _, told := range all {
		everything = append(everything, told.List...)
		last := ledger.AccountID("")
		for _, h := range slices.SortedStableFunc(slices.Values(told.List), func(x, y ledger.Holding) int { return d.compare(x.Account, y.Account) }) {
			if h.Account != last {
				last = h.Account
				t.head(fmt.Sprintf("%s, %s: as of %s", d.banks[told.Item], d.title(h.Account), a.ago(told.At)))
			}
			t.add(securityCell(h), widget.Decimal(h.Quantity, 0, quantityDecimals), widget.Decimal(h.Price, 2, priceDecimals),
				a.dayCell(h.PriceDate), amountCell(h.Value), amountCell(h.Gain()), h.Currency.Code())
		}
	}
	if len(everything) == 0 {
		fmt.Fprintln(a.err, "no bank of yours tells of investments; coffer link links one, coffer sync asks it")
		return nil
	}
	for _, sum := range ledger.ValueOf(everything) {
		t.add("Total", "", "", "", amountCell(sum), "", sum.Currency().Code())
	}
	return a.printTable(t)
}

// securityCell names a security; the ticker stays where the name is cut.
func securityCell(h ledger.Holding) string {
	switch {
	case h.Security == "" && h.Ticker == "":
		return widget.Unknown
	case h.Ticker == "" || h.Ticker == h.Security:
		return h.Security
	}
	return h.Ticker + " " + h.Security
}

// dayCell is a day in a table.
func (a *app) dayCell(d ledger.Date) string { return widget.Day(d, a.today) }
