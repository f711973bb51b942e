package transactions

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/widget"
)

// A listing is what a query found in one Book. Its rows mean nothing in another.
type listing struct {
	book  *ledger.Book
	order ledger.Sort
	rows  []ledger.Row
	sums  []ledger.Amount
	whole bool // all rows are here, and the sums; else only the first screenful
}

// newest is the order that the screen starts in, and the one in which a
// screenful can be had without looking at every row.
func newest() ledger.Sort { return ledger.Sort{By: ledger.SortDate} }

// A place is where the cursor goes when the rows change.
type place int

const (
	stay place = iota // on the same transaction
	top
)

// ask finds the rows anew. A new question in the order of dates is answered at
// once as far as the screen shows; the rest, the count and the sums come with
// the loader. Otherwise the rows on screen stay until the answer is here: it
// takes milliseconds, and a blank in between would flicker.
func (m *Model) ask(at place) tea.Cmd {
	if m.book == nil {
		return nil
	}
	book, query, order := m.book, m.filter.query, m.order
	m.toTop = at == top
	here, _ := m.current()
	if order == newest() && (m.toTop || m.list.book == nil) {
		m.show(listing{book: book, order: order, rows: book.First(query, m.height+1)})
	}
	return m.load.Load(m.ctx, func(ctx context.Context) (listing, error) {
		if err := ctx.Err(); err != nil { // overtaken before it began
			return listing{}, err
		}
		// A ledger indexes its ids when the first one is looked up: here, and not
		// when the answer is shown and somebody waits.
		book.Find(here.ID)
		found := book.Select(query, order)
		return listing{book: book, order: order, rows: found.Rows, sums: found.Sums, whole: true}, nil
	})
}

func (m *Model) onListed(msg screen.LoadedMsg[listing]) tea.Cmd {
	if !m.load.Accept(msg) {
		return nil
	}
	if msg.Err != nil {
		return screen.Fail(msg.Err)
	}
	m.show(msg.Value)
	return nil
}

// show puts l on the screen. The cursor stays on its transaction, and that on
// its line, unless the question was a new one.
func (m *Model) show(l listing) {
	from, _ := m.window.Visible()
	index, line := m.follow(l), m.window.Cursor()-from
	m.list, m.days, m.detailTop = l, nil, 0
	m.window.SetCount(len(l.rows))
	if m.toTop {
		m.toTop = !l.whole && l.order != newest()
		index = 0
	}
	m.scrollTo(index, line)
	m.goBack()
}

// follow returns where in l the transaction under the cursor is or, when it is
// not there, what comes in its place.
func (m *Model) follow(l listing) int {
	index := m.window.Cursor()
	e, ok := m.current()
	if !ok {
		return index
	}
	row := m.list.rows[index]
	if l.book != m.list.book {
		if row, ok = l.book.Find(e.ID); !ok {
			return index
		}
	}
	if i := slices.Index(l.rows, row); i >= 0 {
		return i
	}
	return index
}

// scrollTo puts the cursor on row i and, if it can be, that row on a line.
func (m *Model) scrollTo(i, line int) {
	w := widget.Window{}
	w.SetHeight(m.window.Height())
	w.SetCount(m.window.Count())
	w.SetCursor(i - line + w.Height() - 1) // the last row below it scrolls it there
	w.SetCursor(i)
	m.window = w
}

// current returns the transaction under the cursor.
func (m *Model) current() (ledger.Entry, bool) {
	i := m.window.Cursor()
	if i >= len(m.list.rows) {
		return ledger.Entry{}, false
	}
	return m.list.book.Entry(m.list.rows[i]), true
}
