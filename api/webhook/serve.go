package webhook

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Limits of a Receiver, beside that of the body.
const (
	longestHeader   = 64 << 10
	headerTimeout   = 5 * time.Second
	requestTimeout  = 15 * time.Second
	idleTimeout     = 30 * time.Second
	mostConnections = 512 // More wait in line.
	farewell        = time.Second
)

// DefaultAddress is where a Receiver listens unless told otherwise.
const DefaultAddress = "127.0.0.1:8788"

// Listen listens at HOST:PORT, on this machine only. No host is 127.0.0.1,
// port 0 picks a free one. The errors are for people.
func Listen(address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("the address %q is not HOST:PORT: give one like %s", address, DefaultAddress)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	listener, err := (&net.ListenConfig{Control: onlyLoopback}).Listen(context.Background(), "tcp", net.JoinHostPort(host, port))
	switch {
	case errors.Is(err, ErrNotLoopback):
		return nil, fmt.Errorf("%s is not this machine alone, and nothing else is listened to: give 127.0.0.1, ::1 or localhost, and use a tunnel to be called from outside", host)
	case err != nil:
		return nil, fmt.Errorf("listen on %s: %w; give another address (--addr)", address, err)
	}
	return listener, nil
}

// Tunnels names the commands of common tunnels to a receiver at HOST:PORT.
// None is started here.
func Tunnels(address string) string {
	port := address[strings.LastIndex(address, ":")+1:]
	return fmt.Sprintf("To be called from outside, start a tunnel of your own to it, as one of\n"+
		"  cloudflared tunnel --url http://%[1]s\n"+
		"  ngrok http %[1]s\n"+
		"  tailscale funnel %[2]s\n"+
		"and register the https URL that it shows as the webhook.", address, port)
}

// ErrForwardsToItself means that requests would be forwarded to where they are
// received.
var ErrForwardsToItself = errors.New("the requests would be forwarded to where they are received: give another URL to forward to (--forward-to)")

// Serve receives until the context ends, then writes what still waits: within a
// second, since a terminal may take no more. It closes the listener. The error
// says what broke the serving or the writing.
func (r *Receiver) Serve(ctx context.Context, l net.Listener) error {
	if r.forward != nil && r.forward.leadsTo(l.Addr()) {
		_ = l.Close()
		return ErrForwardsToItself
	}
	server := &http.Server{
		Handler: r, MaxHeaderBytes: longestHeader, ErrorLog: log.New(io.Discard, "", 0),
		ReadHeaderTimeout: headerTimeout, ReadTimeout: requestTimeout, WriteTimeout: requestTimeout + headerTimeout, IdleTimeout: idleTimeout,
	}
	written := make(chan error, 1)
	go func() { written <- r.write() }()
	var forwarding sync.WaitGroup
	if r.forward != nil {
		forwarding.Go(func() { r.forward.run(ctx, r.emit) })
	}

	served := make(chan error, 1)
	go func() {
		served <- server.Serve(&limitedListener{Listener: l, slots: make(chan struct{}, mostConnections)})
	}()
	var err error
	select {
	case <-ctx.Done():
	case err = <-served: // It broke by itself.
	}
	shutdown(server)
	if r.forward != nil {
		r.forward.queue.close()
	}
	forwarding.Wait()
	r.events.close()
	select {
	case failed := <-written:
		return errors.Join(err, failed)
	case <-time.After(farewell):
		return errors.Join(err, errors.New("not everything that was received could be written: the output takes no more"))
	}
}

// shutdown lets requests that are under way end, and cuts those that take long.
func shutdown(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		_ = server.Close()
	}
}

// limitedListener lets so many connections in at a time as it has slots.
type limitedListener struct {
	net.Listener
	slots chan struct{}
}

// Accept implements net.Listener.
func (l *limitedListener) Accept() (net.Conn, error) {
	l.slots <- struct{}{}
	conn, err := l.Listener.Accept()
	if err != nil {
		<-l.slots
		return nil, err
	}
	return &limitedConn{Conn: conn, leave: sync.OnceFunc(func() { <-l.slots })}, nil
}

type limitedConn struct {
	net.Conn
	leave func()
}

// Close implements net.Conn.
func (c *limitedConn) Close() error {
	defer c.leave()
	return c.Conn.Close()
}
