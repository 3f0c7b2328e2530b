// Package terminal knows what terminals can do: their colours, their background,
// their character set, and how soon a frame is drawn.
//
// It imports nothing of this program.
package terminal

import (
	"context"
	"io"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Terminal is where a program is shown.
type Terminal struct {
	Input   io.Reader // The default is standard input.
	Output  io.Writer // The default is standard output.
	Environ []string  // As os.Environ gives it, which is the default.
}

// OrDefault is the terminal with what was not named.
func (t Terminal) OrDefault() Terminal {
	if t.Environ == nil {
		t.Environ = os.Environ()
	}
	if t.Output == nil {
		t.Output = os.Stdout
	}
	return t
}

// Getenv reads a variable of the terminal's environment; the last of several counts.
func (t Terminal) Getenv(name string) string {
	value := ""
	for _, e := range t.Environ {
		if v, ok := strings.CutPrefix(e, name+"="); ok {
			value = v
		}
	}
	return value
}

// Run runs a program on the terminal until it quits, or ctx ends. Signals are the
// caller's.
func (t Terminal) Run(ctx context.Context, model tea.Model, clock *Clock) error {
	err := clock.run(t.program(ctx, model))
	// The library turns wrapping off while it draws the last column, and cannot
	// be relied on to turn it on again.
	_, _ = io.WriteString(t.Output, ansi.SetModeAutoWrap)
	return err
}

func (t Terminal) program(ctx context.Context, model tea.Model) *tea.Program {
	all := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(120),
		tea.WithOutput(t.Output), tea.WithEnvironment(t.Environ),
	}
	if t.Input != nil {
		all = append(all, tea.WithInput(t.Input))
	}
	if profile, known := t.profile(); known {
		all = append(all, tea.WithColorProfile(profile))
	}
	return tea.NewProgram(model, all...)
}

// profile honours NO_COLOR and CLICOLOR_FORCE whatever their value is; the library
// knows them only as booleans.
func (t Terminal) profile() (colorprofile.Profile, bool) {
	switch {
	case t.Getenv("NO_COLOR") != "":
		return colorprofile.ASCII, true
	case t.Getenv("CLICOLOR_FORCE") != "":
		return max(colorprofile.Detect(t.Output, t.Environ), colorprofile.ANSI), true
	}
	return 0, false
}
