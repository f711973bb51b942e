package bank

// A row is a transaction in the book's own compact form. Its text is made when
// somebody asks, see render.
type row struct {
	account    *account
	payee      *payee
	amount     int64 // as posted, in minor units, positive is out
	held       int64 // as pending
	stream     uint64
	shown      moment
	settled    moment // when the pending row goes, or the posted one comes
	corrected  moment
	born       day    // of the occasion
	authorized day    // what is told as such
	number     uint32 // of the store, the cheque or the payment
	occasion   uint16 // which of the stream's rows of the day
	pending    bool   // has a life as a pending row
	posts      bool   // false: the hold lapses
	unmatched  bool   // the posted row does not name its pending one
	renamed    bool   // a correction brings the clean merchant name
	refiled    bool   // a correction brings the right category
}

// A stage is what happens to a row at a moment. Of two stages of one row at one
// moment, the lower comes first.
type stage uint8

const (
	stagePending stage = iota
	stageGone
	stagePosted
	stageCorrected
)

// op is what Plaid's sync calls the stage.
func (s stage) op() Op {
	switch s {
	case stageGone:
		return Removed
	case stageCorrected:
		return Modified
	case stagePending, stagePosted:
	}
	return Added
}

// A note is one line of a bank's log: this row reached that stage then.
type note struct {
	at    moment
	row   int32
	stage stage
}

// compare orders a log. Rows of one moment stay together, so nothing comes
// between a pending row's end and its successor.
func (n note) compare(o note) int {
	switch {
	case n.at != o.at:
		return int(max(-1, min(1, n.at-o.at)))
	case n.row != o.row:
		return int(n.row - o.row)
	}
	return int(n.stage) - int(o.stage)
}
