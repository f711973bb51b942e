package main

import (
	"context"
	"fmt"

	"coffer/ledger"
	"coffer/storage"
	"coffer/tui/widget"
)

type overviewDocument struct {
	Today        string             `json:"today"`
	Items        int                `json:"items"`
	Accounts     int                `json:"accounts"`
	Transactions int                `json:"transactions"`
	NetWorth     []currencyDocument `json:"net_worth"`
	Spending     []monthDocument    `json:"spending"`
}

type currencyDocument struct {
	Currency string `json:"currency"`
	Amount   string `json:"amount"`
}

type monthDocument struct {
	Currency string `json:"currency"`
	Month    string `json:"month"`
	Total    string `json:"total"`
}

// printOverview answers "how am I doing" without the interface.
func (a *app) printOverview(ctx context.Context, v *storage.Vault) error {
	book, err := v.Book(ctx)
	if err != nil {
		return err
	}
	worth, month := book.NetWorth(), a.today.Month()
	spending := book.Spending(month.Period(), ledger.ByCategory)
	if a.flags.json {
		return a.printJSON(a.documentOverview(book, worth, spending))
	}
	fmt.Fprintf(a.out, "%s: %s, %s, %s\n", a.today, widget.Plural(len(book.Items()), "bank"),
		widget.Plural(len(book.Accounts()), "account"), widget.Plural(book.Len(), "transaction"))
	t := newTable("", ">", "")
	for _, w := range worth {
		t.add("Net worth", amountCell(w.Total), w.Total.Currency().Code())
	}
	for _, s := range spending {
		t.add("Spent in "+month.String(), amountCell(s.Total), s.Currency.Code())
	}
	return a.printTable(t)
}

func (a *app) documentOverview(book *ledger.Book, worth []ledger.NetWorth, spending []ledger.Spending) overviewDocument {
	doc := overviewDocument{
		Today: a.today.String(), Items: len(book.Items()), Accounts: len(book.Accounts()), Transactions: book.Len(),
		NetWorth: make([]currencyDocument, 0, len(worth)), Spending: make([]monthDocument, 0, len(spending)),
	}
	for _, w := range worth {
		doc.NetWorth = append(doc.NetWorth, currencyDocument{w.Total.Currency().Code(), w.Total.String()})
	}
	for _, s := range spending {
		doc.Spending = append(doc.Spending, monthDocument{s.Currency.Code(), a.today.Month().String(), s.Total.String()})
	}
	return doc
}
