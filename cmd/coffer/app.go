package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"coffer/internal/config"
	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

// errNoVault says that there is nothing to open yet.
var errNoVault = errors.New("there is no vault yet; run coffer setup, or coffer demo to look around")

// An app is what every command works with: the world, the settings, and what
// the environment said before it was cleared.
type app struct {
	world
	lines  *bufio.Reader    // standard input by lines, for what a person is asked
	typed  *term.Terminal   // standard input too, for what is not shown
	opened storage.Unlocker // what opened or made the vault in this run
	flags  globalFlags
	config config.Config
	env    environment
	today  ledger.Date
	// acceptOlder takes a vault that is older than the last one seen.
	acceptOlder bool
}

// globalFlags are the flags of every command.
type globalFlags struct {
	home       string
	json       bool
	passphrase secret.Source
	fd         int // for passphrase, -1 when not given
	identity   string
	noColor    bool
}

func (f *globalFlags) register(set *pflag.FlagSet) {
	set.StringVar(&f.home, "home", "", "directory of the vault (default: $COFFER_HOME, else coffer in the XDG data home)")
	set.BoolVar(&f.json, "json", false, "print JSON for programs")
	set.StringVar(&f.passphrase.File, "passphrase-file", "", "file that holds the passphrase (default: $COFFER_PASSPHRASE_FILE)")
	set.IntVar(&f.fd, "passphrase-fd", -1, "file descriptor to read the passphrase from")
	set.StringVar(&f.passphrase.Command, "passphrase-command", "", "command that prints the passphrase")
	set.StringVar(&f.identity, "identity", "", "identity file that unlocks the vault (default: $COFFER_IDENTITY)")
	set.BoolVar(&f.noColor, "no-color", false, "no colour (also: $NO_COLOR)")
}

// An environment is what the environment variables said about Plaid. They are
// read once and cleared, so that no child process inherits a secret.
type environment struct {
	clientID string
	secret   secret.Text
	plaid    string // PLAID_ENV
}

// newApp reads the environment. Flags come later, with [app.settle].
func newApp(w world) (*app, error) {
	a := &app{world: w, lines: bufio.NewReader(w.in)}
	a.env = environment{
		clientID: w.getenv("PLAID_CLIENT_ID"),
		secret:   secret.New(w.getenv("PLAID_SECRET")),
		plaid:    w.getenv("PLAID_ENV"),
	}
	for _, name := range []string{"PLAID_CLIENT_ID", "PLAID_SECRET"} {
		if err := w.unsetenv(name); err != nil {
			return nil, fmt.Errorf("clear %s: %w", name, err)
		}
	}
	return a, nil
}

// settle fills in what the flags left open.
func (a *app) settle(given *pflag.FlagSet) error {
	if a.flags.home == "" {
		a.flags.home = a.getenv("COFFER_HOME")
	}
	if a.flags.home == "" {
		a.flags.home = filepath.Join(xdg.DataHome, "coffer")
	}
	if a.getenv("NO_COLOR") != "" {
		a.flags.noColor = true
	}
	if given.Changed("passphrase-fd") {
		if fd := a.flags.fd; fd < 0 || fd == 1 || fd == 2 {
			return usage("--passphrase-fd %d: want one that is open for reading", fd)
		}
		a.flags.passphrase.FD = &a.flags.fd
	}
	if err := a.settlePassphrase(); err != nil {
		return err
	}
	return a.settleToday()
}

func (a *app) settlePassphrase() error {
	p := &a.flags.passphrase
	given := 0
	for _, set := range []bool{p.File != "", p.FD != nil, p.Command != ""} {
		if set {
			given++
		}
	}
	if given > 1 {
		return usage("give only one of --passphrase-file, --passphrase-fd and --passphrase-command")
	}
	if a.flags.identity == "" && given == 0 {
		a.flags.identity = a.getenv("COFFER_IDENTITY")
	}
	if a.flags.identity == "" && given == 0 {
		p.File = a.getenv("COFFER_PASSPHRASE_FILE")
	}
	return nil
}

func (a *app) settleToday() error {
	a.today = ledger.DateOf(a.now())
	if s := a.getenv("COFFER_TODAY"); s != "" {
		d, err := ledger.ParseDate(s)
		if err != nil {
			return usage("COFFER_TODAY: %w", err)
		}
		a.today = d
	}
	return nil
}

// loadConfig reads config.toml. The demo does without.
func (a *app) loadConfig() error {
	c, err := config.Load(filepath.Join(xdg.ConfigHome, "coffer", "config.toml"))
	a.config = c
	return err
}

// openVault opens the vault with what the user gives, or what it has.
func (a *app) openVault(ctx context.Context) (*storage.Vault, error) {
	if err := a.loadConfig(); err != nil {
		return nil, err
	}
	there, err := storage.Exists(a.flags.home)
	if err != nil {
		return nil, err
	}
	if !there {
		return nil, errNoVault
	}
	return a.unlock(ctx)
}

func (a *app) storageOptions() storage.Options {
	return storage.Options{KDF: a.kdf, Now: a.now, Random: a.random, Copies: a.config.Copies}
}

// withVault runs fn on the opened vault and closes it.
func (a *app) withVault(ctx context.Context, fn func(*storage.Vault) error) error {
	v, err := a.openVault(ctx)
	if err != nil {
		return err
	}
	return errors.Join(fn(v), a.leave(ctx, v))
}

// leave closes a vault, and tells and keeps what there is to tell and keep of it.
func (a *app) leave(ctx context.Context, v *storage.Vault) error {
	noteSeen(ctx, v)
	if err := v.CopyError(); err != nil {
		fmt.Fprintln(a.err, "coffer: warning:", printable(copyWarning(err).Error()))
	}
	return v.Close()
}

// withBook runs fn on the whole ledger.
func (a *app) withBook(ctx context.Context, fn func(*ledger.Book) error) error {
	return a.withVault(ctx, func(v *storage.Vault) error {
		book, err := v.Book(ctx)
		if err != nil {
			return err
		}
		return fn(book)
	})
}

// removeAll is deferred for a temporary home.
func removeAll(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("remove temporary directory %s: %w", dir, err)
	}
	return nil
}
