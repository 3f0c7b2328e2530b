//go:build !race

package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// into runs a command with its standard output going to a file.
func (c *customer) into(out *os.File, args ...string) said {
	c.t.Helper()
	var errs strings.Builder
	cmd := c.command(args...)
	cmd.Stdout, cmd.Stderr = out, &errs
	c.t.Cleanup(func() { _ = out.Close() })
	_ = cmd.Run() // Its exit status tells.
	return said{exit: cmd.ProcessState.ExitCode(), err: errs.String()}
}

// outputs are those that take nothing, by what is wrong with them.
func outputs(t *testing.T) map[string]func() *os.File {
	t.Helper()
	return map[string]func() *os.File{
		"no space left on device": func() *os.File {
			full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
			require.NoError(t, err)
			return full
		},
		"broken pipe": func() *os.File {
			read, write, err := os.Pipe()
			require.NoError(t, err)
			hangUp(read, write)
			return write
		},
	}
}

// hangUp closes the end of a pipe that is read, and waits until that is felt at the
// other: a process that another test starts may hold it for a moment.
func hangUp(read, write *os.File) {
	_ = read.Close()
	for {
		if _, err := write.WriteString("\n"); err != nil {
			return
		}
	}
}

// Rule: a command whose result cannot be written ends with 1, and says why.
func TestAResultThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	c := newCustomer(t, api.Edition2025, nobody+"/v1.0")
	path := c.path()
	require.Equal(t, 0, c.run(c.command("--sandbox", "--no-input", "--state", path)).exit)
	report := c.run(c.command("report", "--sandbox", "--state", path, "-o", "report.json"))
	require.Equal(t, 0, report.exit, report.err)
	for why, open := range outputs(t) {
		for _, args := range [][]string{
			{"--help"}, {"help"}, {"status", "--help"}, {"help", "status"}, {"webhook", "--help"}, {"--version"}, {"man"}, {"completion", "bash"},
			{"answers"}, {"answers", "--schema"}, {"curl", "account"}, {"status", "--sandbox", "--state", path}, {"status", "--json", "--sandbox", "--state", path},
			{"status", "--print-answers", "--sandbox", "--state", path}, {"export", "--sandbox", "--state", path}, {"export", "--format", "json", "--sandbox", "--state", path},
			{"report", "-o", "-", "--sandbox", "--state", path}, {"report", "-o", strings.ReplaceAll(why, " ", "-") + ".json", "--sandbox", "--state", path},
			{"replay", "report.json"}, {"replay", "report.json", "--no-input", "--json"},
			{"sandbox", "--addr", "127.0.0.1:0"}, {"webhook", "listen", "--addr", "127.0.0.1:0"},
			{"reset", "--yes", "--state", "nothing.json"},
		} {
			got := c.into(open(), args...)
			require.Equal(t, 1, got.exit, "%v: %s", args, got.err)
			require.Contains(t, got.err, why, "%v", args)
			require.NotContains(t, got.err, "goroutine", "%v", args)
		}
	}
}

// Rule: a run that cannot tell what it does sends nothing from the start, in
// whatever form it would tell it.
func TestARunThatCannotTellItsStart(t *testing.T) {
	t.Parallel()
	for why, open := range outputs(t) {
		for _, edition := range api.Editions() {
			l := newLedger(t, edition)
			c := newCustomer(t, edition, l.url)
			got := c.into(open(), c.args...)
			require.Equal(t, 1, got.exit, got.err)
			require.Contains(t, got.err, why)
			require.Empty(t, l.seen(), "nothing is sent")
			got = c.into(open(), append(c.args, "--json=false")...)
			require.Equal(t, 1, got.exit, got.err)
			require.Empty(t, l.seen(), "nor is it in words")
			c.ends(0)
			require.Equal(t, l.holds(), c.ids())
		}
	}
}

// Rule: nor is the service asked for what there is.
func TestALookThatCannotBeTold(t *testing.T) {
	t.Parallel()
	for why, open := range outputs(t) {
		l := newLedger(t, api.Edition2026, "drop@message-route")
		c := newCustomer(t, api.Edition2026, l.url)
		c.ends(5)
		before := l.seen()
		got := c.into(open(), append(c.args, "--find")...)
		require.Equal(t, 1, got.exit, got.err)
		require.Contains(t, got.err, why)
		require.Equal(t, before, l.seen())
		c.ends(0, "--find")
		require.Equal(t, l.holds(), c.ids())
	}
}

// Rule: once an event cannot be told, nothing more is sent. What the last call gave
// is saved, and the next run goes on behind it.
func TestARunWhoseOutputCloses(t *testing.T) {
	t.Parallel()
	for _, edition := range api.Editions() {
		for _, step := range []string{steps.Account, steps.MessageRoute, steps.VoiceRoute, steps.Provision, steps.Subscriber} {
			t.Run(string(edition)+" "+step, func(t *testing.T) {
				t.Parallel()
				l := newLedger(t, edition)
				c := newCustomer(t, edition, l.url)
				read, write, err := os.Pipe()
				require.NoError(t, err)
				l.on(func(n int, m moment) bool {
					if m == carried && creates(l.seen()[n-1]) == step {
						hangUp(read, write) // Nobody reads what comes of this call.
					}
					return false
				})
				got := c.into(write, c.args...)
				require.Equal(t, 1, got.exit, got.err)
				require.Contains(t, got.err, "broken pipe")
				calls := slices.DeleteFunc(l.seen(), func(call string) bool { return strings.HasPrefix(call, "GET ") }) // Which follow an order.
				require.Equal(t, step, creates(calls[len(calls)-1]), "nothing follows it: %s", calls)
				require.Equal(t, l.holds(), c.ids(), "what it gave is saved")
				require.Equal(t, state.Done, c.file().Steps[step].Status)
				l.on(nil)
				c.ends(0)
				require.Equal(t, l.holds(), c.ids())
				for each, count := range l.counts() {
					require.Equal(t, []int{1, 1}, []int{count, l.asked(each)}, each)
				}
			})
		}
	}
}
