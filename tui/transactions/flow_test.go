package transactions_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/transactions"
	"coffer/tui/tuitest"
)

// The next key already means the next row, before the ledger has the edit.
func TestCategorizingMovesOn(t *testing.T) {
	t.Parallel()
	d, stage := open(t, tuitest.Household(), 80, 20)
	first := current(t, d)
	for range 2 {
		d.Press("c")
		d.Type("groceries")
		d.Press("enter")
	}
	var ids []ledger.TransactionID
	for _, msg := range stage.Asked() {
		edit, ok := msg.(screen.CategorizeMsg)
		if !ok || len(edit.IDs) != 1 || edit.Category != "FOOD_AND_DRINK_GROCERIES" {
			t.Fatalf("asked for %#v, want one row categorized as groceries", msg)
		}
		ids = append(ids, edit.IDs...)
	}
	if want := []ledger.TransactionID{"tx-0460", "tx-0461"}; !slices.Equal(ids, want) {
		t.Errorf("categorized %v, want %v", ids, want)
	}
	if stage.Dialog() != nil {
		t.Error("the dialog is still open")
	}
	if now := current(t, d); now == first {
		t.Errorf("the cursor is still on %q", now)
	}
}

func TestDismissedPickerChangesNothing(t *testing.T) {
	t.Parallel()
	d, stage := open(t, tuitest.Household(), 80, 20)
	before := d.Screen()
	d.Press("c", "down", "esc")
	if asked := stage.Asked(); len(asked) > 0 || stage.Dialog() != nil {
		t.Errorf("asked for %v, dialog %v, want neither", asked, stage.Dialog())
	}
	if got := d.Screen(); got != before {
		t.Errorf("the screen changed:\n%s\nwas\n%s", got, before)
	}
}

// A row that the new category takes out of the list makes room for the next.
func TestCursorMovesOnWhenItsRowLeavesTheList(t *testing.T) {
	t.Parallel()
	rows := tuitest.HouseholdRows()
	d, stage := open(t, tuitest.Book(rows, nil), 80, 20)
	d.Press("/")
	d.Type("cat:food date:2026-11")
	d.Press("enter", "down", "c")
	second := current(t, d)
	d.Type("rent")
	d.Press("enter")
	third := current(t, d)
	edit := stage.Asked()[0].(screen.CategorizeMsg)
	d.Send(screen.BookMsg{Book: tuitest.Book(rows, ledger.Edits{edit.IDs[0]: {Category: edit.Category}}), Today: tuitest.Today()})
	if got := current(t, d); got != third || third == second {
		t.Errorf("cursor on %q, want %q", got, third)
	}
	if strings.Contains(d.Screen(), second) {
		t.Errorf("%q is still on the list:\n%s", second, d.Screen())
	}
}

func TestDetailsSayWhoseWordTheCategoryIs(t *testing.T) {
	t.Parallel()
	rows := []ledger.Transaction{{
		ID: "x", Account: tuitest.Card, Date: tuitest.Today(), Merchant: "Kiosk",
		Amount: ledger.NewAmount(-123, ledger.ISO("USD")), Category: "FOOD_AND_DRINK_COFFEE", RawAmount: "1.2345",
	}}
	for _, tt := range []struct {
		edit  ledger.Edits
		wants []string
	}{
		{nil, []string{"Coffee, Food & drink", "the bank (FOOD_AND_DRINK_COFFEE)", "1.2345"}},
		{ledger.Edits{"x": {Category: "Party"}}, []string{"Party", "you; the bank says Coffee"}},
	} {
		d, _ := open(t, tuitest.Book(rows, tt.edit), 80, 20)
		d.Press("enter")
		for _, want := range tt.wants {
			if !strings.Contains(d.Screen(), want) {
				t.Errorf("with edits %v the details lack %q:\n%s", tt.edit, want, d.Screen())
			}
		}
	}
}

func TestOvertakenAnswerIsDropped(t *testing.T) {
	t.Parallel()
	m := transactions.New(t.Context(), tuitest.Plain())
	m.SetSize(80, 20)
	settle(m, m.Update(screen.BookMsg{Book: tuitest.Household(), Today: tuitest.Today()}))
	m.Update(run("/"))
	slow := m.Update(run("netflix"))
	quick := m.Update(run("zzz"))
	settle(m, quick)
	settle(m, slow) // the answer to a question nobody asks any more
	if got := m.View(); !strings.Contains(got, "0 of 462 rows") {
		t.Errorf("the overtaken answer was shown:\n%s", got)
	}
}

// The first screenful of a search waits for nothing.
func TestSearchShowsRowsBeforeTheyAreCounted(t *testing.T) {
	t.Parallel()
	m := transactions.New(t.Context(), tuitest.Plain())
	m.SetSize(80, 20)
	settle(m, m.Update(screen.BookMsg{Book: tuitest.Household(), Today: tuitest.Today()}))
	m.Update(run("/"))
	count := m.Update(run("netflix"))
	before := m.View()
	if !strings.Contains(before, "counting…") || strings.Count(before, "Netflix") != 18 {
		t.Errorf("before the count:\n%s", before)
	}
	settle(m, count)
	if after := m.View(); !strings.Contains(after, "24 of 462 rows · −$406.76") {
		t.Errorf("after the count:\n%s", after)
	}
}

func settle(m *transactions.Model, cmd tea.Cmd) {
	for cmd != nil {
		msg := cmd()
		if msg == nil {
			return
		}
		cmd = m.Update(msg)
	}
}

func TestRowsOfAnAccountAreThoseOfThatAccount(t *testing.T) {
	t.Parallel()
	d, _ := open(t, tuitest.Household(), 120, 20)
	d.Send(screen.RowsMsg{
		Query: ledger.Query{Accounts: []ledger.AccountID{tuitest.Yen}, Period: ledger.NewMonth(2026, time.November).Period()},
		From:  screen.Spending,
	})
	if got := d.Lines()[0]; !strings.Contains(got, `acct:"Gingham Travel ··7777"`) || !strings.Contains(got, "3 of 462 rows · −¥13,960") {
		t.Errorf("filter line %q", got)
	}
}

// The label that the filter shows means that account also when it is edited.
func TestLabelOfAnAccountIsReadBack(t *testing.T) {
	t.Parallel()
	d, _ := open(t, tuitest.Household(), 120, 20)
	d.Send(screen.RowsMsg{Query: ledger.Query{Accounts: []ledger.AccountID{tuitest.Yen}}, From: screen.Accounts})
	d.Press("/")
	d.Type(" cat:travel")
	if got := d.Lines()[0]; !strings.Contains(got, "1 of 462 rows · −¥12,480") {
		t.Errorf("filter line %q", got)
	}
}

func TestFilterThatIsCutKeepsItsDistance(t *testing.T) {
	t.Parallel()
	for width := 20; width < 90; width++ {
		d, _ := open(t, tuitest.Household(), width, 20)
		d.Send(screen.RowsMsg{Query: ledger.Query{
			Accounts: []ledger.AccountID{tuitest.Yen}, Period: ledger.NewMonth(2026, time.November).Period(), Spending: true,
		}, From: screen.Spending})
		if err := tuitest.Fits(d.View(), width, 20); err != nil {
			t.Error(err)
		}
		if got := d.Lines()[0]; regexp.MustCompile(`…\d`).MatchString(got) {
			t.Errorf("%d columns: %q", width, got)
		}
	}
}

func TestAccountWithoutRowsSaysSo(t *testing.T) {
	t.Parallel()
	d, _ := open(t, tuitest.Household(), 80, 20)
	d.Send(screen.RowsMsg{Query: ledger.Query{Accounts: []ledger.AccountID{tuitest.Savings}}, From: screen.Accounts})
	if got := d.Screen(); !strings.Contains(got, "Gingham Savings ··1111 has no transactions: its bank tells only the balance.") ||
		!strings.Contains(got, "esc leads back") {
		t.Errorf("the screen is\n%s", got)
	}
	d.Press("/")
	d.Type(" coffee")
	if got := d.Screen(); strings.Contains(got, "has no transactions") {
		t.Errorf("under a filter the screen is\n%s", got)
	}
}

// However a filter that cannot be read came about, it shows the same rows.
func TestFilterThatCannotBeReadShowsWhatStandsBefore(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"cat:": "all rows", "foo:bar amt:abc": "all rows", "netflix cat:": "rows of netflix", `netflix date:2026 acct:"x y" zzz`: "rows of netflix date:2026",
	} {
		typed, _ := open(t, tuitest.Household(), 160, 20)
		typed.Press("/")
		typed.Type(text)
		pasted, _ := open(t, tuitest.Household(), 160, 20)
		pasted.Press("/")
		pasted.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
		if got := typed.Screen(); got != pasted.Screen() || !strings.Contains(got, want) || !strings.Contains(got, "Netflix") {
			t.Errorf("%s, typed:\n%s\npasted:\n%s", text, got, pasted.Screen())
		}
	}
}

// While a filter cannot be read its rows do not look as if they were what it asks
// for.
func TestRowsOfPartOfAFilterAreFaint(t *testing.T) {
	t.Parallel()
	m := transactions.New(t.Context(), tuitest.Coloured())
	d := tuitest.New(t, tuitest.NewStage(m), 120, 20)
	d.Send(screen.BookMsg{Book: tuitest.Household(), Today: tuitest.Today()})
	d.Press("/")
	d.Type("netflix")
	rows := d.Lines()[2:]
	d.Type(" amt:abc")
	if got := d.Lines()[2:]; !slices.Equal(got, rows) {
		t.Errorf("the rows became\n%s\nwant those of netflix", strings.Join(got, "\n"))
	}
	if got := d.Lines()[0]; !strings.Contains(got, "rows of netflix · an amount is") {
		t.Errorf("the filter line is %q", got)
	}
	row := strings.Split(d.View(), "\n")[3] // the one below the cursor
	on, _, _ := strings.Cut(tuitest.Coloured().Faint.Render("x"), "x")
	if n := strings.Count(row, on); n == 0 || n != strings.Count(row, "\x1b[")-strings.Count(row, "\x1b[0m") {
		t.Errorf("a row of part of the filter is painted %q", row)
	}
}

func TestTheFooterOffersEscWhereItLeadsSomewhere(t *testing.T) {
	t.Parallel()
	m := transactions.New(t.Context(), tuitest.Plain())
	d := tuitest.New(t, tuitest.NewStage(m), 80, 20)
	d.Send(screen.BookMsg{Book: tuitest.Household(), Today: tuitest.Today()})
	offers := func() string {
		var keys []string
		for _, b := range m.ShortHelp() {
			if b.Enabled() {
				keys = append(keys, b.Help().Key+" "+b.Help().Desc)
			}
		}
		return strings.Join(keys, ", ")
	}
	if got := offers(); strings.Contains(got, "esc") {
		t.Errorf("with nothing to leave: %s", got)
	}
	d.Press("enter") // at this width the details cover the list
	if got := offers(); !strings.HasPrefix(got, "esc back") || strings.Contains(got, "enter") {
		t.Errorf("over the details: %s", got)
	}
	d.Press("esc", "/")
	d.Type("netflix")
	d.Press("enter")
	if got := offers(); !strings.Contains(got, "esc back") {
		t.Errorf("under a filter: %s", got)
	}
	d.Press("esc")
	if got := offers(); strings.Contains(got, "esc") {
		t.Errorf("after the filter: %s", got)
	}
}

// current returns the row under the cursor without its mark and date.
func current(t testing.TB, d *tuitest.Driver) string {
	t.Helper()
	return strings.TrimSpace(string([]rune(cursorLine(t, d))[13:]))
}

// Why a filter cannot be read is told whole, below where its own line has no room.
func TestWhyAFilterCannotBeReadIsToldWhole(t *testing.T) {
	t.Parallel()
	for width, below := range map[int]bool{45: true, 160: false} {
		for _, leave := range []string{"enter", "esc"} {
			d, stage := open(t, tuitest.Household(), width, 20)
			d.Press("/")
			d.Type("amt:>x")
			inLine := strings.Contains(d.Screen(), "these are all rows")
			d.Press(leave)
			var told string
			for _, msg := range stage.Asked() {
				told += msg.(screen.FailedMsg).Err.Error()
			}
			if inLine == below || strings.Contains(told, "amount") != below || strings.Contains(told, "these are all rows") != below {
				t.Errorf("%d columns, %s: in its line %v, below %q", width, leave, inLine, told)
			}
		}
	}
}
