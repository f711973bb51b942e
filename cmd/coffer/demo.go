package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

// demoPassphrase opens a demo vault that was made without another. There is
// nothing in it to protect, and its owner should not need to remember anything.
const demoPassphrase = "coffer demo vault"

type demoOptions struct {
	years, transactions int
	seed                int64
	noTUI               bool
}

func newDemoCommand(a *app) *cobra.Command {
	var o demoOptions
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "look around with a made-up household",
		Long: `Look around with a made-up household: a simulated Plaid runs inside the program,
its banks are linked and synced as real ones are, and the interface opens.

Everything is in a temporary place and gone afterwards, unless --home says where
to keep it. Without a passphrase such a vault opens with "` + demoPassphrase + `".`,
		Example: "  coffer demo\n  coffer demo --no-tui --home /tmp/demo --json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.years < 1 || o.years > 20 {
				return usage("--years %d: want 1 to 20", o.years)
			}
			if o.transactions < 0 {
				return usage("--transactions %d: want 0 for a normal household, or more", o.transactions)
			}
			o.noTUI = o.noTUI || a.flags.json
			if !o.noTUI && !(a.asks() && a.shows()) {
				return usage("the interface needs a terminal; --no-tui prints an overview instead")
			}
			return a.runDemo(cmd.Context(), o, cmd.Flags().Changed("home"))
		},
	}
	cmd.Flags().IntVar(&o.years, "years", 2, "years of history, 1 to 20")
	cmd.Flags().IntVar(&o.transactions, "transactions", 0, "about how many rows to make (default: as the household lives)")
	cmd.Flags().Int64Var(&o.seed, "seed", 1, "which household")
	cmd.Flags().BoolVar(&o.noTUI, "no-tui", false, "print an overview instead of opening the interface (also with --json)")
	return cmd
}

// runDemo ignores the user's Plaid settings and config: what it shows must be
// the same for everybody.
func (a *app) runDemo(ctx context.Context, o demoOptions, keep bool) (err error) {
	if !keep {
		dir, err := os.MkdirTemp("", "coffer-demo-")
		if err != nil {
			return fmt.Errorf("demo: %w", err)
		}
		defer func() { err = errors.Join(err, removeAll(dir)) }()
		a.flags.home = filepath.Join(dir, "home")
	}
	v, err := a.openDemoVault(ctx, demoClient(o))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	sim, err := startSimulator(ctx, a.simulatorOptions(o))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sim.stop()) }()
	svc, err := plaidsvc.New(a.demoService(v, sim.address))
	if err != nil {
		return err
	}
	if err := a.linkDemoBanks(ctx, v, svc, sim.banks); err != nil {
		return err
	}
	if o.noTUI {
		return a.printOverview(ctx, v)
	}
	s := a.newSession(v, func(context.Context, *storage.Vault) (banking, error) { return svc, nil })
	return a.openInterface(ctx, s, demoEnvironment, false) // its passphrase is in the help
}

func (a *app) demoService(v *storage.Vault, address string) plaidsvc.Config {
	return plaidsvc.Config{
		Environment: address, ItemEnvironment: demoEnvironment,
		ClientID: demoEnvironment, Secret: secret.New(demoEnvironment),
		Vault: v, Browser: openBrowser, Now: a.now,
	}
}

// demoClient is the client id of a demo: it tells households apart.
func demoClient(o demoOptions) string { return fmt.Sprintf("%s-%d", demoEnvironment, o.seed) }

// openDemoVault opens the demo's vault, or makes it. A vault that is not a
// demo's, or is another household's, is left alone.
func (a *app) openDemoVault(ctx context.Context, client string) (*storage.Vault, error) {
	pass := secret.New(demoPassphrase)
	if !a.flags.passphrase.IsZero() {
		given, err := a.flags.passphrase.Read(ctx, a.err)
		if err != nil {
			return nil, err
		}
		pass = given
	}
	there, err := storage.Exists(a.flags.home)
	if err != nil {
		return nil, err
	}
	o := a.storageOptions()
	if !there {
		o.KDF = storage.LightKDF() // its passphrase is printed in the help
		v, err := storage.Create(ctx, a.flags.home, storage.Passphrase(pass), o)
		if err != nil {
			return nil, err
		}
		if err := storeCredentials(ctx, v, client, secret.New(demoEnvironment), demoEnvironment); err != nil {
			return nil, errors.Join(err, v.Close())
		}
		return v, nil
	}
	v, err := storage.Open(ctx, a.flags.home, storage.Passphrase(pass), o)
	if err != nil {
		return nil, err
	}
	cred, _, err := v.Credentials(ctx)
	switch {
	case err != nil:
	case cred.Environment != demoEnvironment:
		err = fmt.Errorf("%s holds a vault that is not the demo's; give coffer demo another --home", a.flags.home)
	case cred.ClientID != client:
		err = fmt.Errorf("%s holds the demo of another --seed; give coffer demo that seed or another --home", a.flags.home)
	}
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

// linkDemoBanks links the household's banks through the API, as a script would.
// The simulator forgets its links when it ends: those the vault has are made
// again, in the same order, which gives them the same ids and tokens.
func (a *app) linkDemoBanks(ctx context.Context, v *storage.Vault, svc *plaidsvc.Service, banks []string) error {
	items, err := v.Items(ctx)
	if err != nil {
		return err
	}
	slices.SortFunc(items, func(x, y ledger.Item) int {
		return cmp.Or(x.LinkedAt.Compare(y.LinkedAt), cmp.Compare(x.ID, y.ID))
	})
	var order []string
	for _, it := range items {
		order = append(order, string(it.Institution))
	}
	for _, id := range banks {
		if !slices.Contains(order, id) {
			order = append(order, id)
		}
	}
	for _, id := range order {
		item, err := svc.LinkSandbox(ctx, plaidsvc.SandboxLink{
			Institution: id, Days: 730,
		}, func(ledger.LinkProgress) {})
		if err != nil {
			return fmt.Errorf("demo: link %s: %w", id, err)
		}
		if a.shows() {
			fmt.Fprintf(a.err, "linked %s\n", printable(item.Name))
		}
	}
	return nil
}
