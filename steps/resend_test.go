package steps_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// sent is one call of a step, and what the service makes of it.
type sent struct {
	value  string // Of the answer that tells one call from another.
	answer string // "cut", "refused" in other words than the documented ones, or "" as the sandbox answers.
	kind   steps.OutcomeKind
	exit   int // 0 for a step that is done.
}

// Rule: a refusal of a call sent again tells of the first one only when both had
// the same body; else the step stays unknown, whatever comes in between, and is
// not sent by itself. What is taken is probably what the first call made.
func TestARefusalTellsOnlyOfTheSameBody(t *testing.T) {
	const a, b = "+18015550111", "+18015550112"
	for name, calls := range map[string][]sent{
		"another one is refused":                   {{a, "cut", steps.NoAnswer, 5}, {b, "refused", steps.ResendFailed, 5}},
		"another one is refused, then the first":   {{a, "cut", steps.NoAnswer, 5}, {b, "refused", steps.ResendFailed, 5}, {a, "refused", steps.Refused, 4}},
		"another one is refused, the first is had": {{a, "cut", steps.NoAnswer, 5}, {b, "refused", steps.ResendFailed, 5}, {a, "", steps.Arrived, 5}},
		"the same one is refused":                  {{a, "cut", steps.NoAnswer, 5}, {a, "refused", steps.Refused, 4}},
		"the same one is had":                      {{a, "cut", steps.NoAnswer, 5}, {a, "", steps.Arrived, 5}},
		"both are cut, one is refused":             {{a, "cut", steps.NoAnswer, 5}, {b, "cut", steps.NoAnswer, 5}, {b, "refused", steps.ResendFailed, 5}},
		"both are cut, the first is had":           {{a, "cut", steps.NoAnswer, 5}, {b, "cut", steps.NoAnswer, 5}, {a, "", steps.Arrived, 5}},
		"another one is made on purpose":           {{a, "cut", steps.NoAnswer, 5}, {b, "", "", 0}},
	} {
		t.Run(name, func(t *testing.T) {
			for step, key := range map[string]string{steps.Provision: "PhoneNumber", steps.Subscriber: "Email"} {
				value := func(number string) string {
					if key == "Email" {
						return strings.TrimPrefix(number, "+") + "@example.com"
					}
					return number
				}
				requireOutcomes(t, step, key, value, calls)
			}
		})
	}
}

// requireOutcomes sends calls, each in a run of its own, and holds what becomes of
// the step.
func requireOutcomes(t *testing.T, step, key string, value func(string) string, calls []sent) {
	t.Helper()
	s := stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), stepstest.NewBox(t, sandbox.Options{}), stepstest.Options{})
	before := steps.Availability
	if step == steps.Subscriber {
		before = steps.Provision
	}
	require.NoError(t, s.Walk(t, before))
	for i, c := range calls {
		if i > 0 {
			s = s.Again(t)
			_, err := s.Submit(t.Context(), step, false)
			require.Error(t, err)
			require.Empty(t, s.Wire.Calls, "it is not sent by itself")
		}
		s.SetTyped(step, steps.Answers{key: value(c.value)})
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			switch {
			case strings.HasSuffix(r.URL.Path, "/token") || c.answer == "":
				return nil, nil
			case c.answer == "refused":
				return stepstest.Respond(r, 422, `{"Message":"This is not possible today"}`)
			}
			_, _ = s.Wire.Carry(r) // It arrives, and its answer does not.
			return nil, http.ErrServerClosed
		}
		_, err := s.Submit(t.Context(), step, i > 0)
		if c.exit == 0 {
			require.NoError(t, err)
			require.Equal(t, state.Done, s.OnDisk(t).Steps[step].Status)
			continue
		}
		var f *steps.Failure
		require.ErrorAs(t, err, &f)
		require.Equal(t, []any{c.kind, c.exit}, []any{f.Kind, f.Exit()}, "call %d of %s: %s", i+1, step, f.Title)
		require.Equal(t, c.kind.Unknown(), s.OnDisk(t).Steps[step].Status == state.Sent)
		if c.kind == steps.Arrived {
			require.NotContains(t, f.Solution, "select a different number")
			require.NotContains(t, f.Solution, "Try a different email")
		}
	}
}

// Rule: what was sent and is not known of is looked for with the answers of that
// call, whatever was sent after it.
func TestLookingIsForTheFirstCall(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition, "drop@subscriber")
		p.Onward(steps.UnknownPrompt, steps.Subscriber)
		p.Setup.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "/subscribers/create") {
				return stepstest.Respond(r, 422, `{"Message":"Not today"}`)
			}
			return nil, nil
		}
		p.Setup.SetTyped(steps.Subscriber, steps.Answers{"Email": "other@example.com"})
		p.Take(steps.OpenResend)
		p.Take(steps.Resend)
		require.Equal(t, steps.ResendFailed, p.Prompt().Failure.Kind)
		p.Take(steps.LookFor)
		require.Equal(t, steps.ListPrompt, p.Prompt().Kind, p.Where())
		p.Choose(0)
		require.Len(t, p.Setup.Box.Objects().Subscribers, 1)
		require.Equal(t, state.Done, p.Setup.Status(steps.Subscriber).Status)
	})
}

// Rule: a call is sent again only after it was asked about once more, and the way
// back stands first.
func TestSendingAgainIsAskedOnceMore(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition, "refuse@message-route")
		unknown := p.Onward(steps.UnknownPrompt, steps.MessageRoute)
		calls := len(p.Setup.Wire.Calls)
		p.Take(steps.OpenResend)
		at := p.Prompt()
		require.Equal(t, steps.ResendPrompt, at.Kind)
		require.True(t, at.Guarded)
		require.Equal(t, steps.Back, at.Options[0].Do)
		require.Contains(t, p.Says(), "a second message route is made beside it")
		p.Take(steps.Back)
		require.Equal(t, unknown.Title, p.Prompt().Title)
		require.Len(t, p.Setup.Wire.Calls, calls, "nothing was sent")
		p.Take(steps.OpenResend)
		p.Take(steps.Resend)
		require.Equal(t, state.Done, p.Setup.Status(steps.MessageRoute).Status)
	})
}

// Rule: left for now, an unknown outcome is exit 3 by the person, and the next
// start asks for it again.
func TestAnUnknownOutcomeWaitsForTheNextStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := person(t, api.Edition2025, "drop@account")
		p.Onward(steps.UnknownPrompt, steps.Account)
		p.Take(steps.Leave)
		exit, left := p.Left()
		require.Equal(t, []any{3, true}, []any{exit, left})

		p = p.Setup.Again(t).Person(t, true)
		require.Contains(t, p.Prompt().Options[0].Label, "Settle step 2")
		p.Onward(steps.UnknownPrompt, steps.Account)
		require.Contains(t, p.Prompt().Title, "Last time:")
		p.Take(steps.LookFor)
		p.Choose(0)
		p.Onward(steps.FinishedPrompt, "")
		requireOneOfEach(t, p.Setup.Box)
	})
}

// Rule: a call whose secret is not known any more is sent again from its form.
func TestSendingAgainAsksForWhatIsMissing(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := liveRun(t, edition, "refuse@subscriber")
		if p.Onward(steps.FormPrompt, steps.Account); edition == api.Edition2026 {
			p.Take(steps.Submit)
		}
		p.Onward(steps.UnknownPrompt, steps.Subscriber)
		p = p.Setup.Again(t).Person(t, false)
		typeAll(p)
		p.Onward(steps.FormPrompt, steps.Authenticate)
		p.Onward(steps.UnknownPrompt, steps.Subscriber)
		p.Take(steps.OpenResend)
		p.Take(steps.Resend)
		require.Equal(t, []any{steps.FormPrompt, steps.Subscriber}, []any{p.Prompt().Kind, p.Prompt().Step.ID}, p.Where())
		require.Contains(t, p.Says(), "This step was sent before, and nobody knows whether it arrived.")
		p.Take(steps.Submit)
		require.Equal(t, state.Done, p.Setup.Status(steps.Subscriber).Status, p.Where())
		require.Len(t, p.Setup.Box.Objects().Subscribers, 1)
	})
}

// Rule: an ID in which a secret of this run stands is not saved, and what an answer
// of success makes of it is unknown; so is an ID that is no ID.
func TestWhatIsNoIDIsNotSaved(t *testing.T) {
	for name, answer := range map[string]string{
		"a secret":          `{"AccountId":"AID-sandbox-secret"}`,
		"a secret, encoded": `{"AccountId":"c2FuZGJveC1zZWNyZXQ="}`,
		"a novel":           `{"AccountId":"` + strings.Repeat("A", 201) + `"}`,
		"an object":         `{"AccountId":{"Value":"AID-1"}}`,
		"nothing":           `{"AccountId":"  "}`,
	} {
		t.Run(name, func(t *testing.T) {
			s := fresh(t)
			require.NoError(t, s.SignIn(t.Context()))
			s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) { return stepstest.Respond(r, 200, answer) }
			_, err := s.Submit(t.Context(), steps.Account, false)
			var f *steps.Failure
			require.ErrorAs(t, err, &f)
			require.Equal(t, []any{steps.NoAnswer, 5}, []any{f.Kind, f.Exit()})
			require.Empty(t, s.OnDisk(t).IDs)
			require.NotContains(t, f.Said()+f.Solution, "sandbox-secret")
		})
	}
}

// Rule: a state file of another hand has words and no kind: what it says of a step
// is told, and nothing is sent by itself.
func TestAnOutcomeOfAnotherHandIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	require.NoError(t, os.WriteFile(path, []byte(`{"version":1,"edition":"2025-12","sandbox":true,"ids":{"AccountId":"AID-1"},"steps":{"account":{"status":"done"},
		"message-route":{"status":"sent"},"voice-route":{"status":"failed","error":{"issue":"refused","message":"The URL is odd"}},
		"provision":{"status":"failed","error":{"issue":"number-in-use","message":"Phone number already in use"}}}}`), 0o600))
	s := stepstest.Open(t, path, stepstest.NewBox(t, sandbox.Options{}), stepstest.Options{})
	sent := s.Unsettled(steps.MessageRoute)
	require.Equal(t, []any{steps.NoAnswer, 5}, []any{sent.Kind, sent.Exit()})
	require.Contains(t, sent.Title, "was sent, and its answer never came.")
	failed := s.LastFailure(steps.VoiceRoute)
	require.Equal(t, []any{steps.Refused, "The URL is odd", 4}, []any{failed.Kind, failed.Message, failed.Exit()})
	require.Equal(t, steps.Availability, s.LastFailure(steps.Provision).FixStep)
	_, err := s.Submit(t.Context(), steps.MessageRoute, false)
	require.Error(t, err)
	require.Empty(t, s.Wire.Calls)
}
