package webhook

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// Checker looks at a webhook as the service would meet it. All but Route may
// be left zero.
type Checker struct {
	Route     Route
	Edition   api.Edition // Of the sample; empty is 2025-12.
	UserAgent string      // "telegent-setup/1.0.0".

	// For tests; those of this machine when zero.
	Resolver Resolver
	Dial     func(ctx context.Context, network, address string) (net.Conn, error)
	Roots    *x509.CertPool
	Proxy    func(*http.Request) (*url.URL, error)
	Now      func() time.Time
}

// Resolver tells the addresses of a name; *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// How long each part of a look may take, and how many addresses are tried.
const (
	lookupTimeout    = 5 * time.Second
	dialTimeout      = 5 * time.Second
	handshakeTimeout = 10 * time.Second
	mostAddresses    = 4
)

// Run looks, and tells each finding as it is found; the first that stands in
// the way is the last. Before the sample, nothing is sent beyond the TLS
// handshake; then agree is asked whether to send it. No agree is no.
// The error is that of the context.
func (c Checker) Run(ctx context.Context, agree func() bool, tell func(Finding)) (Verdict, error) {
	p := &probe{Checker: c.complete(), agree: agree}
	defer p.close()
	for _, check := range []func(context.Context) Finding{p.scheme, p.name, p.proxy, p.tunnel, p.connect, p.certificate, p.sample} {
		f := check(ctx)
		switch {
		case ctx.Err() != nil:
			return NotReachable, ctx.Err()
		case f == Finding{}: // Nothing to say.
			continue
		}
		if tell(f); !f.OK() {
			return f.Verdict, nil
		}
	}
	return Works, ctx.Err()
}

func (c Checker) complete() Checker {
	if c.Resolver == nil {
		c.Resolver = net.DefaultResolver
	}
	if c.Dial == nil {
		c.Dial = (&net.Dialer{}).DialContext
	}
	if c.Proxy == nil {
		c.Proxy = http.ProxyFromEnvironment
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

// probe is one run of a Checker.
type probe struct {
	Checker
	agree     func() bool
	addresses []netip.Addr
	reached   string // HOST:PORT of the address that took the connection.
	conn      net.Conn
}

func (p *probe) close() {
	if p.conn != nil {
		_ = p.conn.Close()
	}
}

func (p *probe) host() string { return p.Route.URL.Hostname() }

func (p *probe) scheme(context.Context) Finding {
	if p.Route.URL.Scheme == "https" || api.Loopback(p.Route.URL) {
		return Finding{}
	}
	return wouldNotWork("url", "not-https", "The URL begins with http://, and the service delivers over https only. Give the https URL of your server.")
}

// name resolves the host, and says whether the internet can call it.
func (p *probe) name(ctx context.Context) Finding {
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	var err error
	if literal, bad := netip.ParseAddr(p.host()); bad == nil {
		p.addresses = []netip.Addr{literal}
	} else if p.addresses, err = p.Resolver.LookupNetIP(ctx, "ip", p.host()); err != nil {
		return unknownName(p.host(), err)
	}
	if api.Loopback(p.Route.URL) {
		return Finding{Check: "name", Issue: "this-machine", Say: p.host() + " is this machine: that works with the sandbox only. " +
			"The service needs an https URL that can be called from outside."}
	}
	var all []string
	for _, a := range p.addresses {
		if issue, say := unroutable(a); issue != "" {
			return wouldNotWork("name", issue, "%s does not lead to a public address: %s", p.host(), say)
		}
		all = append(all, a.Unmap().String())
	}
	if len(all) == 0 {
		return unknownName(p.host(), &net.DNSError{IsNotFound: true})
	}
	return Finding{Check: "name", Say: fmt.Sprintf("%s is at %s, which is public.", p.host(), strings.Join(all[:min(len(all), mostAddresses)], ", "))}
}

func (p *probe) proxy(context.Context) Finding {
	proxy, err := p.Proxy(&http.Request{URL: p.Route.URL})
	if err == nil && proxy == nil {
		return Finding{}
	}
	through := ""
	if proxy != nil {
		through = " " + text.Collapse(proxy.Host)
	}
	return Finding{Check: "proxy", Issue: "proxy", Say: fmt.Sprintf("This machine goes out through a proxy%s (HTTPS_PROXY), which the service does not. "+
		"The webhook is called directly here; if that fails, try from a network without a proxy.", through)}
}

func (p *probe) tunnel(context.Context) Finding {
	if !isThrowAway(p.host()) {
		return Finding{}
	}
	return Finding{Check: "tunnel", Issue: "throw-away-name", Say: p.host() + " is a name that a tunnel gives away: it may end with the tunnel, and messages are lost then. It is good for a try; register a name of your own for the rest."}
}

// connect makes a TCP connection to the first address that takes one.
func (p *probe) connect(ctx context.Context) Finding {
	var err error
	for _, a := range p.addresses[:min(len(p.addresses), mostAddresses)] {
		at := net.JoinHostPort(a.Unmap().String(), p.Route.port())
		if p.conn, err = p.dial(ctx, at); err == nil {
			p.reached = at
			f := Finding{Check: "connection", Say: at + " takes connections: it is reachable from here."}
			if !api.Loopback(p.Route.URL) {
				f.Say += " The service calls from elsewhere: see that no firewall keeps it out."
			}
			return f
		}
	}
	return unreachable(p.Route, err)
}

func (p *probe) dial(ctx context.Context, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	return p.Dial(ctx, "tcp", address)
}

// certificate shakes hands and judges what the server shows.
func (p *probe) certificate(ctx context.Context) Finding {
	if p.Route.URL.Scheme != "https" {
		return Finding{}
	}
	ctx, cancel := context.WithTimeout(ctx, handshakeTimeout)
	defer cancel()
	// The certificates are judged below, so that each cause has its sentence.
	conn := tls.Client(p.conn, &tls.Config{ServerName: p.host(), InsecureSkipVerify: true})
	if err := conn.HandshakeContext(ctx); err != nil {
		return noTLS(p.Route, cmp.Or(ctx.Err(), err))
	}
	return judgeCertificate(p.host(), conn.ConnectionState().PeerCertificates, p.Roots, p.Now())
}

// sample sends one inbound message, when the person agrees, to the address that
// was looked at.
func (p *probe) sample(ctx context.Context) Finding {
	p.close()
	if p.agree == nil || !p.agree() {
		return Finding{Check: "sample", Issue: "not-sent", Say: "No sample message was sent: whether it is answered is not known."}
	}
	sender := Sender{UserAgent: p.UserAgent, Transport: &http.Transport{
		DialContext:            func(ctx context.Context, _, _ string) (net.Conn, error) { return p.dial(ctx, p.reached) },
		TLSClientConfig:        &tls.Config{RootCAs: p.Roots, Time: p.Now},
		MaxResponseHeaderBytes: longestHeader,
		DisableKeepAlives:      true,
	}}
	reply, err := sender.Send(ctx, p.Route, Sample(Inbound, p.Edition, p.Now()))
	return Judge(p.Route, reply, err)
}
