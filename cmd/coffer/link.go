package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
	"coffer/tui/widget"
)

// defaultLinkTimeout is how long a person may take: finding a bank's password
// and a second factor takes a while.
const defaultLinkTimeout = 20 * time.Minute

type linkOptions struct {
	noBrowser               bool
	timeout                 time.Duration
	days                    int
	sandbox, user, password string
}

func newLinkCommand(a *app) *cobra.Command {
	var o linkOptions
	cmd := &cobra.Command{
		Use:   "link",
		Short: "link a bank",
		Long: `Link a bank: a page of this computer opens in the browser and hands over to Plaid
Link. You sign in to your bank there; coffer never sees the bank password.

With --sandbox there is no browser: a bank of Plaid's sandbox, or of a simulator,
is linked as its test user.`,
		Example: "  coffer link\n  coffer link --no-browser\n  coffer link --sandbox ins_109508",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.sandbox == "" && (cmd.Flags().Changed("user") || cmd.Flags().Changed("password")) {
				return usage("--user and --password need --sandbox")
			}
			if cmd.Flags().Changed("days") && o.days < 1 {
				return usage("--days %d: want 1 to 730, Plaid's limit", o.days)
			}
			return a.runLink(cmd.Context(), o)
		},
	}
	cmd.Flags().BoolVar(&o.noBrowser, "no-browser", false, "only print the address")
	cmd.Flags().DurationVar(&o.timeout, "timeout", defaultLinkTimeout, "how long to wait for you")
	cmd.Flags().IntVar(&o.days, "days", 0, "days of history to ask for, 1 to 730 (default: history_days of the config)")
	cmd.Flags().StringVar(&o.sandbox, "sandbox", "", "institution id of a test bank to link without a browser, as ins_109508")
	cmd.Flags().StringVar(&o.user, "user", "user_good", "test user, with --sandbox")
	cmd.Flags().StringVar(&o.password, "password", "pass_good", "test user's password, with --sandbox")
	return cmd
}

func (a *app) runLink(ctx context.Context, o linkOptions) error {
	if err := o.checkTimeout(); err != nil {
		return err
	}
	if o.days < 0 || o.days > 730 {
		return usage("--days %d: want 1 to 730, Plaid's limit", o.days)
	}
	return a.withVault(ctx, func(v *storage.Vault) error {
		svc, err := a.service(ctx, v)
		if err != nil {
			return err
		}
		if o.days == 0 {
			o.days = a.config.HistoryDays
		}
		item, err := a.linkBank(ctx, svc, o)
		return a.afterLink(ctx, v, item, err)
	})
}

func (o linkOptions) checkTimeout() error {
	if o.timeout <= 0 {
		return usage("--timeout %s: want more than nothing", o.timeout)
	}
	return nil
}

// afterLink tells how linking ended. A bank may be linked although its first
// sync failed: then it has an id, and the next sync completes it.
func (a *app) afterLink(ctx context.Context, v *storage.Vault, item ledger.Item, err error) error {
	if err != nil && item.ID == "" {
		return err
	}
	switch {
	case err == nil, errors.Is(err, ledger.ErrNotReady):
	case errors.Is(err, ledger.ErrDuplicate):
		fmt.Fprintln(a.err, "coffer:", printable(err.Error()))
	default:
		fmt.Fprintf(a.err, "%s is linked, but its first sync failed; coffer sync tries again\n", printable(item.Name))
		return err
	}
	book, err := v.Book(ctx)
	if err != nil {
		return err
	}
	return a.printLinked(book, item)
}

func (a *app) linkBank(ctx context.Context, svc *plaidsvc.Service, o linkOptions) (ledger.Item, error) {
	report := a.linkReporter()
	if o.sandbox != "" {
		return svc.LinkSandbox(ctx, plaidsvc.SandboxLink{
			Institution: o.sandbox, User: o.user, Password: secret.New(o.password), Days: o.days,
		}, report)
	}
	return svc.Link(ctx, plaidsvc.LinkOptions{Timeout: o.timeout, Days: o.days, NoBrowser: o.noBrowser}, report)
}

// linkReporter tells on standard error how linking goes.
func (a *app) linkReporter() func(ledger.LinkProgress) {
	var last ledger.LinkStage
	return func(p ledger.LinkProgress) {
		if p.Stage == last {
			return
		}
		last = p.Stage
		switch p.Stage {
		case ledger.LinkWaiting:
			a.tellAddress(p)
		case ledger.LinkSaving:
			fmt.Fprintln(a.err, "the bank agreed; saving")
		case ledger.LinkSyncing:
			fmt.Fprintf(a.err, "linked %s; fetching its transactions\n", printable(p.Item.Name))
		}
	}
}

// tellAddress shows the page to open, whether a browser opens or not: one may
// hang, or be another than the user wants.
func (a *app) tellAddress(p ledger.LinkProgress) {
	what := "Open this address in a browser on this computer:"
	if p.Browser != ledger.BrowserNone {
		what = "Your browser should have opened. If not, open this address on this computer:"
	}
	fmt.Fprintf(a.err, "%s\n\n    %s\n\nwaiting for you to finish there; ctrl-c cancels\n", what, p.Address)
}

func (a *app) printLinked(book *ledger.Book, item ledger.Item) error {
	if a.flags.json {
		return a.printJSON(documentItem(book, item))
	}
	accounts, rows := 0, 0
	for _, acc := range book.Accounts() {
		if acc.Item == item.ID {
			accounts++
			q := ledger.Query{Accounts: []ledger.AccountID{acc.ID}}
			rows += len(book.Select(q, ledger.Sort{By: ledger.SortDate}).Rows)
		}
	}
	_, err := fmt.Fprintf(a.out, "linked %s: %s, %s\n",
		printable(item.Name), widget.Plural(accounts, "account"), widget.Plural(rows, "transaction"))
	if err == nil && !item.HistoryReady {
		fmt.Fprintln(a.err, "the bank is still preparing older transactions; coffer sync fetches them in a minute")
	}
	return err
}
