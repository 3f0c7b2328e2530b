package sandbox_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/api/sandbox/sandboxtest"
)

// called is a call of a webhook.
type called struct {
	after                time.Duration // Since the first was sent.
	method, url          string
	authorization, agent string
	fields               map[string]any
}

// receiver takes the calls of webhooks, and answers them with these statuses
// and then with 200.
type receiver struct {
	start time.Time

	mu      sync.Mutex // Guards what follows.
	answers []int
	calls   []called
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	c := called{
		after: time.Since(r.start), method: q.Method, url: "http://" + q.Host + q.URL.Path,
		authorization: q.Header.Get("Authorization"), agent: q.Header.Get("User-Agent"), fields: map[string]any{},
	}
	if q.Method == http.MethodPost {
		text, _ := io.ReadAll(q.Body)
		_ = json.Unmarshal(text, &c.fields)
	} else {
		for key := range q.URL.Query() {
			c.fields[key] = q.URL.Query().Get(key)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls = append(r.calls, c)
	if len(r.answers) > 0 {
		w.Header().Set("Location", "http://127.0.0.1:1/elsewhere")
		w.WriteHeader(r.answers[0])
		r.answers = r.answers[1:]
	}
}

// sent sends a message over a route as told, waits for all that follows, and
// gives the message's ID and the calls.
func sent(t *testing.T, o sandbox.Options, route change, answers ...int) (id string, calls []called) {
	t.Helper()
	r := &receiver{answers: answers}
	o.Webhooks = sandboxtest.Transport{Handler: r}
	_, c := open(t, o)
	c.walk("account")
	require.Equal(t, 200, c.step("message-route", route).status)
	for _, one := range []string{"voice-route", "provision"} {
		require.Equal(t, 200, c.step(one, nil).status)
	}
	if o.Edition == edition2026 {
		c.follow()
	}
	r.start = time.Now()
	id = c.sendAgain()
	time.Sleep(time.Minute)
	synctest.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	return id, r.calls
}

const hook = "http://127.0.0.1:8788/in"

// Rule: the webhook gets the delivery report when the message is delivered,
// and half a second later the answer; in edition 2025-12 in one place.
func TestWebhooksOf2025(t *testing.T) {
	for _, method := range []string{"POST", "GET"} {
		synctest.Test(t, func(t *testing.T) {
			id, calls := sent(t, sandbox.Options{}, change{"RouteUrl": hook + "?key=5", "RouteType": method})
			require.Len(t, calls, 2)
			report, answer := calls[0], calls[1]
			require.Equal(t, 1200*time.Millisecond, report.after)
			require.Equal(t, 1700*time.Millisecond, answer.after)
			for _, c := range calls {
				require.Equal(t, method, c.method)
				require.Equal(t, hook, c.url)
				require.Empty(t, c.authorization)
				if method == "GET" {
					require.Equal(t, "5", c.fields["key"])
					delete(c.fields, "key")
				}
				require.NotEmpty(t, c.fields["Timestamp"])
				delete(c.fields, "Timestamp")
			}
			require.Equal(t, change{"MessageId": id, "Status": "Delivered"}, report.fields)
			require.Regexp(t, "^TMID-", answer.fields["MessageId"])
			require.NotEqual(t, id, answer.fields["MessageId"])
			require.Equal(t, "+13105559999", answer.fields["From"])
			require.Equal(t, guideNumber, answer.fields["To"])
			require.Equal(t, "Inbound", answer.fields["Direction"])
			require.NotEmpty(t, answer.fields["Text"])
		})
	}
}

// Rule: in edition 2026-04 the report goes to the callback URL, each call with
// the method and the authentication of its own.
func TestWebhooksOf2026(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		id, calls := sent(t, sandbox.Options{Edition: edition2026}, change{
			"MessageUrl": hook, "CallbackMessageUrl": "http://localhost:8788/reports", "CallbackMessageUrlMethod": "GET",
		})
		require.Len(t, calls, 2)
		require.Equal(t, "GET", calls[0].method)
		require.Equal(t, "http://localhost:8788/reports", calls[0].url)
		require.Equal(t, "Bearer webhook-password-2", calls[0].authorization)
		require.Equal(t, id, calls[0].fields["MessageId"])

		require.Equal(t, "POST", calls[1].method)
		basic := &http.Request{Header: http.Header{"Authorization": {calls[1].authorization}}}
		user, password, ok := basic.BasicAuth()
		require.True(t, ok)
		require.Equal(t, []string{"telegent", "webhook-password"}, []string{user, password})
		require.ElementsMatch(t, []string{"Message_ID", "Owner", "To", "From", "Message_Body", "Segment"}, outer(calls[1].fields))
		require.Equal(t, "+13105559999", calls[1].fields["From"])
		require.Equal(t, calls[1].fields["Owner"], calls[1].fields["To"])
	})
}

// Rule: user info in a URL is how the webhook is called.
func TestWebhooksWithUserInfo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, calls := sent(t, sandbox.Options{}, change{"RouteUrl": strings.Replace(hook, "//", "//me:url-password@", 1)})
		require.Len(t, calls, 2)
		require.Equal(t, "Basic bWU6dXJsLXBhc3N3b3Jk", calls[0].authorization)
	})
}

// Rule: a call is tried 3 times in all, until it is answered 2xx; a redirect
// is not followed.
func TestWebhooksAreTriedThreeTimes(t *testing.T) {
	for _, tc := range []struct {
		answers []int
		after   []time.Duration
	}{
		{[]int{500}, []time.Duration{1200, 1700, 2200}},
		{[]int{302, 302, 302, 302, 302, 302}, []time.Duration{1200, 1700, 2200, 2700, 3200, 3700}},
		{[]int{204, 500, 404, 500}, []time.Duration{1200, 1700, 2700, 3700}},
	} {
		synctest.Test(t, func(t *testing.T) {
			_, calls := sent(t, sandbox.Options{}, change{"RouteUrl": hook}, tc.answers...)
			var after []time.Duration
			for _, c := range calls {
				require.Equal(t, hook, c.url)
				after = append(after, c.after/time.Millisecond)
			}
			require.Equal(t, tc.after, after)
		})
	}
}

// Rule: a fault of the message is one of its webhooks too.
func TestWebhooksOfMessageFaults(t *testing.T) {
	for name, statuses := range map[string][]any{
		"undelivered": {"Undelivered"},
		"no-receipt":  nil,
		"no-reply":    {"Delivered"},
	} {
		synctest.Test(t, func(t *testing.T) {
			_, calls := sent(t, sandbox.Options{Faults: parse(t, name)}, change{"RouteUrl": hook})
			var got []any
			for _, c := range calls {
				got = append(got, c.fields["Status"])
			}
			require.Equal(t, statuses, got, name)
			if name == "undelivered" {
				require.NotEmpty(t, calls[0].fields["ErrorCode"])
				require.NotEmpty(t, calls[0].fields["ErrorMessage"])
			}
		})
	}
}

// Rule: a route that is off, and one without reports, calls accordingly.
func TestWebhooksThatAreOff(t *testing.T) {
	for name, tc := range map[string]struct {
		edition api.Edition
		route   change
		calls   int
	}{
		"off":                {"", change{"RouteUrl": hook, "RouteEnabled": false}, 0},
		"without reports":    {"", change{"RouteUrl": hook, "DeliveryReports": false}, 1},
		"off in 2026":        {edition2026, change{"MessageUrl": hook, "MessageRouteEnabled": false}, 0},
		"no callback URL":    {edition2026, change{"MessageUrl": hook, "CallbackMessageUrl": nil}, 1},
		"not said in 2026":   {edition2026, change{"MessageUrl": hook, "MessageRouteEnabled": nil, "CallbackMessageUrl": hook}, 2},
		"elsewhere":          {"", nil, 0},
		"elsewhere, reports": {edition2026, change{"CallbackMessageUrl": hook}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, calls := sent(t, sandbox.Options{Edition: tc.edition}, tc.route)
				require.Len(t, calls, tc.calls)
			})
		})
	}
}

// Rule: without a transport of its own the sandbox calls over the network of
// this machine, whatever the environment says of proxies.
func TestWebhooksOverTheNetwork(t *testing.T) {
	arrived := make(chan string, 2)
	server, err := sandbox.Start(":0", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { arrived <- r.URL.Path }))
	require.NoError(t, err)
	defer func() { require.NoError(t, server.Close()) }()
	u, err := url.Parse(server.URL())
	require.NoError(t, err)

	now := time.Now()
	past := func() time.Time { now = now.Add(2 * time.Second); return now } // A message is delivered as soon as it is sent.
	_, c := open(t, sandbox.Options{Now: past})
	c.walk("account")
	c.step("message-route", change{"RouteUrl": "http://" + u.Host + "/in"})
	c.walkFrom("voice-route", "test-message")
	require.Equal(t, "/in", <-arrived)
	require.Equal(t, "/in", <-arrived)
}
