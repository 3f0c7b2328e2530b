package wizard

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

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
	if o.Environ == nil {
		o.Environ = os.Environ()
	}
	if o.Output == nil {
		o.Output = os.Stdout
	}
	m := New(o)
	o.Runner.Begin()
	found := m.all
	for _, x := range found {
		if x.Step.ID != steps.Authenticate && (x.Status == state.Done || x.Status == state.Skipped) {
			o.Runner.Pass(x.Step.ID)
		}
	}
	err := show(ctx, m, m, o)
	cancel()
	m.lane.wait(patience)
	exit, err := m.result(ctx, err)
	for _, x := range found {
		if x.Status == state.Sent && !m.sent[x.Step.ID] {
			o.Runner.Pass(x.Step.ID) // As it was found: nobody decided.
		}
	}
	o.Runner.End(exit)
	return exit, err
}

// show runs the wizard, or what is built on it, on the terminal until it quits.
func show(ctx context.Context, face tea.Model, m *Model, o Options) error {
	m.unlit = true
	m.clock.program = tea.NewProgram(face, options(ctx, o)...)
	defer m.clock.stop()
	_, err := m.clock.program.Run()
	// The library turns wrapping off while it draws the last column, and cannot
	// be relied on to turn it on again.
	_, _ = io.WriteString(o.Output, ansi.SetModeAutoWrap)
	return err
}

// result is the exit status, and what stood in the way.
func (m *Model) result(ctx context.Context, err error) (int, error) {
	switch {
	case m.err != nil:
		return steps.ExitBroken, m.err
	case err == nil:
		return m.exit, nil
	}
	if step, answers := m.unsaved(); step != "" && m.flight == nil {
		if saving := m.runner.Draft(step, answers); saving != nil {
			return steps.ExitBroken, saving
		}
	}
	if ctx.Err() != nil && !errors.Is(err, tea.ErrProgramPanic) {
		return steps.ExitSignalled, nil
	}
	return steps.ExitBroken, err
}

// wait waits for the commands of the runner that are under way.
func (l *lane) wait(at time.Duration) {
	done := make(chan struct{})
	go func() {
		l.running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(at):
	}
}

func options(ctx context.Context, o Options) []tea.ProgramOption {
	all := []tea.ProgramOption{tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(120),
		tea.WithOutput(o.Output), tea.WithEnvironment(o.Environ)}
	if o.Input != nil {
		all = append(all, tea.WithInput(o.Input))
	}
	return append(all, colours(o)...)
}

// colours honours NO_COLOR and CLICOLOR_FORCE whatever their value is; the
// library knows them only as booleans.
func colours(o Options) []tea.ProgramOption {
	getenv := lookup(o.Environ)
	switch {
	case getenv("NO_COLOR") != "":
		return []tea.ProgramOption{tea.WithColorProfile(colorprofile.ASCII)}
	case getenv("CLICOLOR_FORCE") != "":
		return []tea.ProgramOption{tea.WithColorProfile(max(colorprofile.Detect(o.Output, o.Environ), colorprofile.ANSI))}
	}
	return nil
}

// Farewell is what is worth saying when the wizard has ended: what was set up,
// or where progress is and how to go on. It is empty when an error says more.
func (o Options) Farewell(exit int) string {
	r := o.Runner
	again, export := o.commands()
	if next, ok := r.Next(); ok {
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
		return "Progress is saved in " + r.StatePath() + ".\n" + what + "\nGo on with: " + again
	}
	lines := []string{"Your setup is complete."}
	saved := r.Saved()
	for _, step := range steps.All() {
		for _, id := range step.Saves {
			if saved[id] != "" {
				lines = append(lines, fmt.Sprintf("  %-12s  %s", id, saved[id]))
			}
		}
	}
	lines = append(lines, "For scripts: "+export)
	if r.Sandbox() {
		lines = append(lines, sandboxNote+" "+realSetup)
	}
	return strings.Join(lines, "\n")
}

// What is said of a setup that was made in the sandbox.
const (
	sandboxNote = "This was the sandbox: nothing real was created or sent."
	realSetup   = "The real setup: telegent-setup"
)

// commands are Again and Export, or what they are by default.
func (o Options) commands() (again, export string) {
	program := "telegent-setup"
	flag := ""
	if o.Runner.Sandbox() {
		flag = " --sandbox"
	}
	return cmp.Or(o.Again, program+flag), cmp.Or(o.Export, program+" export"+flag)
}
