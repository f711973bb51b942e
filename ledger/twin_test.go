package ledger_test

import (
	"testing"
	"time"

	"coffer/ledger"
)

func TestATwinIsAnotherLinkThatWorks(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, time.November, n, 0, 0, 0, 0, time.UTC) }
	item := func(id ledger.ItemID, bank ledger.InstitutionID, linked int) ledger.Item {
		return ledger.Item{ID: id, Institution: bank, State: ledger.ItemOK, LinkedAt: day(linked)}
	}
	taken := item("taken back", "ins_1", 1)
	taken.State = ledger.ItemRevoked
	elsewhere := item("elsewhere", "ins_1", 1)
	elsewhere.Environment = "sandbox"
	account := func(id ledger.AccountID, of ledger.ItemID, mask string) ledger.Account {
		return ledger.Account{ID: id, Item: of, Name: "Checking", Mask: mask}
	}
	ended := account("6", "ended", "0000")
	ended.Ended = day(3)
	book := ledger.NewBuilder().Build([]ledger.Item{
		taken, item("second", "ins_1", 5), item("first", "ins_1", 2), item("other login", "ins_1", 1),
		item("other bank", "ins_2", 1), item("ended", "ins_1", 9), elsewhere, item("unknown", "", 1), item("unknown too", "", 1),
	}, []ledger.Account{
		account("1", "taken back", "0000"), account("2", "second", "0000"), account("3", "first", "0000"),
		account("4", "other login", "9999"), account("5", "other bank", "0000"), ended,
		account("7", "elsewhere", "0000"), account("8", "unknown", "0000"), account("9", "unknown too", "0000"),
	}, nil)
	want := map[ledger.ItemID]ledger.ItemID{"taken back": "first", "first": "second", "second": "first", "ended": "first"}
	for _, it := range book.Items() {
		if it.Twin != want[it.ID] {
			t.Errorf("the twin of %q is %q, want %q", it.ID, it.Twin, want[it.ID])
		}
	}
}
