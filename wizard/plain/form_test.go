package plain

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// Rule: a number that was written for people is not taken by itself; a second Enter
// takes what was probably meant.
func TestANumberAsItIsMeant(t *testing.T) {
	t.Parallel()
	s, out := dialog(t, api.Edition2025)
	require.NoError(t, s.Walk(t, steps.Subscriber))
	require.Equal(t, steps.ExitStopped, talk(t, s, out, "(801) 555 0123", "", "", ":quit"), out.String())
	require.Contains(t, out.String(), "Enter takes it.\nTo [+18015550123]: ")
	require.Contains(t, out.String(), "This sends a message from +13105551234 to +18015550123.")
}

// Rule: a secret that is made up here is typed twice.
func TestANewPasswordIsTypedTwice(t *testing.T) {
	t.Parallel()
	s, out := dialog(t, api.Edition2025)
	require.NoError(t, s.Walk(t, steps.Provision))
	require.Equal(t, steps.ExitStopped, talk(t, s, out, "", "", "one password", "another one", "a password", "a password", "", ":quit"), out.String())
	require.Contains(t, out.String(), "Not accepted: the two are not the same.\n")
	require.Contains(t, out.String(), "secret received, 10 characters\n")
	require.Contains(t, out.String(), "Done. SubscriberId ")
	require.NotContains(t, out.String(), "password\n")
}

// Rule: :back goes to the question before, then to the step before; what was typed
// stays.
func TestBackFromQuestionToQuestion(t *testing.T) {
	t.Parallel()
	s, out := dialog(t, api.Edition2025)
	require.NoError(t, s.Walk(t, steps.Authenticate))
	require.Equal(t, steps.ExitStopped, talk(t, s, out, "First", "", ":back", ":back", "Second", ":back", ":back", "1", ":quit"), out.String())
	require.Contains(t, out.String(), "Account name [First]: \n")
	require.Contains(t, out.String(), "Account name [Second]: \n")
	require.Contains(t, out.String(), "\nStep 1 of 8: Authenticate\n")
	require.Equal(t, "Second", s.OnDisk(t).Steps[steps.Account].Answers["AccountName"])
}

// Rule: a problem that is of no question ends the run with its name, and is not asked
// about for ever.
func TestAProblemOfNoQuestion(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	s := open(t, api.Edition2025, &out, map[string]steps.Answers{steps.Availability: {"PageNumber": "first"}})
	require.NoError(t, s.Walk(t, steps.VoiceRoute))
	require.Equal(t, steps.ExitMisused, talk(t, s, &out, empty()), out.String())
	require.Contains(t, out.String(), "availability PageNumber: give a page number from 1.")
}
