package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/api/text"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/plain"
	"telegent-setup/wizard/session"
)

func reportCommand(e Env) *cobra.Command {
	o, to := e.Options(), ""
	cmd := New("report", "Write a redacted report for support", func(context.Context) error {
		path, made, err := o.Report(time.Now())
		if errors.Is(err, report.ErrNoSetup) {
			plain.Complain(e.Err, fmt.Sprintf("%v: %s is not there", err, path), "Name the state file with --state FILE, or add --sandbox for a setup in the sandbox.")
			return ExitStatus(steps.ExitBroken)
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(e.Err, strings.Join(made.Summary(), "\n"))
		return e.writeReport(made, to)
	})
	AddStateFlags(cmd, o)
	cmd.Flags().StringVarP(&to, "output", "o", "", "`FILE` to write, - for standard output (default: a new file here, named for the time)")
	return cmd
}

func (e Env) writeReport(made report.Report, to string) (err error) {
	switch to {
	case "-":
		return made.Write(e.Out)
	case "":
		to, err = made.SaveIn(".")
	default:
		err = made.Save(to)
	}
	if errors.Is(err, fs.ErrExist) {
		return UsageError(to+" is there already, and is not overwritten", "Name another file with -o, or leave it out.")
	}
	if err == nil {
		_, err = fmt.Fprintln(e.Out, text.OneLine(to))
	}
	return err
}

type replayFlags struct {
	run                      int // From 1; 0 is not named.
	noInput, json, reproduce bool
}

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

// hangFor is how long a call lasts that the sandbox never answers.
const hangFor = 5 * time.Second

// reproduce carries the setup of a report out in a sandbox of its own, up to its
// failure and on from there.
func (e Env) reproduce(ctx context.Context, f Faces, read report.Report, run int, r Rehearsal) (err error) {
	edition, err := api.ParseEdition(cmp.Or(read.Edition, string(api.Edition2025)))
	if err != nil {
		return UsageError(fmt.Sprintf("the report is of edition %q, which the sandbox does not speak", read.Edition), "Without --reproduce the report is shown as it was recorded.")
	}
	dir, err := os.MkdirTemp("", "telegent-setup-")
	if err != nil {
		return fmt.Errorf("make a directory for the rehearsal: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	o := e.Options()
	o.Sandbox, o.State, o.Edition = true, filepath.Join(dir, "state.json"), string(edition)
	if err := keepAnswers(o.State, edition, read.State); err != nil {
		return err
	}
	failure := lastFailure(read.Runs[run-1])
	fault, matched := faultOf(failure)
	if matched {
		o.Faults = []string{fault.String()}
	}
	if failure != nil && failure.Issue == steps.IssueTimeout {
		o.Timeout = hangFor
	}
	plain.Note(e.Err, reproducing(read, run, failure, o.Faults))
	return f.SetUp(ctx, *o, r)
}

// reproducing says what the sandbox is made to do.
func reproducing(read report.Report, run int, failure *steps.Failure, faults []string) string {
	what := fmt.Sprintf("the sandbox with the answers of a report of %s; nothing real happens, and nothing of it is kept.", read.Created.Format(createdTime))
	switch {
	case len(faults) > 0:
		return fmt.Sprintf("%s Run %d of %d failed, which --fault %s brings about here.", what, run, len(read.Runs), faults[0])
	case failure != nil:
		return fmt.Sprintf("%s Run %d of %d failed with %s in %s, which no fault of the sandbox brings about by itself.", what, run, len(read.Runs), failure.Issue, failure.Step)
	}
	return fmt.Sprintf("%s In run %d of %d nothing failed.", what, run, len(read.Runs))
}

// keepAnswers writes a state file that holds the answers of a setup and nothing
// else: no ID of the real service, no credentials, and nothing that was redacted.
func keepAnswers(path string, edition api.Edition, from state.File) (err error) {
	store, err := state.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	file := state.File{Edition: string(edition), Sandbox: true, Steps: map[string]state.Step{}}
	for _, step := range steps.All() {
		kept := state.Step{Status: state.Todo, Answers: map[string]string{}}
		if from.Steps[step.ID].Status == state.Skipped {
			kept.Status = state.Skipped
		}
		for _, field := range step.Forms[edition].Fields {
			value := from.Steps[step.ID].Answers[field.Key]
			if value != "" && field.SavedID == "" && field.Env == "" && !field.Auto && !strings.Contains(value, text.Redacted) {
				kept.Answers[field.Key] = value
			}
		}
		file.Steps[step.ID] = kept
	}
	return store.Save(file)
}

// faultOf is the fault that makes the sandbox fail like that; false when none does.
func faultOf(f *steps.Failure) (fault sandbox.Fault, matched bool) {
	if f == nil {
		return fault, false
	}
	name := map[steps.Code]string{
		"token-scope": "unauthorized", steps.IssueNetwork: "drop", steps.IssueTimeout: "hang", steps.IssueUnexpected: "malformed",
		steps.IssueRefused: "problem-details", steps.IssueNotDelivered: "undelivered",
	}[f.Issue]
	fault = sandbox.Fault{Name: cmp.Or(name, string(f.Issue)), Step: f.Step, Count: 1}
	step, known := steps.Find(f.Step)
	switch {
	case fault.Name == "unauthorized" && known && step.NeedsToken():
		fault.Count = 2 // Once is healed by a new token.
	case fault.Name == "rate-limit":
		fault.Count = 5 // So are four.
	case f.Issue == steps.IssueNetwork && !f.Kind.Unknown():
		fault.Name = "refuse"
	case f.Issue == steps.IssueTimeout && f.Kind == steps.OrderOpen:
		fault.Name = "order-pending"
	case f.Issue == steps.IssueServerError && f.HTTPStatus != 0 && f.HTTPStatus != 500:
		fault.Name = "html"
	case f.Issue == steps.IssueRefused && f.HTTPStatus == 200:
		fault.Name = "soft-failure"
	}
	_, err := sandbox.ParseFault(fault.String())
	return fault, err == nil
}
