package bank

import "time"

// A Brief is an [Event] whose row is not written out: enough to know which rows
// there are at a moment. A bank with a long history has very many rows, and a
// client asks for five hundred of them at a time.
type Brief struct {
	At        time.Time
	Row       uint64 // names the row within its login; its pending life is another row
	AccountID string
	Date      string       // of this version of the row, YYYY-MM-DD; a removed one may have none
	Written   *Transaction // the row, where it is at hand; nil is one to ask for
	Op        Op
	stage     stage
}

// A Briefed login can tell what happened without writing out every row.
type Briefed interface {
	// Briefs lists what [Login.Events] lists, in the same order.
	Briefs(from, until time.Time) []Brief
	// Write writes out the row of a brief, as its event has it.
	Write(b Brief) Transaction
}

var _ Briefed = (*login)(nil)

// Briefs implements [Briefed].
func (l *login) Briefs(from, until time.Time) []Brief {
	l.mu.Lock()
	defer l.mu.Unlock()
	notes := l.notes(from, until)
	out := make([]Brief, len(notes))
	for i, n := range notes {
		out[i] = l.book.brief(n)
	}
	return out
}

// Write implements [Briefed].
func (l *login) Write(b Brief) Transaction {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.book.event(note{momentOf(b.At), int32(b.Row / 2), b.stage}).Transaction
}

func (b *book) brief(n note) Brief {
	r := &b.rows[n.row]
	out := Brief{At: n.at.utc(), Row: uint64(n.row) * 2, AccountID: r.account.ID, Op: n.stage.op(), stage: n.stage}
	switch n.stage {
	case stagePending:
		out.Row++
		out.Date = b.date(r.authorized).iso
	case stageGone:
		out.Row++
	case stagePosted, stageCorrected:
		out.Date = b.date(r.settled.day()).iso
	}
	return out
}
