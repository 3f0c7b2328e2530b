package sandbox_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
)

// Rule: whoever follows the guide word by word, saving what it says to save,
// ends with everything that it promises.
func TestTheGuideCanBeFollowed(t *testing.T) {
	for _, edition := range api.Editions() {
		t.Run(string(edition), func(t *testing.T) {
			s, err := sandbox.New(sandbox.Options{Edition: edition})
			require.NoError(t, err)
			server, err := sandbox.Start("127.0.0.1:0", s)
			require.NoError(t, err)
			defer func() { require.NoError(t, server.Close()) }()

			c := connect(t, edition, strings.TrimSuffix(server.URL(), "/v1.0"), &http.Transport{})
			defer c.http.CloseIdleConnections()
			c.walk("test-message")

			made := s.Objects()
			for prefix, ids := range map[string][]string{
				"AID-": made.Accounts, "MRID-": made.MessageRoutes, "CRID-": made.VoiceRoutes,
				"TNID-": made.Numbers, "TSUID-": made.Subscribers, "TMID-": made.Messages,
			} {
				require.Len(t, ids, 1)
				require.Regexp(t, "^"+prefix+"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", ids[0])
			}
			require.Equal(t, []string{c.filled[guideNumber]}, made.PhoneNumbers)
		})
	}
}

// Rule: tokenExpiry is the service's own format, in UTC, and agrees with
// expires_in.
func TestTokensNameTheirExpiry(t *testing.T) {
	_, c := open(t, sandbox.Options{})
	got := c.signIn("", nil)
	require.EqualValues(t, 900, got.body["expires_in"])
	expiry, err := time.Parse("01/02/2006 03:04:05 PM", got.body["tokenExpiry"].(string))
	require.NoError(t, err)
	require.WithinDuration(t, time.Now().Add(15*time.Minute), expiry, time.Minute)
}

// Rule: the voice route is optional: without it VoiceEnabled is false and
// VoiceRouteId is left out.
func TestVoiceCanBeSkipped(t *testing.T) {
	for _, edition := range api.Editions() {
		t.Run(string(edition), func(t *testing.T) {
			_, c := open(t, sandbox.Options{Edition: edition})
			c.walk("message-route")
			got := c.step("provision", map[string]any{"VoiceEnabled": false, "VoiceRouteId": nil})
			require.Equal(t, http.StatusOK, got.status, got.text)
		})
	}
}
