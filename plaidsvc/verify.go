package plaidsvc

import (
	"context"
	"errors"
	"fmt"

	"coffer/ledger"
)

// leastScore is the score from which Plaid calls a match one.
// Source: https://plaid.com/docs/identity/#identity-match.
const leastScore = 70

// A Verdict says whether an account is fit to pay from. Reasons say why not, in
// words that may hold a bank's texts.
type Verdict struct {
	OK      bool
	Reasons []string
	Scores  Scores
	// Available is what the bank just said can be taken; not known when it did
	// not say, or was not asked.
	Available ledger.Amount
}

// Verify finds out whether amount can be paid from an account and is the
// person's to pay: who the bank says it belongs to, whether it has numbers to be
// paid by, and what the bank itself, asked now, says is available. That costs
// money at Plaid.
//
// The Verdict is good with an error, too: it says no, for what could not be
// found out. [ledger.ErrNotAllowed] is the one error after which everything else
// was asked all the same.
func (s *Service) Verify(ctx context.Context, acc ledger.Account, amount ledger.Amount, who Person) (Verdict, error) {
	if acc.Type != ledger.Depository {
		return Verdict{Reasons: []string{fmt.Sprintf("a %s account is not one to pay from; checking and savings accounts are", acc.Type)}}, nil
	}
	var v verification
	scores, err := about(ctx, s, acc, owners, func(ctx context.Context, a access) (Scores, error) {
		return s.client.match(ctx, a, acc.ID, who)
	})
	v.note(err, func() []string { return doubts(scores, who) })
	if v.failed == nil {
		numbers, err := s.Numbers(ctx, acc)
		v.note(err, func() []string { return dead(numbers) })
	}
	var live liveBalance
	if v.failed == nil {
		live, err = about(ctx, s, acc, balances, func(ctx context.Context, a access) (liveBalance, error) {
			return s.client.live(ctx, a, acc.ID, s.cfg.Now)
		})
		v.note(err, func() []string { return lacks(amount, live) })
	}
	return decide(amount, live, scores, v.objections), errors.Join(v.failed, v.denied)
}

// A verification gathers what speaks against an account.
type verification struct {
	objections []string
	failed     error // what kept a question from being answered at all
	denied     error // what the user never allowed
}

// note takes how a question was answered: what speaks against the account then,
// or why Plaid would not say.
func (v *verification) note(err error, against func() []string) {
	var refused *APIError
	switch {
	case err == nil:
		v.objections = append(v.objections, against()...)
	case errors.As(err, &refused) && refused.withheld:
		v.objections = append(v.objections, refused.words())
		if errors.Is(err, ledger.ErrNotAllowed) && v.denied == nil {
			v.denied = err
		}
	default:
		v.objections, v.failed = append(v.objections, err.Error()), err
	}
}

// decide is the one place that says yes, and a live balance is what it takes.
func decide(amount ledger.Amount, live liveBalance, scores Scores, objections []string) Verdict {
	v := Verdict{Reasons: objections, Scores: scores, Available: live.available}
	v.OK = len(objections) == 0 && len(lacks(amount, live)) == 0
	return v
}

// lacks is what the balance says against paying amount. What the bank does not
// say is available is not: the current balance holds payments on their way.
func lacks(amount ledger.Amount, live liveBalance) []string {
	switch {
	case !amount.Known() || amount.Sign() <= 0:
		return []string{"there is no amount to pay"}
	case !live.available.Known() && live.current.Known():
		return []string{fmt.Sprintf("the bank does not say how much is available; its balance of %s %s may be spoken for",
			live.current, live.current.Currency())}
	case !live.available.Known():
		return []string{"the bank does not say how much is available"}
	case live.currency == ledger.ISO(none):
		return []string{"the bank does not say which currency the account is in"}
	case live.currency != amount.Currency():
		return []string{fmt.Sprintf("the account is in %s and the amount in %s", live.currency, amount.Currency())}
	}
	left, err := live.available.Sub(amount)
	if err != nil {
		return []string{err.Error()}
	}
	if left.Sign() < 0 {
		return []string{fmt.Sprintf("only %s %s is available, and %s is to be paid", live.available, live.currency, amount)}
	}
	return nil
}

// dead is what the numbers say against paying by them.
func dead(n ledger.Numbers) []string {
	for _, a := range n.ACH {
		if a.Out != nil && !*a.Out {
			return []string{"the bank does not let money be taken from it by ACH"}
		}
	}
	return nil
}

// doubts is what the scores say against the person. The bank must know the name.
// Something else that it does not know says nothing.
func doubts(s Scores, who Person) []string {
	var list []string
	if s.Name == nil {
		list = append(list, "the bank does not say whose name the account is in")
	}
	for _, c := range []struct {
		what  string
		score *int
		given string
	}{
		{"name", s.Name, who.Name}, {"email address", s.Email, who.Email},
		{"phone number", s.Phone, who.Phone}, {"postal address", s.Address, who.Street},
	} {
		if c.given != "" && c.score != nil && *c.score < leastScore {
			list = append(list, fmt.Sprintf("the %s is not the one that the bank has: it fits by %d of 100, and %d are needed",
				c.what, *c.score, leastScore))
		}
	}
	return list
}
