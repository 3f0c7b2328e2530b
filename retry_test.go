//go:build !race

package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

const accountCall = "/v1.0/accounts/create"

// hinder answers the first calls to a path in the sandbox's place, and lets the
// rest through.
func hinder(l *ledger, path string, times int32, answer http.HandlerFunc) {
	var hit atomic.Int32
	l.instead(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != path || hit.Add(1) > times {
			return false
		}
		answer(w, r)
		return true
	})
}

func tooMany(after string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", after)
		w.WriteHeader(http.StatusTooManyRequests)
	}
}

// Rule: after a 429 the call is sent again when the service said, in seconds or
// as a date, and at most five times; a wait above two minutes is not waited.
func TestRateLimit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		answer      http.HandlerFunc
		times       int32
		exit, asked int
		least       time.Duration
	}{
		{"seconds", tooMany("1"), 1, 0, 2, time.Second},
		{"a date", func(w http.ResponseWriter, r *http.Request) {
			tooMany(time.Now().Add(2*time.Second).UTC().Format(http.TimeFormat))(w, r)
		}, 1, 0, 2, 800 * time.Millisecond},
		{"now, five times", tooMany("0"), 5, 4, 5, 0},
		{"121 seconds", tooMany("121"), 1, 4, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newLedger(t, api.Edition2025)
			who := newCustomer(t, api.Edition2025, l.url)
			hinder(l, accountCall, c.times, c.answer)
			begin := time.Now()
			got := who.ends(c.exit)
			require.Equal(t, c.asked, l.asked(steps.Account), "after two minutes it would be sent again")
			require.GreaterOrEqual(t, time.Since(begin), c.least)
			if c.exit == 0 {
				require.Equal(t, l.holds(), who.ids())
				return
			}
			step := got.step(t, steps.Account)
			require.Equal(t, []any{"failed", "rate-limit", 429}, []any{step.Status, step.Issue, step.HTTPStatus})
			require.Equal(t, state.Failed, who.file().Steps[steps.Account].Status)
			who.ends(0)
			require.Equal(t, c.asked+1, l.asked(steps.Account), "a failed step is simply sent again")
		})
	}
}

// Rule: a connection that is never made is tried three times, and is a failure.
func TestNobodyListens(t *testing.T) {
	t.Parallel()
	c := newCustomer(t, api.Edition2025, nobody+"/v1.0")
	step := c.ends(5).step(t, steps.Authenticate)
	require.Equal(t, []any{"failed", "network"}, []any{step.Status, step.Issue})
	journal, err := os.ReadFile(state.JournalPath(c.path()))
	require.NoError(t, err)
	require.Equal(t, 3, bytes.Count(journal, []byte(`"event":"exchange"`)), "three tries")
}

// Rule: a token that is refused is renewed once, and the call sent once more.
func TestUnauthorized(t *testing.T) {
	t.Parallel()
	refuse := func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, `{"Message":"Unauthorized"}`, http.StatusUnauthorized)
	}
	t.Run("once", func(t *testing.T) {
		t.Parallel()
		l := newLedger(t, api.Edition2025)
		c := newCustomer(t, api.Edition2025, l.url)
		hinder(l, accountCall, 1, refuse)
		c.ends(0)
		require.Equal(t, []string{"POST /v1.1/oauth/token", "POST " + accountCall, "POST /v1.1/oauth/token", "POST " + accountCall}, l.seen()[:4])
		require.Equal(t, l.holds(), c.ids())
	})
	t.Run("twice", func(t *testing.T) {
		t.Parallel()
		l := newLedger(t, api.Edition2025)
		c := newCustomer(t, api.Edition2025, l.url)
		hinder(l, accountCall, 2, refuse)
		step := c.ends(4).step(t, steps.Account)
		require.Equal(t, []any{"failed", "unauthorized", 401}, []any{step.Status, step.Issue, step.HTTPStatus})
		require.Equal(t, 2, l.asked(steps.Account))
		require.Equal(t, state.Failed, c.file().Steps[steps.Account].Status)
		c.ends(0)
	})
}

// Rule: a creating call that may have arrived is never sent again unless told.
func TestUnknownOutcomes(t *testing.T) {
	t.Parallel()
	status := func(n int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(n)
			_, _ = w.Write([]byte(body))
		}
	}
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		issue  string
		http   int
	}{
		"500":              {status(500, `{}`), "server-error", 500},
		"502, a page":      {status(502, "<html>"), "server-error", 502},
		"503":              {status(503, ""), "server-error", 503},
		"504":              {status(504, ""), "server-error", 504},
		"408":              {status(408, ""), "timeout", 408},
		"nothing readable": {status(200, `{"AccountId":`), "unexpected-answer", 200},
		"no ID":            {status(200, `{}`), "missing-id", 200},
		"an empty 204":     {status(204, ""), "unexpected-answer", 204},
		"silence":          {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "timeout", 0},
		"a cut":            {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "network", 0},
		"a cut body": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte(`{"AccountId":"AID-1`))
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, "network", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLedger(t, api.Edition2025)
			who := newCustomer(t, api.Edition2025, l.url)
			hinder(l, accountCall, 1, func(w http.ResponseWriter, r *http.Request) {
				_ = json.NewDecoder(r.Body).Decode(&struct{}{})
				c.answer(w, r)
			})
			var args []string
			if name == "silence" {
				args = []string{"--timeout", "10s"} // Time enough for the calls that are answered, on a busy machine.
			}
			got := who.ends(5, args...)
			step := got.step(t, steps.Account)
			require.Equal(t, []any{"unknown", c.issue, c.http}, []any{step.Status, step.Issue, step.HTTPStatus}, got.out)
			require.Contains(t, got.err, "--resend")
			who.ends(5)
			require.Equal(t, 1, l.asked(steps.Account))
			require.Equal(t, state.Sent, who.file().Steps[steps.Account].Status)
			who.ends(0, "--resend")
			require.Equal(t, 2, l.asked(steps.Account))
			require.Equal(t, l.holds(), who.ids())
		})
	}
}

// Rule: what creates nothing is failed, not unknown, and simply made again.
func TestWhatCreatesNothingFails(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/v1.1/oauth/token", "/v1.0/numbers/availability"} {
		t.Run(strings.ReplaceAll(path, "/", "."), func(t *testing.T) {
			t.Parallel()
			l := newLedger(t, api.Edition2025)
			c := newCustomer(t, api.Edition2025, l.url)
			hinder(l, path, 1, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
			events := c.ends(5).events(t)
			require.Equal(t, []any{"failed", "server-error"}, []any{events[len(events)-2].Status, events[len(events)-2].Issue})
			c.ends(0)
			require.Equal(t, l.holds(), c.ids())
		})
	}
}
