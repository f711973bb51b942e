package plaidsvc

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// The environments that Plaid runs.
const (
	Sandbox    = "sandbox"
	Production = "production"
)

// cdn is where Plaid's Link script comes from, in both environments.
const cdn = "https://cdn.plaid.com"

// An environment is one Plaid to talk to.
type environment struct {
	origin string // scheme and host of the API, no slash at the end
	script string // origin of the Link script
	word   string // what its tokens are named for: public-<word>-...
	local  bool   // a simulator on loopback
}

// parseEnvironment reads "sandbox", "production" or the http address of a
// simulator on this machine. Anything else is refused: a request carries
// Plaid's secret, and a typing mistake must not send it to a stranger.
func parseEnvironment(name string) (environment, error) {
	switch name {
	case Sandbox, Production:
		return environment{origin: "https://" + name + ".plaid.com", script: cdn, word: name}, nil
	}
	u, err := url.Parse(name)
	switch {
	case err != nil:
		return environment{}, refuseEnvironment(name)
	case u.Scheme != "http" || !isLoopback(u.Hostname()):
		return environment{}, refuseEnvironment(name)
	case u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return environment{}, refuseEnvironment(name)
	}
	origin := "http://" + u.Host
	return environment{origin: origin, script: origin, word: Sandbox, local: true}, nil
}

// CheckEnvironment reports why a [Config] with this Environment would be
// refused, nil if it would not be.
func CheckEnvironment(name string) error {
	_, err := parseEnvironment(name)
	return err
}

// hosts reports whether an address may be one of this environment's pages. People
// type their bank's password there.
func (e environment) hosts(address string) bool {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.User != nil:
		return false
	case e.local:
		return u.Scheme+"://"+u.Host == e.origin
	}
	return u.Scheme == "https" && strings.HasSuffix(u.Host, ".plaid.com")
}

// isLoopback accepts a literal address or the name localhost. Where a name
// leads is looked at again when the connection is made.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func refuseEnvironment(name string) error {
	return fmt.Errorf("environment %q: want sandbox, production, or http://127.0.0.1:PORT of a simulator", redact(name, ""))
}
