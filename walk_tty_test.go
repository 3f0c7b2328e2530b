//go:build !windows

package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/steps"
)

// The keys of a terminal that are no letters.
const (
	keyTab   = "\t"
	keyEsc   = "\x1b"
	keyUp    = "\x1b[A"
	keyDown  = "\x1b[B"
	keyCtrlC = "\x03"
	keyCtrlZ = "\x1a"
	keyCtrlR = "\x12"
	keyClear = "\x15" // ctrl+u: the field is empty.
	keySend  = "\x13" // ctrl+s: the form is sent from any field.

	stepByStep = "2" // Instead of running the plan.
)

// What the screens of a walk through the sandbox show, which takes its ready
// answers: its forms open on their buttons.
const (
	start        = "▸ 1  Start"
	signIn       = "▸ [ Sign in ]"
	plan         = "▸ 1  Run it"
	account      = "▸ [ Create Account ]"
	messageRoute = "▸ [ Create Message Route ]"
	voiceOffer   = "▸ 1  Yes, set it up"
	voiceRoute   = "▸ [ Create Voice Route ]"
	search       = "▸ [ Search ]"
	numbers      = "Choose a number"
	order        = "Step 6 of 8"
	reallyOrder  = "▸ 1  Yes, order it"
	subscriber   = "▸ [ Create Subscriber ]"
	message      = "Step 8 of 8"
	reallySend   = "▸ 1  Yes, send it"
	success      = "Success: your first setup is complete"
)

// walk presses Enter from the screen that shows one text to that which shows
// another, by the steps one by one. Each screen is waited for: what is typed over a
// call that takes its time, as on a busy machine, is not for the screen behind it.
func (x *tty) walk(from, to string) {
	x.t.Helper()
	begun := false
	for _, shows := range []string{
		start, signIn, plan, account, messageRoute, voiceOffer, voiceRoute, search, numbers, order, reallyOrder, subscriber,
		message, reallySend, success, // The delivery is waited for without a key.
	} {
		begun = begun || shows == from
		if !begun {
			continue
		}
		x.sees(shows)
		if shows == to {
			return
		}
		if shows == plan {
			x.press(stepByStep)
			continue
		}
		x.enter()
	}
	require.Fail(x.t, "no way there", "from %s to %s", from, to)
}

// Rule: Enter alone goes through the sandbox by the plan, to a screen with every ID.
func TestThePlanInATerminal(t *testing.T) {
	t.Parallel()
	x := openTTY(t, "--sandbox", "--state", filepath.Join(t.TempDir(), "s.json"))
	for _, shows := range []string{start, signIn, plan, numbers, reallyOrder, reallySend} {
		x.sees(shows)
		x.enter()
	}
	for _, shows := range []string{success, "AccountId     AID-", "MRID          MRID-", "CRID          CRID-", "TNID-", "TSUID-", "TMID-", "accepted by the service"} {
		x.sees(shows)
	}
	x.press("q")
	require.Equal(t, steps.ExitDone, x.exit())
	_, after, _ := strings.Cut(x.output(), lastScreen)
	require.Contains(t, after, "Your setup is complete.")
}

// Rule: NO_COLOR is honoured whatever its value, and what is chosen is still told
// apart.
func TestNoColour(t *testing.T) {
	t.Parallel()
	colour := regexp.MustCompile(`\x1b\[[0-9;:]*(3[0-9]|4[0-9]|9[0-7])[0-9;:]*m`)
	x := openTTYWith(t, []string{"NO_COLOR=yes"}, "--sandbox", "--state", filepath.Join(t.TempDir(), "s.json"))
	x.walk(start, signIn)
	x.press(keyUp + keyUp)
	x.sees("┃ Account key")
	x.press(keyCtrlC)
	require.Equal(t, steps.ExitStopped, x.exit())
	require.NotRegexp(t, colour, x.output())
}

func (x *tty) enter() {
	x.t.Helper()
	x.press("\r")
}
