package main

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// network carries webhooks. A simulator must not post to strangers because an
// address in a test looks like a real one, so it reaches loopback only, whatever
// a name resolves to, unless anywhere is set. It follows no redirect and no
// proxy.
func network(anywhere bool) *http.Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	if !anywhere {
		dialer.Control = onlyLoopback
	}
	return &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, IdleConnTimeout: time.Minute},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
}

// onlyLoopback refuses to connect to another machine.
func onlyLoopback(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("read the address %s: %w", address, err)
	}
	if !to.Addr().Unmap().IsLoopback() {
		return fmt.Errorf("%s is not on this machine; --webhooks-anywhere allows it", to.Addr())
	}
	return nil
}
