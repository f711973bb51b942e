package tui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/tuitest"
)

// twice is a household whose first bank is linked a second time, with one of its two
// accounts: the user edited a row of each. The second link has all of its history when
// ready says so.
func twice(ready bool) *ledger.Book {
	items, accounts := familyBanks()
	items[0].Institution = "ins_1"
	second := items[0]
	second.ID, second.HistoryReady = "item-9", ready
	again := accounts[0]
	again.ID, again.Item = "acc-again", second.ID
	b, edits := ledger.NewBuilder(), make(ledger.Edits)
	for _, row := range tuitest.HouseholdRows() {
		if row.Account == tuitest.Checking && len(edits) == 0 || row.Account == tuitest.Card && len(edits) == 1 {
			edits[row.ID] = ledger.Edit{Category: "Party"}
		}
		b.Add(&row)
		if row.Account == tuitest.Checking {
			row.ID, row.Account = "again-"+row.ID, again.ID
			b.Add(&row)
		}
	}
	return b.Build(append(items, second), append(accounts, again), edits)
}

// edited is the household with an edit.
func edited() *ledger.Book {
	return family().WithEdits(ledger.Edits{tuitest.HouseholdRows()[0].ID: {Category: "Party"}})
}

func TestRemoveDialog(t *testing.T) {
	lost := fmt.Errorf("remove First Platypus Bank (nothing was erased): %w", ledger.ErrUnknownAccess)
	taken := fmt.Errorf("remove First Platypus Bank (nothing was erased): %w", ledger.ErrRevoked)
	offline := fmt.Errorf("remove First Platypus Bank (nothing was erased): %w", ledger.ErrNetwork)
	word := []string{"F", "i", "r", "s", "t"}
	all := append(word, "enter")
	for _, tt := range []struct {
		name string
		book *ledger.Book
		keys []string // after u
		err  error
		end  bool
		then []string // after the end

		trial bool
	}{
		{name: "asks", book: family()},
		{name: "edits go", book: edited(), keys: word[:3]},
		{name: "handed over", book: twice(true), keys: word},
		{name: "early", book: twice(false), keys: all},
		{name: "on a trial", book: edited(), trial: true},
		{name: "going", book: family(), keys: all},
		{name: "stopping", book: family(), keys: append(all, "esc")},
		{name: "offline", book: family(), keys: all, err: offline, end: true},
		{name: "unknown", book: family(), keys: all, err: lost, end: true},
		{name: "taken back", book: family(), keys: all, err: taken, end: true},
		{name: "here only", book: edited(), keys: all, err: lost, end: true, then: []string{"h"}},
		{name: "gone", book: family(), keys: all, end: true},
	} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					end := make(chan struct{})
					o, clock, vault := options(tt.book, fakeBanks{remove: func(context.Context, ledger.ItemID) error {
						<-end
						return tt.err
					}})
					o.Trial = tt.trial
					w := world{tuitest.NewConcurrent(t, tui.New(t.Context(), o), size[0], size[1]), clock, vault}
					w.Press("4", "m", "u")
					w.Press(tt.keys...)
					goldenTask(w, end, tt.end, tt.then...)
				})
			})
		}
	}
}

// Nothing but the word of the bank's name removes it, and leaving leaves it.
func TestABankIsNotRemovedByHabit(t *testing.T) {
	for _, typed := range []string{"", "y", "yes", "Y", "enter", "Platypus", "Firs", "Firstt", "u", "unlink"} {
		w := open(t, family(), 80, 24) // whose banks panic when they are asked
		w.Press("4", "m", "u")
		w.Type(typed)
		w.Press("enter")
		if got := w.Screen(); !strings.Contains(got, "Unlink First Platypus Bank") || strings.Contains(got, "enter unlink it") {
			t.Errorf("after %q and enter:\n%s", typed, got)
		}
		w.Press("esc", "esc")
		if got := w.Screen(); strings.Contains(got, "Unlink") {
			t.Errorf("after %q esc does not leave:\n%s", typed, got)
		}
	}
}

// What becomes of the edits is read before a bank is removed: where there is no room to
// say it, there is no key that removes.
func TestABankIsNotRemovedUnread(t *testing.T) {
	w := open(t, edited(), 80, 24)
	w.Press("4", "m", "u")
	w.Type("First")
	for _, size := range []struct {
		height int
		offers bool
	}{{24, true}, {12, false}, {16, true}} {
		w.Resize(80, size.height)
		got := w.Screen()
		if strings.Contains(got, "enter unlink it") != size.offers || strings.Contains(got, "You made 1 edit") != size.offers {
			t.Errorf("at a height of %d:\n%s", size.height, got)
		}
	}
	w.Resize(80, 12)
	w.Screen()
	w.Press("enter") // whose banks would panic
}

// A name that a keyboard may lack is not asked for.
func TestTheWordToTypeCanBeTyped(t *testing.T) {
	for name, word := range map[string]string{
		"First Platypus Bank": "First", "  Chase": "Chase", "三菱 Bank": "unlink", "": "unlink", "\x1b[2JTD Bank": "[2JTD", "Crédit Mutuel": "unlink",
	} {
		w := open(t, banksIn(func(i *ledger.Item) { i.Name = name }), 80, 24)
		w.Press("4")
		for range 8 {
			if !strings.Contains(w.Screen(), fmt.Sprintf("Type %q", word)) {
				w.Press("esc", "esc", "down", "m", "u")
			}
		}
		w.Type(strings.ToUpper(word))
		if got := w.Screen(); !strings.Contains(got, "enter unlink it") {
			t.Errorf("%q: after %q the key is not there:\n%s", name, word, got)
		}
	}
}

// While another link may still take edits over, nothing is removed; as soon as it has
// its history, it may be.
func TestABankIsNotRemovedWhileEditsWouldBeLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		removed := 0
		w := live(t, twice(false), fakeBanks{remove: func(context.Context, ledger.ItemID) error { removed++; return nil }}, 80, 24)
		w.Press("4", "m", "u")
		w.Type("First")
		w.Press("enter")
		if got := w.Screen(); removed > 0 || !strings.Contains(got, "1 edit of First Platypus Bank would be lost") {
			t.Errorf("removed %d times:\n%s", removed, got)
		}
		w.ledger.change(twice(true))
		w.Advance(w.clock, 3e9)
		if got := w.Screen(); !strings.Contains(got, "The other link to it takes over 1 edit; 1 edit") {
			t.Errorf("with all of its history:\n%s", got)
		}
		w.Press("enter")
		if got := strings.Join(strings.Fields(w.Screen()), " "); removed != 1 || !strings.Contains(got, "First Platypus Bank is unlinked and erased; the other link to it took over 1 edit") {
			t.Errorf("removed %d times:\n%s", removed, got)
		}
	})
}

// What Plaid does not know any more is erased here when the user has typed the word
// once more, and only then.
func TestABankIsErasedHereAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		erased := 0
		w := live(t, family(), fakeBanks{
			remove: func(context.Context, ledger.ItemID) error { return fmt.Errorf("remove: %w", ledger.ErrUnknownAccess) },
			erase:  func(_ context.Context, id ledger.ItemID) error { erased++; return nil },
		}, 80, 24)
		w.Press("4", "m", "u")
		w.Type("First")
		w.Press("enter", "h", "enter")
		if erased != 0 {
			t.Fatal("erased without the word")
		}
		w.Type("first")
		w.Press("enter")
		if got := w.Screen(); erased != 1 || !strings.Contains(got, "First Platypus Bank is erased here") {
			t.Errorf("erased %d times:\n%s", erased, got)
		}
	})
}

// A removal under way ends before the keys go.
func TestLockingWaitsForARemoval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		end, stopped := make(chan struct{}), false
		w, l := locking(t, family(), fakeBanks{remove: func(ctx context.Context, _ ledger.ItemID) error {
			<-ctx.Done()
			stopped = true
			<-end
			return ctx.Err()
		}}, 80, 24)
		w.Press("4", "m", "u")
		w.Type("First")
		w.Press("enter", "ctrl+l")
		isLocked(t, w)
		if !stopped || l.forgot != 0 {
			t.Errorf("stopped %v, and the keys forgotten %d times before it ended", stopped, l.forgot)
		}
		close(end)
		w.Settle()
		if isLocked(t, w, "Passphrase"); l.forgot != 1 {
			t.Errorf("the keys were forgotten %d times, want 1", l.forgot)
		}
	})
}

// Dialogs that are open when the interface locks are gone after it, with what they held.
func TestLockingClosesTheSheetAndWhatItOpened(t *testing.T) {
	for _, keys := range [][]string{{"m"}, {"m", "u"}, {"m", "w"}, {"m", "e"}} {
		synctest.Test(t, func(t *testing.T) {
			w, _ := locking(t, family(), fakeBanks{}, 80, 24)
			w.Press("4")
			w.Press(keys...)
			w.Press("ctrl+l")
			isLocked(t, w, "Passphrase")
			w.unlock()
			if got := w.Screen(); strings.Contains(got, "╭") || !strings.Contains(got, "Gingham") {
				t.Errorf("%v: unlocked, the screen is\n%s", keys, got)
			}
		})
	}
}
