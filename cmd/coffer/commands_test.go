package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	bolt "go.etcd.io/bbolt"

	"coffer/internal/keyring/keyringtest"
	"coffer/internal/secret"
	"coffer/plaidsvc/plaidsim"
	"coffer/storage"
)

// scriptCommands are what the scripts have besides testscript's own commands.
var scriptCommands = map[string]func(*testscript.TestScript, bool, []string){
	"exits":     scriptExits,
	"json":      scriptJSON,
	"simulator": scriptSimulator,
	"vault":     scriptVault,
	"signout":   scriptSignOut,
	"fault":     scriptFault,
	"mode":      scriptMode,
	"itemid":    scriptItemID,
	"desktop":   scriptDesktop,
	"wound":     scriptWound,
}

// exits CODE PROGRAM [ARG...] runs a program and checks its exit code.
func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARG...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%s: %v", args[1], err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("%s exited %d, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

// json PATH [VALUE] checks that standard output is one JSON document which has,
// at a path like items.0.status, this value (as JSON or as a string), or any if
// VALUE is left out. "json PATH #N" checks a length.
func scriptJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: json PATH [VALUE]")
	}
	var doc any
	dec := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	dec.UseNumber()
	if err := dec.Decode(&doc); err != nil {
		ts.Fatalf("standard output is no JSON: %v", err)
	}
	if dec.More() {
		ts.Fatalf("standard output holds more than one JSON document")
	}
	value, err := dig(doc, args[0])
	if err != nil {
		ts.Fatalf("%v", err)
	}
	if len(args) == 1 {
		return
	}
	got := asText(value)
	if n, ok := strings.CutPrefix(args[1], "#"); ok {
		list, _ := value.([]any)
		got, args[1] = strconv.Itoa(len(list)), n
	}
	if (got == args[1]) == neg {
		ts.Fatalf("%s is %s, want %s (not: %v)", args[0], got, args[1], neg)
	}
}

func dig(doc any, path string) (any, error) {
	for step := range strings.SplitSeq(strings.Trim(path, "."), ".") {
		switch at := doc.(type) {
		case map[string]any:
			v, ok := at[step]
			if !ok {
				return nil, fmt.Errorf("%s: there is no %q in %v", path, step, at)
			}
			doc = v
		case []any:
			i, err := strconv.Atoi(step)
			if step == "" {
				continue
			}
			if err != nil || i >= len(at) {
				return nil, fmt.Errorf("%s: there is no %q in a list of %d", path, step, len(at))
			}
			doc = at[i]
		default:
			if step != "" {
				return nil, fmt.Errorf("%s: %q of %v", path, step, doc)
			}
		}
	}
	return doc, nil
}

func asText(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	b, _ := json.Marshal(v)
	return string(b)
}

// simulator starts a Plaid and points PLAID_ENV and the credentials at it.
func scriptSimulator(ts *testscript.TestScript, _ bool, _ []string) {
	start := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	began := time.Now()
	sim := httptest.NewServer(plaidsim.New(plaidsim.Options{
		Seed: 1, Years: 2, Settled: true, Control: true,
		Clock: func() time.Time { return start.Add(time.Since(began)) },
	}))
	ts.Defer(sim.Close)
	ts.Setenv("PLAID_ENV", sim.URL)
	ts.Setenv("PLAID_CLIENT_ID", "script-client")
	ts.Setenv("PLAID_SECRET", "script-secret")
}

const scriptPassphrase = "correct horse battery"

// vault makes a vault whose passphrase is in the file "pass". It opens faster
// than one that coffer setup makes.
func scriptVault(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(os.WriteFile(ts.MkAbs("pass"), []byte(scriptPassphrase+"\n"), 0o600))
	ts.Setenv("COFFER_PASSPHRASE_FILE", ts.MkAbs("pass"))
	v, err := storage.Create(context.Background(), ts.Getenv("COFFER_HOME"), storage.Passphrase(secret.New(scriptPassphrase)),
		storage.Options{KDF: quickKDF})
	ts.Check(err)
	ts.Check(v.Close())
}

// signout makes every bank of the vault ask for a new sign-in.
func scriptSignOut(ts *testscript.TestScript, _ bool, args []string) {
	v, err := storage.Open(context.Background(), ts.Getenv("COFFER_HOME"), storage.Passphrase(secret.New(scriptPassphrase)), storage.Options{})
	ts.Check(err)
	defer func() { ts.Check(v.Close()) }()
	items, err := v.Items(context.Background())
	ts.Check(err)
	for _, it := range items {
		if len(args) > 0 && it.Name != args[0] {
			continue
		}
		token, err := v.AccessToken(context.Background(), it.ID)
		ts.Check(err)
		ts.Check(ask(context.Background(), ts.Getenv("PLAID_ENV"), "/sandbox/item/reset_login", map[string]any{"access_token": token.Reveal()}, nil))
	}
}

// fault ENDPOINT CODE has Plaid answer so from now on.
func scriptFault(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(ask(context.Background(), ts.Getenv("PLAID_ENV"), "/plaidsim/scenario/play", map[string]any{
		"faults": []any{map[string]any{"endpoint": args[0], "code": args[1]}},
	}, nil))
}

// mode PERM PATH... checks the permissions of files.
func scriptMode(ts *testscript.TestScript, _ bool, args []string) {
	for _, path := range args[1:] {
		info, err := os.Stat(ts.MkAbs(filepath.FromSlash(path)))
		ts.Check(err)
		if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[0] {
			ts.Fatalf("%s has mode %s, want %s", path, got, args[0])
		}
	}
}

// itemid NAME N puts the id of the vault's N-th bank into a variable.
func scriptItemID(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(ts.Exec("coffer", "items", "--json"))
	var docs []itemDocument
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &docs))
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Setenv(args[0], string(docs[n].ID))
}

// wound BUCKET... takes parts out of the vault, with what free pages have of them.
func scriptWound(ts *testscript.TestScript, _ bool, args []string) {
	file := filepath.Join(ts.Getenv("COFFER_HOME"), vaultName)
	from, err := bolt.Open(file, 0o600, nil)
	ts.Check(err)
	ts.Check(from.Update(func(tx *bolt.Tx) error {
		var errs []error
		for _, bucket := range args {
			errs = append(errs, tx.DeleteBucket([]byte(bucket)))
		}
		return errors.Join(errs...)
	}))
	to, err := bolt.Open(file+".wound", 0o600, nil)
	ts.Check(err)
	ts.Check(bolt.Compact(to, from, 0))
	ts.Check(errors.Join(from.Close(), to.Close(), os.Rename(file+".wound", file)))
}

// desktop puts a new keyring before the program, whose person agrees to
// everything.
func scriptDesktop(ts *testscript.TestScript, _ bool, _ []string) {
	bus, err := keyringtest.StartBus()
	ts.Check(err)
	ts.Defer(func() { _ = bus.Close() })
	desktop, err := bus.Desktop(keyringtest.Mood{Person: keyringtest.SaysYes})
	ts.Check(err)
	ts.Defer(func() { _ = desktop.Close() })
	ts.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
}

// scriptCondition knows [desktop]: that the command can be had, or must be.
func scriptCondition(name string) (bool, error) {
	if name != "desktop" {
		return false, fmt.Errorf("unknown condition %q", name)
	}
	_, err := exec.LookPath("dbus-daemon")
	return err == nil || slices.Contains(strings.Split(os.Getenv("COFFER_REQUIRE"), ","), "dbus"), nil
}
