//go:build !race

package wizard

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/steps"
	"telegent-setup/testdata/issues"
)

// Rule: whatever goes wrong, the wizard says what happened and the whole of what
// helps, offers the fix that is documented first, and leads to it; leaving is 3.
// (The plain faces' part of this table is beside the main program.)
func TestEveryIssueShowsItsFix(t *testing.T) {
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

// requireFix says that the first choice led to what mends the failure.
func requireFix(d *driver, c issues.Case) {
	d.t.Helper()
	switch {
	case c.Unknown:
		require.Contains(d.t, []steps.PromptKind{steps.ListPrompt, steps.UnknownPrompt}, d.m.prompt.Kind, "the screen is:\n%s", d)
	case c.Choice == "Try again" || c.Choice == "Wait, then send again":
		require.NotEqual(d.t, "✗ "+c.Title, d.m.Top().Title(), "it was sent again")
		s := d.m.runner.Status(c.Step)
		require.True(d.t, d.m.Context.Facts.Done(s) || d.m.prompt.Kind == steps.ListPrompt, "the screen is:\n%s", d)
	default:
		require.Equal(d.t, c.FixStep, d.m.prompt.Step.ID, "the screen is:\n%s", d)
	}
}
