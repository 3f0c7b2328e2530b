//go:build !windows

package main

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// Rule: a number that is taken leads to another search, another number, and on
// to the end, in a real terminal.
func TestANumberThatIsTakenLeadsToAnother(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.json")
	x := openTTY(t, "--sandbox", "--state", path, "--fault", "number-in-use")
	x.walk(start, reallyOrder)
	x.enter()
	x.sees("✗ This phone number is taken.")
	x.sees("▸ 1  Choose another number")
	x.enter()
	x.sees("was claimed by another customer")
	x.sees("▸ +1 801 555 0101") // Past the one that is taken.
	x.press(keyDown + "\r")
	x.sees("This orders +18015550102 from Telegent")
	x.walk(reallyOrder, success)
	x.sees("+18015550102")
	x.press("q")
	require.Equal(t, steps.ExitDone, x.exit())
	f, _, err := state.Read(path)
	require.NoError(t, err)
	require.Equal(t, "+18015550102", f.PhoneNumber)
}

// Rule: an email address that is in use is changed where it stands, and the
// setup goes on to the end.
func TestAnEmailAddressInUseIsChanged(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.json")
	x := openTTY(t, "--sandbox", "--state", path, "--fault", "email-exists")
	x.walk(start, reallyOrder)
	x.enter()
	x.sees(subscriber)
	x.enter()
	x.sees("✗ This email address belongs to another subscriber.")
	x.sees("Try a different")
	x.sees("▸ 1  Change the email address")
	x.enter()
	x.sees("┃ Email")
	x.press(keyClear + "other@example.com")
	x.sees("other@example.com")
	x.press(keySend)
	x.walk(message, success)
	x.press("q")
	require.Equal(t, steps.ExitDone, x.exit())
	f, _, err := state.Read(path)
	require.NoError(t, err)
	require.Equal(t, "other@example.com", f.Steps[steps.Subscriber].Answers["Email"])
}
