//go:build !windows

package main

import "github.com/stretchr/testify/require"

// The keys of a terminal that are no letters.
const (
	keyEnter = "\r"
	keyEsc   = "\x1b"
	keyUp    = "\x1b[A"
	keyDown  = "\x1b[B"
	keyRight = "\x1b[C"
	keyCtrlC = "\x03"
	keyCtrlR = "\x12"
	keyClear = "\x15" // ctrl+u: the field is empty.
)

// What the screens show that a walk through the sandbox comes by, when they take
// a key.
const (
	start        = "▸ 1  Start"
	signIn       = "▸ [ Sign in ]"
	plan         = "▸ 1  Run it"
	account      = "▸ [ Create Account ]"
	messageRoute = "▸ [ Create Message Route ]"
	voiceOffer   = "▸ 1  Yes, set it up"
	voiceRoute   = "▸ [ Create Voice Route ]"
	search       = "▸ [ Search ]"
	numbers      = "▸ +1 801 555 0100"
	order        = "▸ [ Continue ]    I already have one"
	reallyOrder  = "▸ 1  Yes, order it"
	subscriber   = "▸ [ Create Subscriber ]"
	message      = "▸ [ Continue ]    I already sent one"
	reallySend   = "▸ 1  Yes, send it"
	success      = "Success: your first setup is complete"
)

// leg is a screen of a walk, and the keys that lead to the next.
type leg struct{ shows, keys string }

// byPlan has the plan run, as far as it goes.
func byPlan() []leg {
	return []leg{{start, keyEnter}, {signIn, keyEnter}, {plan, keyEnter}, {numbers, keyEnter}, {reallyOrder, keyEnter}, {reallySend, keyEnter}, {success, ""}}
}

// byStep goes through the steps one by one.
func byStep() []leg {
	return []leg{
		{start, keyEnter}, {signIn, keyEnter}, {plan, keyDown + keyEnter}, {account, keyEnter}, {messageRoute, keyEnter},
		{voiceOffer, keyEnter}, {voiceRoute, keyEnter}, {search, keyEnter}, {numbers, keyEnter}, {order, keyEnter}, {reallyOrder, keyEnter},
		{subscriber, keyEnter}, {message, keyEnter}, {reallySend, keyEnter}, {success, ""},
	}
}

// walk presses the keys of a way, from the screen that shows one text to that
// which shows another. Each screen is waited for: what is typed over a call that
// takes its time, as on a busy machine, need not be for the screen behind it.
func (x *tty) walk(way []leg, from, to string) {
	x.t.Helper()
	begun := false
	for _, s := range way {
		begun = begun || s.shows == from
		if !begun {
			continue
		}
		x.sees(s.shows)
		if s.shows == to {
			return
		}
		x.press(s.keys)
	}
	require.Fail(x.t, "no way there", "from %s to %s", from, to)
}
