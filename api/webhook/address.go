package webhook

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

var (
	carrierGrade = netip.MustParsePrefix("100.64.0.0/10")
	global6      = netip.MustParsePrefix("2000::/3")
	translated   = netip.MustParsePrefix("64:ff9b::/96") // NAT64: an IPv4 address in its last four bytes.
	reserved     = []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"),
		netip.MustParsePrefix("192.0.0.0/24"),
		netip.MustParsePrefix("192.0.2.0/24"),
		netip.MustParsePrefix("198.18.0.0/15"),
		netip.MustParsePrefix("198.51.100.0/24"),
		netip.MustParsePrefix("203.0.113.0/24"),
		netip.MustParsePrefix("224.0.0.0/3"),
		netip.MustParsePrefix("2001:db8::/32"),
		netip.MustParsePrefix("3fff::/20"),
	}
)

// unroutable says why an address cannot be called from the internet; an empty
// issue says that it can.
func unroutable(a netip.Addr) (issue, say string) {
	a = a.Unmap()
	if b := a.As16(); translated.Contains(a) {
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	switch {
	case a.IsLoopback():
		return "loopback-address", fmt.Sprintf("%s is the address of every machine itself: the service would call its own. Let the name point at the public address of your server.", a)
	case carrierGrade.Contains(a):
		return "carrier-grade-address", fmt.Sprintf("%s belongs to a network behind a carrier's translation (100.64.0.0/10): nobody outside can call it. Use a server with a public address, or a tunnel.", a)
	case a.IsPrivate(), a.IsLinkLocalUnicast():
		return "private-address", fmt.Sprintf("%s is a private address: it can be called inside of its network only. Use the public address of that network, or a tunnel.", a)
	case a.Is6() && !global6.Contains(a), slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(a) }):
		return "reserved-address", fmt.Sprintf("%s is a reserved address, which no server on the internet has. Let the name point at the public address of your server.", a)
	}
	return "", ""
}

// throwAway ends the host names that tunnels give away and take back.
var throwAway = []string{
	"ngrok-free.app", "ngrok-free.dev", "ngrok.app", "ngrok.dev", "ngrok.io", "trycloudflare.com", "loca.lt", "localtunnel.me",
	"lhr.life", "lhr.rocks", "localhost.run", "serveo.net", "serveousercontent.com", "pinggy.link", "pinggy.io", "pinggy-free.link",
	"tunnelmole.net", "tunnelto.dev", "bore.pub", "devtunnels.ms", "telebit.io", "zrok.io",
}

// isThrowAway says whether a host name is one of a tunnel that may be another
// tomorrow.
func isThrowAway(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return slices.ContainsFunc(throwAway, func(end string) bool { return host == end || strings.HasSuffix(host, "."+end) })
}
