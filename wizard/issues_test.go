package wizard

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox/sandboxtest"
	"telegent-setup/steps"
	"telegent-setup/testdata/issues"
)

// Rule: whatever goes wrong, the wizard says what happened and the whole of what
// helps, offers the fix that is documented first, and leads to it; leaving is 3.
// (The plain faces' part of this table is beside the main program.)
func TestEveryIssueShowsItsFix(t *testing.T) {
	if testing.Short() {
		t.Skip("long under the race detector: .ci/run plays it without")
	}
	for _, c := range issues.All() {
		for _, edition := range c.Editions() {
			t.Run(c.Name+" "+string(edition), func(t *testing.T) {
				play(t, stage{edition: edition}, func(d *driver) {
					meet(d, c)
					title := strings.ReplaceAll(c.Title, issues.Server, "http://127.0.0.1:8080")
					d.sees(title, c.Solution)
					kind := steps.FailedPrompt
					if c.Unknown {
						kind = steps.UnknownPrompt
					}
					d.at(kind, c.Step)
					shown := d.m.Top().Title()
					require.Contains(t, shown, title)
					require.Equal(t, c.Choice, d.m.prompt.Options[0].Label)
					require.Equal(t, map[bool]string{false: "✗", true: "?"}[c.Unknown], string([]rune(shown)[0]))
					d.wire.down = false
					d.slowly("enter")
					d.pass(time.Minute)
					requireFix(d, c)
					d.keys("ctrl+c")
					require.True(t, d.quit)
					require.Equal(t, steps.ExitStopped, d.m.exit)
				})
			})
		}
	}
}

// meeting is the view of a case, in the first edition in which it can occur.
func meeting(name, screen string) view {
	for _, c := range issues.All() {
		if c.Name == name {
			return view{stage: stage{edition: c.Editions()[0]}, act: func(d *driver, freeze func(*driver, string)) {
				meet(d, c)
				freeze(d, screen)
			}}
		}
	}
	panic("no case is called " + name)
}

// meet brings up the failure of a case.
func meet(d *driver, c issues.Case) {
	d.t.Helper()
	service, err := c.Service(d.stage.edition)
	require.NoError(d.t, err)
	d.wire.next = sandboxtest.Transport{Handler: service}
	if d.stage.edition == api.Edition2026 && (c.Step == steps.Subscriber || c.Step == steps.TestMessage) {
		d.submit(steps.Provision)
		d.pass(time.Minute) // The order is asked for.
	}
	d.to(c.Step)
	d.wire.down = c.Down
	d.submit(c.Step)
	d.pass(time.Minute)
}

// requireFix says that the first choice led to what mends the failure.
func requireFix(d *driver, c issues.Case) {
	d.t.Helper()
	switch {
	case c.Unknown:
		require.Contains(d.t, []steps.PromptKind{steps.ListPrompt, steps.UnknownPrompt}, d.m.prompt.Kind, "the screen is:\n%s", d.screen())
	case c.Choice == "Try again" || c.Choice == "Wait, then send again":
		require.NotEqual(d.t, "✗ "+c.Title, d.m.Top().Title(), "it was sent again")
		s := d.m.runner.Status(c.Step)
		require.True(d.t, d.m.Context.Facts.Done(s) || d.m.prompt.Kind == steps.ListPrompt, "the screen is:\n%s", d.screen())
	default:
		require.Equal(d.t, c.FixStep, d.m.prompt.Step.ID, "the screen is:\n%s", d.screen())
	}
}
