package plain

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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

// open opens a setup in the sandbox whose events are told to out.
func open(t *testing.T, edition api.Edition, out io.Writer, given map[string]steps.Answers, faults ...string) *stepstest.Setup {
	t.Helper()
	box := stepstest.NewBox(t, sandbox.Options{Edition: edition, Orders: -1}, faults...)
	return stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), box,
		stepstest.Options{Edition: edition, Given: given, Observer: &Events{Out: out, Notes: io.Discard}})
}

// Rule: a step that was found without an answer, and that nothing settles, is all
// that a run tells of: nothing is sent.
func TestNothingIsSentWhileAnOutcomeIsUnknown(t *testing.T) {
	t.Parallel()
	for _, step := range creating() {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			s := open(t, api.Edition2025, io.Discard, nil, "drop@"+step)
			require.Error(t, s.Walk(t, step))
			again := s.Again(t)
			var errs bytes.Buffer
			require.Equal(t, steps.ExitUnsettled, Unattended(t.Context(), Policy{Runner: again.Runner, Err: &errs}))
			require.Empty(t, again.Wire.Calls)
			require.Contains(t, errs.String(), "--find looks for it at the service.")
			requireLast(t, again, step, steps.StatusUnknown, steps.ExitUnsettled)
		})
	}
}

// requireLast says how the last step of a run ended, and the run with it.
func requireLast(t *testing.T, s *stepstest.Setup, step string, status steps.StepStatus, exit int) {
	t.Helper()
	all := s.Events.All
	require.IsType(t, steps.Ended{}, all[len(all)-1])
	require.Equal(t, exit, all[len(all)-1].(steps.Ended).Exit)
	var last steps.Stepped
	for _, e := range all {
		if stepped, ok := e.(steps.Stepped); ok {
			last = stepped
		}
	}
	require.Equal(t, []any{step, status}, []any{last.Step, last.Status})
}

// Rule: --find takes over the one match, and the run goes on; looking sends nothing
// that creates.
func TestFindTakesTheOneMatch(t *testing.T) {
	t.Parallel()
	for _, edition := range api.Editions() {
		for _, step := range creating() {
			t.Run(string(edition)+" "+step, func(t *testing.T) {
				t.Parallel()
				s := open(t, edition, io.Discard, nil, "drop@"+step)
				require.Error(t, s.Walk(t, step))
				again := s.Again(t)
				var errs bytes.Buffer
				require.Equal(t, steps.ExitDone, Unattended(t.Context(), Policy{Runner: again.Runner, Find: true, Err: &errs}), errs.String())
				requireOneOfEach(t, again)
			})
		}
	}
}

// Rule: what cannot be asked for is left to --resend, which sends once; without it
// the run ends as it was found.
func TestFindLeavesToResendWhatItDoesNotFind(t *testing.T) {
	t.Parallel()
	for _, resend := range []bool{false, true} {
		s := open(t, api.Edition2025, io.Discard, nil, "refuse@message-route", "no-lookup")
		require.Error(t, s.Walk(t, steps.MessageRoute))
		again := s.Again(t)
		var errs bytes.Buffer
		exit := Unattended(t.Context(), Policy{Runner: again.Runner, Find: true, Resend: resend, Err: &errs})
		require.Contains(t, errs.String(), "The service cannot be asked for this here.")
		if resend {
			require.Equal(t, steps.ExitDone, exit, errs.String())
			requireOneOfEach(t, again)
			continue
		}
		require.Equal(t, steps.ExitUnsettled, exit, errs.String())
		requireLast(t, again, steps.MessageRoute, steps.StatusUnknown, steps.ExitUnsettled)
	}
}

// Rule: a step that becomes unknown in this run is not sent again by --resend.
func TestResendIsForWhatWasFound(t *testing.T) {
	t.Parallel()
	s := open(t, api.Edition2025, io.Discard, nil, "drop@account")
	require.Equal(t, steps.ExitUnsettled, Unattended(t.Context(), Policy{Runner: s.Runner, Resend: true, Find: true, Err: io.Discard}))
	require.Equal(t, state.Sent, s.Status(steps.Account).Status)
	require.Len(t, s.Box.Objects().Accounts, 1)
}

// Rule: an ID that is given settles an unknown outcome, and nothing is sent for it.
func TestAGivenIDSettles(t *testing.T) {
	t.Parallel()
	given := steps.NewGiven()
	box := stepstest.NewBox(t, sandbox.Options{}, "drop@account")
	s := stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), box,
		stepstest.Options{Edition: api.Edition2025, Read: func(api.Edition) (steps.Given, error) { return given, nil }})
	require.Error(t, s.Walk(t, steps.Account))
	given.Adopt[steps.Account] = steps.Answers{"AccountId": box.Objects().Accounts[0]}
	again := s.Again(t)
	require.Equal(t, steps.ExitDone, Unattended(t.Context(), Policy{Runner: again.Runner, Err: io.Discard}))
	requireOneOfEach(t, again)
}

// Rule: all that is missing or wrong is named at once, before anything is sent, and
// without a start.
func TestProblemsAreNamedAtOnce(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	s := open(t, api.Edition2025, &out, map[string]steps.Answers{
		steps.Account: {"BillingEmail": "nobody"}, steps.TestMessage: {"To": "none"},
	})
	require.Equal(t, steps.ExitMisused, Unattended(t.Context(), Policy{Runner: s.Runner, Events: &out, Err: &errs}))
	require.Equal(t, 1, strings.Count(out.String(), "\n"))
	require.Contains(t, out.String(), `{"event":"problems","exit":2,"problems":[{"step":"account","key":"BillingEmail","problem":"invalid","say":`)
	require.Contains(t, out.String(), `{"step":"test-message","key":"To","problem":"invalid"`)
	require.NotContains(t, out.String(), "nobody")
	require.Contains(t, errs.String(), "telegent-setup: 2 answers are missing or not right; nothing was sent\n")
	require.Contains(t, errs.String(), "telegent-setup answers")
	require.Empty(t, s.Wire.Calls)
}

// Rule: the delivery of the message is waited for only when that was asked.
func TestTheDeliveryIsWaitedFor(t *testing.T) {
	t.Parallel()
	for wait, want := range map[time.Duration]bool{0: false, 30 * time.Second: true} {
		synctest.Test(t, func(t *testing.T) {
			var out bytes.Buffer
			s := open(t, api.Edition2025, &out, nil)
			require.Equal(t, steps.ExitDone, Unattended(t.Context(), Policy{Runner: s.Runner, WaitDelivered: wait, Events: &out, Err: io.Discard}))
			require.Equal(t, want, strings.Contains(out.String(), `{"event":"delivery","status":"Delivered","seconds":`), out.String())
			require.Equal(t, want, strings.Contains(out.String(), `{"event":"reply"}`), out.String())
		})
	}
}

// failing is an output that takes some lines, and no more.
type failing struct{ lines int }

// Write implements io.Writer.
func (f *failing) Write(b []byte) (int, error) {
	if f.lines--; f.lines < 0 {
		return 0, errors.New("no space left on device")
	}
	return len(b), nil
}

// Rule: once an event cannot be written nothing more is sent, and the exit status
// is that of an error of this machine.
func TestEventsThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	all := 10 // start, eight steps, end.
	for lines := range all {
		t.Run(fmt.Sprintf("%d lines", lines), func(t *testing.T) {
			t.Parallel()
			var errs bytes.Buffer
			s := open(t, api.Edition2025, &failing{lines}, nil)
			require.Equal(t, steps.ExitBroken, Unattended(t.Context(), Policy{Runner: s.Runner, Err: &errs}))
			require.Contains(t, errs.String(), "write an event to standard output: no space left on device")
			created := 0
			for _, call := range s.Wire.Calls {
				if strings.HasPrefix(call, "POST") && !strings.Contains(call, "oauth") && !strings.Contains(call, "availability") {
					created++
				}
			}
			require.LessOrEqual(t, created, max(lines-1, 0))
		})
	}
}
