package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

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

type verifyOptions struct {
	amount string
	who    plaidsvc.Person
}

func newVerifyCommand(a *app) *cobra.Command {
	var o verifyOptions
	cmd := &cobra.Command{
		Use:   "verify ACCOUNT --amount N --name NAME",
		Short: "find out whether an account is fit to pay from",
		Long: `Find out whether an account is fit to pay an amount from: whether its bank knows the
person as its owner (a score of 70 of 100 or more for each thing given; what the bank
does not know, other than the name, does not count), whether it has numbers to be
paid by, and whether the bank, asked now, says that enough is available. The balance
of a sync is never used. Plaid bills the balance each time and the rest once for each
bank; a bank may take a minute to answer.

The amount is in the account's currency, or names its own: --amount "25.00 USD". The
answer is on standard output, and the exit code 1, when the account is not fit.

` + accountHelp,
		Example: "  coffer verify checking --amount 25.00 --name 'Alberta Charleson'\n" +
			"  coffer verify 0000 --amount 25 --name 'Alberta Charleson' --email a@example.com --json",
		Args: oneArg("ACCOUNT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			return a.withAccount(cmd.Context(), args[0], func(svc *plaidsvc.Service, acc banked) error {
				return a.runVerify(cmd.Context(), svc, acc, o)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.amount, "amount", "", "how much is to be paid")
	flags.StringVar(&o.who.Name, "name", "", "the payer's full name")
	flags.StringVar(&o.who.Email, "email", "", "the payer's address of mail")
	flags.StringVar(&o.who.Phone, "phone", "", "the payer's telephone number, as +14155550123")
	flags.StringVar(&o.who.Street, "street", "", "the payer's street and number")
	flags.StringVar(&o.who.City, "city", "", "city, with --street")
	flags.StringVar(&o.who.Region, "region", "", "state or province, with --street")
	flags.StringVar(&o.who.PostalCode, "postal-code", "", "postal code, with --street")
	return cmd
}

// check refuses what cannot be meant before anybody is asked.
func (o *verifyOptions) check() error {
	number, _, err := splitAmount(o.amount)
	if err != nil {
		return err
	}
	// The currency, and its decimals, are the account's.
	amount, err := ledger.ParseAmount(number, ledger.Unofficial("any"))
	switch p := o.who; {
	case err != nil:
		return usage("--amount: %w", err)
	case amount.Sign() <= 0:
		return usage("--amount %s: want more than nothing", number)
	case strings.TrimSpace(p.Name) == "":
		return usage("--name is missing: whose account should it be?")
	case p.Street == "" && p.City+p.Region+p.PostalCode != "":
		return usage("--city, --region and --postal-code need --street")
	case p.Phone != "" && !dialable(p.Phone):
		return usage("--phone %q: want a number as +14155550123", p.Phone)
	}
	return nil
}

// splitAmount parts "25.00 USD"; the currency is "" when it is left out.
func splitAmount(text string) (number, currency string, err error) {
	switch words := strings.Fields(text); len(words) {
	case 1:
		return words[0], "", nil
	case 2:
		return words[0], words[1], nil
	}
	return "", "", usage("--amount %q: want a number, as 25.00", text)
}

// amountOf reads the amount in the currency that it names or else the account's.
func (o *verifyOptions) amountOf(acc ledger.Account) (ledger.Amount, error) {
	number, code, err := splitAmount(o.amount)
	if err != nil {
		return ledger.Amount{}, err
	}
	currency := acc.Currency
	if code != "" && !strings.EqualFold(code, currency.Code()) {
		currency = ledger.ISO(code)
	}
	amount, err := ledger.ParseAmount(number, currency)
	if err != nil {
		return ledger.Amount{}, usage("--amount: %w", err)
	}
	return amount, nil
}

// dialable reports whether a text can be a telephone number.
func dialable(s string) bool {
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		} else if !strings.ContainsRune("+-() .", r) {
			return false
		}
	}
	return digits >= 7 && digits <= 15
}

func (a *app) runVerify(ctx context.Context, svc *plaidsvc.Service, acc banked, o verifyOptions) error {
	amount, err := o.amountOf(acc.Account)
	if err != nil {
		return err
	}
	a.tellWait("asking %s; this can take a minute", acc.bank)
	v, failed := svc.Verify(ctx, acc.Account, amount, o.who)
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

func (a *app) printVerdict(acc banked, amount ledger.Amount, v plaidsvc.Verdict) error {
	if a.flags.json {
		return a.printJSON(verifyDocument{
			OK: v.OK, Reasons: append([]string{}, v.Reasons...), Scores: scoresDocument(v.Scores),
			Available: amountOrNull(v.Available), Amount: amount.String(),
		})
	}
	verdict := "can be paid from"
	if !v.OK {
		verdict = "should not be paid from"
	}
	lines := []string{fmt.Sprintf("%s %s %s %s", amount, amount.Currency(), verdict, acc.title())}
	for _, reason := range v.Reasons {
		lines = append(lines, "- "+reason)
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
		t.add("available now", v.Available.String()+" "+v.Available.Currency().Code())
	}
	if len(t.rows) == 0 {
		return nil
	}
	return a.printTable(t)
}
