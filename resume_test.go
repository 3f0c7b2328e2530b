//go:build !race

package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// Rule: no secret is stored, so that a setup that is gone on with needs it again;
// it is named, with the ways to give it, and nothing is sent.
func TestResumingWithoutTheSecret(t *testing.T) {
	t.Parallel()
	l := newLedger(t, api.Edition2025, "server-error@availability")
	c := newCustomer(t, api.Edition2025, l.url)
	c.ends(5)
	whole, sent := c.env, len(l.seen())
	c.env = without(c.env, "TELEGENT_ACCOUNT_SECRET")
	before, err := os.ReadFile(c.path())
	require.NoError(t, err)
	got := c.ends(2)
	require.Equal(t, `{"event":"problems","exit":2,"problems":[{"step":"authenticate","key":"AccountSecret","problem":"missing","say":"an answer is needed","env":"TELEGENT_ACCOUNT_SECRET"}]}`+"\n", got.out)
	require.Contains(t, got.err, "authenticate AccountSecret")
	require.Contains(t, got.err, "TELEGENT_ACCOUNT_SECRET")
	require.Contains(t, got.err, "AccountSecret: ...")
	require.Len(t, l.seen(), sent)
	after, err := os.ReadFile(c.path())
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
	c.env = whole
	require.Equal(t, "already-done", c.ends(0).step(t, steps.VoiceRoute).Status)
}

// Rule: a setup that has begun belongs to its server, edition and AccountKey.
func TestASetupBelongsToItsService(t *testing.T) {
	t.Parallel()
	l, other := newLedger(t, api.Edition2025, "server-error@account"), newLedger(t, api.Edition2026)
	c := newCustomer(t, api.Edition2025, l.url)
	c.ends(5)
	sent := len(l.seen())
	before, err := os.ReadFile(c.path())
	require.NoError(t, err)
	for says, args := range map[string][]string{
		"another server: ":     {"--base-url", other.url},
		"another edition: ":    {"--edition", "2026-04", "--answers", c.write("later.yaml", allAnswers(api.Edition2026))},
		"another AccountKey: ": {"--answers", c.write("key.yaml", otherKey(api.Edition2025))},
	} {
		got := c.ends(6, args...)
		require.Empty(t, got.out, says)
		require.Contains(t, got.err, says)
		require.Contains(t, got.err, "--state FILE", says)
	}
	require.Len(t, l.seen(), sent)
	require.Empty(t, other.seen())
	after, err := os.ReadFile(c.path())
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
}

func otherKey(edition api.Edition) string {
	return strings.ReplaceAll(allAnswers(edition), "sandbox-key", "DID-OTHER")
}

// Rule: a setup in which nothing was sent, done or adopted takes on the server,
// edition and AccountKey of the run.
func TestAnUntouchedSetupTakesOnAnotherService(t *testing.T) {
	t.Parallel()
	l, other := newLedger(t, api.Edition2025), newLedger(t, api.Edition2026)
	c := newCustomer(t, api.Edition2025, l.url)
	c.ends(4, "--answers", c.write("key.yaml", otherKey(api.Edition2025)))
	require.Equal(t, "2025-12", c.file().Edition)
	c.ends(0, "--base-url", other.url, "--edition", "2026-04", "--answers", c.write("later.yaml", allAnswers(api.Edition2026)))
	f := c.file()
	require.Equal(t, []string{"2026-04", other.url, "sandbox-key"}, []string{f.Edition, f.BaseURL, f.AccountKey})
	require.Equal(t, other.holds(), c.ids())
	require.Len(t, l.seen(), 1, "the token that was refused")
}
