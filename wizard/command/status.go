package command

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"telegent-setup/steps"
	"telegent-setup/wizard/plain"
	"telegent-setup/wizard/plain/printer"
	"telegent-setup/wizard/session"
)

// statusCommand shows where a setup stands.
func statusCommand(e Env) *cobra.Command {
	o := e.Options()
	var json, answers, check bool
	cmd := New("status", "Show which steps are done, what comes next, and the saved IDs", func(ctx context.Context) error {
		path, file, _, err := o.Read()
		if err != nil {
			return err
		}
		setup := printer.Setup{Path: path, File: file, Again: printer.Command("", o.Sandbox, o.State), Signs: e.signs()}
		write := printer.Status
		switch {
		case json:
			write = printer.StatusJSON
		case answers:
			return printer.Script(e.Out, file)
		}
		var outcome error
		if check {
			if setup.Checked, outcome = e.check(ctx, *o); setup.Checked == nil {
				return outcome
			}
		}
		return errors.Join(write(e.Out, setup), outcome)
	})
	AddStateFlags(cmd, o)
	cmd.Flags().BoolVar(&json, "json", false, "one JSON object")
	cmd.Flags().BoolVar(&answers, "print-answers", false, "the setup as an answers file, without secrets")
	cmd.Flags().BoolVar(&check, "check", false, "ask the service whether each saved ID still exists; nothing is changed")
	cmd.MarkFlagsMutuallyExclusive("json", "print-answers")
	cmd.MarkFlagsMutuallyExclusive("check", "print-answers")
	return cmd
}

// check asks the service for every saved ID. found is nil when it could not be
// asked at all; the error says how the command ends.
func (e Env) check(ctx context.Context, o session.Options) (found map[string]steps.Presence, err error) {
	s, err := session.OpenReadOnly(o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	r := s.Runner(listener{&plain.Lines{Out: e.Err, Notes: e.Err}})
	if slices.ContainsFunc(stepIDs(), r.CanCheck) {
		if err = e.signIn(ctx, r); err != nil && !errors.Is(err, ExitStatus(steps.ExitUnsettled)) {
			return nil, err
		}
	}
	found = map[string]steps.Presence{}
	for _, id := range stepIDs() {
		found[id] = steps.NotChecked
		if err != nil || !r.CanCheck(id) {
			continue
		}
		if found[id], err = r.Check(ctx, id, nil); err != nil {
			err = e.failed(ctx, err)
		}
	}
	if err == nil && slices.Contains(slices.Collect(maps.Values(found)), steps.Gone) {
		err = ExitStatus(steps.ExitRefused)
	}
	return found, err
}
