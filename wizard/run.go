package wizard

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/api/text"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// patience is how long a call that was cancelled may take to say so, before
// the program ends without it.
const patience = 5 * time.Second

// Run walks a person through the steps that are not done, and returns the exit
// status of CONTRACT.md: 0 when all are done, 3 when the person stopped, 130
// when ctx was cancelled, 1 with an error. It prints nothing but its screens,
// and leaves the terminal as it was; what is worth saying afterwards is
// Farewell's.
func Run(ctx context.Context, o Options) (int, error) {
	calls, cancel := context.WithCancel(ctx)
	defer cancel()
	o.Context = calls
	m := New(o)
	m.waiting = true
	err := o.terminal().Run(ctx, m, &m.clock)
	cancel()
	over := m.serial.wait(patience)
	exit, err := m.result(ctx, err, over)
	m.flow.End(exit)
	return exit, err
}

// result is the exit status, and what stood in the way. What was typed is kept, if
// nothing is under way any more.
func (m *Model) result(ctx context.Context, err error, over bool) (int, error) {
	switch {
	case m.err != nil:
		return m.exit, m.err
	case err == nil:
		return m.exit, nil
	}
	if edits := m.edits(); over && m.pending == nil && len(edits) > 0 {
		if saving := m.flow.Reply(context.WithoutCancel(ctx), steps.Reply{Edits: edits}); saving != nil {
			return steps.ExitOf(saving), saving
		}
	}
	if ctx.Err() != nil && !errors.Is(err, tea.ErrProgramPanic) {
		return steps.ExitSignalled, nil
	}
	return steps.ExitBroken, err
}

// Farewell is what is worth saying when the wizard has ended: what was set up,
// or where progress is and how to go on. It is empty when an error says more.
func (o Options) Farewell(exit int) string {
	r := o.Runner
	again, export := o.commands()
	if next, more := r.Next(); more {
		if exit != steps.ExitStopped && exit != steps.ExitSignalled {
			return ""
		}
		what := "Next is " + next.Title + "."
		switch {
		case r.Following(next.ID):
			what = "The order is placed and saved; the next start asks what became of it."
		case r.Status(next.ID).Status == state.Sent:
			what = "The outcome of " + next.Title + " is not known; the next start asks about it."
		}
		return "Progress is saved in " + text.OneLine(r.StatePath()) + ".\n" + what + "\nGo on with: " + again
	}
	lines := []string{"Your setup is complete."}
	for _, d := range steps.IDFacts(r.Saved()) {
		lines = append(lines, fmt.Sprintf("  %-12s  %s", d.Name, d.Value))
	}
	lines = append(lines, "For scripts: "+export)
	if r.Sandbox() {
		lines = append(lines, "This was the sandbox: nothing real was created or sent. The real setup: telegent-setup")
	}
	return strings.Join(lines, "\n")
}
