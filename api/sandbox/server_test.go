package sandbox_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/api/sandbox/sandboxtest"
)

// Rule: the sandbox serves this machine only.
func TestStartRefusesOtherHosts(t *testing.T) {
	for addr, want := range map[string]string{
		"0.0.0.0:0":     "this machine only",
		"[::]:0":        "this machine only",
		"192.0.2.1:0":   "this machine only",
		"example.com:0": "this machine only",
		"8080":          "not HOST:PORT",
		"":              "not HOST:PORT",
		"localhost":     "not HOST:PORT",
		"localhost:x":   "start the sandbox",
	} {
		s, err := sandbox.Start(addr, http.NotFoundHandler())
		if err == nil {
			_ = s.Close()
		}
		require.ErrorContains(t, err, want, addr)
	}
}

// Rule: URL is the base URL of the API, with the port that was picked.
func TestStart(t *testing.T) {
	for _, addr := range []string{":0", "127.0.0.1:0", "localhost:0", "127.0.0.2:0"} {
		s, err := sandbox.Start(addr, http.NotFoundHandler())
		if errors.As(err, new(*net.OpError)) && addr == "127.0.0.2:0" {
			continue // Not every system answers to all of 127/8.
		}
		require.NoError(t, err, addr)
		require.Regexp(t, `^http://(127\.0\.0\.\d|\[::1\]):[1-9]\d*/v1\.0$`, s.URL())
		response, err := http.Get(s.URL())
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		require.NoError(t, s.Close())
		_, err = http.Get(s.URL()) //nolint:bodyclose // No answer comes.
		require.Error(t, err, "closed")
	}
}

// Rule: a port in use is an error of Start.
func TestStartOnATakenPort(t *testing.T) {
	first, err := sandbox.Start(":0", http.NotFoundHandler())
	require.NoError(t, err)
	defer func() { require.NoError(t, first.Close()) }()
	addr := strings.TrimSuffix(strings.TrimPrefix(first.URL(), "http://"), "/v1.0")
	_, err = sandbox.Start(addr, http.NotFoundHandler())
	require.ErrorContains(t, err, "start the sandbox")
}

// Rule: Wait ends with its context, or with the server.
func TestWait(t *testing.T) {
	s, err := sandbox.Start(":0", http.NotFoundHandler())
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.NoError(t, s.Wait(ctx))
	require.NoError(t, s.Close())
	require.NoError(t, s.Wait(t.Context()))
}

// Rule: Close ends requests that hang, and a client that leaves ends its own.
func TestHangingEndsWithTheServer(t *testing.T) {
	s, err := sandbox.New(sandbox.Options{Faults: parse(t, "hang:2")})
	require.NoError(t, err)
	arrived, left := make(chan struct{}, 2), make(chan struct{}, 2)
	server, err := sandbox.Start(":0", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/create") {
			arrived <- struct{}{}
			defer func() { left <- struct{}{} }()
		}
		s.ServeHTTP(w, r)
	}))
	require.NoError(t, err)
	c := connect(t, "", strings.TrimSuffix(server.URL(), "/v1.0"), &http.Transport{DisableKeepAlives: true})
	c.headers("")

	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	ask := func(ctx context.Context) {
		_, err := c.tryStep(ctx, "account", nil)
		ended <- err
	}
	go ask(ctx)
	<-arrived
	cancel()
	require.ErrorIs(t, <-ended, context.Canceled)
	<-left

	go ask(t.Context())
	<-arrived
	require.NoError(t, server.Close())
	require.Len(t, left, 1, "Close returns once the request has ended")
	require.Error(t, <-ended)
}

// Rule: Close also ends a hanging request behind which the client has sent
// another.
func TestHangingEndsWithTheServerWhenMoreIsSent(t *testing.T) {
	s, err := sandbox.New(sandbox.Options{Faults: parse(t, "hang@authenticate")})
	require.NoError(t, err)
	arrived := make(chan struct{}, 2)
	server, err := sandbox.Start(":0", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		s.ServeHTTP(w, r)
	}))
	require.NoError(t, err)
	addr := strings.TrimSuffix(strings.TrimPrefix(server.URL(), "http://"), "/v1.0")
	conn, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	defer func() { _ = conn.Close() }()
	const one = "POST /v1.1/oauth/token HTTP/1.1\r\nHost: sandbox\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
	_, err = conn.Write([]byte(one))
	require.NoError(t, err)
	<-arrived
	_, err = conn.Write([]byte(one))
	require.NoError(t, err)
	response, err := http.Get(server.URL()) // By its answer the server has seen the second request.
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.NoError(t, server.Close())
}

// Rule: many at once get what each asked for, and nothing is given out twice.
func TestConcurrency(t *testing.T) {
	for _, edition := range api.Editions() {
		t.Run(string(edition), func(t *testing.T) {
			s, c := open(t, sandbox.Options{Edition: edition, Data: t.TempDir() + "/data"})
			c.walk("voice-route")
			path := step(edition, "provision").path
			header, body := c.headers(path), c.body("provision", nil)
			var all sync.WaitGroup
			codes := make([]int, 20)
			for i := range codes {
				all.Go(func() {
					got, err := c.try(t.Context(), "POST", path, body, header.Clone())
					if err == nil {
						codes[i] = got.status
					}
					s.Objects()
				})
			}
			all.Wait()
			granted := 0
			for _, code := range codes {
				if code == 200 {
					granted++
				}
			}
			if edition == api.Edition2025 {
				require.Equal(t, 1, granted)
				require.Len(t, s.Objects().Numbers, 1)
				return
			}
			require.Equal(t, 20, granted)
			require.Len(t, s.Objects().Orders, 20)
		})
	}
}

// Rule: the transport tells a deadline from a cut, so that a client can.
func TestTransportKeepsTimeouts(t *testing.T) {
	s, err := sandbox.New(sandbox.Options{Faults: parse(t, "hang@authenticate")})
	require.NoError(t, err)
	c := http.Client{Transport: sandboxtest.Transport{Handler: s}, Timeout: time.Millisecond}
	_, err = c.Post(host+"/v1.1/oauth/token", "application/json", strings.NewReader("{}")) //nolint:bodyclose // No answer comes.
	var timeout net.Error
	require.ErrorAs(t, err, &timeout)
	require.True(t, timeout.Timeout())
}

// Rule: a panic of the handler stays a panic.
func TestTransportHidesNoPanic(t *testing.T) {
	c := http.Client{Transport: sandboxtest.Transport{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") })}}
	require.PanicsWithValue(t, "broken", func() { _, _ = c.Get(host) }) //nolint:bodyclose // No answer comes.
}
