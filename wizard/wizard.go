// Package wizard is the face that most people meet: a Bubble Tea program that
// walks through the eight steps over a steps.Runner. A small root holds the
// size, the styles, the facts about the setup and a stack of screens; screens
// are structs that turn keys into actions, which the root carries out before
// it looks at the next key.
//
// It is the only package that knows Charm. What is said about failures comes
// from steps, and all that is sent or written goes through the runner. It may
// import steps, steps/report, steps/answers, state and api.
package wizard

import (
	"context"
	"io"
	"maps"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/atotto/clipboard"
	"github.com/charmbracelet/colorprofile"

	"telegent-setup/steps"
	"telegent-setup/steps/answers"
	"telegent-setup/steps/report"
)

// Options are what the wizard needs.
type Options struct {
	// Runner carries out the steps.
	Runner *steps.Runner
	// Progress is an observer of the same runner; without it the work screen
	// knows nothing but the time.
	Progress *Progress
	// Context ends the calls that are under way; Run sets it. The default is
	// context.Background().
	Context context.Context
	// Input and Output are the terminal; the default is standard input and
	// output.
	Input  io.Reader
	Output io.Writer
	// Given are the IDs to adopt and the steps to skip that an answers file
	// names; its answers and secrets are the runner's.
	Given answers.Given
	// Again and Export are the commands that go on with this setup and that
	// print its IDs; the defaults are those of a setup in its usual place.
	Again, Export string
	// Environ is the environment, as os.Environ gives it, which is the default.
	Environ []string
}

// Model is the wizard as a tea.Model.
type Model struct {
	*scene
	ctx      context.Context
	progress *Progress
	lane     *lane

	w, h    int
	dark    bool
	unlit   bool // Nothing is drawn yet: the terminal is asked what its background is.
	profile colorprofile.Profile
	ascii   bool // The terminal shows nothing else.

	stack   []*layer
	flight  *flight // Nil while nothing is under way.
	attempt int
	sent    map[string]bool // The steps that this run gave to the runner.
	queue   []tea.Msg       // Keys and pastes that wait for the flight to land.
	guard   guard
	pasting bool // The clipboard is being read; keys wait.

	clipboard func() (string, error)        // Of this machine.
	report    func() (report.Report, error) // Of this setup.
	dir       string                        // Where a report is written; the working directory.

	adopts map[string]steps.Answers // IDs of the answers file that are still to be adopted.
	failed string                   // The step that was refused last, to come back to.
	notice string                   // What was just achieved; stays with the screen.
	flash  string                   // A short answer to a key; goes with the next one.

	leaving bool
	exit    int
	err     error

	edge  edge
	frame tea.View // As last drawn, in Update.
	clock clock
}

// layer is a screen on the stack, and where it is scrolled to.
type layer struct {
	screen
	name   string // Of a screen that is always at hand.
	offset int
	follow bool // The focus moved: bring it into sight.
	read   bool // Is read from its top: a new size of the terminal moves nothing.
}

// New makes the wizard, on its first screen.
func New(o Options) *Model {
	if o.Context == nil {
		o.Context = context.Background()
	}
	if o.Environ == nil {
		o.Environ = os.Environ()
	}
	_, export := o.commands()
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	getenv := lookup(o.Environ)
	dark := darkAtFirst(getenv)
	m := &Model{
		scene: &scene{
			st: newStyles(dark, colorprofile.TrueColor), runner: o.Runner, getenv: getenv, export: export,
			path:   tildePath(o.Runner.StatePath(), getenv("HOME")),
			folder: tildePath(dir, getenv("HOME")),
			skips:  o.Given.Skip, typed: map[string]bool{}, drafts: map[string]steps.Answers{},
		},
		ctx: o.Context, progress: o.Progress, lane: newLane(), sent: map[string]bool{}, clipboard: clipboard.ReadAll,
		report: func() (report.Report, error) { return report.Of(o.Runner) }, dir: dir, ascii: asciiOnly(getenv),
		adopts: maps.Clone(o.Given.Adopt), dark: dark, profile: colorprofile.TrueColor,
	}
	m.refresh()
	if m.next == "" {
		m.stack = []*layer{{screen: newDone(m.scene, true), follow: true}}
	} else {
		m.stack = []*layer{{screen: newWelcome(m.scene), follow: true}}
	}
	return m
}

// Init implements tea.Model.
func (m *Model) Init() tea.Cmd { return tea.Batch(light(), warmUp) }

// View implements tea.Model: the frame that Update drew.
func (m *Model) View() tea.View {
	m.clock.made()
	return m.frame
}

// top is the screen that is seen.
func (m *Model) top() *layer { return m.stack[len(m.stack)-1] }

// lookup reads a variable from an environment; the last of several counts.
func lookup(environ []string) func(string) string {
	vars := map[string]string{}
	for _, e := range environ {
		for i := range e {
			if e[i] == '=' && i > 0 {
				vars[e[:i]] = e[i+1:]
				break
			}
		}
	}
	return func(name string) string { return vars[name] }
}
