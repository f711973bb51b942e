package main

import (
	"cmp"
	"context"
	"fmt"

	"coffer/storage"
)

// A damageDocument says what is left of a damaged vault, and what is lost.
type damageDocument struct {
	Cause *string `json:"cause"` // null: nothing is damaged
	// Exact is false where what is lost could not be counted: there may be more.
	Exact bool                `json:"exact"`
	Parts []partDocument      `json:"parts"`
	Banks []savedBankDocument `json:"banks"`
	// LostMonths are those months of transactions of which it is known.
	LostMonths []lostMonthDocument `json:"lost_months"`
	// Refetch: the next sync fetches the banks' whole history again.
	Refetch bool `json:"refetch"`
}

type partDocument struct {
	Name   string `json:"name"`
	Kept   int    `json:"kept"`
	Mended int    `json:"mended"`
	Lost   int    `json:"lost"`
}

type savedBankDocument struct {
	Name         string `json:"name"`
	Token        bool   `json:"access_token"`
	Accounts     int    `json:"accounts"`
	Months       int    `json:"months"`
	Transactions int    `json:"transactions"`
}

type lostMonthDocument struct {
	Bank    string `json:"bank"`
	Account string `json:"account"`
	Month   string `json:"month"`
}

func documentDamage(f storage.Findings) damageDocument {
	doc := damageDocument{Exact: f.Counted, Refetch: f.Again, Parts: []partDocument{}, Banks: []savedBankDocument{}, LostMonths: []lostMonthDocument{}}
	if f.Cause != nil {
		text := f.Cause.Error()
		doc.Cause = &text
	}
	for _, p := range f.Parts {
		doc.Parts = append(doc.Parts, partDocument(p))
	}
	for _, b := range f.Banks {
		doc.Banks = append(doc.Banks, savedBankDocument{b.Name, b.Token, b.Accounts, b.Months, b.Rows})
	}
	for _, m := range f.Months {
		doc.LostMonths = append(doc.LostMonths, lostMonthDocument{m.Bank, m.Account, m.Month.String()})
	}
	return doc
}

// partTitles are what the parts are counted in, where their name does not say it.
var partTitles = map[string]string{
	"transactions": "months of transactions",
	"journal":      "journal entries",
	"balances":     "months of balances",
}

// printDamage tells people what can be saved of a vault.
func (a *app) printDamage(doc damageDocument) error {
	t := newTable("What", ">Whole", ">Mended", ">Lost")
	for _, p := range doc.Parts {
		if p.Kept+p.Mended+p.Lost > 0 {
			t.add(cmp.Or(partTitles[p.Name], p.Name), fmt.Sprint(p.Kept), fmt.Sprint(p.Mended), fmt.Sprint(p.Lost))
		}
	}
	if err := a.printTable(t); err != nil {
		return err
	}
	lines := []string{""}
	for _, b := range doc.Banks {
		line := fmt.Sprintf("%s: %d accounts, %d transactions in %d months", b.Name, b.Accounts, b.Transactions, b.Months)
		if !b.Token {
			line += "; its access is lost, link it again"
		}
		lines = append(lines, line)
	}
	for _, m := range doc.LostMonths {
		lines = append(lines, fmt.Sprintf("lost: %s, %s, %s", m.Bank, m.Account, m.Month))
	}
	if !doc.Exact {
		lines = append(lines, "the vault's own count is lost too: more may be missing than is named")
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(a.out, printable(line)); err != nil {
			return err
		}
	}
	return nil
}

type salvageDocument struct {
	Home     string         `json:"home"`
	Salvaged damageDocument `json:"salvaged"`
}

// runSalvage makes a new vault of a damaged one.
func (a *app) runSalvage(ctx context.Context) error {
	if err := a.loadConfig(); err != nil {
		return err
	}
	u, err := a.unlockerOfWreck(ctx)
	if err != nil {
		return err
	}
	found, err := storage.Salvage(ctx, a.flags.home, u, a.storageOptions())
	if err != nil {
		return err
	}
	about, err := a.describeVault(ctx)
	if err == nil {
		err = seenFile().Forget(about.ID)
	}
	if err != nil {
		return err
	}
	doc := salvageDocument{a.flags.home, documentDamage(found)}
	if a.flags.json {
		return a.printJSON(doc)
	}
	if _, err := fmt.Fprintf(a.out, "made a new vault of what could be read; the damaged one is among the copies\n\n"); err != nil {
		return err
	}
	if err := a.printDamage(doc.Salvaged); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.out, "next: coffer sync")
	return err
}

// unlockerOfWreck is what opens a vault that may be damaged: what the flags name,
// else one of the ways that the vault names, or, where it cannot, a copy of it.
func (a *app) unlockerOfWreck(ctx context.Context) (storage.Unlocker, error) {
	if u, err := a.namedUnlocker(ctx, a.err); u != nil || err != nil {
		return u, err
	}
	about, err := a.describeVault(ctx)
	if err == nil {
		return a.unlockerFor(ctx, about)
	}
	copies, copiesErr := storage.Copies(a.flags.home, a.now())
	if copiesErr != nil {
		return nil, err
	}
	for _, c := range copies {
		if about, err := storage.DescribeCopy(c.Path); err == nil {
			return a.unlockerFor(ctx, about)
		}
	}
	return nil, err
}
