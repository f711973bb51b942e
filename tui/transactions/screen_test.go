package transactions_test

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/transactions"
	"coffer/tui/tuitest"
)

// sizes are the terminals that goldens are drawn for, less the frame's lines.
var sizes = []struct {
	name          string
	width, height int
}{
	{"80x24", 80, 20},
	{"120x40", 120, 36},
	{"45x20", 45, 16},
}

// open returns the screen with a ledger on it, and the stage it stands on.
func open(t testing.TB, book *ledger.Book, width, height int) (*tuitest.Driver, *tuitest.Stage) {
	t.Helper()
	stage := tuitest.NewStage(transactions.New(t.Context(), tuitest.Plain()))
	d := tuitest.New(t, stage, width, height)
	if book != nil {
		d.Send(screen.BookMsg{Book: book, Today: tuitest.Today()})
	}
	return d, stage
}

func TestScreens(t *testing.T) {
	t.Parallel()
	household := tuitest.Household()
	for _, tt := range []struct {
		name string
		book *ledger.Book
		do   func(*tuitest.Driver)
	}{
		{"before the ledger", nil, nil},
		{"no rows", tuitest.Book(nil, nil), nil},
		{"one row", tuitest.Book(tuitest.HouseholdRows()[:1], nil), nil},
		{"newest", household, nil},
		{"scrolled", household, func(d *tuitest.Driver) { d.Press("pgdown", "pgdown", "up") }},
		{"last", household, func(d *tuitest.Driver) { d.Press("G") }},
		{"typing", household, func(d *tuitest.Driver) { d.Press("/"); d.Type("food cur:USD") }},
		{"filtered", household, func(d *tuitest.Driver) { d.Press("/"); d.Type("cat:food date:2026-11"); d.Press("enter") }},
		{"half a term", household, func(d *tuitest.Driver) { d.Press("/"); d.Type("coffee date:20x") }},
		{"rows of part of a filter", household, func(d *tuitest.Driver) { d.Press("/"); d.Type("netflix foo:") }},
		{"nothing matches", household, func(d *tuitest.Driver) { d.Press("/"); d.Type("zebra"); d.Press("enter") }},
		{"a category typed as a payee", household, func(d *tuitest.Driver) { d.Press("/"); d.Type("groceries") }},
		{"by amount", household, func(d *tuitest.Driver) { d.Press("s") }},
		{"by payee backwards", household, func(d *tuitest.Driver) { d.Press("s", "s", "S") }},
		{"details", household, func(d *tuitest.Driver) { d.Press("down", "enter") }},
		{"details scrolled", household, func(d *tuitest.Driver) { d.Press("down", "enter", "pgdown") }},
		{"hostile", tuitest.Book(hostile(), nil), nil},
		{"hostile details", tuitest.Book(hostile(), nil), func(d *tuitest.Driver) { d.Press("enter") }},
	} {
		for _, size := range sizes {
			t.Run(tt.name+"/"+size.name, func(t *testing.T) {
				t.Parallel()
				d, _ := open(t, tt.book, size.width, size.height)
				if tt.do != nil {
					tt.do(d)
				}
				if err := tuitest.Fits(d.View(), size.width, size.height); err != nil {
					t.Error(err)
				}
				d.Golden()
			})
		}
	}
}

// Colour adds nothing and takes nothing away.
func TestColourChangesNoText(t *testing.T) {
	t.Parallel()
	book := tuitest.Book(append(tuitest.HouseholdRows(), hostile()...), nil)
	for _, keys := range [][]string{{}, {"enter"}, {"s"}, {"/", "x"}, {"/", "x", "enter"}, {"down", "enter", "pgdown"}} {
		for _, size := range sizes {
			plain, _ := open(t, book, size.width, size.height)
			plain.Press(keys...)
			coloured := tuitest.New(t, tuitest.NewStage(transactions.New(t.Context(), tuitest.Coloured())), size.width, size.height)
			coloured.Send(screen.BookMsg{Book: book, Today: tuitest.Today()})
			coloured.Press(keys...)
			if coloured.View() == plain.View() {
				t.Errorf("keys %v at %s: no colour at all", keys, size.name)
			}
			if got, want := coloured.Screen(), plain.Screen(); got != want {
				t.Errorf("keys %v at %s: in colour\n%s\nwithout\n%s", keys, size.name, got, want)
			}
		}
	}
}

// hostile returns rows whose texts would take over a terminal.
func hostile() []ledger.Transaction {
	texts := []string{
		"Bar\x1b[2J\x1b]0;pwned\a Ltd\n東京",
		"\x1b]8;;https://evil.example\x07click me\x1b]8;;\x07",
		"cut\r-9,999.00 overwritten",
		"EVIL\u202eTSOP",
		"👩‍👩‍👧‍👦 family 🇯🇵 café\u0301\u0301\u0301\u0301\u0301",
		strings.Repeat("long ", 80),
		"\xff\xfe not UTF-8",
		"",
	}
	var rows []ledger.Transaction
	for i, text := range texts {
		rows = append(rows, ledger.Transaction{
			ID: ledger.TransactionID("id-" + string(rune('a'+i)) + text), Account: "nobody's", Pending: i%2 == 0,
			Date: tuitest.Today().AddDays(-i), Amount: ledger.NewAmount(-450-int64(i), ledger.Unofficial("E\x1b[2JL")),
			Merchant: text, Name: text, Original: text, City: text, Channel: text, Category: ledger.Category(text),
			RawAmount: text, Check: text,
		})
	}
	return rows
}

func TestEveryPrintableKeyIsTextWhileSearching(t *testing.T) {
	t.Parallel()
	d, stage := open(t, tuitest.Household(), 120, 20)
	d.Press("/")
	for r := rune(' '); r <= '~'; r++ {
		d.Type(string(r))
	}
	want := " / !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
	d.Resize(220, 20)
	if got := d.Lines()[0]; !strings.HasPrefix(strings.Replace(got, " /  ", " / ", 1), want) {
		t.Errorf("the filter shows %q, want it to begin with %q", got, want)
	}
	if asked := stage.Asked(); len(asked) > 0 || stage.Dialog() != nil {
		t.Errorf("typing asked for %v and opened %v", asked, stage.Dialog())
	}
}

func TestEscPeelsOneLevel(t *testing.T) {
	t.Parallel()
	stage := tuitest.NewStage(transactions.New(t.Context(), tuitest.Plain()))
	d := tuitest.New(t, stage, 80, 20)
	d.Send(screen.BookMsg{Book: tuitest.Household(), Today: tuitest.Today()})
	d.Send(screen.RowsMsg{
		Query: ledger.Query{Category: "FOOD_AND_DRINK", Spending: true, Period: ledger.NewMonth(2026, time.October).Period()},
		From:  screen.Spending,
	})
	stage.Asked()
	given := " / date:2026-10 cat:FOOD_AND_DRINK is:spending"
	filter := func() string { return strings.Split(d.Lines()[0], "  ")[0] }

	d.Press("/")
	d.Type(" coffee")
	d.Press("enter", "enter")
	if got := d.Screen(); !strings.Contains(got, "Authorized") {
		t.Fatalf("enter did not open the details:\n%s", got)
	}
	d.Press("esc")
	if got, want := filter(), given+" coffee"; got != want {
		t.Errorf("after the details: filter %q, want %q", got, want)
	}
	d.Press("esc")
	if got := filter(); got != given {
		t.Errorf("after the words typed: filter %q, want what was given, %q", got, given)
	}
	if asked := stage.Asked(); len(asked) != 0 {
		t.Errorf("asked for %v before everything was peeled", asked)
	}
	d.Press("esc")
	if got, want := stage.Asked(), (screen.GotoMsg{To: screen.Spending}); len(got) != 1 || got[0] != tea.Msg(want) {
		t.Errorf("asked for %v, want %v", got, want)
	}
	if got, want := filter(), " / all transactions"; got != want {
		t.Errorf("after the way back: filter %q, want %q", got, want)
	}
	d.Press("esc")
	if asked := stage.Asked(); len(asked) != 0 {
		t.Errorf("with nothing to peel, esc asked for %v", asked)
	}
}

func TestEscClearsTheFilterAndStaysOnTheRow(t *testing.T) {
	t.Parallel()
	d, _ := open(t, tuitest.Household(), 80, 20)
	d.Press("/")
	d.Type("patagonia")
	d.Press("enter", "esc")
	if got := cursorLine(t, d); !strings.Contains(got, "Patagonia") {
		t.Errorf("cursor on %q, want it on the row that was found", got)
	}
	if got := d.Lines()[0]; !strings.Contains(got, "all transactions") {
		t.Errorf("filter line %q, want no filter", got)
	}
}

func TestCursorStaysOnItsTransactionInANewLedger(t *testing.T) {
	t.Parallel()
	d, _ := open(t, tuitest.Household(), 80, 20)
	d.Press("down", "down", "down")
	before, line := cursorLine(t, d), cursorIndex(t, d)

	rows := tuitest.HouseholdRows()
	for _, id := range []ledger.TransactionID{"new-1", "new-2", "new-3"} {
		rows = append(rows, ledger.Transaction{
			ID: id, Account: tuitest.Card, Date: tuitest.Today(), Merchant: "Newcomer",
			Amount: ledger.NewAmount(-100, ledger.ISO("USD")),
		})
	}
	d.Send(screen.BookMsg{Book: tuitest.Book(rows, nil), Today: tuitest.Today()})
	if got := cursorLine(t, d); strings.Fields(got)[len(strings.Fields(got))-1] != strings.Fields(before)[len(strings.Fields(before))-1] {
		t.Errorf("cursor on %q, was on %q", got, before)
	}
	if got := cursorIndex(t, d); got != line {
		t.Errorf("the row moved from line %d to %d", line, got)
	}
}

// cursorIndex returns the line with the cursor's mark.
func cursorIndex(t testing.TB, d *tuitest.Driver) int {
	t.Helper()
	found := -1
	for i, line := range d.Lines() {
		if strings.HasPrefix(line, "▌") {
			if found >= 0 {
				t.Fatalf("two rows are marked:\n%s", d.Screen())
			}
			found = i
		}
	}
	if found < 0 {
		t.Fatalf("no row is marked:\n%s", d.Screen())
	}
	return found
}

func cursorLine(t testing.TB, d *tuitest.Driver) string {
	t.Helper()
	return d.Lines()[cursorIndex(t, d)]
}
