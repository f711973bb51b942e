package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"coffer/internal/secret"
	"coffer/storage"
)

func newRestoreCommand(a *app) *cobra.Command {
	var replace, salvage bool
	cmd := &cobra.Command{
		Use:   "restore [FILE]",
		Short: "put a backup in the place of the vault",
		Long: `Put a backup in the place of the vault. Without FILE it is the newest of the copies
that coffer keeps by itself which is good. All of the copy is verified first; it
needs the passphrase, or the other ways to unlock, that it had when it was made.

A vault that is there is not replaced without --replace, and then put among the
copies, be it good or damaged. To have it back, name it: coffer vault status lists
the copies, and without FILE it is taken only if no other is good. Afterwards coffer
sync fetches what has come since.

--salvage makes a new vault of all that can still be read in a damaged one, and of
what its copies have of the rest: it loses less than a copy of yesterday does. It
says what is lost, which coffer doctor tells beforehand. Where transactions may be
missing the next coffer sync fetches the bank's whole history again.`,
		Example: "  coffer restore /media/stick/coffer-2026-11.db\n  coffer restore --replace\n  coffer restore --salvage",
		Args:    someArgs(0, 1, "at most one file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case salvage && (replace || len(args) > 0):
				return usage("--salvage saves the vault itself: it takes no file and no --replace")
			case salvage:
				return a.runSalvage(cmd.Context())
			case len(args) == 0:
				return a.runRestoreCopy(cmd.Context(), replace)
			}
			return a.runRestore(cmd.Context(), args[0], replace)
		},
	}
	cmd.Flags().BoolVar(&salvage, "salvage", false, "make a new vault of what can still be read in the damaged one")
	cmd.Flags().BoolVar(&replace, "replace", false, "replace the vault that is there; it is put among the copies")
	return cmd
}

type restoreDocument struct {
	Home string `json:"home"`
	From string `json:"from"`
}

// runRestore puts a file in the place of the vault.
func (a *app) runRestore(ctx context.Context, file string, replace bool) error {
	if err := a.restorable(replace); err != nil {
		return err
	}
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("restore vault: %w; coffer vault status lists the copies that coffer keeps", err)
	}
	u, err := a.unlockerOfCopy(ctx, file)
	if err == nil {
		err = storage.Restore(ctx, file, a.flags.home, u, a.storageOptions(), replace)
	}
	if err != nil {
		return ofCopy(err)
	}
	return a.printRestored(ctx, file)
}

// ofCopy says of a copy what an error says of the vault: that one is as it was.
func ofCopy(err error) error {
	for _, row := range []struct {
		of   error
		says string
	}{
		{storage.ErrDamaged, "the copy is damaged"},
		{storage.ErrForeign, "not a copy of a coffer vault"},
	} {
		if errors.Is(err, row.of) {
			text := strings.Replace(err.Error(), row.of.Error(), row.says, 1)
			return &toldError{text + "; nothing was changed, give another copy: coffer vault status lists those that coffer keeps", []error{err}}
		}
	}
	return err
}

// restorable refuses early, before anybody is asked for a passphrase.
func (a *app) restorable(replace bool) error {
	if err := a.loadConfig(); err != nil {
		return err
	}
	there, err := storage.Exists(a.flags.home)
	if err == nil && there && !replace {
		err = fmt.Errorf("%w; --replace puts it among the copies", storage.ErrExists)
	}
	return err
}

// unlockerOfCopy is what opens a copy: what the flags name, else what the copy has
// and can be had here, as [app.unlock] does for the vault.
func (a *app) unlockerOfCopy(ctx context.Context, file string) (storage.Unlocker, error) {
	if u, err := a.namedUnlocker(ctx, a.err); u != nil || err != nil {
		return u, err
	}
	about, err := storage.DescribeCopy(file)
	if err != nil {
		return nil, err
	}
	return a.unlockerFor(ctx, about)
}

// unlockerFor is what opens a vault that cannot be tried yet, of what can be had
// here.
func (a *app) unlockerFor(ctx context.Context, about storage.Description) (storage.Unlocker, error) {
	for _, slot := range about.Slots {
		switch slot.Kind {
		case storage.ByKeyring:
			if k, err := a.ring.Get(ctx, about.ID); err == nil {
				return storage.Keyring(k), nil
			}
		case storage.ByPassphrase:
			if a.asks() {
				pass, err := a.askSecret(ctx, "Passphrase: ")
				return storage.Passphrase(pass), err
			}
		}
	}
	return identityOfCopy(about)
}

// identityOfCopy looks for an identity file in its usual place.
func identityOfCopy(about storage.Description) (storage.Unlocker, error) {
	byFile := slices.ContainsFunc(about.Slots, func(s storage.Slot) bool { return s.Kind == storage.ByIdentity })
	if byFile {
		if k, err := secret.ReadIdentity(identityPath()); err == nil {
			return storage.Identity(k), nil
		}
	}
	return nil, secret.ErrNone
}

// runRestoreCopy brings back the newest good one of the copies that the program
// keeps. Those that are not good are named. What lay where a copy was put before comes
// last, however new it is: to bring a copy back twice would undo it.
func (a *app) runRestoreCopy(ctx context.Context, replace bool) error {
	if err := a.restorable(replace); err != nil {
		return err
	}
	copies, err := storage.Copies(a.flags.home, a.now())
	if err != nil {
		return err
	}
	slices.SortStableFunc(copies, func(a, b storage.Copy) int {
		switch {
		case a.Displaced() == b.Displaced():
			return 0
		case a.Displaced():
			return 1
		}
		return -1
	})
	for _, c := range copies {
		u, err := a.unlockerOfCopy(ctx, c.Path)
		if err != nil {
			return err
		}
		err = storage.Restore(ctx, c.Path, a.flags.home, u, a.storageOptions(), replace)
		if errors.Is(err, storage.ErrDamaged) || errors.Is(err, storage.ErrForeign) {
			fmt.Fprintf(a.err, "coffer: the copy of %s is damaged; trying the one before\n", c.Made.Format(time.DateTime))
			a.opened = u
			continue
		}
		if err != nil {
			return err
		}
		return a.printRestored(ctx, c.Path)
	}
	return fmt.Errorf("there is no good copy in %s; give a backup file: coffer restore FILE", printable(a.flags.home))
}

// printRestored says so. The vault may be as old as it is.
func (a *app) printRestored(ctx context.Context, from string) error {
	about, err := a.describeVault(ctx)
	if err == nil {
		err = seenFile().Forget(about.ID)
	}
	if err != nil {
		return err
	}
	if a.flags.json {
		return a.printJSON(restoreDocument{Home: a.flags.home, From: from})
	}
	_, err = fmt.Fprintf(a.out, "restored %s from %s\nnext: coffer sync\n", printable(a.flags.home), printable(from))
	return err
}
