package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"coffer/internal/config"
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
	noBrowser, hosted       bool
	again                   bool
	timeout                 time.Duration
	days                    int
	products                []string
	sandbox, user, password string
}

func newLinkCommand(a *app) *cobra.Command {
	var o linkOptions
	cmd := &cobra.Command{
		Use:   "link",
		Short: "link a bank",
		Long: `Link a bank: a page of this computer opens in the browser and hands over to Plaid
Link. You sign in to your bank there; coffer never sees the bank password.

With --hosted the page is one of Plaid's, for your phone or any other device: its
address is shown, and a QR code of it. So it is over ssh, and where no browser can
be opened, unless --no-browser says to wait for one on this computer.

A bank whose accounts are linked already is not linked a second time, as far as
Plaid's page tells before, unless you say so or --again does.

A bank must have the first of the products that it is asked for, which are those of
the config unless --products names others. A brokerage that has no transactions is
linked with --products investments. With real banks Plaid bills each product by the
month, from the first sync of an account that has it until the bank is removed.

With --sandbox there is no browser: a bank of Plaid's sandbox, or of a simulator,
is linked as its test user.`,
		Example: "  coffer link\n  coffer link --hosted\n  coffer link --no-browser\n  coffer link --products investments\n  coffer link --sandbox ins_109508",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.sandbox == "" && (cmd.Flags().Changed("user") || cmd.Flags().Changed("password")) {
				return usage("--user and --password need --sandbox")
			}
			if cmd.Flags().Changed("days") && o.days < 1 {
				return usage("--days %d: want 1 to 730, Plaid's limit", o.days)
			}
			if o.sandbox != "" && (o.hosted || o.again) {
				return usage("--sandbox has no page: leave --hosted and --again away")
			}
			return a.runLink(cmd.Context(), o)
		},
	}
	o.register(cmd.Flags())
	cmd.Flags().BoolVar(&o.again, "again", false, "link a bank a second time, beside the link that is there")
	cmd.Flags().IntVar(&o.days, "days", 0, "days of history to ask for, 1 to 730 (default: history_days of the config)")
	cmd.Flags().StringSliceVar(&o.products, "products", nil, "what the bank is asked for (default: products of the config)")
	cmd.Flags().StringVar(&o.sandbox, "sandbox", "", "institution id of a test bank to link without a browser, as ins_109508")
	cmd.Flags().StringVar(&o.user, "user", "user_good", "test user, with --sandbox")
	cmd.Flags().StringVar(&o.password, "password", "pass_good", "test user's password, with --sandbox")
	return cmd
}

// register adds the flags of every command that opens a page.
func (o *linkOptions) register(set *pflag.FlagSet) {
	set.BoolVar(&o.noBrowser, "no-browser", false, "only print the address of the page on this computer")
	set.BoolVar(&o.hosted, "hosted", false, "show the address and the QR code of a page for any device")
	set.DurationVar(&o.timeout, "timeout", defaultLinkTimeout, "how long to wait for you")
}

func (a *app) runLink(ctx context.Context, o linkOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	if o.days < 0 || o.days > 730 {
		return usage("--days %d: want 1 to 730, Plaid's limit", o.days)
	}
	if o.products != nil {
		if err := config.CheckProducts(o.products); err != nil {
			return usage("--%w", err)
		}
	}
	return a.withVault(ctx, func(v *storage.Vault) error {
		if o.products != nil {
			a.config.Products = o.products
		}
		svc, err := a.service(ctx, v)
		if err != nil {
			return err
		}
		a.recover(ctx, svc)
		if err := a.tellSlots(ctx, v); err != nil {
			return err
		}
		if o.days == 0 {
			o.days = a.config.HistoryDays
		}
		if o.sandbox != "" {
			item, err := svc.LinkSandbox(ctx, plaidsvc.SandboxLink{
				Institution: o.sandbox, User: o.user, Password: secret.New(o.password), Days: o.days,
			}, a.linkReporter(""))
			return a.afterLink(ctx, v, listOf(item), err)
		}
		return a.linkOnPage(ctx, v, svc, o)
	})
}

func (o linkOptions) check() error {
	switch {
	case o.timeout <= 0:
		return usage("--timeout %s: want more than nothing, as 90s, 10m or 1h30m", o.timeout)
	case o.hosted && o.noBrowser:
		return usage("--no-browser waits for a browser on this computer, --hosted for any device: choose one")
	}
	return nil
}

// linkOnPage links a bank on the page that suits. Who finds that it is linked
// already may sign in to that link again.
func (a *app) linkOnPage(ctx context.Context, v *storage.Vault, svc *plaidsvc.Service, o linkOptions) error {
	page, why := a.page(o)
	page.Days = o.days
	var repair ledger.ItemID
	page.Twice = func(ctx context.Context, old ledger.Item) (again bool, err error) {
		again, repair, err = a.askTwice(ctx, old, o.again)
		return again, err
	}
	items, err := svc.Link(ctx, page, a.linkReporter(why))
	var linked *ledger.LinkedError
	if len(items) == 0 && repair != "" && errors.As(err, &linked) {
		page.Repair = repair
		items, err = svc.Link(ctx, page, a.linkReporter(why))
	}
	return a.afterLink(ctx, v, items, err)
}

// askTwice asks what to do with a bank that is linked already: link it again, sign
// in to the link that is there, or nothing.
func (a *app) askTwice(ctx context.Context, old ledger.Item, again bool) (bool, ledger.ItemID, error) {
	if again || !a.asks() {
		return again, "", nil
	}
	answer, err := a.askLine(ctx, fmt.Sprintf("%s is linked already, as %s. Type r to sign in to that link again,\n"+
		"again to link it a second time (what both have counts twice until you remove one,\n"+
		"which leaves your edits to the other); anything else leaves it: ", printable(old.Name), old.ID))
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "again":
		return true, "", err
	case "r":
		return false, old.ID, err
	}
	return false, "", err
}

// afterLink tells how linking ended. A bank may be linked although its first
// sync failed: then the next sync completes it.
func (a *app) afterLink(ctx context.Context, v *storage.Vault, items []ledger.Item, err error) error {
	if err != nil && len(items) == 0 {
		return err
	}
	var linked *ledger.LinkedError
	switch {
	case err == nil, errors.Is(err, ledger.ErrNotReady):
	case errors.Is(err, ledger.ErrDuplicate), errors.As(err, &linked):
		fmt.Fprintln(a.err, "coffer:", printable(err.Error()))
	default:
		fmt.Fprintf(a.err, "%s linked, but not all went well; coffer sync tries again\n", printable(named(items)))
		return err
	}
	book, err := v.Book(ctx)
	if err != nil {
		return err
	}
	return a.printLinked(book, items)
}

// named begins a sentence about banks.
func named(items []ledger.Item) string {
	if len(items) == 1 {
		return items[0].Name + " is"
	}
	names := make([]string, len(items))
	for i, it := range items {
		names[i] = it.Name
	}
	return strings.Join(names, " and ") + " are"
}

// listOf returns an Item as a list, none for the zero Item.
func listOf(item ledger.Item) []ledger.Item {
	if item.ID == "" {
		return nil
	}
	return []ledger.Item{item}
}

// linkReporter tells on standard error how linking goes. A page of Plaid's that nobody
// asked for is explained by why.
func (a *app) linkReporter(why string) func(ledger.LinkProgress) {
	var last ledger.LinkStage
	var address string
	var bank ledger.ItemID
	return func(p ledger.LinkProgress) {
		if p.Stage == last && p.Address == address && p.Item.ID == bank {
			return
		}
		if p.Hosted && address != "" {
			why = "No browser starts here" // after the page on this computer was shown
		}
		last, address, bank = p.Stage, p.Address, p.Item.ID
		switch p.Stage {
		case ledger.LinkWaiting:
			if p.Hosted {
				a.tellHosted(p.Address, why)
			} else {
				a.tellAddress(p)
			}
		case ledger.LinkSaving:
			fmt.Fprintln(a.err, "the bank agreed; saving")
		case ledger.LinkSyncing:
			fmt.Fprintf(a.err, "linked %s; fetching its transactions\n", printable(p.Item.Name))
		case ledger.LinkCompleted:
			a.tellMissing(p.Synced)
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

// printLinked prints what is linked: one document, or a list if there are several.
func (a *app) printLinked(book *ledger.Book, items []ledger.Item) error {
	if a.flags.json {
		docs := make([]itemDocument, len(items))
		for i, it := range items {
			docs[i] = documentItem(book, it)
		}
		if len(docs) == 1 {
			return a.printJSON(docs[0])
		}
		return a.printJSON(docs)
	}
	for _, it := range items {
		if err := a.printLinkedOne(book, it); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) printLinkedOne(book *ledger.Book, item ledger.Item) error {
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
