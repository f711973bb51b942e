package tui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
)

// The heavy part of the rule stands under the name of the screen in front, exactly.
func TestTheRuleMarksTheTabInFront(t *testing.T) {
	w := open(t, family(), 120, 40)
	for _, size := range sizes[:3] {
		for n, title := range []string{"1 Overview", "2 Transactions", "3 Spending", "4 Accounts"} {
			w.Resize(size[0], size[1])
			w.Press(fmt.Sprint(n + 1))
			header, rule := []rune(w.Lines()[0]), []rune(w.Lines()[1])
			if size[0] == 45 {
				title = title[2:]
			}
			var marked strings.Builder
			for i, r := range rule {
				if r == '━' {
					marked.WriteRune(header[i])
				}
			}
			if marked.String() != title {
				t.Errorf("%d columns: the rule marks %q, want %q", size[0], marked.String(), title)
			}
		}
	}
}

// What there is no room for goes in one order, and the same on every screen of one
// width.
func TestTheStripDropsItsPartsInOneOrder(t *testing.T) {
	item := func(name string, state ledger.ItemState) ledger.Item {
		return ledger.Item{ID: ledger.ItemID(name), Name: name, State: state, LastSync: noon().Add(-time.Second)}
	}
	fine := []ledger.Item{item("A", ledger.ItemOK), item("B", ledger.ItemOK)}
	broken := []ledger.Item{item("First Gingham Credit Union", ledger.ItemLoginRequired), item("B", ledger.ItemOK)}
	two := []ledger.Item{item("A", ledger.ItemLoginRequired), item("B", ledger.ItemRevoked), item("C", ledger.ItemOK)}
	for _, tt := range []struct {
		items []ledger.Item
		width int
		want  string // at the end of the header
		under string // and of the line under it, "" for nothing
	}{
		{fine, 120, "demo · 2 banks ok · synced just now", ""},
		{fine, 100, "demo · synced just now", "2 banks ok"},
		{fine, 80, "synced just now", "demo · 2 banks ok"},
		{fine, 60, "demo · 2 banks ok · synced just now", ""},
		{fine, 45, "synced just now", "demo · 2 banks ok"},
		{fine, 40, "synced just now", "demo"},
		{broken, 140, "demo · ⚠ First Gingham Credit Union needs you · synced just now", ""},
		{broken, 120, "⚠ First Gingham Credit Un… needs you · synced just now", "demo"},
		{broken, 100, "⚠ 1 needs you · synced just now", "demo"},
		{broken, 80, "⚠ 1 bank needs you", "synced just now"},
		{broken, 45, "⚠ 1 bank needs you", "synced just now"},
		{broken, 40, "⚠ 1 needs you", "demo"},
		{two, 120, "demo · ⚠ 2 of 3 banks need you · synced just now", ""},
		{two, 80, "⚠ 2 need you", "synced just now"},
		{two, 40, "⚠ 2 need you", "demo"},
	} {
		w := open(t, family().WithBanks(tt.items, nil), tt.width, 24)
		for _, screen := range []string{"1", "2", "3", "4"} {
			w.Press(screen)
			if got := w.Lines()[0]; !strings.HasSuffix(got, "  "+tt.want) {
				t.Errorf("%d columns, screen %s: the header is %q, want it to end in %q", tt.width, screen, got, tt.want)
			}
			rule := strings.TrimRight(w.Lines()[1], "─ ")
			if tt.under == "" {
				rule = strings.Trim(w.Lines()[1], "─━")
			}
			if !strings.HasSuffix(rule, tt.under) || tt.under == "" && rule != "" {
				t.Errorf("%d columns, screen %s: the line under it is %q, want it to tell %q", tt.width, screen, w.Lines()[1], tt.under)
			}
		}
	}
}

func TestTheHeaderTellsTheOldestSyncOfTheBanksThatWork(t *testing.T) {
	bank := func(name string, state ledger.ItemState, ago time.Duration) ledger.Item {
		it := ledger.Item{ID: ledger.ItemID(name), Name: name, State: state}
		if ago > 0 {
			it.LastSync = noon().Add(-ago)
		}
		return it
	}
	for _, tt := range []struct {
		name  string
		items []ledger.Item
		want  string
	}{
		{"the oldest", []ledger.Item{bank("A", ledger.ItemOK, time.Minute), bank("B", ledger.ItemOK, 2*time.Hour)}, "2 banks ok · synced 2 h ago"},
		{"a broken first bank is left out", []ledger.Item{bank("A", ledger.ItemLoginRequired, 100*time.Hour), bank("B", ledger.ItemOK, 2*time.Hour)}, "A needs you · synced 2 h ago"},
		{"and one that never synced", []ledger.Item{bank("A", ledger.ItemRevoked, 0), bank("B", ledger.ItemOK, 2*time.Hour)}, "A needs you · synced 2 h ago"},
		{"a new bank", []ledger.Item{bank("A", ledger.ItemOK, time.Minute), bank("B", ledger.ItemSyncing, 0)}, "1 of 2 banks ok · never synced"},
		{"all are broken", []ledger.Item{bank("A", ledger.ItemLoginRequired, 3*time.Hour), bank("B", ledger.ItemRevoked, 2*time.Hour)}, "2 of 2 banks need you · synced 3 h ago"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := open(t, family().WithBanks(tt.items, nil), 120, 40)
			if got := w.Lines()[0]; !strings.HasSuffix(got, tt.want) {
				t.Errorf("the header is %q, want it to end in %q", got, tt.want)
			}
		})
	}
}
