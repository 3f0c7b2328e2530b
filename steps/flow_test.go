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
		require.Contains(t, p.Says(), "The message was delivered, and answered")
		requireOneOfEach(t, p.Setup.Box)
		require.Equal(t, "answered", p.Facts().Delivery)
		p.Take(steps.Leave)
		exit, left := p.Left()
		require.Equal(t, []any{0, true}, []any{exit, left})
	})
}
