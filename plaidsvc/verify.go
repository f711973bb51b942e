package plaidsvc

import (
	"context"
	"errors"
	"fmt"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// Verify finds out whether amount can be paid from an account and is the
// person's to pay: who the bank says it belongs to, whether it has numbers to be
// paid by, and what the bank itself, asked now, says is available. That costs
// money at Plaid.
//
// The Verdict is good with an error, too: it says no, for what could not be
// found out. [ledger.ErrNotAllowed] is the one error after which everything else
// was asked all the same. report, which may be nil, hears what is being found out.
func (s *Service) Verify(
	ctx context.Context, acc ledger.Account, amount ledger.Amount, who ledger.Person, report func(ledger.VerdictStage),
) (ledger.Verdict, error) {
	if acc.Type != ledger.Depository {
		return ledger.Verdict{Objections: object(fmt.Sprintf("a %s account is not one to pay from; checking and savings accounts are", acc.Type))}, nil
	}
	if report == nil {
		report = func(ledger.VerdictStage) {}
	}
	var v verification
	report(ledger.VerdictOwner)
	scores, err := about(ctx, s, acc, owners, func(ctx context.Context, a access) (ledger.Scores, error) {
		return s.client.match(ctx, a, acc.ID, who)
	})
	v.note(err, func() []ledger.Objection { return doubts(scores, who) })
	if v.failed == nil {
		report(ledger.VerdictNumbers)
		numbers, err := s.Numbers(ctx, acc)
		v.note(err, func() []ledger.Objection { return dead(numbers) })
	}
	var live liveBalance
	if v.failed == nil {
		report(ledger.VerdictBalance)
		live, err = about(ctx, s, acc, balances, func(ctx context.Context, a access) (liveBalance, error) {
			return s.client.live(ctx, a, acc.ID, s.cfg.Now)
		})
		v.note(err, func() []ledger.Objection { return lacks(amount, live) })
	}
	verdict := decide(amount, live, scores, v.objections)
	failed := errors.Join(v.failed, v.denied)
	verdict.Unchecked = failed != nil && !v.against
	return verdict, failed
}

// object is one objection that is about no amount, or about those given.
func object(words string, amounts ...ledger.Amount) []ledger.Objection {
	return []ledger.Objection{ledger.Object(words, amounts...)}
}

// A verification gathers what speaks against an account.
type verification struct {
	objections []ledger.Objection
	against    bool  // an answer, or that there is none to have, is among them
	failed     error // what kept a question from being answered at all
	denied     error // what the user never allowed
}

// note takes how a question was answered: what speaks against the account then,
// or why Plaid would not say.
func (v *verification) note(err error, against func() []ledger.Objection) {
	var refused *APIError
	switch {
	case err == nil:
		found := against()
		v.objections, v.against = append(v.objections, found...), v.against || len(found) > 0
	case errors.As(err, &refused) && refused.withheld:
		v.objections = append(v.objections, ledger.Object(refused.words()))
		switch {
		case !errors.Is(err, ledger.ErrNotAllowed):
			v.against = true
		case v.denied == nil:
			v.denied = err
		}
	default:
		v.objections, v.failed = append(v.objections, ledger.Object(err.Error())), err
	}
}

// decide is the one place that says yes, and a live balance is what it takes.
func decide(amount ledger.Amount, live liveBalance, scores ledger.Scores, objections []ledger.Objection) ledger.Verdict {
	v := ledger.Verdict{Objections: objections, Scores: scores, Available: live.available}
	v.OK = len(objections) == 0 && len(lacks(amount, live)) == 0
	return v
}

// lacks is what the balance says against paying amount. What the bank does not
// say is available is not: the current balance holds payments on their way.
func lacks(amount ledger.Amount, live liveBalance) []ledger.Objection {
	switch {
	case !amount.Known() || amount.Sign() <= 0:
		return object("there is no amount to pay")
	case !live.available.Known() && live.current.Known():
		return object("the bank does not say how much is available; its balance of %s may be spoken for", live.current)
	case !live.available.Known():
		return object("the bank does not say how much is available")
	case live.currency == ledger.ISO(wire.NoCurrency):
		return object("the bank does not say which currency the account is in")
	case live.currency != amount.Currency():
		return object(fmt.Sprintf("the account is in %s and the amount in %s", live.currency, amount.Currency()))
	}
	left, err := live.available.Sub(amount)
	if err != nil {
		return object(err.Error())
	}
	if left.Sign() < 0 {
		return object("only %s is available, and %s is to be paid", live.available, amount)
	}
	return nil
}

// dead is what the numbers say against paying by them.
func dead(n ledger.Numbers) []ledger.Objection {
	for _, a := range n.ACH {
		if a.Out != nil && !*a.Out {
			return object("the bank does not let money be taken from it by ACH")
		}
	}
	return nil
}

// doubts is what the scores say against the person. The bank must know the name.
// Something else that it does not know says nothing.
func doubts(s ledger.Scores, who ledger.Person) []ledger.Objection {
	var list []ledger.Objection
	if s.Name == nil {
		list = append(list, ledger.Object("the bank does not say whose name the account is in"))
	}
	for _, c := range []struct {
		what  string
		score *int
		given string
	}{
		{"name", s.Name, who.Name}, {"email address", s.Email, who.Email},
		{"phone number", s.Phone, who.Phone}, {"postal address", s.Address, who.Street},
	} {
		if c.given != "" && c.score != nil && *c.score < ledger.LeastScore {
			list = append(list, ledger.Object(fmt.Sprintf("the %s is not the one that the bank has: it fits by %d of 100, and %d are needed",
				c.what, *c.score, ledger.LeastScore)))
		}
	}
	return list
}
