package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/answers"
	"telegent-setup/wizard/plain"
	"telegent-setup/wizard/session"
)

func statusCommand(e Env) *cobra.Command {
	o := e.Options()
	var json, script, check bool
	cmd := New("status", "Show which steps are done, what comes next, and the saved IDs", func(ctx context.Context) error {
		path, file, _, err := o.Read()
		if err != nil {
			return err
		}
		if script {
			_, err := e.Out.Write(answers.Script(file))
			return err
		}
		s := setup{File: file, path: path}
		var outcome error
		if check {
			if s.checked, outcome = e.check(ctx, *o); s.checked == nil {
				return outcome
			}
		}
		if json {
			return errors.Join(s.writeJSON(e.Out), outcome)
		}
		return errors.Join(s.write(e.Out, Line("", o.Sandbox, o.State), e.signs()), outcome)
	})
	AddStateFlags(cmd, o)
	cmd.Flags().BoolVar(&json, "json", false, "one JSON object")
	cmd.Flags().BoolVar(&script, "print-answers", false, "the setup as an answers file, without secrets")
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

type setup struct {
	state.File
	path    string                    // Of its state file.
	checked map[string]steps.Presence // By step: whether the service knows its IDs; nil when it was not asked.
}

// edition is that of the setup; a new one has the default.
func (s setup) edition() string { return cmp.Or(s.Edition, string(api.Edition2025)) }

// baseURL is what a setup talks to; a new one, the real service. The sandbox
// has an address only while it runs.
func (s setup) baseURL() string {
	if s.BaseURL == "" && !s.Sandbox {
		return steps.DefaultBaseURL
	}
	return s.BaseURL
}

// write prints for people where a setup stands: the steps with their IDs, with signs
// those of the wizard before them, and what comes next. again is the command for that.
func (s setup) write(w io.Writer, again string, signs bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nState file: %s\n\n", plain.Heading(s.edition(), s.baseURL(), s.Sandbox), text.OneLine(s.path))
	next, more := steps.Next(s.File)
	for _, step := range steps.AllIn(s.File) {
		if signs {
			b.WriteString(steps.Sign(step.Status, step.Step.ID == next.ID) + " ")
		}
		s.writeStep(&b, step)
	}
	if more {
		fmt.Fprintf(&b, "\nNext: step %d, %s. Go on with: %s\n", next.Number, next.Title, again)
	} else {
		fmt.Fprintf(&b, "\nEvery step is done.\n")
	}
	if todo := steps.NextSteps(s.File); len(todo) > 0 {
		fmt.Fprintf(&b, "What to do next:\n  - %s\n", strings.Join(todo, "\n  - "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeStep writes a step, and each of its IDs on a line of its own, so that none
// is broken at 80 columns.
func (s setup) writeStep(b *strings.Builder, step steps.Status) {
	word := string(step.Status)
	if step.Status == state.Sent {
		word = "unknown"
	}
	fmt.Fprintf(b, "%s  %s\n", plain.Label(step.Step), word)
	for _, id := range steps.IDFacts(step.Saved) {
		line := fmt.Sprintf("    %-13s %s", id.Name, id.Value)
		if s.checked != nil {
			line += "  " + string(s.checked[step.Step.ID])
		}
		fmt.Fprintln(b, line)
	}
	if why := step.Error; why != nil && why.Issue != "" && step.Status != state.Done {
		fmt.Fprintln(b, strings.TrimRight(fmt.Sprintf("    %s: %s", why.Issue, why.Message), ": "))
	}
}

// writeJSON prints the same as one JSON object on one line.
func (s setup) writeJSON(w io.Writer) error {
	type step struct {
		Step   string         `json:"step"`
		Number int            `json:"number"`
		Status state.Status   `json:"status"`
		Check  steps.Presence `json:"check,omitempty"`
	}
	out := struct {
		Edition string      `json:"edition"`
		BaseURL string      `json:"base_url"`
		State   string      `json:"state"`
		Steps   []step      `json:"steps"`
		Next    *string     `json:"next"`
		IDs     steps.Saved `json:"ids"`
	}{Edition: s.edition(), BaseURL: s.baseURL(), State: text.OneLine(s.path), IDs: steps.SavedIn(s.File)}
	for _, at := range steps.AllIn(s.File) {
		out.Steps = append(out.Steps, step{at.Step.ID, at.Step.Number, at.Status, s.checked[at.Step.ID]})
	}
	if n, more := steps.Next(s.File); more {
		out.Next = &n.ID
	}
	return plain.WriteJSON(w, out)
}
