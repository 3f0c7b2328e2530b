package steps_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// person begins a run of an edition over a sandbox with faults.
func person(t *testing.T, edition api.Edition, faults ...string) *stepstest.Person {
	t.Helper()
	box := stepstest.NewBox(t, sandbox.Options{Edition: edition}, faults...)
	return stepstest.Open(t, t.TempDir()+"/state.json", box, stepstest.Options{Edition: edition}).Person(t, true)
}

// inBoth runs a test in each edition, with a clock of its own.
func inBoth(t *testing.T, run func(*testing.T, api.Edition)) {
	t.Helper()
	for _, edition := range api.Editions() {
		t.Run(string(edition), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { run(t, edition) })
		})
	}
}

// one is what a finished setup has at the service: one object of each kind.
func requireOneOfEach(t *testing.T, box *sandbox.Sandbox) {
	t.Helper()
	made := box.Objects()
	for kind, ids := range map[string][]string{
		"account": made.Accounts, "message route": made.MessageRoutes, "voice route": made.VoiceRoutes,
		"number": made.Numbers, "subscriber": made.Subscribers, "message": made.Messages,
	} {
		require.Len(t, ids, 1, kind)
	}
}

// Rule: the first option of every prompt is the way on, to the end of the walk and
// to the answer of the phone.
func TestTheWayOnLeadsToTheEnd(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition)
		p.Onward(steps.FinishedPrompt, "")
		require.Contains(t, p.Says(), "and answered: messages flow")
		requireOneOfEach(t, p.Setup.Box)
		require.Equal(t, "answered", p.Facts().Delivery)
		p.Take(steps.Leave)
		exit, left := p.Left()
		require.Equal(t, []any{0, true}, []any{exit, left})
	})
}

// liveRun begins a run of the real service: nothing is answered ahead.
func liveRun(t *testing.T, edition api.Edition, faults ...string) *stepstest.Person {
	t.Helper()
	box := stepstest.NewBox(t, sandbox.Options{Edition: edition}, faults...)
	p := stepstest.Open(t, t.TempDir()+"/state.json", box, stepstest.Options{Edition: edition, Live: true}).Person(t, true)
	typeAll(p)
	return p
}

// typeAll gives a person what is to be typed into the forms of the real service.
func typeAll(p *stepstest.Person) {
	p.Answers = map[string]steps.Answers{
		steps.Authenticate: {"AccountKey": sandbox.Key},
		steps.MessageRoute: {"RouteUrl": "https://example.com/messages"},
		steps.VoiceRoute:   {"VoiceUrl": "sip:example.com"},
		steps.Subscriber:   {"Name": "John Smith", "Email": "john@example.com"},
		steps.TestMessage:  {"To": "+13105559999"},
		steps.Account:      {"AccountName": "Mine", "BillingEmail": "b@example.com", "AdminEmail": "a@example.com"},
	}
	p.Secrets = map[string]api.Secret{"AccountSecret": api.NewSecret(sandbox.Secret), "Password": api.NewSecret("SecurePass123!")}
	if p.Setup.Edition() == api.Edition2025 {
		return
	}
	p.Answers[steps.MessageRoute] = steps.Answers{"MessageUrl": "https://example.com/messages"}
	p.Answers[steps.VoiceRoute] = steps.Answers{"TrunkUri1": "sip:example.com"}
	p.Answers[steps.Provision] = steps.Answers{"ProductType": "Sms-Only"}
	p.Answers[steps.Account] = steps.Answers{
		"AccountName": "Mine", "AccountAdmin": "a@example.com",
		"BillingAddress.Street1": "1 Main Street", "BillingAddress.City": "Lehi", "BillingAddress.State": "UT", "BillingAddress.Zip": "84043",
	}
}

// Rule: a live setup asks for everything that nobody can guess, keeps what is typed,
// says before it buys or sends, and skips voice unless it is wanted.
func TestALiveWalkAsksForWhatItNeeds(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := liveRun(t, edition)
		require.Contains(t, p.Says(), "AccountKey and AccountSecret")
		p.Onward(steps.FormPrompt, steps.Account)
		if edition == api.Edition2026 {
			require.Equal(t, steps.OpenAdopt, p.Prompt().Options[0].Do, "most have their account already")
		}
		p.Take(steps.Submit)
		p.Onward(steps.OfferPrompt, steps.VoiceRoute)
		require.Equal(t, steps.Skip, p.Prompt().Options[0].Do)
		order := p.Onward(steps.ConfirmPrompt, steps.Provision)
		require.True(t, order.Guarded)
		require.Contains(t, order.Title, "This orders")
		require.Contains(t, p.Says(), "billed")
		message := p.Onward(steps.ConfirmPrompt, steps.TestMessage)
		require.Contains(t, message.Title, "to +13105559999")
		p.Onward(steps.FinishedPrompt, "")
		require.Empty(t, p.Setup.Box.Objects().VoiceRoutes)
		require.Equal(t, false, body(t, p.Setup, "/numbers/provision")["VoiceEnabled"])
	})
}

// Rule: a sign-in that was refused leads nowhere back: the walk goes on after it.
func TestARefusedSignInIsNotReturnedTo(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := liveRun(t, edition)
		right := p.Secrets["AccountSecret"]
		p.Secrets["AccountSecret"] = api.NewSecret("not-the-secret")
		p.Onward(steps.FormPrompt, steps.Authenticate)
		p.Take(steps.Submit)
		require.Equal(t, steps.FailedPrompt, p.Prompt().Kind)
		p.Secrets["AccountSecret"] = right
		p.Take(steps.Fill)
		p.Take(steps.Submit)
		require.Equal(t, steps.Account, p.Prompt().Step.ID, p.Where())
		p.Take(steps.Submit)
		require.Equal(t, []any{steps.FormPrompt, steps.MessageRoute}, []any{p.Prompt().Kind, p.Prompt().Step.ID}, p.Where())
	})
}

// Rule: a plan says how many answers only the person can give.
func TestThePlanCountsWhatIsOpen(t *testing.T) {
	box := stepstest.NewBox(t, sandbox.Options{Edition: api.Edition2025})
	given := map[string]steps.Answers{steps.Account: {"AccountName": "Mine", "BillingEmail": "nobody"}}
	p := stepstest.Open(t, t.TempDir()+"/state.json", box, stepstest.Options{Edition: api.Edition2025, Live: true, Given: given}).Person(t, true)
	p.Answers = map[string]steps.Answers{steps.Authenticate: {"AccountKey": sandbox.Key}}
	p.Secrets = map[string]api.Secret{"AccountSecret": api.NewSecret(sandbox.Secret)}
	p.Onward(steps.PlanPrompt, "")
	require.Contains(t, p.Says(), "Still open: 8 answers that only you can give.")
}

// Rule: what a person reads of a step that was sent names its object and what
// became of it: a message arrives, a number is ordered, all else is created.
func TestTheUnknownScreenNamesWhatItIsAbout(t *testing.T) {
	for step, says := range map[string]string{
		steps.Account:     "Only if the account was not created; you will be asked once more.",
		steps.Provision:   "Only if the number was not ordered; you will be asked once more.",
		steps.TestMessage: "Only if the message did not arrive; you will be asked once more.",
	} {
		t.Run(step, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := person(t, api.Edition2025, "drop@"+step)
				p.Onward(steps.UnknownPrompt, step)
				require.Equal(t, says, p.Option(steps.OpenResend).Help)
			})
		})
	}
}

// Rule: the rail names the number that was chosen, before it is ordered too.
func TestTheRailNamesTheChosenNumber(t *testing.T) {
	p := person(t, api.Edition2025)
	p.Onward(steps.ConfirmPrompt, steps.Provision)
	facts := p.Facts()
	require.Equal(t, "+18015550100", facts.Note(facts.Steps[4]))
}

// Rule: a form that does not validate is put before the person again, with its
// problems and with what was typed.
func TestAFormThatDoesNotValidateStays(t *testing.T) {
	p := liveRun(t, api.Edition2025)
	p.Onward(steps.FormPrompt, steps.Account)
	p.Type(steps.Submit, steps.Answers{"AccountName": "Mine", "BillingEmail": "nobody"})
	at := p.Prompt()
	require.Equal(t, steps.FormPrompt, at.Kind)
	var keys []string
	for _, problem := range at.Problems {
		keys = append(keys, problem.Key)
	}
	require.Equal(t, []string{"BillingEmail", "AdminEmail"}, keys)
	require.Equal(t, "Mine", p.Setup.OnDisk(t).Steps[steps.Account].Answers["AccountName"], "what was typed is kept")
	require.Len(t, p.Setup.Wire.Calls, 1, "nothing was sent but the token call")
}

// Rule: the number or area of the last search is the one that is ordered.
func TestTheLastSearchIsOrdered(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := liveRun(t, edition)
		if p.Onward(steps.FormPrompt, steps.Account); edition == api.Edition2026 {
			p.Take(steps.Submit)
		}
		p.Answers[steps.Availability] = steps.Answers{"AreaCode": "801"}
		p.Onward(steps.ListPrompt, "")
		p.Choose(0)
		require.Equal(t, []any{steps.FormPrompt, steps.Provision}, []any{p.Prompt().Kind, p.Prompt().Step.ID})
		p.Take(steps.Back)
		p.Take(steps.Fill) // Search again.
		p.Type(steps.Submit, steps.Answers{"AreaCode": "310"})
		rows := p.Prompt().Results.Rows
		row := slices.IndexFunc(rows, func(r steps.Row) bool { return r.ZipCode == "90210" })
		if edition == api.Edition2025 {
			row = 1
		}
		p.Choose(row)
		p.Onward(steps.ConfirmPrompt, steps.Provision)
		title := p.Prompt().Title
		p.Take(steps.Send)
		sent := body(t, p.Setup, "/numbers/provision")
		if edition == api.Edition2025 {
			require.Equal(t, rows[row].Number, sent["PhoneNumber"])
			require.Contains(t, title, rows[row].Number)
			return
		}
		require.Equal(t, []any{"310", "90210"}, []any{sent["AreaCode"], sent["ZipCode"]})
		require.Contains(t, title, "area code 310")
	})
}

// Rule: a number that was given ahead is the one to begin with; one that is not in
// the list is said, and none is chosen in its place.
func TestAGivenNumberIsPreselected(t *testing.T) {
	for given, tc := range map[string]struct {
		row  int
		says string
	}{
		"+18015550103": {3, ""},
		"+19995550000": {-1, "+19995550000, which was given ahead, is not in this list."},
	} {
		s := over(t, api.Edition2025, api.Edition2025, stepstest.Options{Given: map[string]steps.Answers{steps.Provision: {"PhoneNumber": given}}})
		p := s.Person(t, false)
		at := p.Onward(steps.ListPrompt, "")
		require.Equal(t, tc.row, at.Results.Preselected())
		require.Contains(t, p.Says(), tc.says)
	}
}

// Rule: the plan carries out what needs nobody, and stops at the list, before it
// buys and before it sends.
func TestThePlanStopsWhereAPersonDecides(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition)
		plan := p.Onward(steps.PlanPrompt, "")
		require.Len(t, plan.Plan, 8)
		for _, s := range plan.Plan {
			require.Zero(t, s.Open, "%s: in the sandbox everything is answered", s.Step.ID)
			require.Equal(t, s.Step.ID == steps.Availability || s.Step.ID == steps.Provision || s.Step.ID == steps.TestMessage, s.Stops, s.Step.ID)
		}
		p.Take(steps.RunPlan)
		require.Equal(t, steps.ListPrompt, p.Prompt().Kind)
		require.Len(t, p.Setup.Box.Objects().VoiceRoutes, 1)
		require.Empty(t, p.Setup.Box.Objects().Numbers)
		p.Choose(0)
		require.Equal(t, []any{steps.ConfirmPrompt, steps.Provision}, []any{p.Prompt().Kind, p.Prompt().Step.ID})
		require.Empty(t, p.Setup.Box.Objects().Numbers)
		p.Take(steps.Send)
		require.Equal(t, []any{steps.ConfirmPrompt, steps.TestMessage}, []any{p.Prompt().Kind, p.Prompt().Step.ID})
		require.Empty(t, p.Setup.Box.Objects().Messages)
		p.Onward(steps.FinishedPrompt, "")
		requireOneOfEach(t, p.Setup.Box)
	})
}

// Rule: the eight screens are one key away from the plan, and a plan that fails
// stops there.
func TestThePlanCanBeLeftAndStopsAtAFailure(t *testing.T) {
	p := person(t, api.Edition2025)
	p.Onward(steps.PlanPrompt, "")
	p.Take(steps.Continue)
	require.Equal(t, []any{steps.FormPrompt, steps.Account}, []any{p.Prompt().Kind, p.Prompt().Step.ID})

	p = person(t, api.Edition2025, "soft-failure@message-route")
	p.Onward(steps.PlanPrompt, "")
	p.Take(steps.RunPlan)
	require.Equal(t, []any{steps.FailedPrompt, steps.MessageRoute}, []any{p.Prompt().Kind, p.Prompt().Step.ID})
	p.Take(steps.Send)
	require.Equal(t, []any{steps.OfferPrompt, steps.VoiceRoute}, []any{p.Prompt().Kind, p.Prompt().Step.ID}, "from there step by step")
}

// Rule: a step that was skipped can be opened again until a number is ordered.
func TestASkippedStepCanBeOpenedAgain(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition)
		p.Onward(steps.PlanPrompt, "")
		p.Take(steps.Continue)
		p.Onward(steps.OfferPrompt, steps.VoiceRoute)
		p.Take(steps.Skip)
		p.Take(steps.Back)
		require.Equal(t, []any{steps.StepPrompt, steps.VoiceRoute}, []any{p.Prompt().Kind, p.Prompt().Step.ID})
		p.Take(steps.Reopen)
		require.Equal(t, []any{steps.FormPrompt, steps.VoiceRoute}, []any{p.Prompt().Kind, p.Prompt().Step.ID})
		p.Take(steps.Skip)
		p.Onward(steps.FormPrompt, steps.Subscriber)
		require.NoError(t, p.Reply(t.Context(), steps.Reply{Option: steps.Option{Do: steps.Visit, Step: steps.VoiceRoute}}))
		_, offered := p.Prompt().Option(steps.Reopen)
		require.False(t, offered, "the number is ordered without voice")
		p.Onward(steps.FinishedPrompt, "")
		require.Contains(t, p.Says(), "Voice was skipped")
		require.Empty(t, p.Setup.Box.Objects().VoiceRoutes)
	})
}

// Rule: a step that was skipped is opened again by itself for answers that are given
// for it, as long as it can be carried out.
func TestGivenAnswersOpenASkippedStep(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, steps.MessageRoute))
	require.NoError(t, s.Skip(steps.VoiceRoute))
	s = s.With(t, map[string]steps.Answers{steps.VoiceRoute: {"VoiceUrl": "sip:given.example.com"}})
	p := s.Person(t, false)
	p.Onward(steps.PlanPrompt, "")
	p.Take(steps.RunPlan)
	require.Equal(t, "sip:given.example.com", body(t, s, "/voice/routes")["VoiceUrl"])
	require.NotEmpty(t, s.Saved()[steps.CRID])
}

// Rule: a finished setup that is started again sends nothing; redoing a step asks
// for the secret first, and goes on by itself after that.
func TestAFinishedSetupIsRedoneAfterSigningIn(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := liveRun(t, edition)
		if p.Onward(steps.FormPrompt, steps.Account); edition == api.Edition2026 {
			p.Take(steps.Submit)
		}
		p.Onward(steps.FinishedPrompt, "")
		before := p.Setup.OnDisk(t)
		p = p.Setup.Again(t).Person(t, true)
		require.Equal(t, steps.FinishedPrompt, p.Prompt().Kind)
		require.Empty(t, p.Setup.Wire.Calls)

		visit := slices.IndexFunc(p.Overview().Options, func(o steps.Option) bool { return o.Step == steps.MessageRoute })
		require.NoError(t, p.Reply(t.Context(), steps.Reply{Option: p.Overview().Options[visit]}))
		require.Equal(t, steps.StepPrompt, p.Prompt().Kind)
		p.Take(steps.OpenRedo)
		require.True(t, p.Prompt().Guarded)
		require.Equal(t, steps.Back, p.Prompt().Options[0].Do, "left as it is, unless wanted")
		p.Take(steps.Fill)
		p.Take(steps.Submit)
		at := p.Prompt()
		require.Equal(t, []any{steps.FormPrompt, steps.Authenticate}, []any{at.Kind, at.Step.ID}, p.Where())
		require.Contains(t, p.Says(), "Sign in first: no secret is stored. Then this goes on by itself.")
		require.Equal(t, before, p.Setup.OnDisk(t))
		p.Secrets = map[string]api.Secret{"AccountSecret": api.NewSecret(sandbox.Secret)}
		p.Take(steps.Submit)
		require.Equal(t, steps.FinishedPrompt, p.Prompt().Kind, p.Where())
		require.Len(t, p.Setup.Box.Objects().MessageRoutes, 2)
		require.Equal(t, p.Setup.Box.Objects().MessageRoutes[1], p.Setup.Saved()[steps.MRID])
		require.Equal(t, before.IDs["MRID"], p.Setup.OnDisk(t).History[0].Value)
	})
}

// Rule: what had to wait for signing in goes on from where the person stood.
func TestWhatIsLookedForAfterSigningIn(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := liveRun(t, edition, "refuse@message-route")
		if p.Onward(steps.FormPrompt, steps.Account); edition == api.Edition2026 {
			p.Take(steps.Submit)
		}
		p.Onward(steps.UnknownPrompt, steps.MessageRoute)
		p = p.Setup.Again(t).Person(t, true)
		visit := slices.IndexFunc(p.Overview().Options, func(o steps.Option) bool { return o.Step == steps.MessageRoute })
		require.NoError(t, p.Reply(t.Context(), steps.Reply{Option: p.Overview().Options[visit]}))
		p.Take(steps.LookFor)
		require.Equal(t, steps.Authenticate, p.Prompt().Step.ID, p.Where())
		p.Secrets = map[string]api.Secret{"AccountSecret": api.NewSecret(sandbox.Secret)}
		p.Take(steps.Submit)
		require.Contains(t, p.Says(), "It is not there yet")
		require.Equal(t, []any{steps.UnknownPrompt, steps.MessageRoute}, []any{p.Prompt().Kind, p.Prompt().Step.ID}, p.Where())
	})
}
