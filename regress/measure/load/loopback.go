package load

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// guard lets connections go to this machine and to the hosts that are allowed, in
// lower case. The zero guard allows none beside.
type guard map[string]bool

// guardOf returns the guard that allows these hosts too.
func guardOf(hosts []string) guard {
	g := guard{}
	for _, host := range hosts {
		g[strings.ToLower(host)] = true
	}
	return g
}

// permits tells whether requests may name the host. A name other than localhost is
// not looked up: the question alone would leave this machine.
func (g guard) permits(host string) bool {
	host = strings.ToLower(host)
	ip, err := netip.ParseAddr(host)
	return g[host] || host == "localhost" || err == nil && ip.IsLoopback()
}

// check returns an error for a host that requests may not go to.
func (g guard) check(host string) error {
	if g.permits(host) {
		return nil
	}
	return fmt.Errorf("%.200s is not on this machine, and load must hit nobody else by mistake\nif it is yours to load: --allow-remote %.200s", host, host)
}

// dial is the DialContext of the client: whatever the URL said, the address that is
// dialled is one of this machine, or the host is allowed.
func (g guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if err := g.check(host); err != nil {
		return nil, err
	}
	dialer := net.Dialer{KeepAlive: 30 * time.Second}
	if !g[strings.ToLower(host)] {
		dialer.Control = onlyLoopback
	}
	return dialer.DialContext(ctx, network, address)
}

// onlyLoopback refuses a resolved address that is not of this machine.
func onlyLoopback(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err == nil && !to.Addr().IsLoopback() {
		err = fmt.Errorf("%s is not on this machine", address)
	}
	return err
}

// newClient returns a client that keeps to the guard. vegeta's Attacker would be
// the place to set this, but it cannot walk a user through a flow, takes a request's
// beginning for the moment it was meant, and waits where its workers are all busy:
// only its settings are used, and its pacers.
func newClient(g guard) *http.Client {
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{ // no Proxy: it would be elsewhere
			DialContext:         g.dial,
			TLSClientConfig:     vegeta.DefaultTLSConfig.Clone(),
			MaxIdleConnsPerHost: vegeta.DefaultConnections,
			MaxConnsPerHost:     vegeta.DefaultMaxConnections,
			DisableCompression:  true, // what is measured is the service, not our gunzip
		},
	}
}
