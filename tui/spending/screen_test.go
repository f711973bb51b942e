package spending_test

import (
	"testing"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/spending"
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
	stage := tuitest.NewStage(spending.New(tuitest.Plain()))
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
		keys []string
	}{
		{"before the ledger", nil, nil},
		{"no rows", tuitest.Book(nil, nil), nil},
		{"this month", household, nil},
		{"last month", household, []string{"left"}},
		{"first month", household, []string{"y", "left", "left", "m"}},
		{"this year", household, []string{"y"}},
		{"detailed", household, []string{"g"}},
		{"merchants", household, []string{"g", "g", "end"}},
		{"accounts", household, []string{"g", "g", "g"}},
		{"inside", household, []string{"down", "enter"}},
		{"inside a month without it", household, []string{"end", "enter", "left"}},
		{"hostile", tuitest.Book(hostile(), nil), []string{"g", "g"}},
	} {
		for _, size := range sizes {
			t.Run(tt.name+"/"+size.name, func(t *testing.T) {
				t.Parallel()
				d, _ := open(t, tt.book, size.width, size.height)
				d.Press(tt.keys...)
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
	book := tuitest.Household()
	for _, keys := range [][]string{{}, {"left"}, {"down", "enter"}, {"g", "g", "end"}} {
		for _, size := range sizes {
			plain, _ := open(t, book, size.width, size.height)
			plain.Press(keys...)
			coloured := tuitest.New(t, tuitest.NewStage(spending.New(tuitest.Coloured())), size.width, size.height)
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

// hostile returns rows whose texts would take over a terminal, in sums of every
// sign.
func hostile() []ledger.Transaction {
	var rows []ledger.Transaction
	for i, text := range []string{
		"Bar\x1b[2J\x1b]0;pwned\a Ltd\n東京", "EVIL\u202eTSOP", "👩‍👩‍👧‍👦 family", "\xff\xfe", "",
	} {
		rows = append(rows, ledger.Transaction{
			ID: ledger.TransactionID(rune('a' + i)), Account: "nobody's", Date: tuitest.Today().AddDays(-i),
			Amount: ledger.NewAmount(int64(i-1)*1e15, ledger.ISO("USD")), Merchant: text,
		})
	}
	return rows
}
