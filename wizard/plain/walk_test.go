package plain

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// talk walks through a setup in the sandbox with typed lines, and returns what was
// said and the exit status.
func talk(t *testing.T, edition api.Edition, box *sandbox.Sandbox, lines string) (string, int, *stepstest.Setup) {
	t.Helper()
	var out bytes.Buffer
	s := stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), box, stepstest.Options{Edition: edition, Observer: &Lines{Out: &out, Notes: &out, Dialog: true}})
	exit := Prompts(t.Context(), Dialog{Runner: s.Runner, In: strings.NewReader(lines), Out: &out, Err: &out})
	return out.String(), exit, s
}

// Rule: a setup in the sandbox is walked through by empty lines, in either edition,
// and ends with what became of the message.
func TestEmptyLinesWalkThroughTheSandbox(t *testing.T) {
	for _, edition := range []api.Edition{api.Edition2025, api.Edition2026} {
		t.Run(string(edition), func(t *testing.T) {
			out, exit, s := talk(t, edition, stepstest.NewBox(t, sandbox.Options{Edition: edition}), strings.Repeat("\n", 100))
			t.Log(out)
			require.Equal(t, steps.ExitDone, exit)
			_, more := s.Next()
			require.False(t, more)
			require.NotContains(t, out, "\x1b")
		})
	}
}

// Rule: an unattended run in the sandbox needs no answer.
func TestUnattendedWalk(t *testing.T) {
	for _, edition := range []api.Edition{api.Edition2025, api.Edition2026} {
		t.Run(string(edition), func(t *testing.T) {
			var out bytes.Buffer
			box := stepstest.NewBox(t, sandbox.Options{Edition: edition})
			s := stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), box, stepstest.Options{Edition: edition, Observer: NewEvents(&out, &out)})
			require.Equal(t, steps.ExitDone, Unattended(t.Context(), Answers{Runner: s.Runner, Err: &out}))
			t.Log(out.String())
		})
	}
}
