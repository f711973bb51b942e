package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
)

// errNotFit says that an account is not one to pay from; why was told.
var errNotFit = errors.New("the account is not fit for this payment")

type verifyDocument struct {
	OK        bool           `json:"ok"`
	Reasons   []string       `json:"reasons"`
	Scores    scoresDocument `json:"scores"`
	Available *string        `json:"available"`
	Amount    string         `json:"amount"`
}

// scoresDocument has null for what was not asked and for what the bank does not
// know: neither is 0.
type scoresDocument struct {
	Name    *int `json:"name"`
	Email   *int `json:"email"`
	Phone   *int `json:"phone"`
	Address *int `json:"address"`
}

func newVerifyCommand(a *app) *cobra.Command {
	var draft ledger.PaymentDraft
	cmd := &cobra.Command{
		Use:   "verify ACCOUNT --amount N --name NAME",
		Short: "find out whether an account is fit to pay from",
		Long: `Find out whether an account is fit to pay an amount from: whether its bank knows the
person as its owner (a score of 70 of 100 or more for each thing given; what the bank
does not know, other than the name, does not count), whether it has numbers to be
paid by, and whether the bank, asked now, says that enough is available. The balance
of a sync is never used. Plaid bills the balance and the look at the owner each time,
and the numbers once for each bank; a bank may take a minute to answer.

The amount is in the account's currency, or names its own: --amount "25.00 USD". The
answer is on standard output, and the exit code 1, when the account is not fit.

` + accountHelp,
		Example: "  coffer verify checking --amount 25.00 --name 'Alberta Charleson'\n" +
			"  coffer verify 0000 --amount 25 --name 'Alberta Charleson' --email a@example.com --json",
		Args: oneArg("ACCOUNT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := draft.Check(); err != nil {
				return badDraft(err)
			}
			return a.withAccount(cmd.Context(), args[0], func(svc *plaidsvc.Service, acc banked) error {
				return a.runVerify(cmd.Context(), svc, acc, draft)
			})
		},
	}
	flags, who := cmd.Flags(), &draft.Payer
	flags.StringVar(&draft.Amount, "amount", "", "how much is to be paid")
	flags.StringVar(&who.Name, "name", "", "the payer's full name")
	flags.StringVar(&who.Email, "email", "", "the payer's address of mail")
	flags.StringVar(&who.Phone, "phone", "", "the payer's telephone number, as +14155550123")
	flags.StringVar(&who.Street, "street", "", "the payer's street and number")
	flags.StringVar(&who.City, "city", "", "city, with --street")
	flags.StringVar(&who.Region, "region", "", "state or province, with --street")
	flags.StringVar(&who.PostalCode, "postal-code", "", "postal code, with --street")
	return cmd
}

// badDraft says which flag cannot be meant.
func badDraft(err error) error {
	var refused *ledger.DraftError
	if errors.As(err, &refused) {
		return usage("--%s: %w", refused.Field, refused.Err)
	}
	return err
}

func (a *app) runVerify(ctx context.Context, svc *plaidsvc.Service, acc banked, draft ledger.PaymentDraft) error {
	amount, err := draft.AmountIn(acc.Currency)
	if err != nil {
		return badDraft(err)
	}
	a.tellWait("asking %s; this can take a minute", acc.bank)
	v, failed := svc.Verify(ctx, acc.Account, amount, draft.Payer, nil)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := a.printVerdict(acc, amount, v); err != nil {
		return err
	}
	switch {
	case failed != nil:
		return failed
	case !v.OK:
		return errNotFit
	}
	return nil
}

func (a *app) printVerdict(acc banked, amount ledger.Amount, v ledger.Verdict) error {
	if a.flags.json {
		reasons := make([]string, len(v.Objections))
		for i, o := range v.Objections {
			reasons[i] = o.String()
		}
		return a.printJSON(verifyDocument{
			OK: v.OK, Reasons: reasons, Scores: scoresDocument(v.Scores),
			Available: amountOrNull(v.Available), Amount: amount.String(),
		})
	}
	verdict := "%s should not be paid from %s"
	switch {
	case v.OK:
		verdict = "%s can be paid from %s"
	case v.Unchecked:
		verdict = "it could not be checked whether %s can be paid from %s"
	}
	lines := []string{fmt.Sprintf(verdict, withCode(amount), acc.title())}
	for _, o := range v.Objections {
		lines = append(lines, "- "+o.Words(withCode))
	}
	if _, err := fmt.Fprintln(a.out, printable(strings.Join(lines, "\n"))); err != nil {
		return err
	}
	t := newTable("Checked", "Result")
	for _, s := range []struct {
		what  string
		score *int
	}{{"name", v.Scores.Name}, {"email", v.Scores.Email}, {"phone", v.Scores.Phone}, {"address", v.Scores.Address}} {
		if s.score != nil {
			t.add(s.what, strconv.Itoa(*s.score)+" of 100")
		}
	}
	if v.Available.Known() {
		t.add("available now", withCode(v.Available))
	}
	if len(t.rows) == 0 {
		return nil
	}
	return a.printTable(t)
}

// withCode is an amount among words: grouped, with the code of its currency.
func withCode(a ledger.Amount) string { return amountCell(a) + " " + a.Currency().Code() }
