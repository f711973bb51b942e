package tui_test

import (
	"fmt"
	"testing"
	"testing/synctest"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/screen"
)

// What a screen asked for just before the interface was locked is not opened behind the
// lock, and begins nothing: these banks would end the test.
func TestNothingIsOpenedBehindTheLock(t *testing.T) {
	items, accounts := familyBanks()
	bank, acc := items[0], accounts[0]
	for _, msg := range []tea.Msg{
		screen.SyncMsg{}, screen.LinkMsg{}, screen.RepairMsg{Item: bank}, screen.AllowMsg{Item: bank}, screen.ReplayMsg{Item: bank},
		screen.RemoveMsg{Item: bank}, screen.AskNowMsg{Item: bank}, screen.RecurringMsg{Bank: bank}, screen.DetailsMsg{Account: acc},
		screen.SheetMsg{Bank: bank}, screen.NumbersMsg{Account: acc, Bank: bank}, screen.BalanceMsg{Account: acc, Bank: bank},
		screen.OwnersMsg{Account: acc, Bank: bank}, screen.VerifyMsg{Account: acc, Bank: bank}, screen.ProcessorMsg{Account: acc, Bank: bank},
	} {
		t.Run(fmt.Sprintf("%T", msg), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, _ := locking(t, family(), fakeBanks{}, 80, 24)
				before := w.Screen()
				w.Press("ctrl+l")
				w.Send(msg)
				isLocked(t, w, "Passphrase")
				w.unlock()
				if got := w.Screen(); got != before {
					t.Errorf("unlocked, the screen is\n%s\nand was\n%s", got, before)
				}
			})
		})
	}
}
