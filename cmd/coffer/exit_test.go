package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/storage"
)

// Where several codes apply, 6 wins over 4 and 4 over 5, whichever bank comes
// first; and every bank that failed is named once.
func TestTheWorstBankDecidesTheExitCode(t *testing.T) {
	wrapped := func(err error) error { return fmt.Errorf("sync: %w", err) }
	for _, tt := range []struct {
		name string
		errs []error
		want int
	}{
		{"all well", []error{nil, nil}, exitOK},
		{"no network", []error{nil, wrapped(ledger.ErrNetwork)}, exitOffline},
		{"too many requests", []error{wrapped(ledger.ErrRateLimited)}, exitOffline},
		{"one signs in again, one has no network", []error{wrapped(ledger.ErrNetwork), wrapped(ledger.ErrLoginRequired)}, exitAttention},
		{"something else", []error{errors.New("odd")}, exitAttention},
		{"the vault is in use", []error{wrapped(storage.ErrInUse), wrapped(ledger.ErrLoginRequired)}, exitVault},
		{"the vault is damaged", []error{wrapped(ledger.ErrLoginRequired), wrapped(storage.ErrDamaged)}, exitVault},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var told bytes.Buffer
			a := &app{world: world{err: &told}}
			results := make([]ledger.SyncResult, len(tt.errs))
			for i, err := range tt.errs {
				results[i] = ledger.SyncResult{Item: ledger.Item{Name: fmt.Sprint("Bank ", i)}, Err: err}
			}
			if got := report(&told, a.outcome(results)); got != tt.want {
				t.Errorf("exit code %d, want %d", got, tt.want)
			}
			for i, err := range tt.errs {
				want := 0
				if err != nil {
					want = 1
				}
				if got := strings.Count(told.String(), fmt.Sprint("Bank ", i)); got != want {
					t.Errorf("bank %d is named %d times, want %d:\n%s", i, got, want, &told)
				}
			}
		})
	}
}
