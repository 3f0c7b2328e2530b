package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/plain"
	"telegent-setup/wizard/session"
)

// replayFlags say how a report is replayed.
type replayFlags struct {
	run       int
	named     bool // The run was; else a replay begins with their list.
	quiet     bool
	events    bool
	reproduce bool
}

// replayCommand walks through a report, or reproduces its failure.
func replayCommand(e Env, f Faces) *cobra.Command {
	flags := replayFlags{}
	cmd := newWithArgument("replay FILE", "Walk through a report as the customer saw it; nothing is sent", "telegent-setup replay FILE",
		func(ctx context.Context, path string) error {
			read, err := session.ReadReport(path)
			if err != nil {
				return err
			}
			flags.named = flags.run != 0
			if !flags.named {
				flags.run = defaultRun(read, flags.reproduce)
			}
			if flags.run < 1 || flags.run > len(read.Runs) {
				return UsageError(fmt.Sprintf("there is no run %d: the report holds %d", flags.run, len(read.Runs)), "--run counts from 1.")
			}
			if flags.reproduce {
				return e.reproduce(ctx, f, path, read, flags)
			}
			return e.replay(ctx, f, read, flags)
		})
	cmd.Flags().IntVar(&flags.run, "run", 0, "the run to show, `N` from 1 (default: the last)")
	cmd.Flags().BoolVar(&flags.quiet, "no-input", false, "ask nothing: print what was recorded, and exit as the run did")
	cmd.Flags().BoolVar(&flags.events, "json", false, "JSON Lines on standard output, one object per event")
	cmd.Flags().BoolVar(&flags.reproduce, "reproduce", false, "start the sandbox instead, with the answers of the report and the fault that matches its failure")
	return cmd
}

// defaultRun is the last run; to be reproduced, the last that failed.
func defaultRun(read report.Report, failed bool) int {
	for i := len(read.Runs); failed && i > 0; i-- {
		if lastFailure(read.Runs[i-1]) != nil {
			return i
		}
	}
	return len(read.Runs)
}

// lastFailure is the last failure of a run; nil when nothing failed.
func lastFailure(run report.Run) *steps.Failure {
	var last *steps.Failure
	for _, m := range run.Moments() {
		if m.Failure != nil {
			last = m.Failure
		}
	}
	return last
}

func (e Env) replay(ctx context.Context, f Faces, read report.Report, flags replayFlags) error {
	if e.Terminal() && !flags.quiet && !flags.events && !e.Screenless() {
		run := flags.run
		if !flags.named {
			run = 0
		}
		status, err := f.Replay(ctx, read, run)
		if err != nil {
			return err
		}
		return exit(status)
	}
	plain.Note(e.Err, fmt.Sprintf("run %d of %d in a report of %s; nothing is sent.", flags.run, len(read.Runs), read.Created.Format(createdTime)))
	return e.tellRun(read.Runs[flags.run-1], read, flags.events)
}

// createdTime is how the time of a report is shown.
const createdTime = "2006-01-02 15:04 UTC"

// tellRun tells a recorded run as it was told when it was made; the error is its
// exit status.
func (e Env) tellRun(run report.Run, of report.Report, events bool) error {
	begun, _ := run.Started()
	var to steps.Observer = &plain.Lines{
		Out: e.Out, Notes: e.Err,
		Again: Line("", begun.Sandbox, begun.State), Export: Line("export", begun.Sandbox, begun.State),
	}
	if events {
		to = &plain.Events{Out: e.Out, Notes: e.Err}
	}
	for _, event := range run.Events {
		if err := to.Observe(event); err != nil {
			return err
		}
		if stepped, ok := event.(steps.Stepped); ok && stepped.Failure != nil {
			plain.Failure(e.Err, stepped.Failure)
		}
	}
	if _, ended := run.Ended(); !ended {
		plain.Note(e.Err, "the record ends here: the run was killed, or was still going on.")
	}
	return exit(run.Exit(of.State))
}
