//go:build !windows

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// Rule: every path through the keys leads where the screen says, in a real
// terminal; it sends no more calls than it must, and ctrl+c leaves the program with
// 3 and its progress saved, which it says.
func TestKeyPaths(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		walk func(x *tty) *tty // It returns the run that is quit.
		want map[string]state.Status
		sent int // Calls, with those for tokens.
		then func(t *testing.T, f state.File)
	}{
		"back and forward again": {
			walk: goBack,
			want: map[string]state.Status{steps.Account: state.Done, steps.MessageRoute: state.Todo},
			sent: 2,
			then: func(t *testing.T, f state.File) {
				require.Equal(t, "My own route", f.Steps[steps.MessageRoute].Answers["RouteName"])
			},
		},
		"skip an optional step": {
			walk: skip,
			want: map[string]state.Status{steps.MessageRoute: state.Done, steps.VoiceRoute: state.Skipped},
			sent: 3,
		},
		"take over an account": {
			walk: takeOver,
			want: map[string]state.Status{steps.Account: state.Done},
			sent: 2, // The service was asked whether it knows it.
			then: func(t *testing.T, f state.File) { require.Equal(t, ownAccount, f.IDs[string(steps.AccountID)]) },
		},
		"show the request": {
			walk: showRequest,
			want: map[string]state.Status{steps.Account: state.Todo},
			sent: 1,
		},
		"resize in a form": {
			walk: resize,
			want: map[string]state.Status{steps.Account: state.Todo},
			sent: 1,
			then: func(t *testing.T, f state.File) {
				require.Equal(t, "Half a name", f.Steps[steps.Account].Answers["AccountName"])
			},
		},
		"quit in a form and go on": {
			walk: quitAndGoOn,
			want: map[string]state.Status{steps.Account: state.Done},
			sent: 3,
			then: func(t *testing.T, f state.File) {
				require.Equal(t, "Half a name", f.Steps[steps.Account].Answers["AccountName"])
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "state.json")
			x := c.walk(openTTY(t, "--sandbox", "--state", path))
			x.press(keyCtrlC)
			require.Equal(t, steps.ExitStopped, x.exit())
			require.Contains(t, x.output(), "Progress is saved in")
			f, _, err := state.Read(path)
			require.NoError(t, err)
			for step, want := range c.want {
				require.Equal(t, want, f.Steps[step].Status, step)
			}
			journal, err := os.ReadFile(state.JournalPath(path))
			require.NoError(t, err)
			require.Equal(t, c.sent, bytes.Count(journal, []byte(`"event":"exchange"`)), "calls that left")
			if c.then != nil {
				c.then(t, f)
			}
		})
	}
}

// goBack looks at the step before, and what was typed is there afterwards.
func goBack(x *tty) *tty {
	x.t.Helper()
	x.walk(start, messageRoute)
	x.press(keyClear + "My own route")
	x.sees("┃ My own route")
	x.press(keyEsc)
	x.sees("Step 2 of 8")
	x.enter()
	x.sees("My own route")
	return x
}

// skip says no to voice calls.
func skip(x *tty) *tty {
	x.t.Helper()
	x.walk(start, voiceOffer)
	x.press(keyDown)
	x.sees("▸ 2  No, skip this step")
	x.enter()
	x.sees(search)
	x.sees("skipped")
	return x
}

const ownAccount = "AID-12345678-abcd-1234-5678-abcdef999999"

// takeOver enters the ID of an account that exists: nothing is created.
func takeOver(x *tty) *tty {
	x.t.Helper()
	x.walk(start, account)
	x.press(keyTab + "\r")
	x.sees("┃ Account ID")
	x.press(ownAccount)
	x.sees("┃ " + ownAccount)
	x.enter()
	x.sees("▸ 1  No, enter another one")
	x.press("y")
	x.sees(messageRoute)
	return x
}

// showRequest looks at the call before it leaves.
func showRequest(x *tty) *tty {
	x.t.Helper()
	x.walk(start, account)
	x.press(keyClear + "Ada Ltd")
	x.sees("┃ Ada Ltd")
	x.press(keyCtrlR)
	x.sees("curl -X POST")
	x.sees("Bearer $TELEGENT_TOKEN")
	x.sees(`"AccountName": "Ada Ltd"`)
	x.press(keyEsc)
	x.sees("┃ Ada Ltd")
	return x
}

// resize changes the window while a name is being typed.
func resize(x *tty) *tty {
	x.t.Helper()
	x.walk(start, account)
	x.press(keyClear + "Half")
	x.sees("┃ Half")
	x.size(60, 15)
	x.sees(" 2 of 8  ✓●○○○○○○")
	x.press(" a")
	x.sees("┃ Half a")
	x.becomes("a screen without room for the rail", func(screen string) bool { return !strings.Contains(screen, "Check Available Numbers") })
	x.size(120, 40)
	x.sees("5 Check Available Numbers")
	x.press(" name")
	x.sees("┃ Half a name")
	x.sees("[ Create Account ]    I already have one    Show request")
	x.becomes("a screen on which nothing of the other sizes is left", func(screen string) bool { return strings.Count(screen, "Create your main account") == 1 })
	return x
}

// quitAndGoOn leaves in the middle of a word; the next run goes on there.
func quitAndGoOn(x *tty) *tty {
	x.t.Helper()
	x.walk(start, account)
	x.press(keyClear + "Half a na")
	x.sees("┃ Half a na")
	x.press(keyCtrlC)
	require.Equal(x.t, steps.ExitStopped, x.exit())
	x = openTTY(x.t, x.cmd.Args[1:]...)
	x.sees("▸ 1  Go on with step 2")
	x.enter()
	x.sees(plan)
	x.press(stepByStep)
	x.sees(account)
	x.press("me")
	x.sees("┃ Half a name")
	x.press(keySend)
	x.sees(messageRoute)
	return x
}
