//go:build !windows

package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
)

// Rule: when the lock file is removed while a run is at work, a second run may
// begin, and the first sends and saves nothing more: everything is there once.
func TestALockThatIsRemovedLetsNothingBeMadeTwice(t *testing.T) {
	for _, edition := range []api.Edition{api.Edition2025, api.Edition2026} {
		t.Run(string(edition), func(t *testing.T) {
			t.Parallel()
			l := newLedger(t, edition)
			c := newCustomer(t, edition, l.url)
			l.on(func(n int, m moment) bool {
				if n != 1 || m != arrived { // The first run is signing in.
					return false
				}
				require.NoError(t, os.Remove(c.path()+".lock"))
				second := c.run(c.setUp())
				require.Equal(t, 0, second.exit, "%s%s", second.out, second.err)
				return false
			})
			first := c.run(c.setUp())
			require.NotEqual(t, 0, first.exit, "%s%s", first.out, first.err)
			require.Contains(t, first.err, c.path())
			require.Contains(t, first.err, "lock file")
			for step, count := range l.counts() {
				require.Equal(t, 1, count, step)
			}
			require.Equal(t, l.holds(), c.ids())
			c.ends(0)
		})
	}
}
