package steps_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// Rule: Back leads to where the person came from, else to the step before, and
// takes nothing back.
func TestBackLeadsToWhereThePersonCameFrom(t *testing.T) {
	type place struct {
		kind steps.PromptKind
		step string
	}
	for name, tc := range map[string]struct {
		faults []string
		to     func(*stepstest.Person) // From the plan.
		at     steps.PromptKind
		back   []place // One after the other.
	}{
		"the first form":  {nil, func(p *stepstest.Person) { p.Take(steps.Continue) }, steps.FormPrompt, []place{{steps.StepPrompt, steps.Authenticate}, {steps.WelcomePrompt, ""}}},
		"a later form":    {nil, func(p *stepstest.Person) { p.Take(steps.Continue); p.Onward(steps.FormPrompt, steps.MessageRoute) }, steps.FormPrompt, []place{{steps.StepPrompt, steps.Account}, {steps.StepPrompt, steps.Authenticate}}},
		"an offer":        {nil, func(p *stepstest.Person) { p.Take(steps.Continue); p.Onward(steps.OfferPrompt, "") }, steps.OfferPrompt, []place{{steps.StepPrompt, steps.MessageRoute}}},
		"IDs":             {nil, func(p *stepstest.Person) { p.Take(steps.Continue); p.Take(steps.OpenAdopt) }, steps.AdoptPrompt, []place{{steps.FormPrompt, steps.Account}}},
		"a list":          {nil, func(p *stepstest.Person) { p.Onward(steps.ListPrompt, "") }, steps.ListPrompt, []place{{steps.FormPrompt, steps.Availability}}},
		"an order":        {nil, func(p *stepstest.Person) { p.Onward(steps.ConfirmPrompt, steps.Provision) }, steps.ConfirmPrompt, []place{{steps.FormPrompt, steps.Provision}, {steps.StepPrompt, steps.Availability}}},
		"a failure":       {[]string{"soft-failure@account"}, func(p *stepstest.Person) { p.Onward(steps.FailedPrompt, "") }, steps.FailedPrompt, []place{{steps.FormPrompt, steps.Account}}},
		"sending again":   {[]string{"refuse@account"}, func(p *stepstest.Person) { p.Onward(steps.UnknownPrompt, ""); p.Take(steps.OpenResend) }, steps.ResendPrompt, []place{{steps.UnknownPrompt, steps.Account}}},
		"IDs, unknown":    {[]string{"refuse@account"}, func(p *stepstest.Person) { p.Onward(steps.UnknownPrompt, ""); p.Take(steps.OpenAdopt) }, steps.AdoptPrompt, []place{{steps.UnknownPrompt, steps.Account}}},
		"found, unknown":  {[]string{"drop@account"}, func(p *stepstest.Person) { p.Onward(steps.UnknownPrompt, ""); p.Take(steps.LookFor) }, steps.ListPrompt, []place{{steps.UnknownPrompt, steps.Account}}},
		"another route":   {[]string{"message-route-required"}, func(p *stepstest.Person) { p.Onward(steps.FailedPrompt, ""); p.Take(steps.OpenRedo) }, steps.RedoPrompt, []place{{steps.FailedPrompt, steps.Provision}}},
		"another account": {[]string{"invalid-account"}, func(p *stepstest.Person) { p.Onward(steps.FailedPrompt, ""); p.Take(steps.OpenAdopt) }, steps.AdoptPrompt, []place{{steps.FailedPrompt, steps.Subscriber}}},
		"what to check":   {[]string{"undelivered"}, func(p *stepstest.Person) { p.Onward(steps.FinishedPrompt, ""); p.Take(steps.OpenArrival) }, steps.ArrivalPrompt, []place{{steps.FinishedPrompt, ""}}},
		"another message": {[]string{"undelivered"}, func(p *stepstest.Person) {
			p.Onward(steps.FinishedPrompt, "")
			p.Take(steps.OpenArrival)
			p.Take(steps.Fill)
		}, steps.FormPrompt, []place{{steps.FinishedPrompt, ""}}},
	} {
		t.Run(name, func(t *testing.T) {
			inBoth(t, func(t *testing.T, edition api.Edition) {
				p := person(t, edition, tc.faults...)
				p.Onward(steps.PlanPrompt, "")
				tc.to(p)
				require.Equal(t, tc.at, p.Prompt().Kind, p.Where())
				calls, objects := len(p.Setup.Wire.Calls), p.Setup.Box.Objects()
				for _, want := range tc.back {
					p.Take(steps.Back)
					require.Equal(t, want, place{p.Prompt().Kind, p.Prompt().Step.ID}, p.Where())
					require.Empty(t, p.Prompt().Problems)
				}
				require.Len(t, p.Setup.Wire.Calls, calls, "nothing is sent")
				require.Equal(t, objects, p.Setup.Box.Objects())
			})
		})
	}
}

// Rule: a step that the overview leads to leads back to where the person was.
func TestTheOverviewLeadsThereAndBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := person(t, api.Edition2025, "drop@subscriber")
		p.Onward(steps.UnknownPrompt, steps.Subscriber)
		for _, o := range p.Overview().Options {
			if o.Do != steps.Visit {
				require.Contains(t, []steps.Action{steps.None, steps.CheckIDs}, o.Do, o.Label)
				continue
			}
			require.NoError(t, p.Reply(t.Context(), steps.Reply{Option: o}))
			require.Equal(t, o.Step, p.Prompt().Step.ID)
			if _, there := p.Prompt().Option(steps.Back); there {
				p.Take(steps.Back)
			}
			require.Equal(t, steps.UnknownPrompt, p.Prompt().Kind, "from %s", o.Step)
		}
	})
}

// Rule: what was typed into a form is there again when the person comes back to it,
// in this run and in the next.
func TestWhatWasTypedIsThereAgain(t *testing.T) {
	box := stepstest.NewBox(t, sandbox.Options{})
	p := stepstest.Open(t, t.TempDir()+"/state.json", box, stepstest.Options{Edition: api.Edition2025, Live: true}).Person(t, false)
	typeAll(p)
	p.Onward(steps.FormPrompt, steps.Account)
	p.Type(steps.Back, steps.Answers{"AccountName": "Half typed"})
	p.Take(steps.Continue)
	require.Equal(t, "Half typed", question(t, p.Setup, steps.Account, "AccountName").Value)
	p.Take(steps.Back)
	p.Take(steps.Back)
	p.Take(steps.Leave)
	p = p.Setup.Again(t).Person(t, false)
	typeAll(p)
	p.Onward(steps.FormPrompt, steps.Authenticate)
	p.Take(steps.Submit)
	require.Equal(t, steps.PlanPrompt, p.Prompt().Kind, "there is something to plan with")
	require.Equal(t, "Half typed", p.Prompt().Plan[1].Questions[0].Value)
	require.Equal(t, 2, p.Prompt().Plan[1].Open, "two email addresses are missing")
}
