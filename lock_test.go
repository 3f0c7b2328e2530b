//go:build !windows

package main

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
)

// Rule: when the lock file is removed while a run is at work, a second run may
// begin, and the first sends and saves nothing more, and ends with 6 in every face:
// everything is there once.
func TestALockThatIsRemovedLetsNothingBeMadeTwice(t *testing.T) {
	for _, edition := range api.Editions() {
		for face, run := range map[string]func(c *customer) said{
			"unattended": func(c *customer) said { return c.run(c.setUp()) },
			"in words":   func(c *customer) said { return c.run(c.setUp("--json=false")) },
			"prompts": func(c *customer) said {
				cmd := c.command(append(c.atTerminal(), "--accessible")...)
				cmd.Stdin = strings.NewReader(strings.Repeat("\n", 100))
				return c.run(cmd)
			},
			"wizard": func(c *customer) said {
				x := openTTYWith(c.t, c.env, c.atTerminal()...)
				x.sees(start)
				x.enter()
				x.sees(signIn)
				x.enter()
				exit := x.exit()
				return said{exit: exit, err: x.output()}
			},
		} {
			t.Run(string(edition)+" "+face, func(t *testing.T) {
				t.Parallel()
				l := newLedger(t, edition)
				c := newCustomer(t, edition, l.url)
				l.on(func(n int, m moment) bool {
					if n != 1 || m != arrived { // The first run is signing in.
						return false
					}
					assert.NoError(t, os.Remove(c.path()+".lock"))
					second := c.run(c.setUp())
					assert.Equal(t, 0, second.exit, "%s%s", second.out, second.err)
					return false
				})
				first := run(c)
				require.Equal(t, 6, first.exit, "%s%s", first.out, first.err)
				require.Contains(t, first.err, c.path())
				require.Contains(t, first.err, "lock file")
				require.Contains(t, first.err, "See that no other run is at work")
				if face == "unattended" {
					events := first.events(t)
					require.Equal(t, 6, *events[len(events)-1].Exit, "every start gets an end")
				}
				for step, count := range l.counts() {
					require.Equal(t, 1, count, step)
				}
				require.Equal(t, l.holds(), c.ids())
				c.ends(0)
			})
		}
	}
}

// Rule: however often somebody removes the lock file while two runs begin at once,
// there is one set of objects, and all of it is known.
func TestTwoRunsBeginWhileTheLockIsRemoved(t *testing.T) {
	t.Parallel()
	for round := range 8 {
		l := newLedger(t, api.Edition2025)
		c := newCustomer(t, api.Edition2025, l.url)
		lock := c.path() + ".lock"
		l.on(func(int, moment) bool {
			if rand.IntN(10) == 0 {
				_ = os.Remove(lock) // It may be gone.
			}
			return false
		})
		over, removed := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(removed)
			for {
				select {
				case <-over:
					return
				default:
					if len(l.seen()) == 0 {
						_ = os.Remove(lock)
					}
				}
			}
		}()
		both := []func() said{c.start(c.setUp()), c.start(c.setUp())}
		ended := []said{both[0](), both[1]()}
		close(over)
		<-removed
		for _, got := range ended {
			require.Contains(t, []int{0, 5, 6}, got.exit, "round %d: %s%s", round, got.out, got.err)
		}
		l.on(nil)
		for step, count := range l.counts() {
			require.LessOrEqual(t, count, 1, "round %d: %s", round, step)
		}
		c.ends(0, "--find")
		for step, count := range l.counts() {
			require.Equal(t, 1, count, "round %d: %s", round, step)
		}
		require.Equal(t, l.holds(), c.ids())
	}
}
