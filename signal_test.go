//go:build !windows

package main

import (
	"bufio"
	"net/http"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

func signals() []syscall.Signal {
	return []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT}
}

// Rule: a signal ends a run with 130 and its end event. A call that had left
// stays sent; where none had, the step is as it was, and the next run goes on.
func TestASignalDuringACall(t *testing.T) {
	t.Parallel()
	for _, sig := range signals() {
		for _, edition := range api.Editions() {
			if edition == api.Edition2026 && sig != syscall.SIGINT {
				continue // Its order takes two seconds, and tells nothing new.
			}
			t.Run(sig.String()+" "+string(edition), func(t *testing.T) {
				t.Parallel()
				l := newLedger(t, edition)
				c := newCustomer(t, edition, l.url)

				got := signalled(t, l, c, 1, sig)
				require.Equal(t, 130, got.exit, got.err)
				requireEnd(t, got)
				for id, s := range c.file().Steps {
					require.NotEqual(t, state.Sent, s.Status, "%s: a token call creates nothing", id)
				}

				got = signalled(t, l, c, len(l.seen())+2, sig)
				require.Equal(t, 130, got.exit, got.err)
				requireEnd(t, got)
				require.Equal(t, "unknown", got.step(t, steps.Account).Status)
				require.Equal(t, state.Sent, c.file().Steps[steps.Account].Status)
				require.Equal(t, "unknown", c.ends(5).step(t, steps.Account).Status)
				require.Equal(t, "done", c.ends(0, "--resend").step(t, steps.Account).Status)
			})
		}
	}
}

// signalled is a run that gets a signal while its n-th request is under way.
func signalled(t *testing.T, l *ledger, c *customer, n int, sig os.Signal) said {
	t.Helper()
	b := begin(t, l, c, n)
	defer close(b.release)
	require.NoError(t, b.cmd.Process.Signal(sig))
	return <-b.ended
}

// requireEnd requires that a start got its end, and that nothing else complains.
func requireEnd(t *testing.T, got said) {
	t.Helper()
	all := got.events(t)
	require.Equal(t, "start", all[0].Event)
	require.Equal(t, "end", all[len(all)-1].Event)
	require.Equal(t, 130, *all[len(all)-1].Exit)
	require.NotContains(t, got.err, "goroutine")
}

// Rule: a signal while the program waits to send again what was not carried out
// changes nothing: the step is as it was before.
func TestASignalDuringAWait(t *testing.T) {
	t.Parallel()
	l := newLedger(t, api.Edition2025)
	l.instead(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/v1.0/accounts/create" {
			return false
		}
		w.Header().Set("Retry-After", "60")
		http.Error(w, `{"Message":"Too many requests"}`, http.StatusTooManyRequests)
		return true
	})
	c := newCustomer(t, api.Edition2025, l.url)
	c.args = slices.DeleteFunc(c.args, func(a string) bool { return a == "--json" })
	cmd := c.setUp()
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "Waiting ") {
	}
	require.NoError(t, lines.Err())
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	rest := ""
	for lines.Scan() {
		rest += lines.Text() + "\n"
	}
	_ = cmd.Wait()
	require.Equal(t, 130, cmd.ProcessState.ExitCode())
	require.Contains(t, rest, "Go on with")
	require.Contains(t, []state.Status{"", state.Todo}, c.file().Steps[steps.Account].Status)
	l.instead(nil)
	c.ends(0)
	require.Equal(t, l.holds(), c.ids())
}

// Rule: what comes with the first signal is the same one: timeout(1) and shells
// send it to the program and to its group. The run still gets its end.
func TestASignalThatComesTwice(t *testing.T) {
	t.Parallel()
	for try := range 16 { // The second may come at any time while the first is handled.
		l := newLedger(t, api.Edition2025)
		c := newCustomer(t, api.Edition2025, l.url)
		b := begin(t, l, c, 2)
		require.NoError(t, b.cmd.Process.Signal(syscall.SIGTERM))
		for begin := time.Now(); time.Since(begin) < time.Duration(try%8)*100*time.Microsecond; {
		}
		_ = b.cmd.Process.Signal(syscall.SIGTERM) // It may have ended.
		got := <-b.ended
		close(b.release)
		require.Equal(t, 130, got.exit, got.err)
		requireEnd(t, got)
	}
}
