//go:build !race

package main

import (
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// kill is where in a run the program is killed.
type kill struct {
	edition api.Edition
	n       int    // Of the request, from 1.
	call    string // What that request is.
	moment  moment
	resend  bool // Of a call that was carried out: the person errs, and sends it again.
}

func (k kill) String() string {
	name := fmt.Sprintf("%s/%02d %s %s", k.edition, k.n, strings.ReplaceAll(k.call, "/", "."), k.moment)
	if k.resend {
		name += " and sent again"
	}
	return name
}

// step is the step whose creating call is hit; empty when it is another call.
func (k kill) step() string { return creates(k.call) }

// uncertain says whether the step must be found sent.
func (k kill) uncertain() bool { return k.step() != "" && k.moment != answered }

// Rule: killed at any moment of any request, the program loses nothing that it
// was told and creates nothing twice, and gets to the end when it is resumed.
func TestKilledAtAnyRequest(t *testing.T) {
	t.Parallel()
	for _, k := range kills(t) {
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			k.check(t)
		})
	}
}

// kills are all moments that differ, of runs as they go when nobody is killed.
func kills(t *testing.T) []kill {
	t.Helper()
	var all []kill
	for _, edition := range api.Editions() {
		l := newLedger(t, edition)
		newCustomer(t, edition, l.url).ends(0)
		for i, call := range l.seen() {
			k := kill{edition: edition, n: i + 1, call: call, moment: arrived}
			all = append(all, k)
			if k.step() == "" {
				continue // What creates nothing differs only in what came before.
			}
			for _, k.moment = range []moment{carried, answered} {
				all = append(all, k)
			}
			if k.moment, k.resend = carried, true; edition == api.Edition2025 {
				all = append(all, k)
			}
		}
	}
	require.Len(t, slices.DeleteFunc(slices.Clone(all), func(k kill) bool { return k.step() == "" || k.moment != arrived }), 12,
		"six steps create something, in each edition")
	return all
}

func (k kill) check(t *testing.T) {
	l := newLedger(t, k.edition)
	c := newCustomer(t, k.edition, l.url)
	k.run(t, l, c)
	k.requireKept(t, l, c)
	k.resume(t, l, c)
	k.requireWhole(t, l, c)
}

// run starts the program and kills it.
func (k kill) run(t *testing.T, l *ledger, c *customer) {
	t.Helper()
	cmd := c.setUp()
	started, dead, hit := make(chan struct{}), make(chan struct{}), make(chan struct{})
	l.on(func(n int, m moment) bool {
		if n != k.n || m != k.moment {
			return false
		}
		<-started
		close(hit)
		_ = cmd.Process.Kill()
		<-dead
		return true // Also of a call that was answered: the next one may lie in the connection, of a program that is dead.
	})
	require.NoError(t, cmd.Start())
	close(started)
	waited := cmd.Wait()
	close(dead)
	l.on(nil)
	select {
	case <-hit: // After the last answer the program may end before this service goes on.
	case <-time.After(patience):
		require.Fail(t, "the program never came there")
	}
	if k.moment != answered { // Else it may have come to its end.
		var exit *exec.ExitError
		require.ErrorAs(t, waited, &exit)
		require.NotEqual(t, 0, cmd.ProcessState.ExitCode())
	}
}

// requireKept holds what the state file says against what the program knew.
func (k kill) requireKept(t *testing.T, l *ledger, c *customer) {
	t.Helper()
	f, holds := c.file(), l.holds()
	for _, call := range l.seen()[:k.n-1] {
		step := creates(call)
		if step == "" {
			continue
		}
		if s := f.Steps[step]; k.edition == api.Edition2026 && step == steps.Provision && s.OrderID != "" {
			require.Equal(t, state.Sent, s.Status, "an order that is followed")
			continue
		}
		require.Equal(t, state.Done, f.Steps[step].Status, "%s was answered, and its answer saved before the next call left", step)
	}
	if k.uncertain() {
		require.Equal(t, state.Sent, f.Steps[k.step()].Status, "nobody knows whether %s arrived", k.step())
	}
	for id, value := range c.ids() {
		require.Equal(t, holds[id], value, "%s is the service's own", id)
	}
}

// resume runs the program until it gets to the end.
func (k kill) resume(t *testing.T, l *ledger, c *customer) {
	t.Helper()
	step := k.step()
	stuck := step != "" && c.file().Steps[step].Status == state.Sent && c.file().Steps[step].OrderID == "" ||
		k.edition == api.Edition2025 && step == steps.Provision && c.file().Steps[step].Status == state.Sent
	if !stuck {
		require.False(t, k.uncertain())
		if c.overtook(l) {
			c.ends(0, "--resend")
			return
		}
		c.ends(0)
		return
	}
	before := len(l.seen())
	require.Equal(t, "unknown", c.ends(5).step(t, step).Status)
	require.Len(t, l.seen(), before, "nothing is sent while an outcome is unknown")
	if k.moment == arrived {
		c.ends(0, "--resend")
		return
	}
	if k.resend {
		if !k.trap(t, l, c) {
			return
		}
	}
	l.settleOrders(t)
	adopted := c.ends(0, "--answers", c.write("adopt.yaml", k.adopting(l.holds())))
	require.Equal(t, "adopted", adopted.step(t, step).Status)
}

// overtook says whether the program, which had its answer, was quicker than its
// death: it wrote ahead for the next call, and that never left.
func (c *customer) overtook(l *ledger) bool {
	for id, s := range c.file().Steps {
		if s.Status == state.Sent && l.asked(id) == 0 {
			return true
		}
	}
	return false
}

// trap sends again what was carried out. It returns true where the service
// says that the first call arrived.
func (k kill) trap(t *testing.T, l *ledger, c *customer) bool {
	t.Helper()
	issue := map[string]string{steps.Provision: "number-in-use", steps.Subscriber: "email-exists"}[k.step()]
	if issue == "" {
		c.ends(0, "--resend")
		return false
	}
	again := c.ends(5, "--resend").step(t, k.step())
	require.Equal(t, "unknown", again.Status)
	require.Equal(t, issue, again.Issue)
	require.Equal(t, state.Sent, c.file().Steps[k.step()].Status)
	before := len(l.seen())
	require.Equal(t, issue, c.ends(5).step(t, k.step()).Issue, "it is kept why")
	require.Len(t, l.seen(), before)
	return true
}

// adopting is the answers file with the ID that the service holds in the place
// of the step's answers.
func (k kill) adopting(holds map[string]string) string {
	keys := map[string]string{
		steps.Account:      "AccountId: " + holds["AccountId"],
		steps.MessageRoute: "MessageRouteId: " + holds["MRID"],
		steps.VoiceRoute:   "CallRouteId: " + holds["CRID"],
		steps.Provision:    "PhoneNumber: " + holds["PhoneNumber"] + ", TNID: " + holds["TNID"],
		steps.Subscriber:   "SubscriberId: " + holds["SubscriberId"],
		steps.TestMessage:  "MessageId: " + holds["MessageId"],
	}
	var lines []string
	for line := range strings.Lines(allAnswers(k.edition)) {
		if !strings.HasPrefix(line, k.step()+":") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "") + k.step() + ": {" + keys[k.step()] + "}\n"
}

// requireWhole holds the end against the service: everything is there, once,
// and nothing was asked for that was done.
func (k kill) requireWhole(t *testing.T, l *ledger, c *customer) {
	t.Helper()
	twice := k.resend && k.step() != steps.Provision && k.step() != steps.Subscriber
	for step, count := range l.counts() {
		asked := 1
		if step == k.step() && (k.moment == arrived || k.resend) {
			asked = 2
		}
		require.Equal(t, asked, l.asked(step), "calls of %s", step)
		if step == k.step() && twice {
			require.Equal(t, 2, count, "%s was created again, as it was told", step)
			continue
		}
		require.Equal(t, 1, count, "%s is there once", step)
	}
	require.Equal(t, l.holds(), c.ids(), "every ID is saved")
	require.Len(t, c.ids(), 7)
	before := len(l.seen())
	again := c.ends(0)
	require.Len(t, l.seen(), before, "a finished setup sends nothing")
	require.Equal(t, slices.Sorted(maps.Keys(l.holds())), slices.Sorted(maps.Keys(again.events(t)[9].IDs)))
	require.ElementsMatch(t, []string{"state.json", "state.json.journal", "state.json.lock"}, c.beside())
}
