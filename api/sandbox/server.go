package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"sync"
	"telegent-setup/api"
	"time"
)

// Server serves a sandbox on this machine.
type Server struct {
	listener net.Listener
	http     http.Server
	stop     context.CancelFunc
	done     chan struct{}
	err      error // Why serving ended; read after done is closed.

	serving sync.RWMutex // Held for reading by every request.
	closed  bool
}

// Start serves h at addr, HOST:PORT, until Close. Port 0 picks a free one, no
// host is 127.0.0.1. Hosts beyond this machine are refused: the sandbox's
// credentials are known to everyone.
func Start(addr string, h http.Handler) (*Server, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("start the sandbox: address %q is not HOST:PORT, like 127.0.0.1:8080", addr)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	if !api.Loopback(&url.URL{Host: net.JoinHostPort(host, port)}) {
		return nil, fmt.Errorf("start the sandbox: it serves this machine only, give 127.0.0.1, ::1 or localhost instead of %s", host)
	}
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, fmt.Errorf("start the sandbox: %w", err)
	}
	if ip := listener.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
		_ = listener.Close()
		return nil, fmt.Errorf("start the sandbox: %s is %s here, not this machine", host, ip)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &Server{listener: listener, stop: stop, done: make(chan struct{})}
	s.http = http.Server{
		Handler:           s.counted(h),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          log.New(io.Discard, "", 0),
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	go func() {
		defer close(s.done)
		if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.err = fmt.Errorf("serve the sandbox: %w", err)
		}
	}()
	return s, nil
}

// counted lets Close wait for the requests that are under way.
func (s *Server) counted(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.serving.RLock()
		defer s.serving.RUnlock()
		if s.closed {
			panic(http.ErrAbortHandler)
		}
		h.ServeHTTP(w, r)
	})
}

// URL is the base URL: http://127.0.0.1:8080/v1.0.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() + basePath }

// Wait returns when the context ends, nil, or when serving does, with the
// reason.
func (s *Server) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-s.done:
		return s.err
	}
}

// Close cuts all connections, and returns once every request has ended.
func (s *Server) Close() error {
	s.stop() // A request that another one follows would not notice the cut.
	err := s.http.Close()
	<-s.done
	s.serving.Lock()
	defer s.serving.Unlock()
	s.closed = true
	return errors.Join(err, s.err)
}
