package accounts_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/tui/accounts"
	"coffer/tui/screen"
	"coffer/tui/tuitest"
)

var usd = ledger.ISO("USD")

// show puts the screen on a stage with some banks.
func show(t *testing.T, items []ledger.Item, list []ledger.Account, width, height int) (*tuitest.Driver, *tuitest.Stage) {
	t.Helper()
	clock := tuitest.NewClock(tuitest.Today().Time().Add(12 * time.Hour))
	stage := tuitest.NewStage(accounts.New(tuitest.Plain(), clock))
	d := tuitest.New(t, stage, width, height)
	d.Send(book(items, list))
	return d, stage
}

func book(items []ledger.Item, list []ledger.Account) screen.BookMsg {
	return screen.BookMsg{Book: ledger.NewBuilder().Build(items, list, nil), Today: tuitest.Today()}
}

// line returns the line of the screen that has text in it.
func line(t *testing.T, d *tuitest.Driver, text string) string {
	t.Helper()
	for _, l := range d.Lines() {
		if strings.Contains(l, text) {
			return l
		}
	}
	t.Errorf("no line says %q:\n%s", text, d.Screen())
	return ""
}

func TestSumsTakeDebtsOffAndLeaveTheUnknownOut(t *testing.T) {
	items, list := tuitest.Banks()
	list = append(list, ledger.Account{ID: "acc-mute", Item: "item-1", Name: "Mute", Type: ledger.Depository, Currency: usd,
		Balance: ledger.Balance{Available: ledger.NewAmount(100, usd)}}) // available is no balance
	d, _ := show(t, items, list, 120, 40)
	if got := line(t, d, "together"); !strings.Contains(got, "$3,017.77") || !strings.Contains(got, "without 1 account") {
		t.Errorf("4200.17 − 1182.40 and an unknown one is shown as %q", got)
	}
	if got := strings.Fields(line(t, d, "Mute")); got[3] != "–" || got[4] != "$1.00" {
		t.Errorf("an unknown balance is shown as %q", got)
	}
	for _, want := range []string{"All accounts in USD", "All accounts in JPY", "All accounts in EUR"} {
		line(t, d, want)
	}
	if got := line(t, d, "All accounts in USD"); !strings.Contains(got, "$17,017.77") {
		t.Errorf("the dollars are summed to %q", got)
	}
}

// Part of a sum is a wrong sum: what no amount can hold is a dash, whatever comes
// after it.
func TestASumBeyondCountingIsNotKnown(t *testing.T) {
	items, _ := tuitest.Banks()
	var list []ledger.Account
	for i, minor := range []int64{math.MaxInt64, math.MaxInt64, 700} {
		list = append(list, ledger.Account{
			ID: ledger.AccountID(fmt.Sprint(i)), Item: "item-1", Name: fmt.Sprint("Hoard ", i), Type: ledger.Depository, Currency: usd,
			Balance: ledger.Balance{Current: ledger.NewAmount(minor, usd)},
		})
	}
	d, _ := show(t, items, list, 120, 40)
	if got := strings.Fields(line(t, d, "together")); len(got) != 2 || got[1] != "–" {
		t.Errorf("the sum is shown as %q", got)
	}
}

func TestAnOverpaidCardIsAnAsset(t *testing.T) {
	items, list := tuitest.Banks()
	list[1].Balance.Current = ledger.NewAmount(5_000, usd)
	d, _ := show(t, items[:1], list[:2], 120, 40)
	if got := line(t, d, "Platypus Card"); !strings.Contains(got, " $50.00") {
		t.Errorf("an overpaid card is shown as %q", got)
	}
	if got := line(t, d, "together"); !strings.Contains(got, "$4,250.17") {
		t.Errorf("it is summed to %q", got)
	}
}

func TestAnAccountOfTheUsersOwnHasNoBank(t *testing.T) {
	own := ledger.Account{ID: "c_house", Name: "House", Type: "property", Currency: usd, Balance: ledger.Balance{Current: ledger.NewAmount(40_000_000, usd)}}
	d, _ := show(t, nil, []ledger.Account{own}, 80, 24)
	line(t, d, "Kept by you")
	if got := line(t, d, "House"); !strings.Contains(got, "$400,000.00") || !strings.Contains(got, "property") {
		t.Errorf("it is shown as %q", got)
	}
}

func TestEveryStateOfABankSaysWhatItMeans(t *testing.T) {
	now := tuitest.Today().Time().Add(12 * time.Hour)
	const id = "eVBnVMp7zdTJLkRNr33Rs6zr7KNJqBFL9DrE6" // as long as Plaid's are
	for _, tt := range []struct {
		item ledger.Item
		want []string
	}{
		{ledger.Item{State: ledger.ItemOK, LastSync: now.Add(-3 * time.Hour)}, []string{"synced 3 h ago"}},
		{ledger.Item{State: ledger.ItemSyncing}, []string{"not synced yet"}},
		{ledger.Item{State: ledger.ItemLoginRequired, Since: now.Add(-72 * time.Hour)}, []string{"asks you to sign in again since Nov 19", "press f to sign in again"}},
		{ledger.Item{State: ledger.ItemExpiring, ConsentExpires: now.Add(240 * time.Hour)}, []string{"access ends Dec 2", "press f to sign in again"}},
		{ledger.Item{State: ledger.ItemRevoked}, []string{"access ended", "press l to link it again"}},
		{ledger.Item{State: ledger.ItemUnavailable}, []string{"does not sync"}},
		{ledger.Item{State: "new_state"}, []string{"not synced yet"}},
	} {
		t.Run(string(tt.item.State), func(t *testing.T) {
			tt.item.ID, tt.item.Name = id, "A Bank"
			d, _ := show(t, []ledger.Item{tt.item}, nil, 80, 24)
			for _, want := range tt.want {
				line(t, d, want)
			}
		})
	}
}

func TestTheCursorStaysOnItsAccount(t *testing.T) {
	items, list := tuitest.Banks()
	d, stage := show(t, items, list, 80, 24)
	d.Press("down", "down", "enter") // the first account of the second bank
	want := fmt.Sprint(screen.RowsMsg{From: screen.Accounts, Query: ledger.Query{Accounts: []ledger.AccountID{tuitest.Euro}}})
	if asked := stage.Asked(); len(asked) != 1 || fmt.Sprint(asked[0]) != want {
		t.Errorf("enter asked for %v, want %s", asked, want)
	}
	more := append(list, ledger.Account{ID: "acc-new", Item: "item-1", Name: "Another", Type: ledger.Depository, Currency: usd})
	d.Send(book(items, more))
	if got := line(t, d, "Gingham Euro"); !strings.HasPrefix(got, "▌") {
		t.Errorf("with one account more above it, the cursor is not on %q:\n%s", got, d.Screen())
	}
	d.Send(book(nil, nil))
	d.Press("enter", "down", "end") // on nothing, and nothing breaks
	if asked := stage.Asked(); len(asked) != 0 {
		t.Errorf("without accounts enter asked for %v", asked)
	}
}

func TestTheFirstAndTheLastAccountShowWhatIsAroundThem(t *testing.T) {
	items, list := tuitest.Banks()
	d, _ := show(t, items, list, 80, 8)
	d.Press("end")
	line(t, d, "All accounts in EUR")
	line(t, d, "▌")
	d.Press("home")
	line(t, d, "First Platypus Bank")
	d.Press("pgdown", "pgdown", "pgup", "pgup", "up", "k", "j", "down", "G", "g")
	line(t, d, "First Platypus Bank")
}

func TestHostileNamesAreCleanedAndKeepTheirDigits(t *testing.T) {
	items, list := tuitest.Banks()
	items[0].Name = "Bank\x1b[2J\x1b]0;pwned\a"
	list[0].Name, list[0].Mask, list[0].Subtype = "An account with \x1b[31m a name that does not end", "0\r000", "\x1b[5mblink"
	d, _ := show(t, items, list, 45, 20)
	if got := d.View(); strings.ContainsAny(got, "\x1b\a\r") {
		t.Errorf("a control got through: %q", got)
	}
	if got := line(t, d, "An account"); !strings.Contains(got, "… ··0 000") || !strings.Contains(got, "$4,200.17") {
		t.Errorf("the account is shown as %q", got)
	}
	if got := line(t, d, "Gingham Savings"); !strings.Contains(got, "··1111") {
		t.Errorf("the digits gave way in %q", got)
	}
}

func TestWhatIsOldSaysSo(t *testing.T) {
	items, list := tuitest.Banks()
	list[0].Balance.AsOf = tuitest.Today().Time().Add(-80 * time.Hour)
	d, _ := show(t, items, list, 120, 40)
	if got := line(t, d, "Platypus Checking"); !strings.HasSuffix(got, "4 days") {
		t.Errorf("a balance of four days ago is shown as %q", got)
	}
	if got := line(t, d, "Platypus Card"); !strings.HasSuffix(got, "–") {
		t.Errorf("a balance of nobody knows when is shown as %q", got)
	}
}

// A bank with an account that is not shared says so, and one key lets the user choose.
func TestAccountsToShareAreOffered(t *testing.T) {
	items, list := tuitest.Banks()
	d, stage := show(t, items, list, 80, 24)
	d.Press("a")
	asked := stage.Asked()
	if len(asked) != 1 || asked[0] != (screen.RepairMsg{Item: items[0], Accounts: true}) {
		t.Errorf("a asked for %+v, want the accounts of the bank under the cursor", asked)
	}
	items[0].Offered = tuitest.Today().Time()
	d.Send(book(items, list))
	line(t, d, "it has an account that is not shared yet; press a to choose")
	items[0].State = ledger.ItemLoginRequired
	d.Send(book(items, list))
	d.Press("f")
	if asked := stage.Asked(); len(asked) != 1 || asked[0] != (screen.RepairMsg{Item: items[0], Accounts: true}) {
		t.Errorf("f asked for %+v, want the accounts along with the sign-in", asked)
	}
	items[0].Offered, items[0].Code = time.Time{}, "NO_ACCOUNTS"
	d.Send(book(items, list))
	d.Press("f")
	if asked := stage.Asked(); len(asked) != 1 || asked[0] != (screen.RepairMsg{Item: items[0], Accounts: true}) {
		t.Errorf("where none is shared any more f asked for %+v, want the accounts along with the sign-in", asked)
	}
}

// What is not shared any more is under its bank, holds nothing that is known, and is
// in no sum.
func TestEndedAccountsAreShownAsWhatTheyWere(t *testing.T) {
	items, list := tuitest.Banks()
	list[0].Ended = tuitest.Today().Time().Add(-50 * time.Hour)
	for _, width := range []int{80, 45} {
		d, stage := show(t, items[:1], list[:2], width, 24)
		line(t, d, "not shared any more; what is here stays:")
		if got := line(t, d, "Platypus Che"); strings.Contains(got, "$") {
			t.Errorf("what it holds is shown as %q", got)
		}
		if got := line(t, d, "All accounts in USD"); !strings.Contains(got, "1,182.40") || strings.Contains(d.Screen(), "left out") {
			t.Errorf("the sum is %q, and the screen\n%s", got, d.Screen())
		}
		d.Press("end", "n")
		if asked := stage.Asked(); len(asked) != 1 || !strings.Contains(fmt.Sprint(asked[0]), "not shared any more") {
			t.Errorf("n asked for %v", asked)
		}
	}
}

// A bank is marked in its colour where there are colours, and reads the same without.
func TestBanksAreMarkedInTheirColour(t *testing.T) {
	items, list := tuitest.Banks()
	items[0].Color, items[1].Color = "#1b6ca8", ledger.NoColor
	clock := tuitest.NewClock(tuitest.Today().Time().Add(12 * time.Hour))
	d := tuitest.New(t, tuitest.NewStage(accounts.New(tuitest.Coloured(), clock)), 80, 24)
	d.Send(book(items, list))
	if got := d.View(); !strings.Contains(got, "■") || strings.Count(got, "■") != 1 {
		t.Errorf("with colours it shows\n%s", got)
	}
	plain, _ := show(t, items, list, 80, 24)
	if got := plain.View(); strings.Contains(got, "■") || strings.Contains(got, "\x1b[38") {
		t.Errorf("without it shows\n%s", got)
	}
}

// The cursor goes to a bank that has no account, and stays there when the ledger changes.
func TestABankWithoutAccountsIsReached(t *testing.T) {
	items, list := tuitest.Banks()
	bare := ledger.Item{ID: "item-0", Name: "Fringe Bank", State: ledger.ItemRevoked, Code: "USER_PERMISSION_REVOKED"}
	items = append(items, bare)
	d, stage := show(t, items, list, 80, 24)
	on := func(want string) {
		t.Helper()
		stage.Asked()
		d.Press("m")
		if asked := stage.Asked(); len(asked) != 1 || asked[0].(screen.SheetMsg).Bank.Name != want {
			t.Errorf("m asks for %+v, want %s", asked, want)
		}
	}
	d.Press("down", "down")
	if got := line(t, d, "Fringe Bank"); !strings.HasPrefix(got, "▌") {
		t.Errorf("the cursor is not on %q", got)
	}
	on("Fringe Bank")
	d.Press("enter") // it has no transactions to show
	if asked := stage.Asked(); len(asked) > 0 {
		t.Errorf("enter asks for %+v", asked)
	}
	d.Send(book([]ledger.Item{bare, items[0]}, list[:2]))
	on("Fringe Bank")
	d.Press("up")
	on("First Platypus Bank")
}
