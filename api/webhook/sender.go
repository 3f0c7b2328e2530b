package webhook

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"strings"
	"syscall"
	"time"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// Sender calls webhooks as the service does. It follows no redirect. Zero
// values are sensible.
type Sender struct {
	UserAgent    string            // "telegent-setup/1.0.0".
	Timeout      time.Duration     // For one try; 10 s when zero.
	Tries        int               // In all, a second apart, until one is answered 2xx; 1 when zero.
	LoopbackOnly bool              // Never calls anything but this machine.
	Transport    http.RoundTripper // What calls go through; a transport with the proxies of the environment when nil.
}

// Reply is what a webhook answered.
type Reply struct {
	Status   int
	Location string        // Of a redirect: its target, fit to show.
	Allow    string        // Of a 405: the methods that it takes.
	Body     string        // The beginning, fit to show, on one line.
	Took     time.Duration // Until the status came.
}

// OK says whether the webhook took what it was called with.
func (r Reply) OK() bool { return r.Status >= 200 && r.Status < 300 }

// ErrNotLoopback is the error of a Sender that calls this machine only.
var ErrNotLoopback = errors.New("the webhook is not on this machine: it is not called")

// Error is a call that was not answered.
type Error struct {
	Connected bool // A connection was there to send on.
	Err       error
}

// Error implements error.
func (e *Error) Error() string { return "call the webhook: " + e.Err.Error() }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Send calls the webhook of a route. Any answer is a Reply, a refusal too; the
// error is an *Error, or ErrNotLoopback.
func (s Sender) Send(ctx context.Context, r Route, c Content) (Reply, error) {
	if s.LoopbackOnly && !api.Loopback(r.URL) {
		return Reply{}, ErrNotLoopback
	}
	client := &http.Client{
		Transport:     s.transport(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	for try := 1; ; try++ {
		reply, err := s.once(ctx, client, r, c)
		if err == nil && reply.OK() || try >= s.Tries {
			return reply, err
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return reply, err
		}
	}
}

func (s Sender) once(ctx context.Context, client *http.Client, r Route, c Content) (Reply, error) {
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(s.Timeout, 10*time.Second))
	defer cancel()
	connected := false
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected = true }})
	q, err := r.request(ctx, c, s.UserAgent)
	if err != nil {
		return Reply{}, &Error{Err: err}
	}
	start := time.Now()
	resp, err := client.Do(q)
	if err != nil {
		return Reply{}, &Error{Connected: connected, Err: err}
	}
	defer func() { _ = resp.Body.Close() }()
	reply := Reply{Status: resp.StatusCode, Took: time.Since(start)}
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 4<<10)) // The status says it all; the body is for people.
	redactor := &api.Redactor{}
	redactor.Add(r.Authentication.Secret)
	show := func(s string) string {
		return text.Cut(api.HideURLs(redactor.Redact(text.Collapse(s))), 500)
	}
	reply.Body, reply.Allow, reply.Location = show(string(body)), show(resp.Header.Get("Allow")), show(location(resp))
	return reply, nil
}

// location is the full target of a redirect.
func location(resp *http.Response) string {
	if target, err := resp.Location(); err == nil {
		return target.String()
	}
	return resp.Header.Get("Location")
}

// transport is for one call of Send: no connection is kept.
func (s Sender) transport() http.RoundTripper {
	if s.Transport != nil {
		return s.Transport
	}
	dialer := &net.Dialer{Timeout: dialTimeout}
	t := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		MaxResponseHeaderBytes: longestHeader,
		DisableKeepAlives:      true,
	}
	if s.LoopbackOnly { // Also where a name of this machine has been given another address.
		t.Proxy, dialer.Control = nil, onlyLoopback
	}
	return t
}

func onlyLoopback(_, address string, _ syscall.RawConn) error {
	if at, err := netip.ParseAddrPort(address); err != nil || !at.Addr().Unmap().IsLoopback() {
		return fmt.Errorf("%w: %s", ErrNotLoopback, strings.TrimSpace(address))
	}
	return nil
}
