package keyringtest

import (
	"errors"
	"fmt"
	"sync"

	"github.com/godbus/dbus/v5"
)

const (
	secrets    = "org.freedesktop.secrets"
	root       = dbus.ObjectPath("/org/freedesktop/secrets")
	collection = dbus.ObjectPath("/org/freedesktop/secrets/aliases/default")
	session    = root + "/session/1"
	none       = dbus.ObjectPath("/")
)

// A Desktop is a Secret Service with a person before it who does, or does not,
// what the keyring asks for (https://specifications.freedesktop.org/secret-service/).
type Desktop struct {
	conn *dbus.Conn

	mu      sync.Mutex
	mood    Mood
	items   map[dbus.ObjectPath]map[string]string // their attributes
	prompts int
}

// A Mood is how a desktop takes what it is asked.
type Mood struct {
	Locked bool // the keyring
	Asks   bool // before it stores anything
	Person Person
}

// A Person is who sits at the desktop, and what they do when they are asked.
type Person string

// The persons.
const (
	SaysYes Person = "says yes"
	SaysNo  Person = "says no"
	IsAway  Person = "is away"
)

type wireSecret struct {
	Session           dbus.ObjectPath
	Parameters, Value []byte
	ContentType       string
}

// Desktop puts a desktop on the bus, until it is closed.
func (b *Bus) Desktop(m Mood) (*Desktop, error) {
	conn, err := dbus.Connect(b.Address)
	if err != nil {
		return nil, fmt.Errorf("connect to the bus: %w", err)
	}
	d := &Desktop{conn: conn, mood: m, items: make(map[dbus.ObjectPath]map[string]string)}
	for _, err := range []error{
		conn.ExportMethodTable(map[string]any{"OpenSession": d.openSession, "Unlock": d.unlock}, root, "org.freedesktop.Secret.Service"),
		conn.ExportMethodTable(map[string]any{"Get": d.collections}, root, "org.freedesktop.DBus.Properties"),
		conn.ExportMethodTable(map[string]any{"CreateItem": d.createItem, "SearchItems": d.searchItems}, collection, "org.freedesktop.Secret.Collection"),
		conn.ExportMethodTable(map[string]any{"Close": func() *dbus.Error { return nil }}, session, "org.freedesktop.Secret.Session"),
	} {
		if err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	if _, err := conn.RequestName(secrets, dbus.NameFlagDoNotQueue); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return d, nil
}

// Close takes the desktop off the bus.
func (d *Desktop) Close() error { return d.conn.Close() }

func (d *Desktop) openSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), session, nil
}

func (d *Desktop) collections(string, string) (dbus.Variant, *dbus.Error) {
	return dbus.MakeVariant([]dbus.ObjectPath{}), nil
}

func (d *Desktop) unlock(what []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.mood.Locked {
		return what, none, nil
	}
	return []dbus.ObjectPath{}, d.prompt(func() dbus.Variant {
		d.mood.Locked = false
		return dbus.MakeVariant(what)
	}, dbus.MakeVariant([]dbus.ObjectPath{})), nil
}

// prompt makes an object that asks the person, and does yes if they agree.
func (d *Desktop) prompt(yes func() dbus.Variant, refused dbus.Variant) dbus.ObjectPath {
	d.prompts++
	path := root + dbus.ObjectPath(fmt.Sprintf("/prompt/%d", d.prompts))
	_ = d.conn.ExportMethodTable(map[string]any{"Prompt": func(string) *dbus.Error {
		d.mu.Lock()
		defer d.mu.Unlock()
		result, dismissed := refused, true
		switch d.mood.Person {
		case IsAway:
			return nil
		case SaysYes:
			result, dismissed = yes(), false
		}
		// The signal must come after the reply to this call.
		go func() { _ = d.conn.Emit(path, "org.freedesktop.Secret.Prompt.Completed", dismissed, result) }()
		return nil
	}}, path, "org.freedesktop.Secret.Prompt")
	return path
}

func (d *Desktop) createItem(properties map[string]dbus.Variant, s wireSecret, _ bool) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
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
			"Delete": func() (dbus.ObjectPath, *dbus.Error) {
				d.mu.Lock()
				defer d.mu.Unlock()
				delete(d.items, path)
				return none, nil
			},
		}, path, "org.freedesktop.Secret.Item")
		return dbus.MakeVariant(path)
	}
	if d.mood.Asks {
		return none, d.prompt(create, dbus.MakeVariant("")), nil
	}
	create()
	return path, none, nil
}

func (d *Desktop) searchItems(attributes map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
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
