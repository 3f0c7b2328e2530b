package webhook_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/webhook"
)

const host = "hooks.customer.example"

var quiet = log.New(io.Discard, "", 0)

// addresses is a name server with one answer.
type addresses struct {
	all []string
	err error
}

func (a addresses) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	var all []netip.Addr
	for _, one := range a.all {
		all = append(all, netip.MustParseAddr(one))
	}
	return all, a.err
}

func route(t *testing.T, address string) webhook.Route {
	t.Helper()
	r, err := webhook.NewRoute(address, "", api.WebhookAuthentication{})
	require.NoError(t, err)
	return r
}

// checker sees host at a public address, where a server of this machine is.
func checker(t *testing.T, server net.Addr, roots *x509.CertPool) webhook.Checker {
	t.Helper()
	return webhook.Checker{
		Route: route(t, "https://"+host+"/messages"), Roots: roots, Now: func() time.Time { return now },
		Resolver: addresses{all: []string{"93.184.216.34"}},
		Proxy:    func(*http.Request) (*url.URL, error) { return nil, nil },
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			if server == nil || address != "93.184.216.34:443" {
				return nil, &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
			}
			return (&net.Dialer{}).DialContext(ctx, network, server.String())
		},
	}
}

// run gives all findings, and the last.
func run(t *testing.T, c webhook.Checker, agree func() bool) (all []webhook.Finding, last webhook.Finding, verdict webhook.Verdict) {
	t.Helper()
	verdict, err := c.Run(t.Context(), agree, func(f webhook.Finding) { all = append(all, f) })
	require.NoError(t, err)
	require.NotEmpty(t, all)
	for _, f := range all {
		require.NotEmpty(t, f.Say)
	}
	return all, all[len(all)-1], verdict
}

func yes() bool { return true }

// Rule: a webhook that works has every check in order, and nothing but the
// handshake goes out before the person agreed.
func TestGoodWebhook(t *testing.T) {
	root := (*issuer)(nil).authority(t, "Root")
	middle := root.authority(t, "Middle")
	var calls atomic.Int32
	server := serveTLS(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }), middle.server(t), middle)
	c := checker(t, server, pool(root))
	all, last, verdict := run(t, c, func() bool {
		require.Zero(t, calls.Load())
		return false
	})
	require.Equal(t, webhook.Works, verdict)
	require.Zero(t, calls.Load())
	require.Equal(t, "not-sent", last.Issue)
	var names []string
	for _, f := range all {
		names = append(names, f.Check)
	}
	require.Equal(t, []string{"name", "connection", "certificate", "sample"}, names)
	require.Contains(t, all[1].Say, "reachable from here")
	require.Contains(t, all[2].Say, "60 days left")

	_, last, verdict = run(t, c, yes)
	require.Equal(t, webhook.Works, verdict)
	require.Empty(t, last.Issue)
	require.EqualValues(t, 1, calls.Load())
}

// Rule: each cause about a certificate has an issue and a sentence of its own.
func TestCertificates(t *testing.T) {
	root := (*issuer)(nil).authority(t, "Root")
	middle := root.authority(t, "Middle")
	ended := func(c *x509.Certificate) { c.NotAfter = now.Add(-10 * day) }
	other := func(c *x509.Certificate) { c.DNSNames = []string{"other.example"} }
	oldMiddle := root.issue(t, "Middle of old", func(c *x509.Certificate) { c.IsCA, c.NotAfter = true, now.Add(-day) })
	stranger := (*issuer)(nil).authority(t, "Company Root")
	for name, tc := range map[string]struct {
		chain   []*issuer
		issue   string
		say     string
		verdict webhook.Verdict
	}{
		"expired":               {[]*issuer{middle.server(t, ended), middle}, "expired", "expired on 2026-05-22, 10 days ago", webhook.WouldNotWork},
		"not valid yet":         {[]*issuer{root.server(t, func(c *x509.Certificate) { c.NotBefore = now.Add(day) })}, "not-yet-valid", "from 2026-06-02 on", webhook.WouldNotWork},
		"wrong host":            {[]*issuer{root.server(t, other)}, "wrong-host", "not for " + host + ", but for other.example", webhook.WouldNotWork},
		"self-signed":           {[]*issuer{(*issuer)(nil).server(t)}, "self-signed", "self-signed", webhook.WouldNotWork},
		"missing intermediate":  {[]*issuer{middle.server(t)}, "missing-intermediate", "with the certificate of Middle in it", webhook.WouldNotWork},
		"wrong intermediate":    {[]*issuer{middle.server(t), root.authority(t, "Other")}, "missing-intermediate", "fullchain.pem", webhook.WouldNotWork},
		"expired intermediate":  {[]*issuer{oldMiddle.server(t), oldMiddle}, "expired-intermediate", "Middle of old", webhook.WouldNotWork},
		"unknown authority":     {[]*issuer{stranger.server(t), stranger}, "unknown-authority", "Company Root", webhook.WouldNotWork},
		"not for servers":       {[]*issuer{root.server(t, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} })}, "unfit-certificate", "not made for a web server", webhook.WouldNotWork},
		"expires soon":          {[]*issuer{root.server(t, func(c *x509.Certificate) { c.NotAfter = now.Add(36 * time.Hour) })}, "expires-soon", "1 day left (until 2026-06-03)", webhook.Works},
		"expired and no middle": {[]*issuer{middle.server(t, ended)}, "expired", "An intermediate certificate is missing", webhook.WouldNotWork},
		"root sent, too":        {[]*issuer{middle.server(t), middle, root}, "", "60 days left", webhook.Works},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := serveTLS(t, http.NotFoundHandler(), tc.chain...)
			all, _, verdict := run(t, checker(t, server, pool(root)), nil)
			f := all[2]
			require.Equal(t, "certificate", f.Check)
			require.Equal(t, tc.issue, f.Issue, f.Say)
			require.Contains(t, f.Say, tc.say)
			require.Equal(t, tc.verdict, verdict)
		})
	}
}

// Rule: what a server answers to the sample has a sentence for each cause, and
// the call is the one of the route.
func TestSampleAnswers(t *testing.T) {
	answer := func(status int, headers ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i+1 < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(status)
		}
	}
	for name, tc := range map[string]struct {
		handler    http.HandlerFunc
		issue, say string
	}{
		"taken":                  {answer(204), "", "answered 204"},
		"redirect":               {answer(308, "Location", "/new?key=s3cret"), "redirect", "/new?key=[redacted]"},
		"redirect to nowhere":    {answer(302), "redirect", "to nowhere"},
		"hostile redirect":       {answer(301, "Location", "https://a.example/\u202ex"), "redirect", "https://a.example/%E2%80%AEx"},
		"401":                    {answer(401), "unauthorized", "none was sent"},
		"403":                    {answer(403), "forbidden", "firewall"},
		"404":                    {answer(404), "not-found", "Check the path"},
		"405":                    {answer(405), "method-not-allowed", "does not take POST"},
		"405 that says what for": {answer(405, "Allow", "GET, PUT"), "method-not-allowed", "but GET, PUT"},
		"500":                    {answer(500), "server-error", "Look at its log"},
		"502":                    {answer(502), "server-error", "502 (Bad Gateway)"},
		"400":                    {answer(400), "refused", "400 (Bad Request)"},
		"cut":                    {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "no-answer", "cut without an answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewUnstartedServer(tc.handler)
			server.Config.ErrorLog = quiet
			server.Start()
			t.Cleanup(server.Close)
			all, last, verdict := run(t, webhook.Checker{Route: route(t, server.URL+"/messages")}, yes)
			require.Equal(t, "this-machine", all[0].Issue)
			require.Contains(t, all[0].Say, "sandbox only")
			require.Equal(t, "sample", last.Check)
			require.Equal(t, tc.issue, last.Issue, last.Say)
			require.Contains(t, last.Say, tc.say)
			require.Equal(t, tc.issue == "", verdict == webhook.Works)
			require.NotEqual(t, webhook.NotReachable, verdict)
		})
	}
}

// Rule: an answer after 2 s is too slow, whatever it is.
func TestSlowAnswers(t *testing.T) {
	r := route(t, "https://"+host)
	f := webhook.Judge(r, webhook.Reply{Status: 200, Took: 2100 * time.Millisecond}, nil)
	require.Equal(t, "slow", f.Issue)
	require.Contains(t, f.Say, "after 2.1 s")
	require.Equal(t, webhook.Works, webhook.Judge(r, webhook.Reply{Status: 200, Took: 2 * time.Second}, nil).Verdict)
	f = webhook.Judge(r, webhook.Reply{}, &webhook.Error{Connected: true, Err: context.DeadlineExceeded})
	require.Equal(t, "slow", f.Issue)
	require.Contains(t, f.Say, "not answered in time")
}

// Rule: what is in the way before a connection has a sentence for each cause,
// and nothing is dialled that the service could not call.
func TestAddresses(t *testing.T) {
	for name, tc := range map[string]struct {
		url     string
		names   addresses
		issue   string
		say     string
		verdict webhook.Verdict
	}{
		"private":               {"", addresses{all: []string{"10.1.2.3"}}, "private-address", "10.1.2.3", webhook.WouldNotWork},
		"private beside public": {"", addresses{all: []string{"93.184.216.34", "192.168.0.7"}}, "private-address", "192.168.0.7", webhook.WouldNotWork},
		"private IPv6":          {"", addresses{all: []string{"fd12::1"}}, "private-address", "fd12::1", webhook.WouldNotWork},
		"mapped":                {"", addresses{all: []string{"::ffff:172.16.0.1"}}, "private-address", "172.16.0.1", webhook.WouldNotWork},
		"translated":            {"", addresses{all: []string{"64:ff9b::a01:203"}}, "private-address", "10.1.2.3", webhook.WouldNotWork},
		"link-local":            {"https://169.254.169.254/", addresses{}, "private-address", "169.254.169.254", webhook.WouldNotWork},
		"carrier-grade":         {"https://100.64.9.9/", addresses{}, "carrier-grade-address", "carrier", webhook.WouldNotWork},
		"last carrier-grade":    {"https://100.127.255.255/", addresses{}, "carrier-grade-address", "carrier", webhook.WouldNotWork},
		"a name of loopback":    {"", addresses{all: []string{"127.0.0.1"}}, "loopback-address", "127.0.0.1", webhook.WouldNotWork},
		"documentation":         {"https://203.0.113.7/", addresses{}, "reserved-address", "reserved", webhook.WouldNotWork},
		"no such name":          {"", addresses{err: &net.DNSError{IsNotFound: true}}, "no-such-name", "Check the spelling", webhook.NotReachable},
		"no name server":        {"", addresses{err: &net.DNSError{IsTimeout: true}}, "name-lookup-failed", "network of this machine", webhook.NotReachable},
		"no address":            {"", addresses{}, "no-such-name", host, webhook.NotReachable},
		"http":                  {"http://" + host, addresses{}, "not-https", "https only", webhook.WouldNotWork},
	} {
		t.Run(name, func(t *testing.T) {
			c := checker(t, nil, nil)
			c.Resolver = tc.names
			c.Dial = func(_ context.Context, _, address string) (net.Conn, error) {
				t.Errorf("dialled %s", address)
				return nil, io.EOF
			}
			if tc.url != "" {
				c.Route = route(t, tc.url)
			}
			_, last, verdict := run(t, c, yes)
			require.Equal(t, tc.issue, last.Issue, last.Say)
			require.Contains(t, last.Say, tc.say)
			require.Equal(t, tc.verdict, verdict)
		})
	}
}

// Rule: a connection that cannot be made says why, and is "not reachable".
func TestUnreachable(t *testing.T) {
	for issue, err := range map[string]error{
		"refused-port":    &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED},
		"connect-timeout": &net.OpError{Op: "dial", Err: context.DeadlineExceeded},
		"unreachable":     &net.OpError{Op: "dial", Err: errors.New("network is down")},
	} {
		c := checker(t, nil, nil)
		c.Resolver = addresses{all: []string{"93.184.216.34", "2606:2800:21f::1"}}
		dialled := 0
		c.Dial = func(context.Context, string, string) (net.Conn, error) {
			dialled++
			return nil, err
		}
		_, last, verdict := run(t, c, yes)
		require.Equal(t, issue, last.Issue)
		require.Contains(t, last.Say, host+":443")
		require.Equal(t, webhook.NotReachable, verdict)
		require.Equal(t, 2, dialled)
	}
}

// Rule: a port that speaks no TLS is told apart from one that speaks it badly.
func TestNoTLS(t *testing.T) {
	web := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(web.Close)
	_, last, verdict := run(t, checker(t, web.Listener.Addr(), nil), yes)
	require.Equal(t, "no-tls", last.Issue, last.Say)
	require.Equal(t, webhook.WouldNotWork, verdict)

	c := checker(t, nil, nil)
	c.Dial = func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		go func() { // Reads the greeting and hangs up.
			_, _ = far.Read(make([]byte, 4096))
			_ = far.Close()
		}()
		return near, nil
	}
	_, last, verdict = run(t, c, yes)
	require.Equal(t, "handshake-failed", last.Issue, last.Say)
	require.Equal(t, webhook.WouldNotWork, verdict)
}

// Rule: a proxy and a tunnel's name are worth a note, and stand in no way.
func TestSurroundings(t *testing.T) {
	root := (*issuer)(nil).authority(t, "Root")
	named := func(c *x509.Certificate) { c.DNSNames = []string{"*.trycloudflare.com"} }
	c := checker(t, serveTLS(t, http.NotFoundHandler(), root.server(t, named)), pool(root))
	c.Route = route(t, "https://Some-Words.trycloudflare.com/")
	c.Proxy = func(r *http.Request) (*url.URL, error) {
		require.Equal(t, "https", r.URL.Scheme)
		return url.Parse("http://user:s3cret@proxy.example:3128")
	}
	all, _, verdict := run(t, c, nil)
	require.Equal(t, webhook.Works, verdict)
	require.Equal(t, "proxy", all[1].Check)
	require.Contains(t, all[1].Say, "through a proxy proxy.example:3128 ")
	require.NotContains(t, all[1].Say, "s3cret")
	require.Equal(t, "throw-away-name", all[2].Issue)
}

// Rule: the text of a look is a line a finding, and its JSON an object a check.
func TestWriteFindings(t *testing.T) {
	var text, lines bytes.Buffer
	for _, f := range []webhook.Finding{
		{Check: "name", Say: "It is public."},
		{Check: "tunnel", Issue: "throw-away-name", Say: "A <tunnel>."},
		{Check: "sample", Issue: "slow", Say: "Too slow.", Verdict: webhook.WouldNotWork},
	} {
		require.NoError(t, webhook.WriteFinding(&text, f))
		require.NoError(t, webhook.WriteFindingJSON(&lines, f))
	}
	require.NoError(t, webhook.WriteVerdictJSON(&lines, webhook.WouldNotWork))
	require.NoError(t, webhook.WriteVerdictJSON(&lines, webhook.NotReachable))
	require.NoError(t, webhook.WriteVerdictJSON(&lines, webhook.Works))
	require.Equal(t, "ok    name         It is public.\nnote  tunnel       A <tunnel>.\nFAIL  sample       Too slow.\n", text.String())
	require.Equal(t, strings.Join([]string{
		`{"event":"check","check":"name","ok":true,"say":"It is public."}`,
		`{"event":"check","check":"tunnel","ok":true,"issue":"throw-away-name","say":"A <tunnel>."}`,
		`{"event":"check","check":"sample","ok":false,"issue":"slow","say":"Too slow."}`,
		`{"event":"end","exit":4}`, `{"event":"end","exit":5}`, `{"event":"end","exit":0}`, "",
	}, "\n"), lines.String())
}

// Rule: a look that is interrupted ends with the interruption.
func TestInterruptedLook(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := checker(t, nil, nil)
	c.Dial = func(context.Context, string, string) (net.Conn, error) {
		cancel()
		return nil, ctx.Err()
	}
	var told []string
	_, err := c.Run(ctx, yes, func(f webhook.Finding) { told = append(told, f.Check) })
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, []string{"name"}, told)
}
