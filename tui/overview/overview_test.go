package overview_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/tui/overview"
	"coffer/tui/screen"
	"coffer/tui/tuitest"
	"coffer/tui/widget"
)

var usd = ledger.ISO("USD")

// show puts the screen on a stage with a ledger seen from a day.
func show(t *testing.T, b *ledger.Book, today ledger.Date, width, height int) (*tuitest.Driver, *tuitest.Stage) {
	t.Helper()
	stage := tuitest.NewStage(overview.New(t.Context(), tuitest.Plain(), tuitest.NewClock(today.Time().Add(12*time.Hour))))
	d := tuitest.New(t, stage, width, height)
	d.Send(screen.BookMsg{Book: b, Today: today})
	return d, stage
}

// spent writes one purchase of dollars.
func spent(rows []ledger.Transaction, day ledger.Date, dollars int64) []ledger.Transaction {
	return append(rows, ledger.Transaction{
		ID: ledger.TransactionID(fmt.Sprintf("tx-%d", len(rows))), Account: tuitest.Checking, Date: day,
		Amount: ledger.NewAmount(-100*dollars, usd), Name: "Shop", Category: "FOOD_AND_DRINK_GROCERIES",
	})
}

func TestTheUsualIsTheMedianOfTheSameDays(t *testing.T) {
	for _, tt := range []struct {
		name   string
		today  ledger.Date
		months []int64 // dollars by the tenth of the months before, the last one first
		now    int64
		want   string
	}{
		{"odd", ledger.NewDate(2026, 11, 10), []int64{100, 300, 200, 9000, 200}, 260, "usual by day 10: $200.00   ▲ 30%"},
		{"even", ledger.NewDate(2026, 11, 10), []int64{100, 300, 200, 400}, 125, "usual by day 10: $250.00   ▼ 50%"},
		{"a year at most", ledger.NewDate(2026, 11, 10), []int64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 900, 900}, 1, "usual by day 10: $1.00   ="},
		{"too few", ledger.NewDate(2026, 11, 10), []int64{100, 300}, 260, "too few months to know the usual"},
		{"on the last day a month is compared whole", ledger.NewDate(2026, 2, 28), []int64{100, 100, 100}, 1100, "usual by day 28: $1,100.00   ="},
	} {
		t.Run(tt.name, func(t *testing.T) {
			month := tt.today.Month()
			rows := spent(nil, month.First().AddDays(9), tt.now)
			for i, dollars := range tt.months {
				first := month.Add(-i - 1).First()
				rows = spent(rows, first.AddDays(4), dollars)
				rows = spent(rows, month.Add(-i-1).Last(), 1000) // later than today in its month
			}
			// The ledger begins within a month: that one says nothing.
			rows = spent(rows, month.Add(-len(tt.months)-1).First().AddDays(14), 5)
			d, _ := show(t, tuitest.Book(rows, nil), tt.today, 80, 24)
			if got := d.Screen(); !strings.Contains(got, tt.want) {
				t.Errorf("the screen does not say %q:\n%s", tt.want, got)
			}
		})
	}
}

// A day of another year says so: "Dec 31" alone would be a day to come.
func TestTheLatestRowsSayAnotherYear(t *testing.T) {
	rows := spent(nil, ledger.NewDate(2025, 12, 31), 70)
	rows = spent(rows, ledger.NewDate(2026, 1, 2), 80)
	d, _ := show(t, tuitest.Book(rows, nil), ledger.NewDate(2026, 1, 3), 120, 40)
	for _, want := range []string{"Dec 31 2025  Shop", "Jan 2        Shop"} {
		if got := d.Screen(); !strings.Contains(got, want) {
			t.Errorf("the screen does not say %q:\n%s", want, got)
		}
	}
}

// The sums on the screen are those that plain loops over the raw rows find.
func TestTheSumsAgreeWithTheRows(t *testing.T) {
	_, accounts := tuitest.Banks()
	var worth, month, food int64
	for _, a := range accounts {
		if a.Currency == usd {
			worth += a.Balance.Current.Minor()
		}
	}
	for _, tx := range tuitest.HouseholdRows() {
		year, m, _ := tx.Date.YMD()
		if year != 2026 || m != time.November || tx.Amount.Currency() != usd {
			continue
		}
		switch c := string(tx.Category); {
		case strings.HasPrefix(c, "INCOME"), c == "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT":
		default:
			month -= tx.Amount.Minor()
			if strings.HasPrefix(c, "FOOD_AND_DRINK") {
				food -= tx.Amount.Minor()
			}
		}
	}
	d, _ := show(t, tuitest.Household(), tuitest.Today(), 120, 40)
	for _, want := range []string{
		widget.Unicode.Money(ledger.NewAmount(worth, usd)),
		widget.Unicode.Money(ledger.NewAmount(month, usd)) + " spent",
		widget.Number(ledger.NewAmount(food, usd)),
	} {
		if !strings.Contains(d.Screen(), want) {
			t.Errorf("the screen does not show %q:\n%s", want, d.Screen())
		}
	}
}

func TestEnterOpensWhatTheCursorIsOn(t *testing.T) {
	d, stage := show(t, tuitest.Household(), tuitest.Today(), 120, 40)
	november := ledger.NewDate(2026, 11, 1).Month().Period()
	for _, tt := range []struct {
		name string
		keys []string
		want screen.RowsMsg
	}{
		{"a category", []string{"down", "down"}, screen.RowsMsg{From: screen.Overview, Query: ledger.Query{
			Category: "FOOD_AND_DRINK", Period: november, Currency: usd, Spending: true,
		}}},
		{"rows without a category", []string{"home", "down", "down", "down"}, screen.RowsMsg{From: screen.Overview, Query: ledger.Query{
			Category: ledger.Uncategorized, Period: november, Currency: usd, Spending: true,
		}}},
		{"the last row", []string{"end"}, screen.RowsMsg{From: screen.Overview, Query: ledger.Query{Payee: "Blue Bottle Coffee"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d.Press(tt.keys...)
			d.Press("enter")
			asked := stage.Asked()
			if len(asked) != 1 {
				t.Fatalf("asked for %v, want one thing", asked)
			}
			if got, want := fmt.Sprint(asked[0]), fmt.Sprint(tt.want); got != want {
				t.Errorf("asked for %s, want %s", got, want)
			}
		})
	}
}

func TestTheCursorStaysWhenTheLedgerChanges(t *testing.T) {
	d, _ := show(t, tuitest.Household(), tuitest.Today(), 120, 40)
	d.Press("down", "down")
	before := d.Screen()
	d.Send(screen.BookMsg{Book: tuitest.Household(), Today: tuitest.Today()})
	if d.Screen() != before {
		t.Errorf("the same ledger again changed the screen to\n%s", d.Screen())
	}
	d.Send(screen.BookMsg{Book: tuitest.Book(nil, nil), Today: tuitest.Today()})
	d.Press("enter", "down", "up", "end") // on nothing, and nothing breaks
	if got := d.Screen(); !strings.Contains(got, "No transactions yet") {
		t.Errorf("without rows the screen is\n%s", got)
	}
}

func TestWhatNeedsTheUserComesFirst(t *testing.T) {
	items, accounts := tuitest.Banks()
	items = append(items, ledger.Item{ID: "item-3", Name: "Zebra\x1b[2J Bank", State: ledger.ItemRevoked},
		ledger.Item{ID: "item-4", Name: "Expiring Bank", State: ledger.ItemExpiring})
	items[0].State = ledger.ItemUnavailable
	accounts[0].Balance.Current = ledger.Amount{}
	d, stage := show(t, tuitest.Household().WithBanks(items, accounts), tuitest.Today(), 120, 40)
	at := -1
	for _, want := range []string{
		"⚠ Expiring Bank: access ends soon", "⚠ Zebra [2J Bank: access has ended",
		"· First Platypus Bank does not sync", "· 1 account without a balance", "· 1 row this month without a category",
	} {
		i := strings.Index(d.Screen(), want)
		if i < at || i < 0 {
			t.Errorf("%q is not where it should be:\n%s", want, d.Screen())
		}
		at = i
	}
	for _, want := range []screen.BankMsg{{Item: "item-4"}, {Item: "item-3"}, {Item: "item-1"}, {Item: "item-1", Account: tuitest.Checking}} {
		d.Press("enter", "down")
		if asked := stage.Asked(); len(asked) != 1 || asked[0] != want {
			t.Errorf("enter asked for %v, want %v", asked, want)
		}
	}
}

// The rows that a need counts are those that enter shows.
func TestANeedOpensTheRowsItCounts(t *testing.T) {
	rows := tuitest.HouseholdRows()
	euro := rows[len(rows)-1]
	euro.ID, euro.Account, euro.Category, euro.Pending = "tx-euro", tuitest.Euro, "", false
	euro.Amount = ledger.NewAmount(-700, ledger.ISO("EUR"))
	book := tuitest.Book(append(rows, euro), nil)
	d, stage := show(t, book, tuitest.Today(), 120, 40)
	d.Press("enter")
	asked := stage.Asked()
	if len(asked) != 1 || !strings.Contains(d.Screen(), "▌ · 1 row this month without a category") {
		t.Fatalf("asked for %v on\n%s", asked, d.Screen())
	}
	if got := book.Select(asked[0].(screen.RowsMsg).Query, ledger.Sort{}).Rows; len(got) != 1 {
		t.Errorf("enter shows %d rows, want the 1 that was counted", len(got))
	}
}

// On a screen too low for the first thing to open, the cursor starts above it: the
// figures at the top are shown and can be reached again.
func TestTheTopIsReachedOnLowScreens(t *testing.T) {
	for _, size := range [][2]int{{100, 8}, {40, 8}, {120, 3}} {
		d, stage := show(t, tuitest.Household(), tuitest.Today(), size[0], size[1])
		top := d.Screen()
		if !strings.Contains(top, "NET WORTH") {
			t.Errorf("%v: the screen starts with\n%s", size, top)
		}
		d.Press("end")
		for range 40 {
			d.Press("up")
		}
		if got := d.Screen(); got != top {
			t.Errorf("%v: after the way down and up again the screen is\n%s\nwas\n%s", size, got, top)
		}
		marked := strings.Contains(top, "▌")
		d.Press("enter")
		if asked := stage.Asked(); (len(asked) == 1) != marked {
			t.Errorf("%v: enter asked for %v on\n%s", size, asked, top)
		}
	}
}

// A bar may be long, but not at the cost of what it is the bar of.
func TestAWideScreenGivesItsRoomToTexts(t *testing.T) {
	rows := tuitest.HouseholdRows()
	rows[len(rows)-1].Merchant = "The Corner Diner of a Rather Long Name"
	d, _ := show(t, tuitest.Book(rows, nil), tuitest.Today(), 200, 56)
	got := d.Screen()
	for _, want := range []string{rows[len(rows)-1].Merchant, "Credit card payment", strings.Repeat("█", 30)} {
		if !strings.Contains(got, want) {
			t.Errorf("the screen does not show %q whole:\n%s", want, got)
		}
	}
	if long := strings.Repeat("█", 31); strings.Contains(got, long) {
		t.Errorf("a bar is longer than 30 cells:\n%s", got)
	}
}

func TestEveryPayeeIsCleaned(t *testing.T) {
	rows := spent(nil, tuitest.Today(), 5)
	rows[0].Merchant = "EVIL\x1b[2J\x1b]0;pwned\a\rGOOD"
	d, _ := show(t, tuitest.Book(rows, nil), tuitest.Today(), 120, 40)
	if got := d.View(); strings.ContainsAny(got, "\x1b\a\r") {
		t.Errorf("a control got through: %q", got)
	}
	if !strings.Contains(d.Screen(), "EVIL [2J") {
		t.Errorf("the payee is gone:\n%s", d.Screen())
	}
}

func BenchmarkBook100k(b *testing.B) {
	book := tuitest.Book(tuitest.Many(100_000), nil)
	stage := tuitest.NewStage(overview.New(b.Context(), tuitest.Plain(), tuitest.NewClock(tuitest.Today().Time())))
	d := tuitest.New(b, stage, 120, 36)
	for b.Loop() {
		d.Send(screen.BookMsg{Book: book, Today: tuitest.Today()})
		_ = d.View()
	}
}
