// Package wizard is the face that most people meet: a Bubble Tea program that draws
// the prompts of a steps.Flow and replies to them. It decides nothing about what
// comes next, and names no step. A small root holds the screen of the prompt with
// what is laid over it, the keys that wait, and the reply that is under way.
//
// The packages below it are its rooms: widget (forms, lists, menus, text), screen
// (one for each kind of prompt), display (the screens on a terminal, and what surrounds
// them), terminal (what terminals can do), and recording (replay).
// They alone know Charm. It may import these, steps, steps/report, state, api and
// api/webhook.
package wizard

import (
	"context"
	"os"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/atotto/clipboard"

	"telegent-setup/api/webhook"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/display"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/terminal"
)

// Options are what the wizard needs.
type Options struct {
	Runner   *steps.Runner     // Carries out the steps.
	Progress *Progress         // Is an observer of the same runner.
	Terminal terminal.Terminal // Where the wizard is shown.

	// Again and Export are the commands that go on with this setup and that print its
	// IDs.
	Again, Export string
}

// Model is the wizard as a tea.Model.
type Model struct {
	*display.Display // The screen of the prompt, and what is laid over it.

	flow     *steps.Flow
	runner   *steps.Runner
	ctx      context.Context // Ends the calls that are under way.
	progress *Progress
	prompt   steps.Prompt

	pending *pending       // Nil while nothing is under way.
	running sync.WaitGroup // Of what is under way, given up or not.
	queue   []tea.Msg      // Keys and pastes that wait for it.
	unseen  bool           // What waits was typed before the screen could be seen.
	guard   guard
	pasting bool // The clipboard is being read; keys wait.

	clipboard func() (string, error)        // Of this machine.
	report    func() (report.Report, error) // Of this setup.
	checker   webhook.Checker               // Looks at the customer's webhook.
	dir       string                        // Where a report is written; the working directory.

	leaving bool
	exit    int
	err     error
}

// New makes the wizard, on its first screen. The end of ctx ends the calls that are
// under way.
func New(ctx context.Context, o Options) *Model {
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	m := &Model{
		Display: display.New(o.Terminal), ctx: ctx,
		flow: steps.NewFlow(o.Runner, true), runner: o.Runner, progress: o.Progress,
		clipboard: clipboard.ReadAll, dir: dir,
		report: func() (report.Report, error) { return report.FromRunner(o.Runner) },
	}
	m.Context.Preview, m.Context.Runnable, m.Context.Home = o.Runner.Preview, o.Runner.PreviewWithToken, o.Terminal.Getenv("HOME")
	m.show()
	return m
}

// show puts the prompt of the flow on the screen, with nothing over it.
func (m *Model) show() tea.Cmd {
	m.prompt = m.flow.Prompt()
	m.Context.Facts = m.flow.Facts()
	m.Notes = append(m.Notes, m.prompt.Notes...)
	m.Stack = nil
	m.Push(screen.New(&m.Context, m.prompt))
	return m.guardTop()
}

// lay lays a screen over the one that is seen.
func (m *Model) lay(s screen.Screen) *display.Entry {
	m.Notes = nil
	m.guard.stop()
	return m.Push(s)
}

func (m *Model) close() tea.Cmd {
	m.Pop()
	return m.guardTop()
}

// guardTop guards the screen that has just come up, if it must be.
func (m *Model) guardTop() tea.Cmd {
	switch {
	case len(m.Stack) > 1:
	case m.prompt.Guarded:
		return m.guard.start(quiet)
	case len(m.prompt.Problems) > 0:
		return m.guard.start(afterInvalid)
	}
	m.guard.stop()
	return nil
}

// tellGuard tells a guarded screen whether its keys are heard.
func (m *Model) tellGuard() {
	if g, ok := m.Top().Screen.(*screen.Menu); ok && len(m.Stack) == 1 && m.prompt.Guarded {
		g.Rest(m.guard.on && (!m.guard.armed || m.guard.pressed != nil), m.guard.dropped)
	}
}
