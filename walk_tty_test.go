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
	keyCtrlR = "\x12"
	keyClear = "\x15" // ctrl+u: the field is empty.
)

// What the screens of a walk through the sandbox show, which takes its ready
// answers.
const (
	start        = "▸ 1  Start"
	signIn       = "┃ Account key"
	account      = "┃ Account name"
	messageRoute = "┃ Primary Message Route"
	voiceOffer   = "▸ 1  Yes, set it up"
	voiceRoute   = "┃ Primary SIP Trunk"
	search       = "┃ Area code"
	numbers      = "Choose a number"
	order        = "┃ Phone number"
	reallyOrder  = "▸ 1  Yes, order it"
	subscriber   = "┃ Name"
	message      = "┃ To"
	reallySend   = "▸ 1  Yes, send it"
	success      = "Success: your first setup is complete"
)

// accountFields is how often Enter is pressed in the form of the account.
const accountFields = 4

// walk presses Enter from the screen that shows one text to that which shows
// another. Each screen is waited for: what is typed over a call that takes its
// time, as on a busy machine, is not for the screen behind it.
func (x *tty) walk(from, to string) {
	x.t.Helper()
	begun := false
	for _, s := range []struct {
		shows  string
		enters int // They lead to the next.
	}{
		{start, 1}, {signIn, 2}, {account, accountFields}, {messageRoute, 5}, {voiceOffer, 1}, {voiceRoute, 3}, {search, 6}, {numbers, 1},
		{order, 5}, {reallyOrder, 1}, {subscriber, 4}, {message, 2}, {reallySend, 1}, {success, 0},
	} {
		begun = begun || s.shows == from
		if !begun {
			continue
		}
		x.sees(s.shows)
		if s.shows == to {
			return
		}
		x.enter(s.enters)
	}
	require.Fail(x.t, "no way there", "from %s to %s", from, to)
}

func (x *tty) enter(times int) {
	x.t.Helper()
	x.press(strings.Repeat("\r", times))
}
