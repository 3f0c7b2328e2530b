package wizard

import (
	"context"
	"errors"
	"io"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/recording"
	"telegent-setup/wizard/terminal"
)

// ReplayOptions are what a replay needs.
type ReplayOptions struct {
	Report report.Report
	Run    int // Which run of the report, from 1; 0 begins with the list of the runs.
	// Input and Output are the terminal; the default is standard input and
	// output.
	Input  io.Reader
	Output io.Writer
	// Environ is the environment, as os.Environ gives it, which is the default.
	Environ []string
}

// Replay walks through a recorded run on the screens that were seen then, with
// the calls behind them. It sends nothing and touches no file. It returns 0
// however far the person went, since looking is all that was asked for, 130 when
// ctx was cancelled, and 1 with an error.
func Replay(ctx context.Context, o ReplayOptions) (int, error) {
	t := terminal.Terminal{Input: o.Input, Output: o.Output, Environ: o.Environ}.OrDefault()
	p, err := recording.New(o.Report, o.Run, t)
	if err != nil {
		return steps.ExitBroken, err
	}
	err = t.Run(ctx, p, &p.Clock)
	switch {
	case err == nil:
		return steps.ExitDone, nil
	case ctx.Err() != nil && !errors.Is(err, tea.ErrProgramPanic):
		return steps.ExitSignalled, nil
	}
	return steps.ExitBroken, err
}
