package transactions

import (
	"strings"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/widget"
)

// A filter is the text that the user sees and the query that it stands for.
type filter struct {
	input widget.Input
	// query is what the text last meant. It lags behind a text that cannot be
	// read, as a term half typed cannot.
	query ledger.Query
	err   error // why the text cannot be read
	// given is what another screen asked for, and its text. While the text is as
	// given, the query is the given one: a text may say less exactly which
	// account is meant.
	given     screen.RowsMsg
	givenText string
}

func newFilter() filter { return filter{input: widget.NewInput()} }

// text returns what the user sees.
func (f *filter) text() string { return f.input.Value() }

// read works out the query anew and reports whether it can be asked.
func (f *filter) read(book *ledger.Book) bool {
	if f.text() == f.givenText {
		f.query, f.err = f.given.Query, nil
		return true
	}
	query, err := book.ParseQuery(f.text())
	if f.err = err; err == nil {
		f.query = query
	}
	return err == nil
}

// complaint says why the text cannot be read. The term that is meant stands
// beside it, so only the reason is said.
func (f *filter) complaint() string {
	text := f.err.Error()
	if _, reason, ok := strings.Cut(text, ledger.ErrQuery.Error()+": "); ok {
		return reason
	}
	return text
}

// give sets the filter to what another screen asks for.
func (f *filter) give(msg screen.RowsMsg) {
	f.given, f.givenText = msg, msg.Query.String()
	f.input.SetValue(f.givenText)
	f.givenText = f.input.Value() // as the input keeps it
	f.query, f.err = msg.Query, nil
}

// changed reports whether the user made the filter another than it was given.
func (f *filter) changed() bool { return f.text() != f.givenText }

// reset takes back what the user changed.
func (f *filter) reset() { f.give(f.given) }

// category returns the term that finds the rows of a category, for a user who
// typed its name where payees are searched. It is "" when there are none.
func (f *filter) category(book *ledger.Book) string {
	term := "cat:" + f.text()
	if strings.Contains(f.text(), " ") {
		term = `cat:"` + f.text() + `"`
	}
	query, err := book.ParseQuery(term)
	if err != nil || query.Category == "" || len(book.First(query, 1)) == 0 {
		return ""
	}
	return term
}

// inForce reports whether some rows may be left out.
func (f *filter) inForce() bool { return f.text() != "" }
