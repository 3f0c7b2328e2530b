package steps

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
)

// Rule: whatever the service says at whatever step, it is explained: an issue, a
// title, a solution and a way out, soon. What is stored of it is explained in a
// later run too.
func FuzzIssues(f *testing.F) {
	for _, words := range []string{"MessageRouteId is required", "Phone number already in use", "E-Mail doesn’t exist", "Invalid AccountId", "\xff\xfe", "", strings.Repeat("can't ", 80)} {
		f.Add(words, 400, byte(0), byte(5))
		f.Add(words, 200, byte(0), byte(6))
	}
	kinds := []OutcomeKind{Refused, Unreached, NoAnswer, ResendFailed, Arrived, OrderOpen}
	f.Fuzz(func(t *testing.T, words string, status int, kind, at byte) {
		step := All()[int(at)%len(All())]
		e := &api.Error{Kind: api.Kind(int(kind) % (int(api.Canceled) + 1)), Status: status, Message: words, HTML: kind > 100, Sent: true}
		for _, edition := range api.Editions() {
			r := &Runner{edition: EditionFinder{current: edition}}
			start := time.Now()
			got := failureOf(e, kinds[int(kind)%len(kinds)], issueOf(edition, step, e), status)
			got.Step = step.ID
			r.explain(got)
			require.Less(t, time.Since(start), time.Minute, "on a busy machine")
			requireExplained(t, got)
			require.Equal(t, words, got.Message, "the service's own words are kept")

			later := &Failure{Outcome: got.Outcome, Step: step.ID, Found: true}
			r.explain(later)
			requireExplained(t, later)
		}
	})
}

func requireExplained(t *testing.T, f *Failure) {
	t.Helper()
	for _, text := range []string{string(f.Issue), f.Title, f.Headline(), f.Solution, f.FixStep, f.FixLabel, f.Said()} {
		require.NotEmpty(t, text, "%+v", f)
	}
	require.Contains(t, []int{ExitRefused, ExitUnsettled}, f.Exit())
	_, known := Find(f.FixStep)
	require.True(t, known, f.FixStep)
}
