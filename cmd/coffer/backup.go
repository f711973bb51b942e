package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"coffer/storage"
)

func newBackupCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "write a copy of the vault",
		Long: `Write a copy of the vault to a file that is not there yet. It may be done at any
time, while the interface is open and a sync goes on: the copy is the vault as it
was at one moment. It is encrypted as the vault is and opens by the same ways, with
the passphrase of today; what was deleted is not in it. It is opened and verified
before it gets its name.

coffer also keeps copies by itself, in the folder copies of its home: see copies in
config.toml, and coffer vault status.`,
		Example: "  coffer backup /media/stick/coffer-2026-11.db",
		Args:    oneArg("file"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runBackup(cmd.Context(), args[0]) },
	}
}

type backupDocument struct {
	File string `json:"file"`
	Size int64  `json:"size"`
}

func (a *app) runBackup(ctx context.Context, file string) error {
	path, err := filepath.Abs(file)
	if err != nil {
		return fmt.Errorf("back up the vault: %w", err)
	}
	err = a.withVault(ctx, func(v *storage.Vault) error { return v.Backup(ctx, path) })
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("back up the vault: %w", err)
	}
	if a.flags.json {
		return a.printJSON(backupDocument{path, info.Size()})
	}
	_, err = fmt.Fprintf(a.out, "wrote and verified %s, %s\n", printable(path), megabytes(info.Size()))
	return err
}

// megabytes is a size for people.
func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
