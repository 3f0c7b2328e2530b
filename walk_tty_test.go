//go:build !windows

package main

import (
	"strings"

	"github.com/stretchr/testify/require"
)

// The keys of a terminal that are no letters.
const (
	keyTab   = "\t"
	keyEsc   = "\x1b"
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
		x.enter(1)
	}
	require.Fail(x.t, "no way there", "from %s to %s", from, to)
}

func (x *tty) enter(times int) {
	x.t.Helper()
	x.press(strings.Repeat("\r", times))
}
