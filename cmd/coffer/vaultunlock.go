package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"coffer/internal/secret"
	"coffer/storage"
)

func newVaultUnlockCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "unlock",
		Short:   "add and remove what opens the vault",
		Example: "  coffer vault unlock add keyring\n  coffer vault unlock remove keyring",
		Args:    noArgs,
		RunE:    wantsCommand,
	}
	cmd.AddCommand(newUnlockAddCommand(a), newUnlockRemoveCommand(a))
	return cmd
}

func newUnlockAddCommand(a *app) *cobra.Command {
	var next secret.Source
	cmd := &cobra.Command{
		Use:   "add passphrase|keyring|identity [FILE]",
		Short: "let something more open the vault",
		Long: `Let something more open the vault: another passphrase, the keyring of the system,
or an identity file, which is made where FILE says, or in its usual place, and must
not be there yet. Who has the identity file can open the vault: keep it apart from
the vault's backups.`,
		Example: "  coffer vault unlock add keyring\n  coffer vault unlock add identity /media/key/coffer.identity",
		Args:    someArgs(1, 2, "passphrase, keyring or identity, and for an identity a file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			file := ""
			if len(args) == 2 {
				file = args[1]
			}
			return a.runUnlockAdd(cmd.Context(), storage.UnlockKind(args[0]), file, next)
		},
	}
	registerNewPassphrase(cmd, &next)
	return cmd
}

func (a *app) runUnlockAdd(ctx context.Context, kind storage.UnlockKind, file string, next secret.Source) error {
	if file != "" && kind != storage.ByIdentity {
		return usage("only an identity has a file, got %q", file)
	}
	add := map[storage.UnlockKind]func(context.Context, *storage.Vault) error{
		storage.ByPassphrase: func(ctx context.Context, v *storage.Vault) error {
			pass, err := a.nextPassphrase(ctx, next)
			if err != nil {
				return err
			}
			_, err = v.AddUnlocker(ctx, a.opened, storage.Passphrase(pass))
			return err
		},
		storage.ByKeyring:  a.addKeyring,
		storage.ByIdentity: func(ctx context.Context, v *storage.Vault) error { return a.addIdentity(ctx, v, file) },
	}[kind]
	if add == nil {
		return usage("%q: want passphrase, keyring or identity", string(kind))
	}
	err := a.withVault(ctx, func(v *storage.Vault) error { return add(ctx, v) })
	if err != nil {
		return err
	}
	return a.done(fmt.Sprintf("the vault opens by %s too", kind))
}

// addKeyring stores a new key in the system's keyring, and only when it has read
// it back lets that key open the vault.
func (a *app) addKeyring(ctx context.Context, v *storage.Vault) error {
	about, err := a.describeVault(ctx)
	if err != nil {
		return err
	}
	if _, err := findSlot(about, string(storage.ByKeyring)); err == nil {
		return errors.New("the vault opens by keyring already; coffer vault unlock remove keyring takes that away")
	}
	k, err := secret.NewKey(a.random)
	if err != nil {
		return err
	}
	if err := a.ring.Set(ctx, about.ID, k); err != nil {
		return err
	}
	if _, err := v.AddUnlocker(ctx, a.opened, storage.Keyring(k)); err != nil {
		return errors.Join(err, a.ring.Delete(ctx, about.ID))
	}
	return nil
}

// addIdentity makes an identity file. The vault must not open by a key that was
// never written down, so the file is there first.
func (a *app) addIdentity(ctx context.Context, v *storage.Vault, file string) error {
	if file == "" {
		file = identityPath()
	}
	k, err := secret.NewKey(a.random)
	if err != nil {
		return err
	}
	if err := writeIdentity(file, k); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%w; nothing is written over, name another file: coffer vault unlock add identity FILE", err)
	} else if err != nil {
		return err
	}
	_, err = v.AddUnlocker(ctx, a.opened, storage.Identity(k))
	if err != nil {
		return fmt.Errorf("%w; the file %s opens nothing and can be deleted", err, file)
	}
	fmt.Fprintf(a.err, "wrote %s; keep a copy of it, apart from the vault's backups\n", printable(file))
	return nil
}

func newUnlockRemoveCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "remove ID|KIND",
		Short: "take away something that opens the vault",
		Long: `Take away something that opens the vault, by its id from coffer vault status, or by
its kind where there is only one of that kind. The vault's file is written anew, so
that nothing of it is left there. A passphrase or an identity file must remain:
a keyring does not outlive its machine.`,
		Example: "  coffer vault unlock remove keyring\n  coffer vault unlock remove 3fa94c17",
		Args:    oneArg("id or kind"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runUnlockRemove(cmd.Context(), args[0]) },
	}
}

func (a *app) runUnlockRemove(ctx context.Context, name string) error {
	about, err := a.describeVault(ctx)
	if err != nil {
		return err
	}
	slot, err := findSlot(about, name)
	if err != nil {
		return err
	}
	err = a.withVault(ctx, func(v *storage.Vault) error { return v.RemoveUnlocker(ctx, slot.ID) })
	if err != nil {
		return err
	}
	if slot.Kind == storage.ByKeyring {
		if err := a.ring.Delete(ctx, about.ID); err != nil {
			fmt.Fprintf(a.err, "coffer: the key is still in the keyring, where it opens nothing: %s\n", printable(err.Error()))
		}
	}
	return a.done(fmt.Sprintf("the %s no longer opens the vault", slot.Kind))
}

// findSlot finds what opens the vault by the beginning of its id, or by its kind.
func findSlot(about storage.Description, name string) (storage.Slot, error) {
	var found []storage.Slot
	for _, s := range about.Slots {
		if string(s.Kind) == name || len(name) >= 4 && strings.HasPrefix(s.ID, name) {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return storage.Slot{}, fmt.Errorf("%q: %w", name, storage.ErrNoUnlocker)
	}
	return storage.Slot{}, fmt.Errorf("%q is %d of them; give an id of coffer vault status", name, len(found))
}
