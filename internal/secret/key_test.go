package secret_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coffer/internal/secret"
)

func newKey(t testing.TB) secret.Key {
	t.Helper()
	k, err := secret.NewKey(strings.NewReader("0123456789abcdef0123456789ABCDEF"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestKeyReadsBackAsItWasWritten(t *testing.T) {
	k := newKey(t)
	for _, text := range []string{k.Reveal(), " " + k.Reveal() + "\r\n"} {
		if got, err := secret.ParseKey(text); err != nil || got != k {
			t.Errorf("%q: got another key, %v", text, err)
		}
	}
}

// A key copied wrong is told from a good one that opens something else.
func TestKeyThatWasCopiedWrongIsNoKey(t *testing.T) {
	good := newKey(t).Reveal()
	bad := []string{"", "COFFER-KEY-1-", good[:len(good)-1], good + "A", strings.ToLower(good), strings.Replace(good, "KEY-1", "KEY-2", 1)}
	for i := len("COFFER-KEY-1-"); i < len(good); i++ {
		other := byte('A')
		if good[i] == other {
			other = 'B'
		}
		bad = append(bad, good[:i]+string(other)+good[i+1:])
	}
	for _, text := range bad {
		if k, err := secret.ParseKey(text); !errors.Is(err, secret.ErrNoKey) || k != (secret.Key{}) {
			t.Errorf("%q: got %v, want ErrNoKey", text, err)
		}
	}
}

func TestKeyDoesNotPrint(t *testing.T) {
	k := newKey(t)
	text, err := json.Marshal(map[string]any{"key": k})
	if err != nil {
		t.Fatal(err)
	}
	printed := fmt.Sprintf("%v %+v %#v %x %q %s %s", k, k, k, k, k, k, text)
	for _, secret := range []string{k.Reveal(), "0123456789abcdef", "30313233"} {
		if strings.Contains(printed, secret) {
			t.Errorf("printed %s", printed)
		}
	}
}

func TestIdentityFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "identity")
	k := newKey(t)
	if err := secret.WriteIdentity(path, k); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v, want 0600", info.Mode(), err)
	}
	if got, err := secret.ReadIdentity(path); err != nil || got != k {
		t.Errorf("got another key, %v", err)
	}
	if err := secret.WriteIdentity(path, k); err == nil {
		t.Error("wrote over an identity file")
	}
}

func TestIdentityFileThatCannotBeUsed(t *testing.T) {
	good := newKey(t).Reveal() + "\n"
	for _, tt := range []struct {
		name, text string
		mode       os.FileMode
		says       string
	}{
		{"open to others", good, 0o644, "mode 0644"},
		{"empty", "", 0o600, "COFFER-KEY-1"},
		{"only a comment", "# " + good, 0o600, "COFFER-KEY-1"},
		{"two keys", good + good, 0o600, "more than one"},
		{"something else", "hunter2\n", 0o600, "COFFER-KEY-1"},
		{"huge", strings.Repeat("x", 1<<20), 0o600, "identity"},
	} {
		path := filepath.Join(t.TempDir(), "identity")
		if err := errors.Join(os.WriteFile(path, []byte(tt.text), tt.mode), os.Chmod(path, tt.mode)); err != nil {
			t.Fatal(err)
		}
		_, err := secret.ReadIdentity(path)
		if !errors.Is(err, secret.ErrIdentity) || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: got %v, want ErrIdentity that says %q", tt.name, err, tt.says)
		}
	}
	none := filepath.Join(t.TempDir(), "none")
	if _, err := secret.ReadIdentity(none); !errors.Is(err, os.ErrNotExist) || strings.Count(err.Error(), none) != 1 {
		t.Errorf("no file: got %v, want that it does not exist, named once", err)
	}
	if _, err := secret.ReadIdentity(t.TempDir()); !errors.Is(err, secret.ErrIdentity) {
		t.Errorf("a directory: got %v, want ErrIdentity", err)
	}
}

func FuzzKey(f *testing.F) {
	f.Add(newKey(f).Reveal())
	f.Add("COFFER-KEY-1-AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		k, err := secret.ParseKey(text)
		if err == nil && !bytes.Contains([]byte(text), []byte(k.Reveal())) {
			t.Errorf("%q was read as a key that is written otherwise", text)
		}
	})
}

func FuzzIdentity(f *testing.F) {
	f.Add([]byte("# a comment\n" + newKey(f).Reveal() + "\n"))
	f.Add([]byte("COFFER-KEY-1-AAAA\nCOFFER-KEY-1-AAAA"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "identity")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		k, err := secret.ReadIdentity(path)
		switch {
		case err == nil && !bytes.Contains(data, []byte(k.Reveal())):
			t.Errorf("%q was read as a key that is written otherwise", data)
		case err != nil && !errors.Is(err, secret.ErrIdentity):
			t.Errorf("%v, want ErrIdentity", err)
		}
	})
}
