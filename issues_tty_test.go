//go:build !windows

package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// The keys that take the ready answers of the sandbox: a form is left with Enter
// at each of its fields. Where something is at stake the screen is read first.
const (
	toTheOrder   = 1 + 2 + 4 + 5 + 1 + 3 + 6 + 1 + 5
	toSearch     = 6
	orderForm    = 5
	toSubscriber = 4
	toMessage    = 2
)

// Rule: a number that is taken leads to another search, another number, and on
// to the end, in a real terminal.
func TestANumberThatIsTakenLeadsToAnother(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.json")
	x := openTTY(t, "telegent-setup", "--sandbox", "--state", path, "--fault", "number-in-use")
	x.sees("▸ 1  Start")
	x.enter(toTheOrder)
	x.sees("▸ 1  Yes, order it")
	x.enter(1)
	x.sees("✗ This phone number is taken.")
	x.sees("▸ 1  Choose another number")
	x.enter(1)
	x.sees("Area code")
	x.enter(toSearch)
	x.sees("+18015550103")
	x.press("\x1b[B\x1b[B\r")
	x.sees("┃ Phone number")
	x.enter(orderForm)
	x.sees("This orders +18015550102 from Telegent")
	x.sees("▸ 1  Yes, order it")
	x.enter(1)
	x.sees("┃ Name")
	x.finish(toSubscriber)
	require.Contains(t, x.text(), "+18015550102")
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
	x := openTTY(t, "telegent-setup", "--sandbox", "--state", path, "--fault", "email-exists")
	x.sees("▸ 1  Start")
	x.enter(toTheOrder)
	x.sees("▸ 1  Yes, order it")
	x.enter(1)
	x.sees("┃ Name")
	x.enter(toSubscriber)
	x.sees("✗ This email address belongs to another subscriber.")
	x.sees("Try a different")
	x.sees("▸ 1  Change the email address")
	x.enter(1)
	x.sees("┃ Email")
	x.press("\x15other@example.com")
	x.sees("other@example.com")
	x.finish(toSubscriber - 1)
	x.press("q")
	require.Equal(t, steps.ExitDone, x.exit())
	f, _, err := state.Read(path)
	require.NoError(t, err)
	require.Equal(t, "other@example.com", f.Steps[steps.Subscriber].Answers["Email"])
}

func (x *tty) enter(times int) {
	x.t.Helper()
	x.press(strings.Repeat("\r", times))
}

// finish leaves the subscriber's form and sends the message.
func (x *tty) finish(fields int) {
	x.t.Helper()
	x.enter(fields)
	x.sees("┃ To")
	x.enter(toMessage)
	x.sees("▸ 1  Yes, send it")
	x.enter(1)
	x.sees("Success: your first setup is complete")
}
