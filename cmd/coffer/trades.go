package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"coffer/ledger"
	"coffer/storage"
	"coffer/tui/widget"
)

type tradeDocument struct {
	ID          string           `json:"id"`
	AccountID   ledger.AccountID `json:"account_id"`
	ItemID      ledger.ItemID    `json:"item_id"`
	Institution string           `json:"institution"`
	Account     *string          `json:"account"`
	Date        *string          `json:"date"`
	Name        *string          `json:"name"`
	Type        *string          `json:"type"`
	Subtype     *string          `json:"subtype"`
	Security    *string          `json:"security"`
	Ticker      *string          `json:"ticker"`
	Quantity    *ledger.Decimal  `json:"quantity"`
	Price       *ledger.Decimal  `json:"price"`
	Currency    *string          `json:"currency"`
	Amount      *string          `json:"amount"`
	Fees        *string          `json:"fees"`
	AsOf        *string          `json:"as_of"`
}

// A toldTrade is a trade and who told of it.
type toldTrade struct {
	ledger.Trade
	by ledger.Told
}

// runTrades lists what happened in investment accounts, the newest first.
func (a *app) runTrades(ctx context.Context, limit int) error {
	return a.withVault(ctx, func(v *storage.Vault) error {
		all, d, err := readTold(ctx, v, v.Trades)
		if err != nil {
			return err
		}
		list := newestTrades(all)
		count := len(list)
		if limit > 0 {
			list = list[:min(count, limit)]
		}
		if a.flags.json {
			return a.printJSON(documentTrades(list, d))
		}
		if err := a.printTrades(list, d); err != nil {
			return err
		}
		if len(list) < count {
			fmt.Fprintf(a.err, "%s of %s; --limit 0 shows all\n", widget.Count(len(list)), widget.Count(count))
		}
		return nil
	})
}

func newestTrades(all []ledger.Trades) []toldTrade {
	var list []toldTrade
	for _, told := range all {
		for _, t := range told.List {
			list = append(list, toldTrade{t, told.Told})
		}
	}
	slices.SortStableFunc(list, func(x, y toldTrade) int {
		return cmp.Or(y.Date.Compare(x.Date), cmp.Compare(x.ID, y.ID))
	})
	return list
}

func documentTrades(list []toldTrade, d directory) []tradeDocument {
	docs := []tradeDocument{}
	for i := range list {
		t := &list[i]
		docs = append(docs, tradeDocument{
			ID: t.ID, AccountID: t.Account, ItemID: t.by.Item, Institution: d.banks[t.by.Item], Account: orNull(d.label(t.Account)),
			Date: dateOrNull(t.Date), Name: orNull(t.Name), Type: orNull(t.Kind), Subtype: orNull(t.Subkind),
			Security: orNull(t.Security), Ticker: orNull(t.Ticker), Quantity: orNull(t.Quantity), Price: orNull(t.Price),
			Currency: orNull(t.Currency.Code()), Amount: amountOrNull(t.Amount), Fees: amountOrNull(t.Fees), AsOf: timeOrNull(t.by.At),
		})
	}
	return docs
}

func (a *app) printTrades(list []toldTrade, d directory) error {
	if len(list) == 0 {
		fmt.Fprintln(a.err, "no bank of yours tells of investment transactions; coffer link links one, coffer sync asks it")
		return nil
	}
	t := newTable("Date", "~Account", "~What", "~Security", ">Quantity", ">Amount", "")
	for _, x := range list {
		security := cmp.Or(strings.TrimSpace(x.Ticker), x.Security, x.Name)
		t.add(a.dayCell(x.Date), d.title(x.Account), x.What(), security, quantityCell(x.Quantity), amountCell(x.Amount), x.Currency.Code())
	}
	return a.printTable(t)
}

// quantityCell leaves out what nothing was traded of.
func quantityCell(d ledger.Decimal) string {
	if d == "0" {
		return ""
	}
	return widget.Decimal(d, 0, quantityDecimals)
}
