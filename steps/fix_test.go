//go:build !race

package steps_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// fix is a way in which the service fails, and how a person gets out of it.
type fix struct {
	fault string
	step  string // Where it shows.
	kind  steps.PromptKind
	issue steps.Code
	first steps.Option // What is offered first: its action, step and focus.
	out   func(*stepstest.Person)
	made  int // How many message routes there are in the end.
}

// The ways out that several failures share.
var (
	again = func(p *stepstest.Person) { p.Take(p.Prompt().Options[0].Do) }
	// lookThenResend looks, finds nothing, and sends again.
	lookThenResend = func(p *stepstest.Person) {
		p.Take(steps.LookFor)
		p.Take(steps.OpenResend)
		p.Take(steps.Resend)
	}
	// lookThenAdopt looks, and takes what it finds.
	lookThenAdopt = func(p *stepstest.Person) {
		p.Take(steps.LookFor)
		p.Choose(0)
	}
)

func fixes() []fix {
	unknown := func(fault, step string, issue steps.Code, out func(*stepstest.Person)) fix {
		return fix{fault: fault + "@" + step, step: step, kind: steps.UnknownPrompt, issue: issue, first: steps.Option{Do: steps.LookFor, Step: step}, out: out}
	}
	return []fix{
		{"unauthorized@account:2", steps.Account, steps.FailedPrompt, "unauthorized", steps.Option{Do: steps.Fill, Step: steps.Authenticate, Focus: "AccountSecret"}, func(p *stepstest.Person) {
			p.Take(steps.Fill)
			p.Take(steps.Submit)
		}, 1},
		{"message-route-required", steps.Provision, steps.FailedPrompt, "message-route-required", steps.Option{Do: steps.OpenRedo, Step: steps.MessageRoute}, func(p *stepstest.Person) {
			p.Take(steps.OpenRedo)
			p.Take(steps.Fill)
			p.Take(steps.Submit)
		}, 2},
		{"number-in-use", steps.Provision, steps.FailedPrompt, "number-in-use", steps.Option{Do: steps.Send, Step: steps.Availability}, func(p *stepstest.Person) {
			p.Take(steps.Send)
			p.Choose(2)
		}, 1},
		{"email-exists", steps.Subscriber, steps.FailedPrompt, "email-exists", steps.Option{Do: steps.Fill, Step: steps.Subscriber, Focus: "Email"}, func(p *stepstest.Person) {
			p.Take(steps.Fill)
			p.Type(steps.Submit, steps.Answers{"Email": "another@example.com"})
		}, 1},
		{"invalid-account", steps.Subscriber, steps.FailedPrompt, "invalid-account", steps.Option{Do: steps.OpenAdopt, Step: steps.Account}, func(p *stepstest.Person) {
			p.Take(steps.OpenAdopt)
			p.Type(steps.Adopt, steps.Answers{"AccountId": p.Setup.Box.Objects().Accounts[0]})
		}, 1},
		{"rate-limit@account:5", steps.Account, steps.FailedPrompt, "rate-limit", steps.Option{Do: steps.Send, Step: steps.Account}, again, 1},
		{"soft-failure@account", steps.Account, steps.FailedPrompt, steps.IssueRefused, steps.Option{Do: steps.Send, Step: steps.Account}, again, 1},
		{"problem-details@account", steps.Account, steps.FailedPrompt, steps.IssueRefused, steps.Option{Do: steps.Send, Step: steps.Account}, again, 1},
		{"order-failed", steps.Provision, steps.FailedPrompt, steps.IssueOrderFailed, steps.Option{Do: steps.Send, Step: steps.Provision}, again, 1},
		{"no-numbers", steps.Availability, steps.FailedPrompt, steps.IssueNoNumbers, steps.Option{Do: steps.Fill, Step: steps.Availability, Focus: "AreaCode"}, func(p *stepstest.Person) {
			p.Take(steps.Fill)
			p.Type(steps.Submit, steps.Answers{"AreaCode": "310"})
		}, 1},
		unknown("server-error", steps.Account, steps.IssueServerError, lookThenResend),
		unknown("html", steps.MessageRoute, steps.IssueServerError, lookThenResend),
		unknown("hang", steps.VoiceRoute, steps.IssueTimeout, lookThenResend),
		unknown("refuse", steps.Subscriber, steps.IssueNetwork, lookThenResend),
		unknown("malformed", steps.MessageRoute, steps.IssueUnexpected, lookThenAdopt),
		unknown("missing-id", steps.Account, steps.IssueMissingID, lookThenAdopt),
		unknown("drop", steps.VoiceRoute, steps.IssueNetwork, lookThenAdopt),
	}
}

// Rule: every failure of the service names its documented fix first, keys typed
// ahead do not take it, and it leads back to the step and on to the end.
func TestEveryFailureIsFixedByItsFirstOption(t *testing.T) {
	for _, x := range fixes() {
		t.Run(x.fault, func(t *testing.T) {
			inBoth(t, func(t *testing.T, edition api.Edition) {
				p := person(t, edition, x.fault)
				at := p.Onward(x.kind, x.step)
				require.True(t, at.Guarded)
				require.NotNil(t, at.Failure)
				require.Equal(t, x.issue, at.Failure.Issue)
				require.NotEmpty(t, at.Failure.Solution)
				require.Contains(t, p.Says(), at.Failure.Solution)
				require.NotNil(t, at.Exchange, "the call behind it can be seen")
				first := at.Options[0]
				require.Equal(t, x.first, steps.Option{Do: first.Do, Step: first.Step, Focus: first.Focus})
				x.out(p)
				require.NotEqual(t, steps.PlanPrompt, p.Prompt().Kind, "the plan was seen")
				if now := p.Prompt(); now.Kind == steps.FormPrompt {
					require.GreaterOrEqual(t, now.Step.Number, at.Step.Number, "back at the step, or past it")
				}
				p.Onward(steps.FinishedPrompt, "")
				made := p.Setup.Box.Objects()
				require.Len(t, made.MessageRoutes, max(1, x.made))
				require.Len(t, made.Accounts, 1)
				require.Len(t, made.Numbers, 1)
				require.Len(t, made.Subscribers, 1)
			})
		})
	}
}

// Rule: the table above has every fault of the sandbox that is a failure of a step.
func TestEveryFaultHasItsFix(t *testing.T) {
	elsewhere := []string{
		"slow", "order-pending", // Which only take their time.
		"undelivered", "no-receipt", "no-reply", "no-lookup", // Which are no failures of a step.
	}
	covered := map[string]bool{}
	for _, name := range elsewhere {
		covered[name] = true
	}
	for _, x := range fixes() {
		f, err := sandbox.ParseFault(x.fault)
		require.NoError(t, err)
		covered[f.Name] = true
	}
	for _, kind := range sandbox.Faults() {
		require.True(t, covered[kind.Name], kind.Name)
	}
}

// Rule: the unknown screen has one order of options for every step; looking finds
// exactly what the cut call made, and adopting it goes on without a second one.
func TestWhatACutCallMadeIsFoundAndAdopted(t *testing.T) {
	for _, step := range steps.All() {
		if !step.Creates {
			continue
		}
		t.Run(step.ID, func(t *testing.T) {
			inBoth(t, func(t *testing.T, edition api.Edition) {
				p := person(t, edition, "drop@"+step.ID)
				at := p.Onward(steps.UnknownPrompt, step.ID)
				var order []steps.Action
				for _, o := range at.Options {
					order = append(order, o.Do)
				}
				require.Equal(t, []steps.Action{steps.LookFor, steps.OpenAdopt, steps.OpenResend, steps.WriteReport, steps.Leave, steps.ShowExchange}, order)

				p.Take(steps.LookFor)
				at = p.Prompt()
				require.Equal(t, steps.ListPrompt, at.Kind, p.Where())
				require.Equal(t, steps.Existing, at.Results.Kind)
				require.Len(t, at.Results.Rows, 1)
				require.NotEmpty(t, at.Results.Rows[0].Details, "with what tells it apart")
				require.Equal(t, state.Sent, p.Setup.OnDisk(t).Steps[step.ID].Status, "it is offered, not taken")

				p.Choose(0)
				p.Onward(steps.FinishedPrompt, "")
				requireOneOfEach(t, p.Setup.Box)
				for _, id := range step.Saves {
					require.NotEmpty(t, p.Setup.Saved()[id], id)
				}
			})
		})
	}
}
