//go:build linux && !race

package main

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// smallDisk puts the state of a customer on a disk of 64 KiB.
type smallDisk struct {
	t   *testing.T
	dir string
}

func newSmallDisk(t *testing.T, c *customer) smallDisk {
	t.Helper()
	d := smallDisk{t, filepath.Dir(c.path())}
	require.NoError(t, os.Mkdir(d.dir, 0o700))
	if err := syscall.Mount("tmpfs", d.dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("a disk of its own cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(d.dir, syscall.MNT_DETACH)) })
	return d
}

// fill leaves no room on the disk.
func (d smallDisk) fill() {
	f, err := os.Create(filepath.Join(d.dir, "ballast"))
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	assert.ErrorIs(d.t, err, syscall.ENOSPC)
	assert.NoError(d.t, f.Close())
}

// clear makes room again.
func (d smallDisk) clear() { assert.NoError(d.t, os.Remove(filepath.Join(d.dir, "ballast"))) }

// forbid makes the disk read-only, for root too.
func (d smallDisk) forbid() {
	assert.NoError(d.t, syscall.Mount("", d.dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
}

// requireTold requires one line that says what is wrong, then what to do.
func requireTold(t *testing.T, got said, what string) {
	t.Helper()
	require.Equal(t, 1, got.exit, "%s%s", got.out, got.err)
	_, text, found := strings.Cut("\n"+got.err, "\ntelegent-setup: ")
	require.True(t, found, got.err)
	wrong, remedy, _ := strings.Cut(text, "\n")
	require.Contains(t, wrong, what)
	require.NotEmpty(t, remedy, "what is wrong, then what to do: %s", got.err)
	require.NotContains(t, got.err, "goroutine")
}

// Rule: what cannot be written ahead is not sent. The old file stays, byte for
// byte, and once there is room the setup goes on from there.
func TestAFullDiskBeforeACallStopsIt(t *testing.T) {
	t.Parallel()
	l := newLedger(t, api.Edition2026)
	c := newCustomer(t, api.Edition2026, l.url)
	d := newSmallDisk(t, c)
	var before []byte
	l.on(func(n int, m moment) bool {
		if n == 3 && m == carried { // The token of step 3: what is saved next is its write-ahead.
			d.fill()
			before, _ = os.ReadFile(c.path())
		}
		return false
	})
	got := c.ends(1)
	requireTold(t, got, "no space left on device")
	require.Contains(t, got.err, c.path())
	require.Equal(t, 1, *got.events(t)[len(got.events(t))-1].Exit, "every start gets an end")
	require.Len(t, l.seen(), 3, "nothing was sent after that")
	after, err := os.ReadFile(c.path())
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
	require.NotContains(t, strings.Join(c.beside(), " "), ".tmp")
	l.on(nil)
	d.clear()
	require.Equal(t, "done", c.ends(0).step(t, steps.MessageRoute).Status)
	require.Equal(t, 1, l.asked(steps.MessageRoute))
	require.Equal(t, l.holds(), c.ids())
}

// Rule: when an answer has come and cannot be saved, what it gave is told, the
// step stays sent, and entering what was told goes on.
func TestADiskThatFillsBeforeAnAnswerLosesNothing(t *testing.T) {
	t.Parallel()
	all := []string{steps.Account, steps.MessageRoute, steps.VoiceRoute, steps.Provision, steps.Subscriber, steps.TestMessage}
	for edition, creating := range map[api.Edition][]string{api.Edition2025: all, api.Edition2026: {steps.Provision}} {
		for _, step := range creating {
			t.Run(string(edition)+" "+step, func(t *testing.T) {
				t.Parallel()
				l := newLedger(t, edition)
				c := newCustomer(t, edition, l.url)
				d := newSmallDisk(t, c)
				l.on(func(n int, m moment) bool {
					if m == carried && creates(l.seen()[n-1]) == step {
						d.fill()
					}
					return false
				})
				got := c.ends(1)
				requireTold(t, got, "no space left on device")
				require.NotEmpty(t, l.gave(step))
				for _, id := range l.gave(step) {
					require.Contains(t, got.err, id, "or it would be lost")
				}
				l.on(nil)
				d.clear()
				require.Equal(t, state.Sent, c.file().Steps[step].Status)
				asked := len(l.seen())
				require.Equal(t, "unknown", c.ends(5).step(t, step).Status)
				require.Len(t, l.seen(), asked)
				l.settleOrders(t)
				k := kill{edition: edition, call: callOf(edition, step), moment: carried}
				c.ends(0, "--answers", c.write("adopt.yaml", k.adopting(l.holds())))
				k.requireWhole(t, l, c)
			})
		}
	}
}

// gave are the IDs that the service's answer to a step held.
func (l *ledger) gave(step string) []string {
	o := l.box.Objects()
	return map[string][]string{
		steps.Account: o.Accounts, steps.MessageRoute: o.MessageRoutes, steps.VoiceRoute: o.VoiceRoutes,
		steps.Provision: append(o.Numbers, o.PhoneNumbers...), steps.Subscriber: o.Subscribers, steps.TestMessage: o.Messages,
	}[step]
}

// callOf is the call of a step.
func callOf(edition api.Edition, step string) string {
	paths := map[string]string{
		steps.Account: "/accounts/create", steps.MessageRoute: "/message/routes", steps.VoiceRoute: "/voice/routes",
		steps.Provision: "/numbers/provision", steps.Subscriber: "/subscribers/create", steps.TestMessage: "/message/send",
	}
	if edition == api.Edition2026 {
		paths[steps.Account], paths[steps.TestMessage] = "/account/create", "/message/outbound"
	}
	return http.MethodPost + " /v1.0" + paths[step]
}

// Rule: on a disk that cannot be written from the start nothing is sent, and
// what only reads still reads.
func TestADiskThatIsBadFromTheStart(t *testing.T) {
	t.Parallel()
	for _, b := range []struct {
		name, says string
		corrupt    func(smallDisk)
	}{
		{"full", "no space left on device", smallDisk.fill},
		{"read-only", "read-only file system", smallDisk.forbid},
	} {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			l := newLedger(t, api.Edition2025, "server-error@subscriber")
			c := newCustomer(t, api.Edition2025, l.url)
			d := newSmallDisk(t, c)
			c.ends(5)
			before, err := os.ReadFile(c.path())
			require.NoError(t, err)
			asked := l.asked(steps.Subscriber)
			b.corrupt(d)
			requireTold(t, c.ends(1, "--resend"), b.says)
			require.Equal(t, asked, l.asked(steps.Subscriber))
			after, err := os.ReadFile(c.path())
			require.NoError(t, err)
			require.Equal(t, string(before), string(after))
			for _, args := range [][]string{{"status"}, {"status", "--json"}, {"status", "--print-answers"}, {"export"}, {"report", "-o", "-"}} {
				got := c.run(c.command(append(args, "--state", c.path())...))
				require.Equal(t, 0, got.exit, "%v: %s", args, got.err)
			}
		})
	}
}

// Rule: every error of the machine says what to do about it.
func TestAnErrorOfTheMachineSaysWhatToDo(t *testing.T) {
	t.Parallel()
	l := newLedger(t, api.Edition2025)
	c := newCustomer(t, api.Edition2025, l.url)
	file := c.write("file", "")
	newSmallDisk(t, c).forbid()
	for says, args := range map[string][]string{
		"not a directory":           {"--state", filepath.Join(file, "state.json")},
		"no such file or directory": {"--answers", filepath.Join(c.dir, "nowhere.yaml")},
		"read-only file system":     nil,
	} {
		requireTold(t, c.ends(1, args...), says)
	}
	require.Contains(t, c.ends(2, "--answers", c.dir).err, "is a directory")
	require.Empty(t, l.seen())
}

// Rule: so is it for someone who may not write there.
func TestADirectoryThatMayNotBeWritten(t *testing.T) {
	t.Parallel()
	l := newLedger(t, api.Edition2025)
	c := newCustomer(t, api.Edition2025, l.url)
	dir := filepath.Dir(c.path())
	require.NoError(t, os.Mkdir(dir, 0o500))
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	if err := os.WriteFile(filepath.Join(dir, "probe"), nil, 0o600); err == nil {
		_ = os.Remove(filepath.Join(dir, "probe"))
		t.Skip("this user may write everywhere")
	} else {
		require.True(t, errors.Is(err, os.ErrPermission), err)
	}
	requireTold(t, c.ends(1), "permission denied")
	require.Empty(t, l.seen())
}
