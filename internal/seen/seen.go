// Package seen remembers, outside of a vault, how far the vault was.
//
// Nothing inside a file can tell that all of it was replaced by an older copy: the
// copy is a good vault. A number kept elsewhere can.
//
// # Promise
//
// What [File.Note] wrote is never lowered by it, and a file that is missing or not
// readable means that nothing was seen: it must not keep anybody from their vault.
//
// # What it never does
//
// It holds no secret and no name: an id that the vault's file shows to everybody,
// and a count of commits.
package seen

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrOlder: the vault has fewer commits than it had when it was seen last.
var ErrOlder = errors.New("the vault is older than the last one seen here: an older copy was put in its place; coffer vault accept takes it as it is, coffer restore brings back a copy")

// A File is where the numbers are kept.
type File struct{ path string }

// In is the file in a directory for state, which need not be there yet.
func In(dir string) File { return File{filepath.Join(dir, "seen.json")} }

// A Memory is what was seen by some moment: for each vault by its id the highest
// revision, 0 for one that is not known.
type Memory map[string]uint64

// Read is what was seen by now. Read it before a vault is opened: another process
// may commit in between.
func (f File) Read() Memory { return f.read() }

// Check returns ErrOlder if a vault at a revision is older than it was.
func (m Memory) Check(vaultID string, revision uint64) error {
	if was := m[vaultID]; revision < was {
		return fmt.Errorf("at %d commits, there were %d: %w", revision, was, ErrOlder)
	}
	return nil
}

// Note keeps a revision of a vault, if it is the highest so far.
func (f File) Note(vaultID string, revision uint64) error {
	all := f.read()
	if revision <= all[vaultID] {
		return nil
	}
	all[vaultID] = revision
	return f.write(all)
}

// Forget makes a vault one that was never seen.
func (f File) Forget(vaultID string) error {
	all := f.read()
	if _, there := all[vaultID]; !there {
		return nil
	}
	delete(all, vaultID)
	return f.write(all)
}

func (f File) read() Memory {
	all := make(Memory)
	b, err := os.ReadFile(f.path)
	if err == nil && json.Unmarshal(b, &all) != nil || all == nil { // "null" is good JSON
		return make(Memory)
	}
	return all
}

// write replaces the file at one instant: a reader sees the old or the new one.
func (f File) write(all Memory) error {
	b, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("remember the vault's revision: %w", err)
	}
	dir := filepath.Dir(f.path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("remember the vault's revision: %w", err)
	}
	temp, err := os.CreateTemp(dir, "seen.json.tmp-*")
	if err != nil {
		return fmt.Errorf("remember the vault's revision: %w", err)
	}
	_, err = temp.Write(append(b, '\n'))
	if err = errors.Join(err, temp.Close()); err == nil {
		err = os.Rename(temp.Name(), f.path)
	}
	if err != nil {
		return fmt.Errorf("remember the vault's revision: %w", errors.Join(err, os.Remove(temp.Name())))
	}
	return nil
}
