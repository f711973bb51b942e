package keyring

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/godbus/dbus/v5"
)

// reachable looks for the session's bus before the library does, which starts
// one of its own where there is none.
func reachable(getenv func(string) string) error {
	if getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return nil
	}
	if dir := getenv("XDG_RUNTIME_DIR"); dir != "" {
		if info, err := os.Stat(filepath.Join(dir, "bus")); err == nil && info.Mode().Type() == fs.ModeSocket {
			return nil
		}
	}
	return ErrUnavailable
}

// nobodyThere reports that there is a bus without a keyring on it, or only the
// address of one.
func nobodyThere(err error) bool {
	var answer dbus.Error
	if errors.As(err, &answer) {
		switch answer.Name {
		case "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner",
			"org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Spawn.ServiceNotFound":
			return true
		}
	}
	var unreachable *os.SyscallError
	return errors.As(err, &unreachable) || errors.Is(err, dbus.ErrClosed)
}
