package overview

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/widget"
)

const (
	trendMonths = 12
	latestRows  = 40 // more than any screen has lines for
)

// facts is what the screen says, worked out once for each Book.
type facts struct {
	today ledger.Date
	main  ledger.Currency // the one most of the ledger is in; zero without rows
	banks int

	worth  ledger.NetWorth // in the main currency
	apart  []ledger.Amount // net worth in the others
	counts map[ledger.AccountType]int
	month  month
	trend  []ledger.Amount // spent in each month, the present one last

	needs  []need
	latest []ledger.Entry
}

// A need is something the user ought to look at.
type need struct {
	text, more string
	urgent     bool // only the user can mend it
	to         tea.Msg
}

// learn works the facts out; now says in which zone the user lives. It takes some
// milliseconds with a large ledger, so it runs in a command.
func learn(b *ledger.Book, today ledger.Date, now time.Time, script widget.Script) *facts {
	f := &facts{today: today, banks: len(b.Items()), counts: make(map[ledger.AccountType]int)}
	f.learnWorth(b)
	if f.main == (ledger.Currency{}) {
		if rows := b.First(ledger.Query{}, 1); len(rows) > 0 {
			f.main = b.Entry(rows[0]).Amount.Currency()
		}
	}
	f.month = learnMonth(b, f.main, today)
	last := today.Month()
	f.trend = b.MonthlySpending(f.main, last.Add(1-trendMonths), last)
	for _, r := range b.First(ledger.Query{}, latestRows) {
		f.latest = append(f.latest, b.Entry(r))
	}
	f.needs = learnNeeds(b, f.month, today, now, script)
	return f
}

// learnWorth takes the sums of the main currency, and the totals of the others.
func (f *facts) learnWorth(b *ledger.Book) {
	for i, n := range b.NetWorth() {
		if i == 0 {
			f.worth, f.main = n, n.Total.Currency()
			continue
		}
		if n.Total.Known() {
			f.apart = append(f.apart, n.Total)
		}
	}
	for _, a := range b.Accounts() {
		if a.Currency == f.main {
			f.counts[a.Type]++
		}
	}
}

// A target is something the cursor can be on: one entry of one part of the
// screen. The zero target is none.
type target struct {
	part  part
	index int // from 1
}

// A part is a part of the screen that the cursor goes through.
type part int

const (
	noPart  part = iota
	topPart      // above everything that opens
	categoryPart
	needPart
	latestPart
)

// destination is the message that opens what t stands for.
func (f *facts) destination(t target) tea.Msg {
	i := t.index - 1
	switch t.part {
	case categoryPart:
		q := ledger.Query{
			Category: ledger.Category(f.month.rows[i].key), Period: f.today.Month().Period(),
			Currency: f.main, Spending: true,
		}
		return screen.RowsMsg{Query: q, From: screen.Overview}
	case needPart:
		return f.needs[i].to
	case latestPart:
		return screen.RowsMsg{Query: ledger.Query{Payee: f.latest[i].Payee}, From: screen.Overview}
	}
	return nil
}
