package spending_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/spending"
	"coffer/tui/tuitest"
)

func title(d *tuitest.Driver) string { return strings.Split(strings.TrimSpace(d.Lines()[0]), "  ")[0] }

// cursorLabel returns the label under the cursor.
func cursorLabel(t testing.TB, d *tuitest.Driver) string {
	t.Helper()
	for _, line := range d.Lines() {
		if label, ok := strings.CutPrefix(line, "▌"); ok {
			return strings.Split(label, "  ")[0]
		}
	}
	t.Fatalf("no row is marked:\n%s", d.Screen())
	return ""
}

// Part of a sum is a wrong sum: what is beyond counting is a dash in the parts of
// a category as in the whole.
func TestASumBeyondCountingIsNotKnown(t *testing.T) {
	t.Parallel()
	var rows []ledger.Transaction
	for i, minor := range []int64{math.MaxInt64, math.MaxInt64, 700} {
		rows = append(rows, ledger.Transaction{
			ID: ledger.TransactionID(fmt.Sprint(i)), Account: tuitest.Checking, Date: tuitest.Today(),
			Amount: ledger.NewAmount(-minor, ledger.ISO("USD")), Name: "Shop",
			Category: []ledger.Category{"FOOD_AND_DRINK_COFFEE", "FOOD_AND_DRINK_GROCERIES", "FOOD_AND_DRINK_RESTAURANT"}[i],
		})
	}
	d, _ := open(t, tuitest.Book(rows, nil), 80, 20)
	for _, key := range []string{"enter", "esc"} {
		if got := d.Screen(); !strings.Contains(got, " – spent") {
			t.Errorf("before %s the screen is\n%s", key, got)
		}
		d.Press(key)
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	d, _ := open(t, tuitest.Household(), 80, 20)
	for _, tt := range []struct{ key, want string }{
		{"right", "November 2026 so far"}, // the future cannot be reached
		{"left", "October 2026"},
		{"[", "September 2026"},
		{"]", "October 2026"},
		{"y", "2026 so far"},
		{"right", "2026 so far"},
		{"left", "2025"},
		{"m", "October 2025"},
		{"t", "November 2026 so far"},
		{"y", "2026 so far"},
		{"m", "November 2026 so far"},
		{"y", "2026 so far"},
		{"left", "2025"},
		{"left", "2024"},
		{"left", "2024"}, // before it there are no rows
		{"m", "December 2024"},
		{"left", "December 2024"},
		{"t", "November 2026 so far"},
	} {
		d.Press(tt.key)
		if got := title(d); got != tt.want {
			t.Errorf("after %q: %q, want %q", tt.key, got, tt.want)
		}
	}
}

func TestRunningMonthMovesOnAtItsEnd(t *testing.T) {
	t.Parallel()
	d, _ := open(t, tuitest.Household(), 80, 20)
	december := screen.BookMsg{Book: tuitest.Household(), Today: ledger.NewDate(2026, time.December, 1)}
	if d.Send(december); title(d) != "December 2026 so far" {
		t.Errorf("the running month is %q", title(d))
	}
	d.Press("left", "left")
	december.Today = ledger.NewDate(2027, time.January, 1)
	if d.Send(december); title(d) != "October 2026" {
		t.Errorf("a month that was chosen became %q", title(d))
	}
}

// 22 days of November are compared with 22 days of October.
func TestRunningMonthIsComparedWithAsManyDays(t *testing.T) {
	t.Parallel()
	usd := ledger.ISO("USD")
	row := func(id string, day ledger.Date, minor int64) ledger.Transaction {
		return ledger.Transaction{ID: ledger.TransactionID(id), Date: day, Account: tuitest.Card, Merchant: id, Amount: ledger.NewAmount(minor, usd), Category: "FOOD_AND_DRINK_COFFEE"}
	}
	book := tuitest.Book([]ledger.Transaction{
		row("a", ledger.NewDate(2026, time.November, 22), -1500),
		row("b", ledger.NewDate(2026, time.October, 22), -1000),
		row("c", ledger.NewDate(2026, time.October, 23), -90000),
		row("d", ledger.NewDate(2026, time.October, 1), 0),
	}, nil)
	d, _ := open(t, book, 80, 20)
	if got := d.Screen(); !strings.Contains(got, "▲ 50% against 1–22 October ($10.00)") || !strings.Contains(got, "vs Oct\n") {
		t.Errorf("the running month:\n%s", got)
	}
}

// The changes of a month that is over are against the whole month before, whatever
// the lengths of the two, and the column says so.
func TestMonthThatIsOverIsComparedWithTheMonthBefore(t *testing.T) {
	t.Parallel()
	usd := ledger.ISO("USD")
	row := func(id string, day ledger.Date, minor int64) ledger.Transaction {
		return ledger.Transaction{ID: ledger.TransactionID(id), Date: day, Account: tuitest.Card, Amount: ledger.NewAmount(minor, usd), Category: "FOOD_AND_DRINK_COFFEE"}
	}
	book := tuitest.Book([]ledger.Transaction{
		row("a", ledger.NewDate(2026, time.September, 10), -1500),
		row("b", ledger.NewDate(2026, time.August, 1), -1000), // 31 days before September
		row("c", ledger.NewDate(2026, time.July, 1), 0),
	}, nil)
	d, _ := open(t, book, 80, 20)
	d.Press("left", "left")
	if got := d.Screen(); !strings.Contains(got, "▲ 50% against August 2026 ($10.00)") || !strings.Contains(got, "vs Aug\n") {
		t.Errorf("September:\n%s", got)
	}
}

// Of a period that began before the ledger only a part is known.
func TestNothingIsComparedWithAPartOfAPeriod(t *testing.T) {
	t.Parallel()
	row := func(day ledger.Date, minor int64) ledger.Transaction {
		return ledger.Transaction{ID: ledger.TransactionID(day.String()), Date: day, Account: tuitest.Card, Amount: ledger.NewAmount(minor, ledger.ISO("USD"))}
	}
	book := tuitest.Book([]ledger.Transaction{row(ledger.NewDate(2025, time.November, 19), -1000), row(ledger.NewDate(2026, time.March, 1), -1000000)}, nil)
	d, _ := open(t, book, 120, 20)
	d.Press("y")
	if got := d.Screen(); strings.ContainsAny(got, "▲▼=") || strings.Contains(got, "vs 2025") ||
		!strings.Contains(got, "nothing to compare with: the ledger begins on 19 November 2025") {
		t.Errorf("the year:\n%s", got)
	}
}

func TestDrillingDownAndBack(t *testing.T) {
	t.Parallel()
	d, stage := open(t, tuitest.Household(), 80, 20)
	november := ledger.NewMonth(2026, time.November).Period()
	d.Press("down")
	if got := cursorLabel(t, d); got != "Food & drink" {
		t.Fatalf("cursor on %q", got)
	}
	d.Press("enter", "down", "down")
	if got, want := title(d), "November 2026 so far · Food & drink"; got != want {
		t.Errorf("inside: %q, want %q", got, want)
	}
	d.Press("enter")
	want := []any{screen.RowsMsg{
		Query: ledger.Query{Category: "FOOD_AND_DRINK_COFFEE", Period: november, Spending: true, Currency: ledger.ISO("USD")},
		From:  screen.Spending,
	}}
	var got []any
	for _, msg := range stage.Asked() {
		got = append(got, msg)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("asked for %+v, want %+v", got, want)
	}
	if got := cursorLabel(t, d); got != "Coffee" {
		t.Errorf("back from the rows the cursor is on %q, want Coffee", got)
	}
	d.Press("esc")
	if got := cursorLabel(t, d); got != "Food & drink" {
		t.Errorf("back from the category the cursor is on %q, want Food & drink", got)
	}
	d.Press("esc")
	if asked := stage.Asked(); len(asked) > 0 {
		t.Errorf("at the top esc asked for %v", asked)
	}
}

// What has no parts is not opened to show itself.
func TestCategoryWithoutPartsOpensItsRows(t *testing.T) {
	t.Parallel()
	d, stage := open(t, tuitest.Household(), 80, 20)
	d.Press("down", "down")
	if got := cursorLabel(t, d); got != "Uncategorized" {
		t.Fatalf("cursor on %q", got)
	}
	d.Press("enter")
	asked := stage.Asked()
	if len(asked) != 1 || asked[0].(screen.RowsMsg).Query.Category != ledger.Uncategorized {
		t.Errorf("asked for %v, want the rows without a category", asked)
	}
}

// The rows that a group leads to are those that it was summed from.
func TestRowsAddUpToTheirGroup(t *testing.T) {
	t.Parallel()
	book := tuitest.Household()
	for _, keys := range [][]string{{}, {"y"}, {"left"}, {"g"}, {"g", "g"}, {"g", "g", "g"}, {"y", "g", "g", "left"}} {
		d, stage := open(t, book, 120, 36)
		d.Press(keys...)
		for range 30 {
			d.Press("enter")
			for _, msg := range stage.Asked() {
				rows := msg.(screen.RowsMsg)
				sums := book.Select(rows.Query, ledger.Sort{}).Sums
				if len(sums) != 1 || !strings.Contains(cursorRow(t, d), strings.ReplaceAll(number(sums[0].Neg()), "-", "−")) {
					t.Errorf("keys %v: %q opens rows of %v", keys, cursorRow(t, d), sums)
				}
			}
			d.Press("esc", "down")
		}
	}
}

func cursorRow(t testing.TB, d *tuitest.Driver) string {
	t.Helper()
	i := slices.IndexFunc(d.Lines(), func(l string) bool { return strings.HasPrefix(l, "▌") })
	if i < 0 {
		t.Fatalf("no row is marked:\n%s", d.Screen())
	}
	return strings.ReplaceAll(d.Lines()[i], ",", "")
}

func number(a ledger.Amount) string { return " " + a.String() + " " }

func TestCursorIsAlwaysInSight(t *testing.T) {
	t.Parallel()
	all := append(tuitest.HouseholdRows()[300:], hostile()...)
	rapid.Check(t, func(rt *rapid.T) {
		m := spending.New(tuitest.Plain())
		d := tuitest.New(t, tuitest.NewStage(m), 80, 20)
		width, height := 80, 20
		rt.Repeat(map[string]func(*rapid.T){
			"key": func(rt *rapid.T) {
				d.Press(rapid.SampledFrom([]string{
					"up", "down", "pgup", "pgdown", "home", "end", "j", "k", "G", "g",
					"left", "right", "[", "]", "t", "m", "y", "enter", "esc",
				}).Draw(rt, "name"))
			},
			"resize": func(rt *rapid.T) {
				width, height = rapid.IntRange(0, 140).Draw(rt, "width"), rapid.IntRange(0, 40).Draw(rt, "height")
				d.Resize(width, height)
			},
			"book": func(rt *rapid.T) {
				from := rapid.IntRange(0, len(all)).Draw(rt, "from")
				to := rapid.IntRange(from, len(all)).Draw(rt, "to")
				d.Send(screen.BookMsg{Book: tuitest.Book(all[from:to], nil), Today: tuitest.Today()})
			},
			"": func(rt *rapid.T) {
				if err := tuitest.Fits(d.View(), width, max(1, height)); err != nil {
					rt.Fatal(err)
				}
				const head, least = 6, 12 // lines above the groups, cells of a legible one
				if height <= head || width < least {
					return
				}
				want := 0
				if m.HasGroups() {
					want = 1
				}
				if got := strings.Count("\n"+d.Screen(), "\n▌"); got != want {
					rt.Fatalf("%d rows are marked, want %d, at %d by %d:\n%s", got, want, width, height, d.Screen())
				}
			},
		})
	})
}
