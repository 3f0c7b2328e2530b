package steps_test

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// live is a run in edition 2026-04 over a sandbox that speaks it.
func live(t *testing.T, o sandbox.Options, faults ...string) *stepstest.Setup {
	t.Helper()
	o.Edition = api.Edition2026
	return stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), stepstest.NewBox(t, o, faults...), stepstest.Options{Edition: api.Edition2026})
}

func TestTheLiveEditionWalksThroughTheSameEightSteps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{Orders: 2})
		require.NoError(t, s.Walk(t, ""))
		ids := s.Saved()
		for _, id := range steps.IDs() {
			require.NotEmpty(t, ids[id], id)
		}
		require.Len(t, s.Box.Objects().PhoneNumbers, 1)
		polls := 0
		for _, call := range s.Wire.Calls {
			if call == "GET /v1.0/numbers/order" {
				polls++
			}
		}
		require.Equal(t, 3, polls, "pending twice, then complete")
		require.Empty(t, s.OnDisk(t).Steps[steps.Provision].OrderID)
		require.True(t, strings.HasPrefix(s.ESIM(), "LPA:1$"), s.ESIM())
	})
}

func TestEveryEndpointGetsATokenOfItsOwnAndKeepsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{Orders: 3})
		require.NoError(t, s.Walk(t, ""))
		asked := map[string]int{}
		for i, call := range s.Wire.Calls {
			if strings.HasSuffix(call, "/oauth2/tokens") {
				var v struct {
					APIEndpoint string `json:"ApiEndpoint"`
				}
				require.NoError(t, json.Unmarshal([]byte(s.Wire.Bodies[i]), &v))
				asked[strings.TrimPrefix(v.APIEndpoint, stepstest.Base)]++
			}
		}
		require.Equal(t, map[string]int{
			"/account/create": 1, "/message/routes": 1, "/voice/routes": 1, "/numbers/availability": 1, "/numbers/provision": 1,
			"/numbers/order": 1, "/numbers": 1, "/subscribers/create": 1, "/message/outbound": 1,
		}, asked, "signing in asks for the token of the next call, and each is asked for once")
	})
}

func TestATokenForAnotherEndpointIsRenewedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{})
		refusals := 1
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if r.URL.Path == "/v1.0/account/create" && refusals > 0 {
				refusals--
				return stepstest.Respond(r, 403, `{"Message":"Token scope: issued for another endpoint"}`)
			}
			return nil, nil
		}
		require.NoError(t, s.Walk(t, steps.Account))
		refusals = 2
		_, err := s.Submit(t.Context(), steps.Account, false)
		var f *steps.Failure
		require.ErrorAs(t, err, &f)
		require.Equal(t, []any{steps.Code("token-scope"), 4}, []any{f.Issue, f.Exit()})
	})
}

func adopt(t *testing.T, s *stepstest.Setup, step string, answers steps.Answers) {
	t.Helper()
	_, err := s.Adopt(step, answers, false)
	require.NoError(t, err)
}

// body is the last body that was sent to a path.
func body(t *testing.T, s *stepstest.Setup, path string) map[string]any {
	t.Helper()
	for i, call := range slices.Backward(s.Wire.Calls) {
		if strings.HasSuffix(call, path) {
			var v map[string]any
			require.NoError(t, json.Unmarshal([]byte(s.Wire.Bodies[i]), &v))
			return v
		}
	}
	t.Fatalf("nothing was sent to %s", path)
	return nil
}

// Rule: a webhook's password is sent where it is used, and stands nowhere else.
func TestAWebhookPasswordIsSentOnlyWhereItIsUsed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{})
		require.NoError(t, s.Walk(t, steps.MessageRoute))
		require.NotContains(t, body(t, s, "/message/routes"), "MessagePasswordToken", "None needs none")
		require.NotContains(t, body(t, s, "/message/routes"), "CallbackMessageAuthenticationType", "there are no delivery reports")
		s.SetTyped(steps.MessageRoute, steps.Answers{
			"MessageAuthenticationType": "Basic", "MessageUsername": "me",
			"CallbackMessageUrl": "https://example.com/reports", "CallbackMessageAuthenticationType": "Bearer",
		})
		s.SetSecret("MessagePasswordToken", api.NewSecret("wh00k-pass"))
		s.SetSecret("CallbackMessagePasswordToken", api.NewSecret("rep0rt-pass"))
		_, err := s.Submit(t.Context(), steps.MessageRoute, false)
		require.NoError(t, err)
		sent := body(t, s, "/message/routes")
		require.Equal(t, []any{"wh00k-pass", "me"}, []any{sent["MessagePasswordToken"], sent["MessageUsername"]})
		require.Equal(t, []any{"rep0rt-pass", "Bearer"}, []any{sent["CallbackMessagePasswordToken"], sent["CallbackMessageAuthenticationType"]})
		require.NotContains(t, sent, "CallbackMessageUsername", "a bearer has no name")
		require.NotContains(t, s.Preview(steps.MessageRoute, nil), "-pass")
	})
}
