package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coffer/internal/secret"
	"coffer/plaidsvc"
	"coffer/storage"
)

type setupOptions struct {
	clientID, secretFile, env string
	unlock                    storage.UnlockKind // what opens a new vault
}

func newSetupCommand(a *app) *cobra.Command {
	var o setupOptions
	cmd := &cobra.Command{
		Use:   "setup",
		Short: "make the vault and store Plaid's credentials in it",
		Long: `Make the vault, the one encrypted file that holds everything, and store Plaid's
credentials in it. Run again, it replaces the credentials.

Client id and secret are on https://dashboard.plaid.com/developers/keys. Without
flags they are taken from PLAID_CLIENT_ID and PLAID_SECRET, or asked for.

A new vault opens by passphrase. --unlock keyring lets the keyring of the system
open it too, so that nobody is asked while you are logged in; the passphrase stays,
for the day this machine does not. --unlock identity makes an identity file, which
opens the vault without a passphrase: where --identity says, or in its usual place.

There is no way to open a vault whose passphrase, or identity file, is lost.`,
		Example: "  coffer setup\n  coffer setup --client-id 5f… --secret-file plaid.secret --env production\n  coffer setup --unlock keyring",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runSetup(cmd.Context(), o) },
	}
	cmd.Flags().StringVar(&o.clientID, "client-id", "", "Plaid's client id (default: $PLAID_CLIENT_ID)")
	cmd.Flags().StringVar(&o.secretFile, "secret-file", "", "file that holds Plaid's secret (default: $PLAID_SECRET)")
	cmd.Flags().StringVar(&o.env, "env", "", "sandbox, production, or a simulator's http:// address on this machine (default: $PLAID_ENV, else sandbox)")
	cmd.Flags().StringVar((*string)(&o.unlock), "unlock", string(storage.ByPassphrase), "what opens a new vault: passphrase, keyring (and passphrase), or identity")
	return cmd
}

func (a *app) runSetup(ctx context.Context, o setupOptions) error {
	if !slices.Contains([]storage.UnlockKind{storage.ByPassphrase, storage.ByKeyring, storage.ByIdentity}, o.unlock) {
		return usage("--unlock %q: want passphrase, keyring or identity", string(o.unlock))
	}
	if err := a.loadConfig(); err != nil {
		return err
	}
	cred, err := a.credentials(ctx, o)
	if err != nil {
		return err
	}
	v, made, err := a.openOrCreate(ctx, o.unlock)
	if err != nil {
		return err
	}
	err = errors.Join(storeCredentials(ctx, v, cred.ClientID, cred.Secret, cred.Environment), a.leave(ctx, v))
	if err != nil {
		return err
	}
	return a.printSetup(made, cred.Environment)
}

// openOrCreate opens the vault, and makes it first if there is none.
func (a *app) openOrCreate(ctx context.Context, by storage.UnlockKind) (v *storage.Vault, made bool, err error) {
	there, err := storage.Exists(a.flags.home)
	if err != nil {
		return nil, false, err
	}
	switch {
	case there && by != storage.ByPassphrase:
		return nil, false, usage("--unlock is for a new vault; coffer vault unlock add %s lets it open this one", by)
	case there:
		v, err := a.openVault(ctx)
		return v, false, err
	}
	v, err = a.createVault(ctx, by)
	return v, true, err
}

// createVault makes a vault that opens by what the user chose.
func (a *app) createVault(ctx context.Context, by storage.UnlockKind) (*storage.Vault, error) {
	if by == storage.ByIdentity {
		return a.createByIdentity(ctx)
	}
	if by == storage.ByKeyring {
		if err := a.ring.Check(); err != nil {
			return nil, err // before a passphrase is asked for in vain
		}
	}
	pass, err := a.newPassphrase(ctx, a.flags.passphrase)
	if err != nil {
		return nil, err
	}
	v, err := a.createWith(ctx, storage.Passphrase(pass))
	if err != nil || by != storage.ByKeyring {
		return v, err
	}
	if err := a.addKeyring(ctx, v); err != nil {
		return nil, errors.Join(fmt.Errorf("the vault is made and opens by passphrase, but not by keyring: %w", err), v.Close())
	}
	return v, nil
}

func (a *app) createByIdentity(ctx context.Context) (*storage.Vault, error) {
	path := a.flags.identity
	if path == "" {
		path = identityPath()
	}
	k, err := secret.NewKey(a.random)
	if err != nil {
		return nil, err
	}
	if err := writeIdentity(path, k); errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%w; nothing is written over, name another file with --identity", err)
	} else if err != nil {
		return nil, err
	}
	v, err := a.createWith(ctx, storage.Identity(k))
	if err != nil {
		return nil, errors.Join(err, os.Remove(path))
	}
	fmt.Fprintf(a.err, "wrote %s; nothing else opens the vault: keep a copy of it somewhere else\n", printable(path))
	if !a.flags.passphrase.IsZero() {
		fmt.Fprintln(a.err, "the passphrase was not used; coffer vault unlock add passphrase lets it open the vault too")
	}
	return v, nil
}

func (a *app) createWith(ctx context.Context, u storage.Unlocker) (*storage.Vault, error) {
	v, err := storage.Create(ctx, a.flags.home, u, a.storageOptions())
	if err == nil {
		a.opened = u
	}
	return v, err
}

// credentials collects client id, secret and environment before anything is
// made, so that a wrong answer leaves nothing behind.
func (a *app) credentials(ctx context.Context, o setupOptions) (storage.Credentials, error) {
	cred := a.override(storage.Credentials{})
	if o.env != "" {
		cred.Environment = o.env
	}
	if err := plaidsvc.CheckEnvironment(cred.Environment); err != nil {
		return cred, usage("%w", err)
	}
	var err error
	switch {
	case o.clientID != "":
		cred.ClientID = o.clientID
	case cred.ClientID == "":
		if cred.ClientID, err = a.askClientID(ctx); err != nil {
			return cred, err
		}
	}
	switch {
	case o.secretFile != "":
		cred.Secret, err = readSecretFile(o.secretFile)
	case cred.Secret.Empty():
		cred.Secret, err = a.askPlaidSecret(ctx)
	}
	return cred, err
}

func (a *app) askClientID(ctx context.Context) (string, error) {
	if !a.asks() {
		return "", usage("no client id: use --client-id, set PLAID_CLIENT_ID, or run in a terminal")
	}
	id, err := a.askLine(ctx, "Plaid client id: ")
	if err == nil && strings.TrimSpace(id) == "" {
		err = errors.New("no client id was given; it is on https://dashboard.plaid.com/developers/keys")
	}
	return strings.TrimSpace(id), err
}

func (a *app) askPlaidSecret(ctx context.Context) (secret.Text, error) {
	if !a.asks() {
		return secret.Text{}, usage("no Plaid secret: use --secret-file, set PLAID_SECRET, or run in a terminal")
	}
	s, err := a.askSecret(ctx, "Plaid secret (not shown): ")
	s = secret.New(strings.TrimSpace(s.Reveal())) // what came along with a paste
	if err == nil && s.Empty() {
		err = errors.New("no secret was given; it is on https://dashboard.plaid.com/developers/keys")
	}
	return s, err
}

func readSecretFile(path string) (secret.Text, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return secret.Text{}, fmt.Errorf("secret file: %w", err)
	}
	s := strings.TrimSpace(string(b))
	if s == "" {
		return secret.Text{}, fmt.Errorf("secret file %s: it is empty", path)
	}
	return secret.New(s), nil
}

type setupDocument struct {
	Home        string `json:"home"`
	Made        bool   `json:"made"`
	Environment string `json:"environment"`
}

func (a *app) printSetup(made bool, environment string) error {
	if a.flags.json {
		return a.printJSON(setupDocument{Home: a.flags.home, Made: made, Environment: environment})
	}
	what := "the credentials are replaced in"
	if made {
		what = "a new vault is in"
	}
	_, err := fmt.Fprintf(a.out, "%s %s (Plaid: %s)\nnext: coffer link\n", what, printable(a.flags.home), environment)
	return err
}
