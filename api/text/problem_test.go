package text_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api/text"
)

func TestProblem(t *testing.T) {
	for _, s := range []string{"", "s3cret", "pässwörd ✓ \u200d"} {
		require.Empty(t, text.Problem(s), "%q", s)
	}
	require.Contains(t, text.Problem("p\xe4ss"), "UTF-8")
	for _, s := range []string{"a\n", "a\x00b", "a\x1b[1m", "a\u0085"} {
		require.Contains(t, text.Problem(s), "control character", "%q", s)
	}
}
