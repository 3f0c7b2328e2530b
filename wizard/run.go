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
	"telegent-setup/steps/report"
	"telegent-setup/wizard/recording"
	"telegent-setup/wizard/terminal"
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
	m := New(calls, o)
	err := o.Terminal.Run(ctx, m, &m.Clock)
	cancel()
	exit, err := m.result(ctx, err, m.wait(patience))
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
	if edits, _ := m.edits(); over && m.pending == nil && len(edits) > 0 {
		if saving := m.flow.Reply(context.WithoutCancel(ctx), steps.Reply{Edits: edits}); saving != nil {
			return steps.ExitOf(saving), saving
		}
	}
	return brokenOff(ctx, err)
}

// brokenOff is the exit status of a program that nobody ended.
func brokenOff(ctx context.Context, err error) (int, error) {
	if ctx.Err() != nil && !errors.Is(err, tea.ErrProgramPanic) {
		return steps.ExitSignalled, nil
	}
	return steps.ExitBroken, err
}

// Replay walks through a recorded run, from 1, on the screens that were seen then, with
// the calls behind them; run 0 begins with the list of the runs. It sends nothing and
// touches no file. It returns 0 however far the person went, since looking is all that
// was asked for, 130 when ctx was cancelled, and 1 with an error.
func Replay(ctx context.Context, t terminal.Terminal, read report.Report, run int) (int, error) {
	p, err := recording.New(read, run, t)
	if err != nil {
		return steps.ExitBroken, err
	}
	if err := t.Run(ctx, p, &p.Clock); err != nil {
		return brokenOff(ctx, err)
	}
	return steps.ExitDone, nil
}

// Farewell is what is worth saying when the wizard has ended: what was set up,
// or where progress is and how to go on. It is empty when an error says more.
func (o Options) Farewell(exit int) string {
	r := o.Runner
	if next, more := r.Next(); more {
		if exit != steps.ExitStopped && exit != steps.ExitSignalled {
			return ""
		}
		what := "Next is " + next.Title + "."
		switch {
		case r.Status(next.ID).Following:
			what = "The order is placed and saved; the next start asks what became of it."
		case r.Status(next.ID).Status == state.Sent:
			what = "The outcome of " + next.Title + " is not known; the next start asks about it."
		}
		return "Progress is saved in " + text.OneLine(r.StatePath()) + ".\n" + what + "\nGo on with: " + o.Again
	}
	lines := []string{"Your setup is complete."}
	for _, d := range steps.IDFacts(r.Saved()) {
		lines = append(lines, fmt.Sprintf("  %-12s  %s", d.Name, d.Value))
	}
	lines = append(lines, "For scripts: "+o.Export)
	if r.Sandbox() {
		lines = append(lines, "This was the sandbox: nothing real was created or sent. The real setup: telegent-setup")
	}
	return strings.Join(lines, "\n")
}
