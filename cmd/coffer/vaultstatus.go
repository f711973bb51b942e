package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"coffer/storage"
)

func newVaultStatusCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "tell where the vault is and what opens it",
		Long: `Tell where the vault is and what opens it. The vault stays shut: all this can be
told by everybody who has the file.`,
		Example: "  coffer vault status\n  coffer vault status --json",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runVaultStatus(cmd.Context()) },
	}
}

// vaultName is the vault's file in its home.
const vaultName = "vault.db"

type vaultDocument struct {
	Home      string             `json:"home"`
	ID        string             `json:"id"`
	Format    int                `json:"format"`
	Size      int64              `json:"size"`
	Unlockers []unlockerDocument `json:"unlockers"`
	Copies    []copyDocument     `json:"copies"`
}

type copyDocument struct {
	File   string  `json:"file"`
	Made   *string `json:"made"`
	Reason string  `json:"reason"`
	Size   int64   `json:"size"`
}

type unlockerDocument struct {
	ID      string  `json:"id"`
	Kind    string  `json:"kind"`
	Created *string `json:"created"`
}

func (a *app) runVaultStatus(ctx context.Context) error {
	about, err := a.describeVault(ctx)
	if err != nil {
		return err
	}
	info, err := os.Stat(filepath.Join(a.flags.home, vaultName))
	if err != nil {
		return fmt.Errorf("look at the vault: %w", err)
	}
	doc := vaultDocument{Home: a.flags.home, ID: about.ID, Format: about.Format, Size: info.Size()}
	for _, s := range about.Slots {
		doc.Unlockers = append(doc.Unlockers, documentSlot(s))
	}
	copies, err := storage.Copies(a.flags.home, a.now())
	if err != nil {
		return err
	}
	doc.Copies = []copyDocument{}
	for _, c := range copies {
		doc.Copies = append(doc.Copies, copyDocument{c.Path, timeOrNull(c.Made), c.Reason, c.Size})
	}
	if a.flags.json {
		return a.printJSON(doc)
	}
	return a.printVault(doc)
}

// describeVault looks at the vault without opening it.
func (a *app) describeVault(ctx context.Context) (storage.Description, error) {
	if there, err := storage.Exists(a.flags.home); err != nil {
		return storage.Description{}, err
	} else if !there {
		return storage.Description{}, errNoVault
	}
	return storage.Describe(ctx, a.flags.home, a.storageOptions())
}

func documentSlot(s storage.Slot) unlockerDocument {
	return unlockerDocument{ID: s.ID, Kind: string(s.Kind), Created: timeOrNull(s.Created)}
}

func (a *app) printVault(doc vaultDocument) error {
	_, err := fmt.Fprintf(a.out, "%s: %s, format %d\n\n", printable(filepath.Join(doc.Home, vaultName)), megabytes(doc.Size), doc.Format)
	if err != nil {
		return err
	}
	t := newTable("Opens by", "Since", "Id")
	for _, u := range doc.Unlockers {
		since := "unknown"
		if u.Created != nil {
			since, _, _ = strings.Cut(*u.Created, "T")
		}
		t.add(u.Kind, since, shortID(u.ID))
	}
	return errors.Join(a.printTable(t), a.printCopies(doc.Copies))
}

func (a *app) printCopies(copies []copyDocument) error {
	if len(copies) == 0 {
		return nil
	}
	t := newTable("Copy of (UTC)", "Why", ">Size", "File")
	for _, c := range copies {
		t.add(strings.Replace(strings.TrimSuffix(*c.Made, "Z"), "T", " ", 1), c.Reason, megabytes(c.Size), filepath.Base(c.File))
	}
	if _, err := fmt.Fprintf(a.out, "\nCopies, in %s:\n", printable(filepath.Dir(copies[0].File))); err != nil {
		return err
	}
	return a.printTable(t)
}

// shortID is enough of an unlocker's id to tell it from the others.
func shortID(id string) string { return id[:min(8, len(id))] }
