package ledger

// A DayBalance is what an account held at the end of a day, or when it was last
// asked on that day. The amounts mean what they mean in a [Balance].
type DayBalance struct {
	Day                       Date
	Current, Available, Limit Amount
}
