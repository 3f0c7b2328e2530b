package steps_test

import (
	"context"
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
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
		require.NotEmpty(t, s.OnDisk(t).Steps[steps.Provision].QRCode)
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
			"/numbers/order": 1, "/subscribers/create": 1, "/message/outbound": 1,
		}, asked, "signing in asks for the token of the next call, and each is asked for once")
	})
}

func TestAnOrderUnderWayIsFollowedInTheNextRunAndNeverPlacedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{Orders: 1})
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if r.URL.Path == "/v1.0/numbers/order" {
				return stepstest.Respond(r, 200, `{"OrderStatus":"Pending","OrderId":"JNUOID-1"}`)
			}
			return nil, nil
		}
		start := time.Now()
		var u *steps.Unknown
		require.ErrorAs(t, s.Walk(t, ""), &u)
		require.True(t, u.Order)
		require.Equal(t, []any{"timeout", 5}, []any{u.Issue, u.Exit})
		require.InDelta(t, 10*time.Minute, time.Since(start), float64(time.Minute))
		kept := s.OnDisk(t).Steps[steps.Provision]
		require.Equal(t, state.Sent, kept.Status)
		require.True(t, strings.HasPrefix(kept.OrderID, "JNUOID-"))

		s = s.Again(t)
		require.NoError(t, s.Walk(t, ""), "no word of resending is needed")
		require.NotContains(t, s.Wire.Calls, "POST /v1.0/numbers/provision")
	})
}

func TestARejectedOrderIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{})
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if r.URL.Path == "/v1.0/numbers/order" {
				return stepstest.Respond(r, 200, `{"Data":{"OrderStatus":"Rejected","OrderId":"JNUOID-1","ErrorMessage":"No inventory"}}`)
			}
			return nil, nil
		}
		var f *steps.Failure
		require.ErrorAs(t, s.Walk(t, ""), &f)
		require.Equal(t, []any{"refused", 4, "No inventory"}, []any{f.Issue, f.Exit, f.Message})
		kept := s.OnDisk(t).Steps[steps.Provision]
		require.Equal(t, state.Failed, kept.Status)
		require.Empty(t, kept.OrderID)
	})
}

// Rule: the end of an order is the service's last word, in a later run too: what
// it says of the number is no sign that something else arrived.
func TestAnOrderRejectedInALaterRunIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{})
		answer := `{"OrderStatus":"Pending","OrderId":"JNUOID-1"}`
		look := func(r *http.Request, _ string) (*http.Response, error) {
			if r.URL.Path == "/v1.0/numbers/order" {
				return stepstest.Respond(r, 200, answer)
			}
			return nil, nil
		}
		s.Wire.Before = look
		var u *steps.Unknown
		require.ErrorAs(t, s.Walk(t, ""), &u)

		answer = `{"OrderStatus":"Rejected","OrderId":"JNUOID-1","ErrorMessage":"Phone number already in use"}`
		s = s.Again(t)
		s.Wire.Before = look
		var f *steps.Failure
		require.ErrorAs(t, s.Walk(t, ""), &f)
		require.Equal(t, []any{"number-in-use", 4}, []any{f.Issue, f.Exit})
		kept := s.OnDisk(t).Steps[steps.Provision]
		require.Equal(t, state.Failed, kept.Status)
		require.Empty(t, kept.OrderID, "the next order is a new one")
	})
}

func TestLooksThatFailNowAndThenDoNotSettleAnOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{Orders: 1}, "server-error@provision")
		n := 0
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if r.URL.Path == "/v1.0/numbers/order" {
				if n++; n < 4 {
					return stepstest.Respond(r, 503, "")
				}
			}
			return nil, nil
		}
		var u *steps.Unknown
		require.ErrorAs(t, s.Walk(t, ""), &u, "the order itself broke off: unknown")
		require.False(t, u.Order)
		_, err := s.Submit(t.Context(), steps.Provision, s.Prefill(steps.Provision), true)
		require.NoError(t, err)
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
		_, err := s.Submit(t.Context(), steps.Account, s.Prefill(steps.Account), false)
		var f *steps.Failure
		require.ErrorAs(t, err, &f)
		require.Equal(t, []any{"token-scope", 4}, []any{f.Issue, f.Exit})
	})
}

func TestIotNumbersAreP2POnly(t *testing.T) {
	s := live(t, sandbox.Options{})
	problems := s.Check(steps.Provision, steps.Answers{"AreaCode": "801", "NumberType": "iot", "MessageType": "a2p", "ProductType": "Sms-Only"})
	require.Len(t, problems, 1)
	require.Equal(t, "MessageType", problems[0].Key)
	require.Empty(t, s.Check(steps.Provision, steps.Answers{"ZipCode": "84043", "ProductType": "Sms-Only"}))
	require.Len(t, s.Check(steps.Provision, steps.Answers{"ProductType": "Sms-Only"}), 1, "an area code or a zip code")
}

func TestAWebhookPasswordIsAskedOnlyWhereItIsUsedAndSentNowhereElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{})
		require.NoError(t, s.Walk(t, steps.Account))
		answers := s.Prefill(steps.MessageRoute)
		_, err := s.Submit(t.Context(), steps.MessageRoute, answers, false)
		require.NoError(t, err)
		require.NotContains(t, s.Wire.Bodies[len(s.Wire.Bodies)-1], "MessagePasswordToken", "None needs none")
		answers["MessageAuthenticationType"], answers["MessageUsername"] = "Basic", "me"
		s.Keep("MessagePasswordToken", api.NewSecret("wh00k-pass"))
		_, err = s.Submit(t.Context(), steps.MessageRoute, answers, false)
		require.NoError(t, err)
		require.Contains(t, s.Wire.Bodies[len(s.Wire.Bodies)-1], `"MessagePasswordToken":"wh00k-pass"`)
		require.NotContains(t, s.Preview(steps.MessageRoute, answers), "wh00k-pass")
	})
}

func TestTheFirstTokenCallFindsTheEdition(t *testing.T) {
	for name, tc := range map[string]struct {
		named    api.Edition
		server   api.Edition
		switched bool
		issue    string
	}{
		"not named, other server":  {"", api.Edition2026, true, ""},
		"not named, same server":   {"", api.Edition2025, false, ""},
		"named, other server":      {api.Edition2025, api.Edition2026, false, "wrong-edition"},
		"named live, other server": {api.Edition2026, api.Edition2025, false, "wrong-edition"},
	} {
		t.Run(name, func(t *testing.T) {
			s := stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), stepstest.NewBox(t, sandbox.Options{Edition: tc.server}), stepstest.Options{Edition: tc.named})
			err := s.SignIn(t.Context())
			if tc.issue != "" {
				var f *steps.Failure
				require.ErrorAs(t, err, &f)
				require.Equal(t, tc.issue, f.Issue)
				require.Contains(t, f.Solution, "--edition")
				require.Len(t, s.Wire.Calls, 1)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tc.server, s.Edition())
			require.Equal(t, string(tc.server), s.OnDisk(t).Edition)
			notices := 0
			for _, e := range s.Events.All {
				if _, ok := e.(steps.Noticed); ok {
					notices++
				}
			}
			require.Equal(t, tc.switched, notices == 1)
		})
	}
}

func TestAServerOfNeitherEditionIsTriedOnceInEach(t *testing.T) {
	s := fresh(t)
	s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) { return stepstest.Respond(r, 404, "") }
	var f *steps.Failure
	require.ErrorAs(t, s.SignIn(t.Context()), &f)
	require.Equal(t, "wrong-edition", f.Issue)
	require.Len(t, s.Wire.Calls, 2)
	require.Equal(t, api.Edition2025, s.Edition())
}

func TestLookingTellsWhetherWhatIsSavedExists(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{})
		require.NoError(t, s.Walk(t, ""))
		for step, want := range map[string]steps.Presence{
			steps.MessageRoute: steps.Present, steps.VoiceRoute: steps.Present, steps.Provision: steps.Present,
			steps.Account: steps.NotChecked, steps.Subscriber: steps.NotChecked,
		} {
			got, err := s.Look(t.Context(), step, nil)
			require.NoError(t, err)
			require.Equal(t, want, got, step)
		}
		got, err := s.Look(t.Context(), steps.MessageRoute, steps.Saved{steps.MRID: "MRID-other"})
		require.NoError(t, err)
		require.Equal(t, steps.Absent, got)
		for body, want := range map[string]steps.Presence{
			`[]`: steps.Absent, `{"Successful":true,"Data":[]}`: steps.Absent, `{"Data":[{"MRID":"x"}]}`: steps.Present, `{"MessageRouteId":"x"}`: steps.Present,
		} {
			s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) { return stepstest.Respond(r, 200, body) }
			got, err := s.Look(t.Context(), steps.MessageRoute, nil)
			require.NoError(t, err)
			require.Equal(t, want, got, body)
		}
	})
}

// Rule: an order that has an ID is followed, whatever its status says, until it
// has a number that can be called.
func TestAnOrderWithAnIDIsFollowed(t *testing.T) {
	for name, tc := range map[string]struct{ ordered, looked, number string }{
		"a status that nobody knows": {`{"OrderId":"JNUOID-7","OrderStatus":"Processing"}`, `{"OrderStatus":"Completed","PhoneNumberAssigned":"+13105551234","PhoneNumberId":"NID-1"}`, "+13105551234"},
		"complete without a number":  {`{"OrderId":"JNUOID-7","OrderStatus":"Complete"}`, `{"OrderStatus":"Complete","PhoneNumberAssigned":"13105551234","PhoneNumberId":"NID-1"}`, "+13105551234"},
		"a number that is none":      {`{"OrderId":"JNUOID-7","OrderStatus":"Complete","PhoneNumberAssigned":"soon","PhoneNumberId":"NID-1"}`, `{"PhoneNumber":"+13105551234","TNID":"NID-1"}`, "+13105551234"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := live(t, sandbox.Options{})
				require.NoError(t, s.Walk(t, steps.Availability))
				s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
					switch r.URL.Path {
					case "/v1.0/numbers/provision":
						return stepstest.Respond(r, 200, tc.ordered)
					case "/v1.0/numbers/order":
						require.Equal(t, "JNUOID-7", s.OnDisk(t).Steps[steps.Provision].OrderID)
						return stepstest.Respond(r, 200, tc.looked)
					}
					return nil, nil
				}
				ids, err := s.Submit(t.Context(), steps.Provision, s.Prefill(steps.Provision), false)
				require.NoError(t, err)
				require.Equal(t, tc.number, ids[steps.PhoneNumber])
			})
		})
	}
}

func TestAWaitForAnOrderThatIsStoppedSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{Orders: 100})
		require.NoError(t, s.Walk(t, steps.Availability))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, cancel)
		_, err := s.Submit(ctx, steps.Provision, s.Prefill(steps.Provision), false)
		var u *steps.Unknown
		require.ErrorAs(t, err, &u)
		require.True(t, u.Order, "asked for again, and never placed again")
		require.NotContains(t, u.Solution, "send again")
		require.NotEmpty(t, s.OnDisk(t).Steps[steps.Provision].OrderID)
	})
}

// Rule: what a person has corrected stays corrected when the server turns out to
// speak the other edition.
func TestAnotherEditionBringsNoReplacedAnswerBack(t *testing.T) {
	given := map[string]steps.Answers{steps.Authenticate: {"AccountKey": "mistyped"}, steps.Account: {"AccountName": "From the file"}}
	s := stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), stepstest.NewBox(t, sandbox.Options{Edition: api.Edition2026}), stepstest.Options{Given: given})
	_, err := s.Submit(t.Context(), steps.Authenticate, steps.Answers{"AccountKey": sandbox.Key}, false)
	require.NoError(t, err)
	require.Equal(t, api.Edition2026, s.Edition())
	require.Equal(t, sandbox.Key, s.Prefill(steps.Authenticate)["AccountKey"])
	require.Equal(t, "From the file", s.Prefill(steps.Account)["AccountName"])
	require.NoError(t, s.Walk(t, steps.MessageRoute), "each endpoint's token is asked for with the key that was corrected")
}

// Rule: a server that speaks the other edition and refuses the credentials says
// so, and is not taken for one that has no sign-in.
func TestTheOtherEditionMayRefuseTheCredentials(t *testing.T) {
	s := stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), stepstest.NewBox(t, sandbox.Options{Edition: api.Edition2026}), stepstest.Options{})
	_, err := s.Submit(t.Context(), steps.Authenticate, steps.Answers{"AccountKey": "nobody"}, false)
	var f *steps.Failure
	require.ErrorAs(t, err, &f)
	require.Equal(t, "unauthorized", f.Issue)
	require.Equal(t, api.Edition2026, s.Edition())
}
