package command

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/plain"
	"telegent-setup/wizard/session"
)

// replayFlags say how a report is replayed.
type replayFlags struct {
	run                      int // From 1; 0 is not named.
	noInput, json, reproduce bool
}

// replayCommand walks through a report, or reproduces its failure.
func replayCommand(e Env, f Faces) *cobra.Command {
	flags := replayFlags{}
	cmd := newWithArgument("replay FILE", "Walk through a report as the customer saw it; nothing is sent", "telegent-setup replay FILE",
		func(ctx context.Context, path string) error { return e.replay(ctx, f, path, flags) })
	cmd.Flags().IntVar(&flags.run, "run", 0, "the run to show, `N` from 1 (default: the last)")
	cmd.Flags().BoolVar(&flags.noInput, "no-input", false, "ask nothing: print what was recorded, and exit as the run did")
	cmd.Flags().BoolVar(&flags.json, "json", false, "JSON Lines on standard output, one object per event")
	cmd.Flags().BoolVar(&flags.reproduce, "reproduce", false, "start the sandbox instead, with the answers of the report and the fault that matches its failure")
	return cmd
}

func (e Env) replay(ctx context.Context, f Faces, path string, flags replayFlags) error {
	read, err := session.ReadReport(path)
	if err != nil {
		return err
	}
	run := flags.run
	if run == 0 {
		run = defaultRun(read, flags.reproduce)
	}
	switch {
	case run < 1 || run > len(read.Runs):
		return UsageError(fmt.Sprintf("there is no run %d: the report holds %d", run, len(read.Runs)), "--run counts from 1.")
	case flags.reproduce:
		return e.reproduce(ctx, f, read, run, Rehearsal{
			NoInput: flags.noInput || flags.json, JSON: flags.json, Again: Line("replay", false, "", path, "--reproduce"),
		})
	case e.Terminal() && !flags.noInput && !flags.json && !e.Screenless():
		status, err := f.Replay(ctx, read, flags.run)
		if err != nil {
			return err
		}
		return exit(status)
	}
	return e.tellRun(read, run, flags.json)
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
	for _, m := range slices.Backward(run.Moments()) {
		if m.Failure != nil {
			return m.Failure
		}
	}
	return nil
}

// createdTime is how the time of a report is shown.
const createdTime = "2006-01-02 15:04 UTC"

// tellRun tells a recorded run, from 1, as it was told when it was made; the error
// is its exit status.
func (e Env) tellRun(read report.Report, n int, events bool) error {
	plain.Note(e.Err, fmt.Sprintf("run %d of %d in a report of %s; nothing is sent.", n, len(read.Runs), read.Created.Format(createdTime)))
	run := read.Runs[n-1]
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
	return exit(run.Exit(read.State))
}
