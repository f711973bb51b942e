package transactions

import (
	"strings"
	"unicode"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/widget"
)

// A filter is the text that the user sees and the query that it stands for.
type filter struct {
	input widget.Input
	// query is what the text means, and readText that text. Of a text that cannot be
	// read, as a term half typed cannot, they are the part before the word at fault:
	// what is shown does not depend on how the text came about.
	query    ledger.Query
	readText string
	err      error // why the text cannot be read
	// given is what another screen asked for, and its text. While the text is as
	// given, the query is the given one: a text may say less exactly which
	// account is meant.
	given     screen.RowsMsg
	givenText string
}

func newFilter() filter { return filter{input: widget.NewInput()} }

// text returns what the user sees.
func (f *filter) text() string { return f.input.Value() }

// read works out the query anew.
func (f *filter) read(book *ledger.Book) {
	f.readText = f.text()
	f.query, f.err = f.parse(book, f.readText)
	for err := f.err; err != nil; f.query, err = f.parse(book, f.readText) {
		f.readText = withoutLastWord(f.readText)
	}
}

func (f *filter) parse(book *ledger.Book, text string) (ledger.Query, error) {
	if text == f.givenText {
		return f.given.Query, nil
	}
	return book.ParseQuery(text)
}

// withoutLastWord returns what stands before the last word, "" before the first.
func withoutLastWord(text string) string {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	return strings.TrimRightFunc(text[:strings.LastIndexFunc(text, unicode.IsSpace)+1], unicode.IsSpace)
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

// complaints say why the text cannot be read and, when some are shown, whose rows
// those are, the longest way first.
func (f *filter) complaints(shown bool) []string {
	if !shown {
		return []string{f.complaint()}
	}
	of := "all rows"
	if f.readText != "" {
		of = "rows of " + f.readText
	}
	return []string{f.complaint() + " · these are " + of, of + " · " + f.complaint()}
}

// give sets the filter to what another screen asks for; book may be nil.
func (f *filter) give(book *ledger.Book, msg screen.RowsMsg) {
	f.given, f.givenText = msg, msg.Query.String()
	if book != nil {
		f.givenText = book.FormatQuery(msg.Query)
	}
	f.input.SetValue(f.givenText)
	f.givenText = f.input.Value() // as the input keeps it
	f.query, f.readText, f.err = msg.Query, f.givenText, nil
}

// changed reports whether the user made the filter another than it was given.
func (f *filter) changed() bool { return f.text() != f.givenText }

// reset takes back what the user changed.
func (f *filter) reset(book *ledger.Book) { f.give(book, f.given) }

// account returns the account whose rows alone are wanted, all of them, and false
// when it is another question.
func (f *filter) account(book *ledger.Book) (ledger.Account, bool) {
	if len(f.query.Accounts) != 1 {
		return ledger.Account{}, false
	}
	all := ledger.Query{Accounts: f.query.Accounts}
	a, ok := book.Account(all.Accounts[0])
	return a, ok && f.query.String() == all.String()
}

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
