package webhook_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox/sandboxtest"
	"telegent-setup/api/webhook"
)

// call is a request as a webhook got it.
type call struct{ method, query, body, contentType, authorization string }

// recorder is a webhook that answers with statuses in turn, the last for ever.
type recorder struct {
	mu       sync.Mutex
	statuses []int
	calls    []call
}

func (s *recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	s.calls = append(s.calls, call{r.Method, r.URL.RawQuery, string(body), r.Header.Get("Content-Type"), r.Header.Get("Authorization")})
	w.WriteHeader(s.statuses[0])
	_, _ = fmt.Fprintf(w, "seen: %s\x1b[31m", r.Header.Get("Authorization"))
	if len(s.statuses) > 1 {
		s.statuses = s.statuses[1:]
	}
}

func startRecorder(t *testing.T, statuses ...int) (*recorder, string) {
	t.Helper()
	rec := &recorder{statuses: statuses}
	server := httptest.NewServer(rec)
	t.Cleanup(server.Close)
	return rec, server.URL
}

// Rule: what is sent has the documented names, by the method and with the
// authentication of the route.
func TestSendByRoute(t *testing.T) {
	secret := api.NewSecret("long-webhook-secret")
	inbound := webhook.Message{ID: "TMID-1", From: "+13105559999", To: "+13105551234", Text: "Hi <there> & you", Time: now}
	const stamp = "2026-06-01T12:00:00Z"
	for name, tc := range map[string]struct {
		method  string
		auth    api.WebhookAuthentication
		content webhook.Content
		want    call
	}{
		"inbound 2025-12": {"POST", api.WebhookAuthentication{}, webhook.InboundContent(api.Edition2025, inbound), call{
			method: "POST", query: "key=1", contentType: "application/json",
			body: `{"MessageId":"TMID-1","From":"+13105559999","To":"+13105551234","Text":"Hi <there> & you","Timestamp":"` + stamp + `","Direction":"Inbound"}`,
		}},
		"inbound 2026-04 with basic": {"post", api.WebhookAuthentication{Type: "Basic", Username: "telegent", Secret: secret}, webhook.InboundContent(api.Edition2026, inbound), call{
			method: "POST", query: "key=1", contentType: "application/json", authorization: "Basic dGVsZWdlbnQ6bG9uZy13ZWJob29rLXNlY3JldA==",
			body: `{"Message_ID":"TMID-1","Owner":"+13105551234","To":"+13105551234","From":"+13105559999","Message_Body":"Hi <there> & you","Segment":1}`,
		}},
		"report by GET with bearer": {"GET", api.WebhookAuthentication{Type: "Bearer", Secret: secret}, webhook.ReportContent(webhook.Message{ID: "TMID-1", Status: "Delivered", Time: now}), call{
			method: "GET", query: "key=1&MessageId=TMID-1&Status=Delivered&Timestamp=2026-06-01T12%3A00%3A00Z", authorization: "Bearer long-webhook-secret",
		}},
		"report of a failure": {"", api.WebhookAuthentication{Type: "None"}, webhook.ReportContent(webhook.Message{ID: "TMID-1", Status: "Undelivered", ErrorCode: "30003", ErrorMessage: "Unreachable", Time: now}), call{
			method: "POST", query: "key=1", contentType: "application/json",
			body: `{"MessageId":"TMID-1","Status":"Undelivered","Timestamp":"` + stamp + `","ErrorCode":"30003","ErrorMessage":"Unreachable"}`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			rec, url := startRecorder(t, 202)
			r, err := webhook.NewRoute(url+"/hook?key=1#top", tc.method, tc.auth)
			require.NoError(t, err)
			reply, err := webhook.Sender{}.Send(t.Context(), r, tc.content)
			require.NoError(t, err)
			require.Equal(t, 202, reply.Status)
			require.True(t, reply.OK())
			require.Equal(t, []call{tc.want}, rec.calls)
			require.NotContains(t, reply.Body, "secret")
			require.NotContains(t, reply.Body, "\x1b")
		})
	}
}

// Rule: a call is tried so often as asked until one is taken.
func TestTries(t *testing.T) {
	for name, tc := range map[string]struct {
		statuses      []int
		tries, status int
	}{
		"at once":     {[]int{200}, 1, 200},
		"the third":   {[]int{500, 404, 200}, 3, 200},
		"never":       {[]int{500}, 3, 500},
		"no redirect": {[]int{302}, 3, 302},
	} {
		synctest.Test(t, func(t *testing.T) {
			rec := &recorder{statuses: tc.statuses}
			sender := webhook.Sender{Tries: 3, LoopbackOnly: true, Transport: sandboxtest.Transport{Handler: rec}}
			reply, err := sender.Send(t.Context(), route(t, "http://127.0.0.1"), webhook.Sample(webhook.Report, api.Edition2025, now))
			require.NoError(t, err, name)
			require.Equal(t, tc.status, reply.Status, name)
			require.Len(t, rec.calls, tc.tries, name)
		})
	}
}

// Rule: between two tries there is a pause, which ends with the context.
func TestPauseBetweenTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
		defer cancel()
		start := time.Now()
		rec := &recorder{statuses: []int{500}}
		sender := webhook.Sender{Tries: 9, Transport: sandboxtest.Transport{Handler: rec}}
		_, err := sender.Send(ctx, route(t, "https://"+host), webhook.Sample(webhook.Inbound, "", now))
		require.NoError(t, err)
		require.Len(t, rec.calls, 3)
		require.Equal(t, 2500*time.Millisecond, time.Since(start))
	})
}

// Rule: a sender for this machine calls nothing else, also where a name that is
// this machine's leads elsewhere.
func TestLoopbackOnly(t *testing.T) {
	sender := webhook.Sender{LoopbackOnly: true}
	for _, address := range []string{"https://example.com/", "http://10.0.0.1/", "http://127.0.0.1.example.com/", "http://[2606:2800::1]/"} {
		_, err := sender.Send(t.Context(), route(t, address), webhook.Sample(webhook.Report, "", now))
		require.ErrorIs(t, err, webhook.ErrNotLoopback, address)
	}
	require.Equal(t, "not-loopback", webhook.Judge(route(t, "https://example.com"), webhook.Reply{}, webhook.ErrNotLoopback).Issue)
}

// Rule: a call that cannot be made says why, and what it says holds no Go error.
func TestJudgeErrors(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	server.Config.ErrorLog = quiet
	t.Cleanup(server.Close)
	open := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(open.Close)
	for address, want := range map[string]struct {
		issue   string
		verdict webhook.Verdict
	}{
		"http://" + nobody:               {"refused-port", webhook.NotReachable},
		server.URL:                       {"self-signed", webhook.WouldNotWork},
		"https" + open.URL[len("http"):]: {"no-tls", webhook.WouldNotWork},
	} {
		reply, err := webhook.Sender{}.Send(t.Context(), route(t, address), webhook.Sample(webhook.Inbound, "", now))
		require.Error(t, err)
		var failed *webhook.Error
		require.True(t, errors.As(err, &failed))
		f := webhook.Judge(route(t, address), reply, err)
		require.Equal(t, want.issue, f.Issue, f.Say)
		require.Equal(t, want.verdict, f.Verdict)
		require.NotContains(t, f.Say, "dial tcp")
	}
}

// Rule: a route that cannot be called is refused with what to do, and its URL
// is shown without what is secret in it.
func TestNewRoute(t *testing.T) {
	some := api.NewSecret("x")
	for name, tc := range map[string]struct {
		url, method string
		auth        api.WebhookAuthentication
		problem     string
	}{
		"nothing":       {"", "", api.WebhookAuthentication{}, "https://example.com/messages"},
		"no host":       {"https:///x", "", api.WebhookAuthentication{}, "not a full URL"},
		"hidden":        {"https://a\u202eb.example", "", api.WebhookAuthentication{}, "not a full URL"},
		"scheme":        {"ftp://example.com", "", api.WebhookAuthentication{}, "begins with ftp"},
		"method":        {"https://example.com", "PUT", api.WebhookAuthentication{}, "POST or GET"},
		"kind":          {"https://example.com", "", api.WebhookAuthentication{Type: "Digest"}, "None, Basic or Bearer"},
		"no user":       {"https://example.com", "", api.WebhookAuthentication{Type: "Basic", Secret: some}, "user name"},
		"no token":      {"https://example.com", "", api.WebhookAuthentication{Type: "Bearer"}, "token"},
		"user and none": {"https://u:p@example.com", "", api.WebhookAuthentication{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := webhook.NewRoute(tc.url, tc.method, tc.auth)
			if tc.problem == "" {
				require.NoError(t, err)
				require.Equal(t, "https://[redacted]@example.com", r.String())
				return
			}
			require.ErrorContains(t, err, tc.problem)
		})
	}
}
