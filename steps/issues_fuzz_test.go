package steps

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
)

// Rule: whatever the service says at whatever step, it is explained: an issue, a
// title, a solution and a way out, soon.
func FuzzIssues(f *testing.F) {
	for _, words := range []string{"MessageRouteId is required", "Phone number already in use", "E-Mail doesn’t exist", "Invalid AccountId", "\xff\xfe", "", strings.Repeat("can't ", 80)} {
		f.Add(words, 400, byte(0), byte(5))
		f.Add(words, 200, byte(0), byte(6))
	}
	f.Fuzz(func(t *testing.T, words string, status int, kind, at byte) {
		step := All()[int(at)%len(All())]
		e := &api.Error{Kind: api.Kind(int(kind) % (int(api.Canceled) + 1)), Status: status, Message: words, HTML: kind > 100, Sent: true}
		for _, edition := range []api.Edition{api.Edition2025, api.Edition2026} {
			start := time.Now()
			got := failure(edition, step, e)
			require.Less(t, time.Since(start), 5*time.Second)
			for _, text := range []string{got.Issue, got.Title, got.Solution, got.FixStep, got.FixLabel} {
				require.NotEmpty(t, text, "%+v", got)
			}
			require.Contains(t, []int{ExitRefused, ExitUnsettled}, got.Exit)
			require.Equal(t, words, got.Message, "the service's own words are kept")
		}
	})
}
