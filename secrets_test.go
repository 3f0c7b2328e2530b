//go:build !race

package main

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
)

// The secrets of these tests are awkward on purpose. Each has a mark that no
// encoding but base64 changes, so that a part of it is found too.
const (
	secretOfAccount = `s"e'c-LEAK1-ü✓%41&=+/\<x>`
	secretOfPerson  = `pä'ss"LEAK2 %22\u0041{}$HOME`
	secretToken     = `t0"k'en-LEAK3/+%2B==`
	secretOfHook    = `bea'rer"LEAK4\&%c3%bc`
	userOfHook      = `https://us%40er:p'a%22ss-LEAK5;x@hook.example/in?`
	queryOfHook     = `key=it's-LEAK6%27&b=LEAK6&bare-LEAK6`
)

// echo answers as a service that repeats all that it should not, in its errors
// and beside the IDs that it gives out.
type echo struct {
	t       *testing.T
	edition api.Edition
	refused string // The path of the call that is refused.
	next    http.Handler
}

// ServeHTTP implements http.Handler.
func (e echo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	write := func(status int, v any) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Request-Id", "id "+url.QueryEscape(secretOfAccount))
		w.WriteHeader(status)
		require.NoError(e.t, json.NewEncoder(w).Encode(v))
	}
	switch {
	case strings.Contains(r.URL.Path, "oauth"):
		write(200, map[string]any{"token": secretToken, "tokenExpiry": "05/02/2099 06:36:13 PM", "you": secretOfAccount})
	case strings.HasSuffix(r.URL.Path, e.refused):
		write(400, map[string]any{
			"Message": strings.Join(echoes(e.edition), " "), "Token": secretToken, "password": secretOfPerson,
			"TransactionLogId": "TL-" + secretOfPerson, "seen": userOfHook + queryOfHook, "list": echoes(e.edition),
		})
	case strings.Contains(r.URL.Path, "/account"):
		write(200, map[string]any{"AccountId": "AID-1", "note": echoes(e.edition)})
	default:
		e.next.ServeHTTP(w, r)
	}
}

// echoes are the secrets in all the ways in which a service may write them.
func echoes(edition api.Edition) []string {
	all := []string{"route " + userOfHook + queryOfHook + " is bad"}
	secrets := []string{secretOfAccount, secretOfPerson, secretToken}
	if edition == api.Edition2026 {
		secrets = append(secrets, secretOfHook)
	}
	for _, s := range secrets {
		quoted, _ := json.Marshal(s)
		twice, _ := json.Marshal(string(quoted))
		each := func(format string) string {
			var b strings.Builder
			for _, c := range []byte(s) {
				fmt.Fprintf(&b, format, c)
			}
			return b.String()
		}
		codes := ""
		for _, unit := range utf16.Encode([]rune(s)) {
			codes += fmt.Sprintf(`\u%04X`, unit)
		}
		inCodes, _ := json.Marshal(codes)
		all = append(all, codes, strings.ToLower(codes), string(inCodes), each("%%%02x"), each("%%%02X"), each("=%02X"), html.EscapeString(s),
			each("%02x"), each("%02X"), base64.StdEncoding.EncodeToString([]byte("a longer text, "+s+", that goes on")))
		all = append(all, s, string(quoted), string(twice), url.QueryEscape(s), url.PathEscape(s), lowerHex(url.QueryEscape(s)),
			base64.StdEncoding.EncodeToString([]byte(s)), base64.URLEncoding.EncodeToString([]byte("user:"+s)), base64.RawStdEncoding.EncodeToString([]byte("us:"+s)))
	}
	return all
}

// lowerHex writes percent escapes in lower case.
func lowerHex(s string) string {
	return regexp.MustCompile(`%[0-9A-F]{2}`).ReplaceAllStringFunc(s, strings.ToLower)
}

// requireSafe holds that a text holds none of the secrets, in whatever form.
func requireSafe(t *testing.T, name, text string, marks ...string) {
	t.Helper()
	for _, mark := range append(marks, "LEAK1", "LEAK2", "LEAK3", "LEAK4", "LEAK5") {
		at := strings.Index(text, mark)
		require.Equal(t, -1, at, "%s holds %s: %s", name, mark, text[max(0, at-80):max(0, min(len(text), at+60))])
	}
	for _, s := range []string{secretOfAccount, secretOfPerson, secretToken, secretOfHook} {
		hexed := hex.EncodeToString([]byte(s))
		require.NotContains(t, strings.ToLower(text), hexed[8:len(hexed)-8], name)
		for shift := range 3 {
			for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
				coded := enc.EncodeToString([]byte(strings.Repeat("x", shift) + s))
				require.NotContains(t, text, coded[4:len(coded)-4], name)
			}
		}
	}
}

func awkwardAnswers(edition api.Edition) string {
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	route := fmt.Sprintf("message-route: {RouteName: R, RouteUrl: %s}\n", quote(userOfHook+queryOfHook))
	if edition == api.Edition2026 {
		route = fmt.Sprintf("message-route: {RouteName: R, MessageUrl: %s, MessageAuthenticationType: Bearer, MessagePasswordToken: %s}\n", quote(userOfHook+queryOfHook), quote(secretOfHook))
	}
	lines := strings.Split(allAnswers(edition), "\n")
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, "message-route:"):
			lines[i] = strings.TrimSpace(route)
		case strings.HasPrefix(line, "provision:") && edition == api.Edition2026:
			lines[i] = "provision: {AreaCode: 801, ProductType: Sms-Only, ICCID: 8901260-LEAK6}"
		}
	}
	return strings.Join(lines, "\n")
}

// Rule: a secret reaches the service and nothing else, however awkward it is
// and whatever the service makes of it.
func TestNoSecretLeavesTheProgram(t *testing.T) {
	t.Parallel()
	for _, edition := range api.Editions() {
		for _, refused := range []string{"/message/routes", "/subscribers/create", "/numbers/provision", "nowhere"} {
			t.Run(fmt.Sprint(edition, refused), func(t *testing.T) {
				t.Parallel()
				service := &service{answers: rote()}
				server := httptest.NewServer(echo{t, edition, refused, service})
				defer server.Close()
				c := newCustomer(t, edition, server.URL+"/v1.0")
				c.env = append(c.env, "TELEGENT_ACCOUNT_SECRET="+secretOfAccount, "TELEGENT_SUBSCRIBER_PASSWORD="+secretOfPerson,
					"HTTPS_PROXY=http://proxy:LEAK1@127.0.0.1:1")
				c.write("answers.yaml", awkwardAnswers(edition))
				want := 4
				if refused == "nowhere" {
					want = 0
				}
				runs := []said{c.run(c.setUp()), c.run(c.setUp("--json=false"))}
				require.Equal(t, want, runs[0].exit, "%s%s", runs[0].out, runs[0].err)
				c.env = without(c.env, "TELEGENT_ACCOUNT_SECRET", "TELEGENT_SUBSCRIBER_PASSWORD") // A report knows no secret.
				c.requireNoLeak(runs)
			})
		}
	}
}

// Rule: of a proxy's password nothing is told, not even when it is in the way.
func TestNoSecretOfAProxyLeavesTheProgram(t *testing.T) {
	t.Parallel()
	for name, proxy := range map[string]string{
		"refused":    "http://user:p%27a-LEAK1@127.0.0.1:1",
		"no URL":     "http://us er:p a-LEAK1@127.0.0.1:1",
		"bad escape": "http://user:p%ZZ-LEAK1@127.0.0.1:1",
		"bad port":   "http://user:p/a-LEAK1@127.0.0.1:x",
		"answers":    "http://user:pa-LEAK1@" + answersBytes(t, "HTTP/1.1 407 pa-LEAK1 dXNlcjpwYS1MRUFLMQ==\r\nProxy-Authenticate: Basic realm=\"pa-LEAK1\"\r\nContent-Length: 8\r\n\r\npa-LEAK1"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCustomer(t, api.Edition2025, "https://telegent.invalid/v1.0")
			c.env = append(c.env, "HTTPS_PROXY="+proxy)
			run := c.run(c.setUp())
			require.Equal(t, 5, run.exit, "%s%s", run.out, run.err)
			c.requireNoLeak([]said{run})
		})
	}
}

// Rule: a call to this machine may go without https, and so through no proxy, however
// the name of this machine is written.
func TestACallToThisMachineMeetsNoProxy(t *testing.T) {
	for _, host := range []string{"LOCALHOST", "localhost.", "127.0.0.1.", "127.0.0.1"} {
		t.Run(host, func(t *testing.T) {
			t.Parallel()
			var met atomic.Int32
			proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { met.Add(1) }))
			defer proxy.Close()
			server := httptest.NewServer(&service{answers: rote()})
			defer server.Close()
			_, port, err := net.SplitHostPort(server.Listener.Addr().String())
			require.NoError(t, err)
			c := newCustomer(t, api.Edition2025, "http://"+host+":"+port+"/v1.0")
			c.env = append(c.env, "HTTP_PROXY="+proxy.URL, "HTTPS_PROXY="+proxy.URL)
			run := c.run(c.setUp("--timeout", "2s"))
			require.Contains(t, []int{0, 5}, run.exit, run.err) // A name may not resolve here.
			require.Zero(t, met.Load())
		})
	}
}

func without(env []string, names ...string) []string {
	var kept []string
	for _, v := range env {
		name, _, _ := strings.Cut(v, "=")
		if !strings.Contains(" "+strings.Join(names, " ")+" ", " "+name+" ") {
			kept = append(kept, v)
		}
	}
	return kept
}

// requireNoLeak looks for secrets in all that the program said and wrote, and in
// what its other commands make of that.
func (c *customer) requireNoLeak(runs []said) {
	c.t.Helper()
	for _, args := range [][]string{
		{"status", "--state", c.path()}, {"status", "--json", "--state", c.path()}, {"status", "--print-answers", "--state", c.path()},
		{"export", "--state", c.path()}, {"export", "--format", "json", "--state", c.path()},
		{"report", "-o", "report.json", "--state", c.path()}, {"report", "-o", "-", "--state", c.path()},
		{"replay", "report.json", "--no-input", "--json"}, {"replay", "report.json", "--run", "1"},
	} {
		run := c.run(c.command(args...))
		require.Contains(c.t, []int{0, 4, 5}, run.exit, "%s: %s", args, run.err)
		if args[0] == "report" || args[0] == "replay" {
			requireSafe(c.t, strings.Join(args, " "), run.out+run.err, "LEAK6")
		}
		runs = append(runs, run)
	}
	for _, run := range runs {
		requireSafe(c.t, "output", run.out+run.err)
	}
	for _, name := range append(c.beside(), "../report.json") {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(c.path()), name))
		require.NoError(c.t, err)
		requireSafe(c.t, name, string(data))
		if name != "state.json" { // A query is part of an answer, which is kept.
			requireSafe(c.t, name, string(data), "LEAK6")
		}
	}
}

// Rule: a key or secret that could not be sent as it is, is refused with its name,
// wherever it was given, and nothing is sent.
func TestASecretThatCannotBeSentAsItIs(t *testing.T) {
	t.Parallel()
	for name, odd := range map[string]string{"Latin-1": "p\xe4ss-LEAK1", "a line break": "pass-LEAK1\n", "an escape": "pa\x1b[31mss-LEAK1", "DEL": "pass\x7f-LEAK1"} {
		for variable, key := range map[string]string{
			"TELEGENT_ACCOUNT_KEY": "AccountKey", "TELEGENT_ACCOUNT_SECRET": "AccountSecret", "TELEGENT_SUBSCRIBER_PASSWORD": "Password",
		} {
			t.Run(name+" as "+key, func(t *testing.T) {
				t.Parallel()
				l := newLedger(t, api.Edition2025)
				c := newCustomer(t, api.Edition2025, l.url)
				c.env = append(c.env, variable+"="+odd)
				for _, said := range []said{c.ends(2), c.ends(2, "--json=false")} {
					require.Contains(t, said.err, key)
					require.Contains(t, said.err, variable)
					require.NotContains(t, said.out+said.err, "LEAK1")
					require.NotContains(t, said.out+said.err, "\x1b")
				}
				require.Contains(t, c.ends(2).out, `"key":"`+key+`","problem":"invalid"`)
				require.Empty(t, l.seen())
			})
		}
	}
	for name, line := range map[string]string{
		"AccountKey in the file":           `authenticate: {AccountKey: "a\x07b-LEAK1"}`,
		"AccountSecret in the file":        `authenticate: {AccountKey: sandbox-key, AccountSecret: "a\tb-LEAK1"}`,
		"MessagePasswordToken in the file": `message-route: {MessageAuthenticationType: Bearer, MessagePasswordToken: "a\u009bb-LEAK1"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLedger(t, api.Edition2026)
			c := newCustomer(t, api.Edition2026, l.url)
			c.env = without(c.env, "TELEGENT_ACCOUNT_SECRET")
			got := c.ends(2, "--answers", c.write("odd.yaml", line))
			key, _, _ := strings.Cut(name, " ")
			require.Regexp(t, key+` (is|holds)`, strings.ReplaceAll(got.err, ": ", " "))
			require.NotContains(t, got.out+got.err, "LEAK1")
			require.Empty(t, l.seen())
		})
	}
}

// answersBytes is the address of a server that answers every request with these
// bytes, and keeps the connection open.
func answersBytes(t *testing.T, answers ...string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	serve := func(conn net.Conn) {
		defer func() { _ = conn.Close() }()
		requests := bufio.NewReader(conn)
		for {
			r, err := http.ReadRequest(requests)
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, r.Body)
			answer := answers[0]
			if len(answers) > 1 && !strings.Contains(r.URL.Path, "oauth") {
				answer = answers[1]
			}
			if _, err := io.WriteString(conn, answer); err != nil {
				return
			}
		}
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go serve(conn)
		}
	}()
	return listener.Addr().String()
}

// Rule: what is no part of an answer's body is a stranger's text too: of a token or
// secret in a status line, a header, a redirect, or behind the answer nothing is left.
func TestNoSecretComesBackAroundAnAnswer(t *testing.T) {
	t.Parallel()
	const secret, token = "s3cret-LEAK1", "t0ken-LEAK3"
	signedIn := "HTTP/1.1 200 OK\r\nContent-Length: 62\r\n\r\n" + `{"token":"` + token + `","tokenExpiry":"05/02/2099 06:36:13 PM"}`
	for name, x := range map[string]struct {
		answers []string
		exit    int
	}{
		"a redirect":            {[]string{signedIn, "HTTP/1.1 302 Found\r\nLocation: https://e.test/" + strings.Repeat("x", 180) + token + "?a=" + secret + "\r\nContent-Length: 0\r\n\r\n"}, 4},
		"a redirect to sign in": {[]string{"HTTP/1.1 307 Go\r\nLocation: https://e.test/" + strings.Repeat("y", 185) + secret + "\r\nContent-Length: 0\r\n\r\n"}, 4},
		"a status line":         {[]string{signedIn, "HTTP/1.1 " + token + " no\r\n\r\n"}, 5},
		"no HTTP at all":        {[]string{signedIn, token + " " + secret + "\r\n\r\n"}, 5},
		"a broken header":       {[]string{signedIn, "HTTP/1.1 200 OK\r\n" + token + " no header\r\n\r\n"}, 5},
		"the status 000":        {[]string{signedIn, "HTTP/1.1 000 " + token + "\r\nContent-Length: 2\r\n\r\n{}"}, 5},
		"the status 101":        {[]string{signedIn, "HTTP/1.1 101 " + token + "\r\nConnection: upgrade\r\nUpgrade: " + token + "\r\n\r\n"}, 5},
		"behind the answer":     {[]string{signedIn + token + " " + secret, "HTTP/1.1 400 Bad\r\nContent-Length: 2\r\n\r\n{}" + token}, 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, signedIn, fmt.Sprintf("Content-Length: %d\r\n", len(signedIn)-strings.Index(signedIn, "{")))
			c := newCustomer(t, api.Edition2025, "http://"+answersBytes(t, x.answers...)+"/v1.0")
			c.env = append(c.env, "TELEGENT_ACCOUNT_SECRET="+secret)
			run := c.run(c.setUp())
			require.Equal(t, x.exit, run.exit, "%s%s", run.out, run.err)
			require.NotContains(t, run.err, "nsolicited")
			c.env = without(c.env, "TELEGENT_ACCOUNT_SECRET")
			c.requireNoLeak([]said{run})
		})
	}
}

// Rule: a secret of one to three characters is redacted where it stands as a word, and
// breaks no ID that happens to hold it.
func TestAVeryShortSecretIsAWord(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"7", "q7", "q7x"} {
		t.Run(secret, func(t *testing.T) {
			t.Parallel()
			service := &service{answers: rote()}
			service.answers["/v1.0/accounts/create"] = []reply{{200, `{"AccountId":"AID-q7x7-` + secret + `0"}`}}
			service.answers["/v1.0/message/routes"] = []reply{{400, `{"Message":"The secret <` + secret + `> is wrong, ` + secret + `."}`}}
			server := httptest.NewServer(service)
			defer server.Close()
			c := newCustomer(t, api.Edition2025, server.URL+"/v1.0")
			c.env = append(c.env, "TELEGENT_ACCOUNT_SECRET="+secret)
			run := c.ends(4)
			require.Contains(t, run.out, "The secret <[redacted]> is wrong, [redacted].")
			require.Equal(t, "AID-q7x7-"+secret+"0", c.ids()["AccountId"])
			for _, name := range c.beside() {
				data, err := os.ReadFile(filepath.Join(filepath.Dir(c.path()), name))
				require.NoError(t, err)
				require.NotContains(t, string(data), "<"+secret+">", name)
				require.NotContains(t, string(data), `\u003c`+secret, name)
			}
		})
	}
}
