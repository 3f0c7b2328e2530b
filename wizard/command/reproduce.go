package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/api/text"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/plain"
)

// hangFor is how long a call lasts that the sandbox never answers.
const hangFor = 5 * time.Second

// reproduce carries the setup of a report out in a sandbox of its own, up to its
// failure and on from there.
func (e Env) reproduce(ctx context.Context, f Faces, read report.Report, run int, r Rehearsal) (err error) {
	dir, err := os.MkdirTemp("", "telegent-setup-")
	if err != nil {
		return fmt.Errorf("make a directory for the rehearsal: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	o := e.Options()
	o.Sandbox, o.State, o.Edition = true, filepath.Join(dir, "state.json"), cmp.Or(read.Edition, string(api.Edition2025))
	if err := keepAnswers(o.State, api.Edition(o.Edition), read.State); err != nil {
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
