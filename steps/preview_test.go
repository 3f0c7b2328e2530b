package steps_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// Rule: the token in front of a request is one for that request.
func TestThePreviewAsksForTheRightToken(t *testing.T) {
	for edition, endpoint := range map[api.Edition]string{api.Edition2025: "", api.Edition2026: stepstest.Base + "/subscribers/create"} {
		t.Run(string(edition), func(t *testing.T) {
			box := stepstest.NewBox(t, sandbox.Options{Edition: edition})
			s := stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), box, stepstest.Options{Edition: edition})
			got := s.PreviewWithToken(steps.Subscriber, nil)
			require.Contains(t, got, `"AccountSecret": "'"$TELEGENT_ACCOUNT_SECRET"'"`)
			require.Contains(t, got, "\ncurl -X POST '"+stepstest.Base+"/subscribers/create'")
			if endpoint == "" {
				require.NotContains(t, got, "ApiEndpoint")
				return
			}
			require.Contains(t, got, `"ApiEndpoint": "`+endpoint+`"`)
		})
	}
}

// Rule: the token's own request needs none.
func TestThePreviewOfSigningInIsOneCommand(t *testing.T) {
	s := fresh(t)
	require.Equal(t, s.Preview(steps.Authenticate, nil), s.PreviewWithToken(steps.Authenticate, nil))
}
