package webhook

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"telegent-setup/api"
)

// forwardTimeout is how long one forwarded request may take.
const forwardTimeout = 10 * time.Second

// ParseForward reads the URL that requests are forwarded to. The errors are for
// people.
func ParseForward(address string) (*url.URL, error) { return parseURL(address) }

// forwarder sends requests on as they came, one after the other. A target
// without a path gets the path that a request came with.
type forwarder struct {
	to     Route
	queue  *queue[job]
	client *http.Client
}

// job is a request to forward.
type job struct {
	number int
	at     time.Time
	method string
	url    *url.URL // Path and query.
	header http.Header
	body   []byte
}

func (j job) size() int {
	n := overhead + 2*len(j.url.RawQuery) + len(j.body)
	for name, values := range j.header {
		for _, v := range values {
			n += len(name) + len(v)
		}
	}
	return n
}

func newForwarder(target *url.URL) *forwarder {
	return &forwarder{to: Route{URL: target}, queue: newQueue[job](), client: &http.Client{
		Timeout:       forwardTimeout,
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, IdleConnTimeout: idleTimeout, MaxResponseHeaderBytes: longestHeader, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// leadsTo says whether the target is the address itself.
func (f *forwarder) leadsTo(address net.Addr) bool {
	_, port, _ := net.SplitHostPort(address.String())
	return api.Loopback(f.to.URL) && f.to.port() == port
}

// run forwards what is queued until the queue is closed, and tells what came
// back.
func (f *forwarder) run(ctx context.Context, tell func(Event)) {
	defer f.client.CloseIdleConnections()
	for batch := f.queue.take(); len(batch) > 0; batch = f.queue.take() {
		for _, j := range batch {
			tell(f.send(ctx, j))
		}
	}
}

func (f *forwarder) send(ctx context.Context, j job) Forwarded {
	start := time.Now()
	status, err := f.call(ctx, j)
	e := Forwarded{Number: j.number, Time: j.at, Status: status, Took: time.Since(start)}
	if err != nil {
		e.Problem = f.problem(ctx, err)
	}
	return e
}

func (f *forwarder) call(ctx context.Context, j job) (status int, err error) {
	out, err := f.request(ctx, j)
	if err != nil {
		return 0, err
	}
	resp, err := f.client.Do(out)
	if err != nil {
		return 0, err
	}
	_, _ = io.CopyN(io.Discard, resp.Body, 4<<10) // So that the connection can be used again.
	_ = resp.Body.Close()
	return resp.StatusCode, nil
}

// hopHeaders concern one connection only, and are not passed on.
var hopHeaders = []string{"Connection", "Proxy-Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Te", "Trailer", "Transfer-Encoding", "Upgrade"}

func (f *forwarder) request(ctx context.Context, j job) (*http.Request, error) {
	target := *f.to.URL
	if target.Path == "" || target.Path == "/" {
		target.Path, target.RawPath = j.url.Path, j.url.RawPath
	}
	target.RawQuery = joinQueries(target.RawQuery, j.url.RawQuery)
	out, err := http.NewRequestWithContext(ctx, j.method, target.String(), bytes.NewReader(j.body))
	if err != nil {
		return nil, err
	}
	out.Header = j.header.Clone()
	for _, name := range hopHeaders {
		out.Header.Del(name)
	}
	if _, ok := out.Header["User-Agent"]; !ok {
		out.Header.Set("User-Agent", "") // Else net/http would write its own.
	}
	return out, nil
}

// problem words a request that was not answered.
func (f *forwarder) problem(ctx context.Context, err error) string {
	at := f.to.hostPort()
	switch {
	case ctx.Err() != nil:
		return "not forwarded: the program ended first"
	case api.ReasonOf(err) == api.RefusedPort:
		return "not forwarded: nothing listens at " + at
	case isTimeout(err):
		return fmt.Sprintf("no answer from %s within %.0f s", at, forwardTimeout.Seconds())
	case api.ReasonOf(err) == api.NoSuchHost:
		return "not forwarded: no address is known for " + f.to.URL.Hostname()
	case api.ReasonOf(err) == api.Untrusted:
		return "not forwarded: the certificate of " + at + " is not valid, or it speaks no TLS"
	}
	return "no answer from " + at + ": the connection was cut"
}
