package keyring_test

import (
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"coffer/internal/keyring"
	"coffer/internal/keyring/keyringtest"
	"coffer/internal/secret"
)

// bus is a session bus of the tests' own, nil where none can be had.
var bus *keyringtest.Bus

func TestMain(m *testing.M) { os.Exit(runOnBus(m)) }

// runOnBus sets the address once: the library connects to a bus once.
func runOnBus(m *testing.M) int {
	b, err := keyringtest.StartBus()
	if err == nil {
		defer b.Close()
		bus = b
		os.Setenv("DBUS_SESSION_BUS_ADDRESS", b.Address)
	}
	return m.Run()
}

func needBus(t *testing.T) {
	t.Helper()
	if bus != nil {
		return
	}
	if slices.Contains(strings.Split(os.Getenv("COFFER_REQUIRE"), ","), "dbus") {
		t.Fatal(exec.ErrNotFound)
	}
	t.Skip("dbus-daemon is not installed")
}

func startDesktop(t *testing.T, m keyringtest.Mood) {
	t.Helper()
	needBus(t)
	d, err := bus.Desktop(m)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
}

func newKey(t *testing.T) secret.Key {
	t.Helper()
	k, err := secret.NewKey(strings.NewReader("0123456789abcdef0123456789ABCDEF"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// A desktop's keyring, over a real bus and the real library, in all the ways it
// can be.
func TestSecretService(t *testing.T) {
	type mood = keyringtest.Mood
	for _, tt := range []struct {
		name     string
		mood     mood
		set, get error
	}{
		{"open", mood{}, nil, nil},
		{"locked, and the person unlocks it", mood{Locked: true, Person: keyringtest.SaysYes}, nil, nil},
		{"locked, and the person does not", mood{Locked: true, Person: keyringtest.SaysNo}, keyring.ErrRefused, keyring.ErrRefused},
		{"locked, and nobody is there", mood{Locked: true, Person: keyringtest.IsAway}, keyring.ErrTimeout, keyring.ErrTimeout},
		{"asks before it stores, and the person agrees", mood{Asks: true, Person: keyringtest.SaysYes}, nil, nil},
		{"asks before it stores, and the person does not", mood{Asks: true, Person: keyringtest.SaysNo}, keyring.ErrRefused, keyring.ErrNotFound},
		{"asks before it stores, and nobody is there", mood{Asks: true, Person: keyringtest.IsAway}, keyring.ErrTimeout, keyring.ErrNotFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			startDesktop(t, tt.mood)
			wait := 20 * time.Second
			if errors.Is(tt.set, keyring.ErrTimeout) {
				wait = 200 * time.Millisecond
			}
			begin := time.Now()
			if err := keyring.System(os.Getenv, wait).Set(t.Context(), "v", newKey(t)); !errors.Is(err, tt.set) {
				t.Errorf("set: got %v, want %v", err, tt.set)
			}
			// A call that was given up is still on its way: ask with another ring.
			k, err := keyring.System(os.Getenv, wait).Get(t.Context(), "v")
			if !errors.Is(err, tt.get) || err == nil && k != newKey(t) {
				t.Errorf("get: got %v, want %v", err, tt.get)
			}
			if took := time.Since(begin); took > 15*time.Second {
				t.Errorf("it took %v", took)
			}
			if tt.get != nil {
				return
			}
			r := keyring.System(os.Getenv, wait)
			if err := errors.Join(r.Delete(t.Context(), "v"), r.Delete(t.Context(), "v")); err != nil {
				t.Errorf("delete: %v", err)
			}
			if _, err := r.Get(t.Context(), "v"); !errors.Is(err, keyring.ErrNotFound) {
				t.Errorf("get what was deleted: got %v, want ErrNotFound", err)
			}
		})
	}
}

// A session that ends while the keyring asks is an error, and no panic.
func TestKeyringThatGoesAwayWhileItAsks(t *testing.T) {
	startDesktop(t, keyringtest.Mood{Locked: true, Person: keyringtest.IsAway})
	shared, err := dbus.SessionBus() // the library's own connection
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(200*time.Millisecond, func() { _ = shared.Close() })
	if _, err := keyring.System(os.Getenv, 10*time.Second).Get(t.Context(), "v"); !errors.Is(err, keyring.ErrRefused) {
		t.Errorf("got %v, want ErrRefused", err)
	}
}

func TestNoKeyringIsSaidAtOnce(t *testing.T) {
	needBus(t)
	if _, err := keyring.System(os.Getenv, time.Minute).Get(t.Context(), "v"); !errors.Is(err, keyring.ErrUnavailable) {
		t.Errorf("a bus without a keyring: got %v, want ErrUnavailable", err)
	}
	nothing := func(string) string { return "" }
	if _, err := keyring.System(nothing, time.Minute).Get(t.Context(), "v"); !errors.Is(err, keyring.ErrUnavailable) {
		t.Errorf("no bus: got %v, want ErrUnavailable", err)
	}
	elsewhere := func(name string) string { return map[string]string{"XDG_RUNTIME_DIR": t.TempDir()}[name] }
	if err := keyring.System(elsewhere, time.Minute).Check(); !errors.Is(err, keyring.ErrUnavailable) {
		t.Errorf("a runtime directory without a bus: got %v, want ErrUnavailable", err)
	}
}
