package main

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/wizard/command"
)

// begun is a run of the program that waits for the answer to a request.
type begun struct {
	cmd     *exec.Cmd
	release chan struct{} // Closing it lets the service answer.
	ended   chan said
}

// begin starts the program, and returns when its n-th request has arrived.
func begin(t *testing.T, l *ledger, c *customer, n int) begun {
	t.Helper()
	b := begun{cmd: c.setUp(), release: make(chan struct{}), ended: make(chan said, 1)}
	there := make(chan struct{})
	l.on(func(i int, m moment) bool {
		if i == n && m == arrived {
			close(there)
			select {
			case <-b.release:
			case <-t.Context().Done():
			}
		}
		return false
	})
	wait := c.start(b.cmd)
	go func() { b.ended <- wait() }()
	select {
	case <-there:
	case got := <-b.ended:
		require.Fail(t, "it ended before", "%s%s", got.out, got.err)
	}
	return b
}

// Rule: a run keeps others from its file, which are told so and change nothing;
// what only reads is let in; and the run itself is not disturbed.
func TestTwoRunsAtOnce(t *testing.T) {
	t.Parallel()
	l := newLedger(t, api.Edition2025)
	c := newCustomer(t, api.Edition2025, l.url)
	first := begin(t, l, c, 3)
	before, sent := c.file(), len(l.seen())
	for name, args := range map[string][]string{
		"a second run":     c.args,
		"one that insists": append([]string{"--resend"}, c.args...),
		"a reset":          {"reset", "--yes", "--state", c.path()},
	} {
		got := c.run(c.command(args...))
		require.Equal(t, 6, got.exit, name)
		require.Empty(t, got.out, "%s prints no events", name)
		require.Contains(t, got.err, "in use by another run", name)
		require.Contains(t, got.err, "--state FILE", name)
	}
	for _, args := range [][]string{{"status"}, {"status", "--json"}, {"status", "--print-answers"}, {"export"}, {"export", "--format", "json"}, {"report", "-o", "-"}} {
		got := c.run(c.command(append(args, "--state", c.path())...))
		require.Equal(t, 0, got.exit, "%v: %s", args, got.err)
		require.NotEmpty(t, got.out, "%v", args)
	}
	require.Equal(t, before, c.file())
	require.Len(t, l.seen(), sent)
	close(first.release)
	got := <-first.ended
	require.Equal(t, 0, got.exit, got.err)
	require.Equal(t, l.holds(), c.ids())
	for step, count := range l.counts() {
		require.Equal(t, []int{1, 1}, []int{count, l.asked(step)}, step)
	}
	require.Equal(t, "already-done", c.ends(0).step(t, steps.Account).Status, "the file is free again")
}

// faulty is a writer with a fault of its own.
type faulty struct{}

// Write implements io.Writer.
func (faulty) Write([]byte) (int, error) { panic("out of cheese") }

// Rule: a fault of the program ends it with 1, not with the status that says
// that nothing was sent, and the trace is there for support.
func TestAPanicIsAnErrorOfTheProgram(t *testing.T) {
	t.Parallel()
	l := newLedger(t, api.Edition2025)
	c := newCustomer(t, api.Edition2025, l.url)
	var errs bytes.Buffer
	exit := run(t.Context(), c.args, command.Env{In: strings.NewReader(""), Out: faulty{}, Err: &errs, Getenv: func(name string) string {
		return map[string]string{"TELEGENT_ACCOUNT_SECRET": "sandbox-secret", "TELEGENT_SUBSCRIBER_PASSWORD": "SecurePass123!"}[name]
	}})
	require.Equal(t, 1, exit)
	require.Contains(t, errs.String(), "telegent-setup: a fault of this program: out of cheese\n")
	require.Contains(t, errs.String(), "goroutine")
}
