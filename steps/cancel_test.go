package steps_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// sendingStep brings a person to where a step sends, and gives what sends it.
func sendingStep(p *stepstest.Person, step string) steps.Option {
	if p.Onward(steps.FormPrompt, ""); step == steps.Authenticate {
		return p.Option(steps.Submit)
	}
	p.Onward(steps.PlanPrompt, "")
	p.Take(steps.Continue)
	if s, _ := steps.Find(step); len(s.Confirm.Sentences) > 0 {
		p.Onward(steps.ConfirmPrompt, step)
		return p.Option(steps.Send)
	}
	p.Onward(steps.FormPrompt, step)
	return p.Option(steps.Submit)
}

// Rule: a wait that a person cancels before the call left has changed nothing, and
// says so; after it left, a creating call is unknown.
func TestCancellingAtEachStep(t *testing.T) {
	for _, step := range steps.All() {
		for _, left := range []bool{false, true} {
			name := map[bool]string{false: "before it left", true: "after it left"}[left]
			t.Run(step.ID+" "+name, func(t *testing.T) {
				inBoth(t, func(t *testing.T, edition api.Edition) {
					p := person(t, edition)
					option := sendingStep(p, step.ID)
					require.True(t, option.Sends)
					require.NotEmpty(t, option.Doing)
					before := p.Setup.Status(step.ID).Status
					ctx, cancel := context.WithCancel(t.Context())
					path := p.Setup.Form(step.ID).Path
					p.Setup.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
						if !strings.HasSuffix(r.URL.Path, strings.TrimPrefix(path, "..")) {
							return nil, nil
						}
						if left {
							stepstest.Connect(r)
						}
						cancel()
						return nil, r.Context().Err()
					}
					require.NoError(t, p.Try(ctx, steps.Reply{Option: option}))
					at := p.Prompt()
					require.Equal(t, step.ID, at.Step.ID, p.Where())
					if step.Creates && left {
						require.Equal(t, steps.UnknownPrompt, at.Kind, p.Where())
						require.Equal(t, state.Sent, p.Setup.Status(step.ID).Status)
						require.Contains(t, at.Title, "The wait for the answer was cancelled.")
						return
					}
					require.Equal(t, steps.FormPrompt, at.Kind, p.Where())
					require.Equal(t, []string{"Stopped. Nothing was created."}, at.Notes)
					require.Equal(t, before, p.Setup.Status(step.ID).Status)
					p.Setup.Wire.Before = nil
					p.Onward(steps.FinishedPrompt, "")
					requireOneOfEach(t, p.Setup.Box)
				})
			})
		}
	}
}

// Rule: cancelling the wait for an order does not take it back: it is asked for
// again, in this run or the next, and never placed again.
func TestCancellingTheWaitForAnOrder(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition, "order-pending")
		p.Onward(steps.ConfirmPrompt, steps.Provision)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(3*time.Second, cancel)
		require.NoError(t, p.Try(ctx, steps.Reply{Option: p.Option(steps.Send)}))
		at := p.Prompt()
		require.Equal(t, []any{steps.UnknownPrompt, steps.OrderOpen}, []any{at.Kind, at.Failure.Kind})
		require.Equal(t, steps.Send, at.Options[0].Do, "ask again")
		_, resend := at.Option(steps.OpenResend)
		require.False(t, resend)

		p = p.Setup.Again(t).Person(t, true)
		require.Contains(t, p.Prompt().Options[0].Label, "Go on with step 6")
		p.Onward(steps.FinishedPrompt, "")
		require.NotContains(t, p.Setup.Wire.Calls, "POST /v1.0/numbers/provision")
		requireOneOfEach(t, p.Setup.Box)
	})
}

// Rule: looking that is cancelled changes nothing and says so.
func TestCancellingALook(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition, "refuse@account")
		p.Onward(steps.UnknownPrompt, steps.Account)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, cancel) // Between the two times that it looks.
		require.NoError(t, p.Try(ctx, steps.Reply{Option: p.Option(steps.LookFor)}))
		require.Equal(t, steps.UnknownPrompt, p.Prompt().Kind)
		require.Equal(t, []string{"Stopped looking."}, p.Prompt().Notes)
		require.Equal(t, state.Sent, p.Setup.Status(steps.Account).Status)
	})
}
