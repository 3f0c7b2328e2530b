package plain

import (
	"bytes"
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

// creating lists the steps that create something.
func creating() []string {
	var all []string
	for _, s := range steps.All() {
		if s.Creates {
			all = append(all, s.ID)
		}
	}
	return all
}

// dialog opens a setup in the sandbox that a person is asked about.
func dialog(t *testing.T, edition api.Edition, faults ...string) (*stepstest.Setup, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	box := stepstest.NewBox(t, sandbox.Options{Edition: edition, Orders: -1}, faults...)
	s := stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), box,
		stepstest.Options{Edition: edition, Observer: &Lines{Out: &out, Notes: &out, Dialog: true}})
	return s, &out
}

// talk goes on with a setup by typed lines.
func talk(t *testing.T, s *stepstest.Setup, out *bytes.Buffer, lines ...string) (exit int) {
	t.Helper()
	return Prompts(t.Context(), Dialog{Runner: s.Runner, In: strings.NewReader(strings.Join(lines, "\n") + "\n"), Out: out, Err: out})
}

// empty are empty lines, more than any walk takes.
func empty() string { return strings.Repeat("\n", 100) }

// Rule: a setup in the sandbox is walked through by empty lines, in either edition,
// and ends with what became of the message.
func TestEmptyLinesWalkThroughTheSandbox(t *testing.T) {
	t.Parallel()
	for _, edition := range api.Editions() {
		t.Run(string(edition), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, out := dialog(t, edition)
				require.Equal(t, steps.ExitDone, talk(t, s, out, empty()), out.String())
				_, more := s.Next()
				require.False(t, more)
				require.Contains(t, out.String(), "The message was delivered in ")
				require.Contains(t, out.String(), "Answered: a message came back from that phone.\n")
				require.NotContains(t, out.String(), "\x1b")
			})
		})
	}
}

// Rule: what an unanswered call created is found at the service, is taken over only
// by its number in the list, and the walk goes on with one object of each kind.
func TestItIsFoundAtTheService(t *testing.T) {
	t.Parallel()
	for _, edition := range api.Editions() {
		for _, step := range creating() {
			t.Run(string(edition)+" "+step, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					s, out := dialog(t, edition, "drop@"+step)
					require.Error(t, s.Walk(t, step))
					require.Equal(t, state.Sent, s.Status(step).Status)
					require.Equal(t, steps.ExitDone, talk(t, s, out, "", ":find", "", "1", empty()), out.String())
					require.Contains(t, out.String(), "Your choice: \nType the number before a line; 0 takes none of them.\n")
					require.Contains(t, out.String(), "\nAdopted. ")
					requireOneOfEach(t, s)
				})
			})
		}
	}
}

// requireOneOfEach says that nothing was created twice.
func requireOneOfEach(t *testing.T, s *stepstest.Setup) {
	t.Helper()
	o := s.Box.Objects()
	for name, all := range map[string][]string{
		"accounts": o.Accounts, "message routes": o.MessageRoutes, "voice routes": o.VoiceRoutes, "numbers": o.Numbers,
		"subscribers": o.Subscribers, "messages": o.Messages,
	} {
		require.Len(t, all, 1, name)
	}
}

// Rule: what the service has can be listed before anything is created.
func TestWhatTheServiceHasIsListed(t *testing.T) {
	t.Parallel()
	s, out := dialog(t, api.Edition2025)
	require.NoError(t, s.Walk(t, steps.Account))
	account := s.Saved()[steps.AccountID]
	second := stepstest.Open(t, filepath.Join(t.TempDir(), "second.json"), s.Box,
		stepstest.Options{Edition: api.Edition2025, Observer: &Lines{Out: out, Notes: out, Dialog: true}})
	require.Equal(t, steps.ExitStopped, talk(t, second, out, "", "", ":find", "1", ":quit"), out.String())
	require.Equal(t, account, second.Saved()[steps.AccountID])
	require.Len(t, s.Box.Objects().Accounts, 1)
}

// Rule: nothing that could be carried out twice, cost money or reach a phone is
// chosen by an empty line, but what the sandbox orders and sends.
func TestNoEmptyLineChooses(t *testing.T) {
	t.Parallel()
	yes := steps.Option{Do: steps.Send, Label: "Yes, order it", Key: "y"}
	for name, c := range map[string]struct {
		live    bool
		prompt  steps.Prompt
		chooses bool
	}{
		"an order in the sandbox":       {false, steps.Prompt{Kind: steps.ConfirmPrompt, Guarded: true}, true},
		"an order":                      {true, steps.Prompt{Kind: steps.ConfirmPrompt, Guarded: true}, false},
		"an unknown outcome":            {false, steps.Prompt{Kind: steps.UnknownPrompt, Guarded: true}, false},
		"a second time":                 {false, steps.Prompt{Kind: steps.ResendPrompt, Guarded: true}, false},
		"an ID that nobody knows":       {false, steps.Prompt{Kind: steps.UnconfirmedPrompt, Guarded: true}, false},
		"a refusal, of which one is":    {true, steps.Prompt{Kind: steps.FailedPrompt, Guarded: true}, true},
		"a step that is done":           {true, steps.Prompt{Kind: steps.StepPrompt}, true},
		"whether a step is wanted":      {true, steps.Prompt{Kind: steps.OfferPrompt}, true},
		"a step that is made once more": {true, steps.Prompt{Kind: steps.RedoPrompt, Guarded: true}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			box := stepstest.NewBox(t, sandbox.Options{})
			s := stepstest.Open(t, filepath.Join(t.TempDir(), "s.json"), box, stepstest.Options{Live: c.live})
			c.prompt.Options = []steps.Option{yes}
			p := &prompts{Dialog: Dialog{Runner: s.Runner, Out: &out}, in: newLineReader(strings.NewReader("\nyes\n"), &out), at: c.prompt}
			reply, err := p.menu(t.Context())
			require.NoError(t, err)
			require.Equal(t, yes, reply.Option)
			require.Equal(t, c.chooses, !strings.Contains(out.String(), "Type a number"), out.String())
		})
	}
}

// Rule: a message that nobody hears of again ends with the question whether it
// arrived, and with what to check.
func TestAMessageThatIsNotHeardOf(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, out := dialog(t, api.Edition2025, "undelivered")
		require.NoError(t, s.Walk(t, steps.Subscriber))
		require.Equal(t, steps.ExitDone, talk(t, s, out, "", "", "", "2", "4"), out.String())
		require.Contains(t, out.String(), "The message was not delivered: the service says ")
		require.Contains(t, out.String(), "It has not arrived: what to check\n")
		require.Contains(t, out.String(), "Wait a minute: carriers take their time.\n")
	})
}
