package api

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"telegent-setup/api/text"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// rawServer answers every request with bytes, and closes the connection.
func rawServer(t *testing.T, answer string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			r, err := http.ReadRequest(bufio.NewReader(conn))
			if err == nil {
				_, _ = io.Copy(io.Discard, r.Body)
				_, _ = io.WriteString(conn, answer)
			}
			_ = conn.Close()
		}
	}()
	return l.Addr().String()
}

func callRaw(t *testing.T, answer string) (Answer, *Error) {
	t.Helper()
	c := newTestClient(t, "http://"+rawServer(t, answer)+"/v1.0", newTransport(10*time.Second))
	t.Cleanup(c.Close)
	c.Redactor().Add(NewSecret("tok-1234567"))
	a, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("tok-1234567"), Watch{})
	if err == nil {
		return a, nil
	}
	var e *Error
	require.ErrorAs(t, err, &e)
	return a, e
}

// Rule: a status line that is none of an answer makes one that cannot be read.
func TestAStatusLineThatSaysNothing(t *testing.T) {
	for line, says := range map[string]string{
		"HTTP/1.1 000 OK":                  "000",
		"HTTP/1.1 101 Switching Protocols": "101",
	} {
		_, e := callRaw(t, line+"\r\nConnection: upgrade\r\nUpgrade: x\r\nContent-Length: 2\r\n\r\n{}")
		require.NotNil(t, e, line)
		require.Equal(t, Unexpected, e.Kind, line)
		require.True(t, e.Uncertain(), line)
		require.ErrorContains(t, e.Err, says)
	}
}

// Rule: an answer whose JSON is whole is an answer, wherever the connection ends;
// one that is not whole was cut.
func TestACutBehindAWholeBodyIsNone(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\n"
	for answer, whole := range map[string]bool{
		head + "Content-Length: 99\r\n\r\n" + `{"AccountId":"AID-1"}`:                  true,
		head + "Transfer-Encoding: chunked\r\n\r\n15\r\n" + `{"AccountId":"AID-1"}`:    true,
		head + "\r\n" + `{"AccountId":"AID-1"}`:                                        true,
		head + "Content-Length: 99\r\n\r\n" + `{"AccountId":"AID-1"`:                   false,
		head + "Transfer-Encoding: chunked\r\n\r\n15\r\n" + `{"AccountId":"AID-1","A`:  false,
		head + "Content-Length: 99\r\n\r\n1":                                           false,
		head + "Content-Length: 99\r\n\r\n":                                            false,
		"HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"Message\":\"n": false,
	} {
		a, e := callRaw(t, answer)
		if !whole {
			require.NotNil(t, e, answer)
			require.Equal(t, Network, e.Kind, answer)
			continue
		}
		require.Nil(t, e, answer)
		var account Account
		require.NoError(t, a.Decode(&account))
		require.Equal(t, Text("AID-1"), account.AccountID)
	}
}

// Rule: what the transport says of an answer is a stranger's text as the answer is.
func TestWhatTheTransportSaysIsRedacted(t *testing.T) {
	for _, answer := range []string{
		"HTTP/1.1 tok-1234567 OK\r\n\r\n",
		"nonsense tok-1234567 \x1b[31m\r\n\r\n",
		"HTTP/1.1 200 OK\r\ntok-1234567 no header\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: tok-1234567\r\n\r\n",
	} {
		_, e := callRaw(t, answer)
		require.NotNil(t, e, answer)
		for _, said := range []string{e.Error(), e.Err.Error(), e.Exchange.Error} {
			require.Contains(t, said, text.Redacted, answer)
			require.NotContains(t, said, "1234567", answer)
			require.NotContains(t, said, "\x1b")
		}
	}
}

// Rule: a secret in a redirect is never shown in part.
func TestARedirectIsRedactedBeforeItIsCut(t *testing.T) {
	for _, path := range []string{strings.Repeat("x", 175), strings.Repeat("x", 400), ""} {
		_, e := callRaw(t, "HTTP/1.1 302 Found\r\nLocation: https://e.test/"+path+"tok%2d1234567?tok-1234567\r\nContent-Length: 0\r\n\r\n")
		require.NotNil(t, e)
		require.NotContains(t, e.Location, "tok")
		require.LessOrEqual(t, len([]rune(e.Location)), 201)
	}
}

// Rule: of a proxy that does not let a call through nothing is told but that, and
// the password for it is a secret from the beginning.
func TestAProxyIsNotQuoted(t *testing.T) {
	address := rawServer(t, "HTTP/1.1 407 hunter22-proxy dXNlcjpodW50ZXIyMi1wcm94eQ==\r\nContent-Length: 0\r\n\r\n")
	transport := newTransport(10 * time.Second)
	transport.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: address, User: url.UserPassword("user", "hunter22-proxy")})
	c := newTestClient(t, "https://telegent.invalid/v1.0", transport)
	_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("tok-1234567"), Watch{})
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, []any{NotConnected, ProxyFailed}, []any{e.Kind, e.Reason})
	require.ErrorContains(t, err, "the proxy answers HTTP 407")
	require.NotContains(t, err.Error(), "hunter22")
	require.Equal(t, "as "+text.Redacted+" said", c.Redactor().Redact("as dXNlcjpodW50ZXIyMi1wcm94eQ said"))
}

// Rule: what counts as this machine is called without a proxy, however it is
// written: a call to it may go without https.
func TestThisMachineIsCalledDirectly(t *testing.T) {
	for _, host := range []string{"localhost", "LOCALHOST", "localhost.", "LocalHost.:80", "127.0.0.1", "127.0.0.1.", "127.255.255.254:1", "[::1]", "[0:0:0:0:0:0:0:1]:80", "[::ffff:127.0.0.1]", "[::1%25lo]"} {
		u, err := url.Parse("http://" + host + "/v1.0")
		require.NoError(t, err)
		require.True(t, Loopback(u), host)
		address, err := proxy(&http.Request{URL: u})
		require.NoError(t, err)
		require.Nil(t, address, host)
	}
	for _, host := range []string{"localhost.example", "127.0.0.1.example", "128.0.0.1", "[::2]", "0.0.0.0", "local", ""} {
		require.False(t, Loopback(&url.URL{Host: host}), host)
	}
}

// Rule: a body that never ends is waited for no longer than the call may take; what is
// complete by then is the answer.
func TestABodyThatNeverEnds(t *testing.T) {
	for body, whole := range map[string]bool{`{"AccountId":"AID-1"}`: true, `{"Acc`: false} {
		t.Run(body, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				base, err := ParseBaseURL(testBase)
				require.NoError(t, err)
				c := New(Options{BaseURL: base, Timeout: time.Second, Transport: transport(func(r *http.Request) (*http.Response, error) {
					rest, more := io.Pipe()
					context.AfterFunc(r.Context(), func() { _ = more.CloseWithError(r.Context().Err()) })
					body := io.NopCloser(io.MultiReader(strings.NewReader(body), rest))
					return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: body, Request: r}, nil
				})})
				t.Cleanup(c.Close)
				began := time.Now()
				_, err = c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("tok-1234567"), Watch{})
				require.Equal(t, time.Second, time.Since(began))
				if whole {
					require.NoError(t, err)
					return
				}
				var e *Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, Timeout, e.Kind)
				require.True(t, e.Uncertain(), "it may have been carried out")
			})
		})
	}
}
