// Package wizard is the face that most people meet: a Bubble Tea program that draws
// the prompts of a steps.Flow and replies to them. It decides nothing about what
// comes next, and names no step. A small root holds the size, the styles, the screen
// of the prompt with what is laid over it, and the reply that is under way.
//
// The packages below it are its rooms: widget (forms, lists, menus, text), screen
// (one for each kind of prompt), frame (what surrounds a screen), terminal (what
// terminals can do), and recording (replay). They alone know Charm. It may import
// these, steps, steps/report, state, api and api/webhook.
package wizard

import (
	"cmp"
	"context"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/atotto/clipboard"
	"github.com/charmbracelet/colorprofile"

	"telegent-setup/api/text"
	"telegent-setup/api/webhook"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/frame"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/terminal"
	"telegent-setup/wizard/widget"
)

// Options are what the wizard needs.
type Options struct {
	// Runner carries out the steps.
	Runner *steps.Runner
	// Progress is an observer of the same runner; without it the screen of a call
	// knows nothing but the time.
	Progress *Progress
	// Context ends the calls that are under way; Run sets it. The default is
	// context.Background().
	Context context.Context
	// Input and Output are the terminal; the default is standard input and
	// output.
	Input  io.Reader
	Output io.Writer
	// Again and Export are the commands that go on with this setup and that
	// print its IDs; the defaults are those of a setup in its usual place.
	Again, Export string
	// Environ is the environment, as os.Environ gives it, which is the default.
	Environ []string
}

// terminal is where the wizard is shown.
func (o Options) terminal() terminal.Terminal {
	return terminal.Terminal{Input: o.Input, Output: o.Output, Environ: o.Environ}.OrDefault()
}

// commands are Again and Export, or what they are by default.
func (o Options) commands() (again, export string) {
	program, flag := "telegent-setup", ""
	if o.Runner.Sandbox() {
		flag = " --sandbox"
	}
	return cmp.Or(o.Again, program+flag), cmp.Or(o.Export, program+" export"+flag)
}

// Model is the wizard as a tea.Model.
type Model struct {
	flow     *steps.Flow
	runner   *steps.Runner
	ctx      context.Context
	progress *Progress
	serial   *serial

	w, h    int
	dark    bool
	profile colorprofile.Profile
	ascii   bool // The terminal shows nothing else.
	waiting bool // Nothing is drawn yet: the terminal is asked what its background is.

	frame   frame.Frame
	context screen.Context
	prompt  steps.Prompt
	stack   []*entry // The screen of the prompt, and what is laid over it.

	pending *pending // Nil while nothing is under way.
	attempt int
	queue   []tea.Msg // Keys and pastes that wait for it.
	unseen  bool      // What waits was typed before the screen could be seen.
	guard   guard
	pasting bool     // The clipboard is being read; keys wait.
	notes   []string // What has just happened; gone with the next key.

	clipboard func() (string, error)        // Of this machine.
	report    func() (report.Report, error) // Of this setup.
	checker   webhook.Checker               // Looks at the customer's webhook.
	dir       string                        // Where a report is written; the working directory.

	leaving bool
	exit    int
	err     error

	view  tea.View // As last drawn, in Update.
	clock terminal.Clock
}

// entry is a screen on the stack, and where it is scrolled to.
type entry struct {
	screen.Screen
	name   string // Of a screen that is always at hand.
	scroll frame.Scroll
	read   bool // It is read from its top: a new size of the terminal moves nothing.
}

// New makes the wizard, on its first screen.
func New(o Options) *Model {
	if o.Context == nil {
		o.Context = context.Background()
	}
	t := o.terminal()
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	dark := terminal.DarkAtFirst(t.Getenv)
	styles := widget.NewStyles(dark, colorprofile.TrueColor)
	m := &Model{
		flow: steps.NewFlow(o.Runner, true), runner: o.Runner, ctx: o.Context, progress: o.Progress, serial: newSerial(),
		dark: dark, profile: colorprofile.TrueColor, ascii: text.ASCIIOnly(t.Getenv),
		frame:     frame.Frame{Styles: styles},
		context:   screen.Context{Styles: styles, Preview: o.Runner.Preview, Runnable: o.Runner.PreviewWithToken, Home: t.Getenv("HOME")},
		clipboard: clipboard.ReadAll, dir: dir,
		report: func() (report.Report, error) { return report.FromRunner(o.Runner) },
	}
	m.show()
	return m
}

// Init implements tea.Model.
func (m *Model) Init() tea.Cmd { return tea.Batch(terminal.AskBackground(), terminal.WarmUp) }

// View implements tea.Model: the frame that Update drew.
func (m *Model) View() tea.View {
	m.clock.Made()
	return m.view
}

// top is the screen that is seen.
func (m *Model) top() *entry { return m.stack[len(m.stack)-1] }

// refresh looks the facts up again, after something was carried out.
func (m *Model) refresh(facts steps.Facts) {
	m.context.Facts, m.frame.Facts = facts, facts
}

// show puts the prompt of the flow on the screen, with nothing over it.
func (m *Model) show() tea.Cmd {
	m.prompt = m.flow.Prompt()
	m.refresh(m.flow.Facts())
	m.notes = append(m.notes, m.prompt.Notes...)
	m.stack = []*entry{{Screen: screen.New(&m.context, m.prompt), scroll: frame.Scroll{Follow: true}}}
	return m.guardTop()
}

// push lays a screen over the one that is seen.
func (m *Model) push(s screen.Screen) *entry {
	m.notes = nil
	m.stack = append(m.stack, &entry{Screen: s, scroll: frame.Scroll{Follow: true}})
	m.guard.stop()
	return m.top()
}

// pop takes the topmost screen away again.
func (m *Model) pop() tea.Cmd {
	if len(m.stack) > 1 {
		m.stack = m.stack[:len(m.stack)-1]
	}
	return m.guardTop()
}

// guardTop guards the screen that has just come up, if it must be.
func (m *Model) guardTop() tea.Cmd {
	switch {
	case len(m.stack) == 1 && m.prompt.Guarded:
		cmd := m.guard.start(quiet)
		m.tellGuard()
		return cmd
	case len(m.stack) == 1 && len(m.prompt.Problems) > 0:
		return m.guard.start(afterInvalid)
	}
	m.guard.stop()
	return nil
}

// tellGuard tells a guarded screen whether its keys are heard.
func (m *Model) tellGuard() {
	if g, ok := m.top().Screen.(*screen.Menu); ok && len(m.stack) == 1 && m.prompt.Guarded {
		g.Rest(m.guard.on && (!m.guard.armed || m.guard.pressed != nil), m.guard.dropped)
	}
}
