package keyring

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// bus is the address of a session bus of the tests' own, "" without one.
var bus string

func TestMain(m *testing.M) { os.Exit(runOnBus(m)) }

func runOnBus(m *testing.M) int {
	daemon := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address=1")
	out, err := daemon.StdoutPipe()
	if err == nil {
		err = daemon.Start()
	}
	if err != nil {
		return m.Run()
	}
	defer func() { _ = daemon.Process.Kill(); _ = daemon.Wait() }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err == nil {
		bus = strings.TrimSpace(line)
		os.Setenv("DBUS_SESSION_BUS_ADDRESS", bus)
	}
	return m.Run()
}

func needBus(t *testing.T) {
	t.Helper()
	if bus != "" {
		return
	}
	if slices.Contains(strings.Split(os.Getenv("COFFER_REQUIRE"), ","), "dbus") {
		t.Fatal("dbus-daemon is not installed")
	}
	t.Skip("dbus-daemon is not installed")
}

const (
	secrets    = "org.freedesktop.secrets"
	root       = dbus.ObjectPath("/org/freedesktop/secrets")
	collection = dbus.ObjectPath("/org/freedesktop/secrets/aliases/default")
	none       = dbus.ObjectPath("/")
)

// A desktop is a Secret Service with a person before it who does, or does not,
// what the keyring asks for (https://specifications.freedesktop.org/secret-service/).
type desktop struct {
	conn *dbus.Conn

	mu sync.Mutex
	mood
	items   map[dbus.ObjectPath]map[string]string // attributes
	prompts int
}

// A mood is how a desktop takes what it is asked.
type mood struct {
	locked bool   // the collection
	asks   bool   // before an item is made
	person string // "says yes", "says no" or "is away"
}

type wireSecret struct {
	Session           dbus.ObjectPath
	Parameters, Value []byte
	ContentType       string
}

func newDesktop(t *testing.T, m mood) *desktop {
	t.Helper()
	needBus(t)
	conn, err := dbus.Connect(bus)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	d := &desktop{conn: conn, mood: m, items: make(map[dbus.ObjectPath]map[string]string)}
	for _, err := range []error{
		conn.ExportMethodTable(map[string]any{"OpenSession": d.openSession, "Unlock": d.unlock}, root, "org.freedesktop.Secret.Service"),
		conn.ExportMethodTable(map[string]any{"Get": d.collections}, root, "org.freedesktop.DBus.Properties"),
		conn.ExportMethodTable(map[string]any{"CreateItem": d.createItem, "SearchItems": d.searchItems}, collection, "org.freedesktop.Secret.Collection"),
		conn.ExportMethodTable(map[string]any{"Close": func() *dbus.Error { return nil }}, root+"/session/1", "org.freedesktop.Secret.Session"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if reply, err := conn.RequestName(secrets, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("own %s: %v, %v", secrets, reply, err)
	}
	return d
}

func (d *desktop) openSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), root + "/session/1", nil
}

func (d *desktop) collections(string, string) (dbus.Variant, *dbus.Error) {
	return dbus.MakeVariant([]dbus.ObjectPath{}), nil
}

func (d *desktop) unlock(what []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.locked {
		return what, none, nil
	}
	return []dbus.ObjectPath{}, d.prompt(func() dbus.Variant {
		d.locked = false
		return dbus.MakeVariant(what)
	}, dbus.MakeVariant([]dbus.ObjectPath{})), nil
}

// prompt makes an object that asks the person, and does yes if they agree.
func (d *desktop) prompt(yes func() dbus.Variant, refused dbus.Variant) dbus.ObjectPath {
	d.prompts++
	path := root + dbus.ObjectPath(fmt.Sprintf("/prompt/%d", d.prompts))
	_ = d.conn.ExportMethodTable(map[string]any{"Prompt": func(string) *dbus.Error {
		d.mu.Lock()
		defer d.mu.Unlock()
		result, dismissed := refused, true
		switch d.person {
		case "is away":
			return nil
		case "says yes":
			result, dismissed = yes(), false
		}
		// The signal must come after the reply to this call.
		go func() { _ = d.conn.Emit(path, "org.freedesktop.Secret.Prompt.Completed", dismissed, result) }()
		return nil
	}}, path, "org.freedesktop.Secret.Prompt")
	return path
}

func (d *desktop) createItem(properties map[string]dbus.Variant, s wireSecret, _ bool) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	attributes, _ := properties["org.freedesktop.Secret.Item.Attributes"].Value().(map[string]string)
	path := collection + "/1"
	create := func() dbus.Variant {
		d.items[path] = attributes
		_ = d.conn.ExportMethodTable(map[string]any{
			"GetSecret": func(session dbus.ObjectPath) (wireSecret, *dbus.Error) {
				return wireSecret{Session: session, Parameters: []byte{}, Value: s.Value, ContentType: "text/plain"}, nil
			},
		}, path, "org.freedesktop.Secret.Item")
		return dbus.MakeVariant(path)
	}
	if d.asks {
		return none, d.prompt(create, dbus.MakeVariant("")), nil
	}
	create()
	return path, none, nil
}

func (d *desktop) searchItems(attributes map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	found := []dbus.ObjectPath{}
	for path, i := range d.items {
		if i["username"] == attributes["username"] && i["service"] == attributes["service"] {
			found = append(found, path)
		}
	}
	return found, nil
}

// A desktop's keyring, over a real bus and the real library, in all the ways it
// can be.
func TestSecretService(t *testing.T) {
	for _, tt := range []struct {
		name     string
		mood     mood
		set, get error
	}{
		{"open", mood{person: "says yes"}, nil, nil},
		{"locked, and the person unlocks it", mood{locked: true, person: "says yes"}, nil, nil},
		{"locked, and the person does not", mood{locked: true, person: "says no"}, ErrRefused, ErrRefused},
		{"locked, and nobody is there", mood{locked: true, person: "is away"}, ErrTimeout, ErrTimeout},
		{"asks before it stores, and the person agrees", mood{asks: true, person: "says yes"}, nil, nil},
		{"asks before it stores, and the person does not", mood{asks: true, person: "says no"}, ErrRefused, ErrNotFound},
		{"asks before it stores, and nobody is there", mood{asks: true, person: "is away"}, ErrTimeout, ErrNotFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			newDesktop(t, tt.mood)
			r := System(os.Getenv, 2*time.Second)
			if errors.Is(tt.set, ErrTimeout) {
				r.wait = 200 * time.Millisecond
			}
			begin := time.Now()
			if err := r.Set(t.Context(), "v", testKey(t)); !errors.Is(err, tt.set) {
				t.Errorf("set: got %v, want %v", err, tt.set)
			}
			// The call that was given up is still on its way: ask with another one.
			r = System(os.Getenv, r.wait)
			if k, err := r.Get(t.Context(), "v"); !errors.Is(err, tt.get) || err == nil && k != testKey(t) {
				t.Errorf("get: got %v, want %v", err, tt.get)
			}
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// A session that ends while the keyring asks is an error, and no panic.
func TestKeyringThatGoesAwayWhileItAsks(t *testing.T) {
	newDesktop(t, mood{locked: true, person: "is away"})
	shared, err := dbus.SessionBus() // the library's own connection
	if err != nil {
		t.Fatal(err)
	}
	r := System(os.Getenv, 10*time.Second)
	time.AfterFunc(200*time.Millisecond, func() { shared.Close() })
	if _, err := r.Get(t.Context(), "v"); !errors.Is(err, ErrRefused) {
		t.Errorf("got %v, want ErrRefused", err)
	}
}

func TestNoKeyringIsSaidAtOnce(t *testing.T) {
	needBus(t)
	if _, err := System(os.Getenv, time.Minute).Get(t.Context(), "v"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("a bus without a keyring: got %v, want ErrUnavailable", err)
	}
	nothing := func(string) string { return "" }
	if _, err := System(nothing, time.Minute).Get(t.Context(), "v"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("no bus: got %v, want ErrUnavailable", err)
	}
	elsewhere := func(name string) string { return map[string]string{"XDG_RUNTIME_DIR": t.TempDir()}[name] }
	if err := System(elsewhere, time.Minute).Check(); !errors.Is(err, ErrUnavailable) {
		t.Errorf("a runtime directory without a bus: got %v, want ErrUnavailable", err)
	}
}
