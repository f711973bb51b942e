package ledger

import "fmt"

// A Person is who somebody says they are. Fields may be empty, but for the name.
type Person struct {
	Name, Email, Phone               string
	Street, City, Region, PostalCode string
}

// LeastScore is the score from which a match is one, of 100.
// Source: https://plaid.com/docs/identity/#identity-match.
const LeastScore = 70

// Scores say how well a [Person] fits who the bank has on file, 0 to 100. Nil is
// no score: the person did not say, or the bank does not know, and neither is a
// reason to believe or to doubt.
type Scores struct {
	Name, Email, Phone, Address *int
}

// A VerdictStage is what is being found out on the way to a [Verdict].
type VerdictStage string

// The stages of a verdict, in order.
const (
	VerdictOwner   VerdictStage = "owner"   // whether the bank knows the person
	VerdictNumbers VerdictStage = "numbers" // whether the account has some to be paid by
	VerdictBalance VerdictStage = "balance" // what is available; the bank may take a minute
)

// A Verdict says whether an account is fit to pay from. Objections say why not.
type Verdict struct {
	OK         bool
	Objections []Objection
	Scores     Scores
	// Unchecked is set when nothing that was found out speaks against the account, but
	// not all could be found out. The Objections say what could not.
	Unchecked bool
	// Available is what the bank just said can be taken; not known when it did
	// not say, or was not asked.
	Available Amount
}

// An Objection is one reason not to pay from an account, in words that may hold a
// bank's texts. Amounts in it are written as the reader has them written.
type Objection struct {
	words   string // has %s for each amount; without amounts it is no format
	amounts []Amount
}

// Object returns an objection. Words that are about amounts have a %s for each.
func Object(words string, amounts ...Amount) Objection { return Objection{words, amounts} }

// Words returns the objection with its amounts as write gives them.
func (o Objection) Words(write func(Amount) string) string {
	if len(o.amounts) == 0 {
		return o.words
	}
	written := make([]any, len(o.amounts))
	for i, a := range o.amounts {
		written[i] = write(a)
	}
	return fmt.Sprintf(o.words, written...)
}

// String returns the objection with its amounts as programs read them, each with the
// code of its currency.
func (o Objection) String() string {
	return o.Words(func(a Amount) string { return a.String() + " " + a.Currency().Code() })
}
