package api

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// ParseBaseURL checks a base URL: https, or http to a loopback host; no user
// info, no query. A trailing slash does not matter.
func ParseBaseURL(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		return nil, errors.New("the base URL is not a URL: give one like https://api.telegent.com/v1.0")
	case u.User != nil:
		return nil, errors.New("the base URL holds a user name or password: leave them out, the program signs in with the AccountKey and AccountSecret")
	case u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the base URL holds a query or fragment: give only scheme, host and path")
	case u.Scheme == "http" && !Loopback(u):
		return nil, fmt.Errorf("the base URL uses http: secrets would travel unprotected to %s; use https://", u.Host)
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("the base URL begins with %s: use https://", u.Scheme)
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), ""
	return u, nil
}

// Loopback says whether u points at this machine: localhost, 127.0.0.0/8 or ::1,
// however they are written. Calls to it need no https, and go through no proxy.
func Loopback(u *url.URL) bool {
	host := strings.TrimSuffix(u.Hostname(), ".")
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.Unmap().IsLoopback()
}

// newTransport is the transport of the program: proxies from the environment,
// and connections that are given up soon after a call, so that a call never
// goes out on one that the service has dropped while a person was typing.
func newTransport(timeout time.Duration) *http.Transport {
	return &http.Transport{
		Proxy:                  proxy,
		OnProxyConnectResponse: proxyAnswered,
		DialContext:            (&net.Dialer{Timeout: min(timeout, 10*time.Second)}).DialContext,
		TLSHandshakeTimeout:    min(timeout, 10*time.Second),
		IdleConnTimeout:        2 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
		ForceAttemptHTTP2:      true,
	}
}

// proxy is the proxy of the environment for a request, and none to this machine:
// such a call may go without https, and its secrets must not leave the machine.
func proxy(r *http.Request) (*url.URL, error) {
	if Loopback(r.URL) {
		return nil, nil
	}
	return http.ProxyFromEnvironment(r)
}

// proxyAnswered words the refusal of a proxy: net/http would repeat the proxy's.
func proxyAnswered(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &net.OpError{Op: "proxyconnect", Net: "tcp", Err: fmt.Errorf("the proxy answers HTTP %d", answer.StatusCode)}
}

// proxySecrets is what is secret in the address of the proxy between here and base.
func proxySecrets(transport http.RoundTripper, base *url.URL) []Secret {
	t, ok := transport.(*http.Transport)
	if !ok || t.Proxy == nil || base == nil {
		return nil
	}
	address, err := t.Proxy(&http.Request{URL: base})
	if err != nil || address == nil || address.User == nil {
		return nil
	}
	name := address.User.Username()
	password, has := address.User.Password()
	if !has {
		return []Secret{NewSecret(name)}
	}
	return []Secret{NewSecret(password), NewSecret(name + ":" + password)}
}
