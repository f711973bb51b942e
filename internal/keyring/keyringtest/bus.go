// Package keyringtest plays the keyring of a Linux desktop, on a message bus of
// its own, for tests: the person before it agrees, refuses, or is away.
//
// It needs the program dbus-daemon and never touches the bus or the keyring of
// whoever runs the tests.
package keyringtest

import (
	"bufio"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// A Bus is a session bus.
type Bus struct {
	Address string // what DBUS_SESSION_BUS_ADDRESS has to say
	daemon  *exec.Cmd
}

// StartBus starts a bus. The error is exec.ErrNotFound where dbus-daemon is not
// installed.
func StartBus() (*Bus, error) {
	daemon := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address=1")
	out, err := daemon.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start a bus: %w", err)
	}
	if err := daemon.Start(); err != nil {
		return nil, fmt.Errorf("start a bus: %w", err)
	}
	b := &Bus{daemon: daemon}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start a bus: %w", err), b.Close())
	}
	b.Address = strings.TrimSpace(line)
	return b, nil
}

// Close ends the bus.
func (b *Bus) Close() error {
	err := b.daemon.Process.Kill()
	_ = b.daemon.Wait() // killed, as asked for
	return err
}
