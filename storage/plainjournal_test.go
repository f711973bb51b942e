package storage_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"coffer/ledger"
)

// The yardstick of the measurements: the same rows in a plain-text journal, as
// hledger reads it. It says less of a row than the vault does (no merchant, no day
// of authorization, no channel, no place), and is the smaller and quicker for it.

// writeJournal writes rows as hledger's entries.
func writeJournal(to io.Writer, rows []ledger.Transaction) error {
	w := bufio.NewWriterSize(to, 1<<20)
	for i := range rows {
		t := &rows[i]
		fmt.Fprintf(w, "%s %s  ; id:%s\n    %s  %s %s\n    %s\n\n",
			t.Date, t.Name, t.ID, t.Category, t.Amount.Neg(), t.Amount.Currency(), t.Account)
	}
	return w.Flush()
}

// appendJournal adds rows to a journal, durably.
func appendJournal(path string, rows []ledger.Transaction) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(writeJournal(f, rows), f.Sync(), f.Close())
}

// readJournal makes a Book of a journal.
func readJournal(path string) (*ledger.Book, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	text := string(data)
	b := ledger.NewBuilder()
	var t ledger.Transaction
	for text != "" {
		if t, text, err = readEntry(text); err != nil {
			return nil, err
		}
		b.Add(&t)
	}
	return b.Build(nil, nil, nil), nil
}

// readEntry reads the first entry of a journal, and returns the rest.
func readEntry(text string) (t ledger.Transaction, rest string, err error) {
	head, text, _ := strings.Cut(text, "\n")
	category, text, _ := strings.Cut(text, "\n")
	account, text, _ := strings.Cut(text, "\n")
	empty, text, _ := strings.Cut(text, "\n")

	date, head, _ := strings.Cut(head, " ")
	name, id, hasID := strings.Cut(head, "  ; id:")
	into, sum, hasSum := strings.Cut(strings.TrimPrefix(category, "    "), "  ")
	number, currency, _ := strings.Cut(sum, " ")
	if !hasID || !hasSum || empty != "" {
		return t, "", fmt.Errorf("not an entry: %q", head)
	}
	t.ID, t.Name = ledger.TransactionID(id), name
	t.Category, t.Account = ledger.Category(into), ledger.AccountID(strings.TrimPrefix(account, "    "))
	var dateErr, sumErr error
	t.Date, dateErr = ledger.ParseDate(date)
	t.Amount, sumErr = ledger.ParseAmount(number, ledger.ISO(currency))
	t.Amount = t.Amount.Neg()
	return t, text, errors.Join(dateErr, sumErr)
}
