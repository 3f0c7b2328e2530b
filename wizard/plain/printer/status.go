package printer

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Setup is a setup to be printed.
type Setup struct {
	Path    string // Of its state file.
	File    state.File
	Again   string                    // The command that goes on with it.
	Checked map[string]steps.Presence // By step: whether the service knows its IDs; nil when it was not asked.
	Signs   bool                      // Steps wear the signs of the wizard.
}

// Status prints for people where a setup stands: the steps with their IDs, and what
// comes next.
func Status(w io.Writer, s Setup) error {
	var b strings.Builder
	f := s.File
	fmt.Fprintf(&b, "%s\nState file: %s\n\n", Heading(edition(f), baseURL(f), f.Sandbox), text.OneLine(s.Path))
	next, more := steps.Next(f)
	for _, step := range steps.Survey(f) {
		s.writeStep(&b, step, step.Step.ID == next.ID)
	}
	if more {
		fmt.Fprintf(&b, "\nNext: step %d, %s. Go on with: %s\n", next.Number, next.Title, s.Again)
	} else {
		fmt.Fprintf(&b, "\nEvery step is done.\n")
	}
	if todo := steps.NextSteps(f); len(todo) > 0 {
		fmt.Fprintf(&b, "What to do next:\n")
		for _, text := range todo {
			fmt.Fprintf(&b, "  - %s\n", text)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeStep writes a step, and each of its IDs on a line of its own, so that none
// is broken at 80 columns.
func (s Setup) writeStep(b *strings.Builder, step steps.Status, next bool) {
	if s.Signs {
		b.WriteString(sign(step.Status, next) + " ")
	}
	fmt.Fprintf(b, "%s  %s\n", Label(step.Step), word(step.Status))
	for _, id := range steps.IDFacts(step.Saved) {
		line := fmt.Sprintf("    %-13s %s", id.Name, id.Value)
		if s.Checked != nil {
			line += "  " + string(s.Checked[step.Step.ID])
		}
		fmt.Fprintln(b, line)
	}
	if why := step.Error; why != nil && why.Issue != "" && step.Status != state.Done {
		fmt.Fprintln(b, strings.TrimRight(fmt.Sprintf("    %s: %s", why.Issue, why.Message), ": "))
	}
}

// sign is the mark of a status.
func sign(status state.Status, next bool) string {
	switch {
	case status == state.Done:
		return "✓"
	case status == state.Sent:
		return "?"
	case status == state.Failed:
		return "✗"
	case status == state.Skipped:
		return "–"
	case next:
		return "●"
	}
	return "○"
}

// StatusJSON prints the same as one JSON object on one line.
func StatusJSON(w io.Writer, s Setup) error {
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
	}{Edition: edition(s.File), BaseURL: baseURL(s.File), State: text.OneLine(s.Path), IDs: steps.SavedIn(s.File)}
	for _, at := range steps.Survey(s.File) {
		out.Steps = append(out.Steps, step{at.Step.ID, at.Step.Number, at.Status, s.Checked[at.Step.ID]})
	}
	if n, more := steps.Next(s.File); more {
		out.Next = &n.ID
	}
	return writeJSON(w, out)
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// edition is the edition of a setup; a new one has the default.
func edition(f state.File) string { return cmp.Or(f.Edition, string(api.Edition2025)) }

// baseURL is what a setup talks to; a new one, the real service. The sandbox
// has an address only while it runs.
func baseURL(f state.File) string {
	if f.BaseURL == "" && !f.Sandbox {
		return steps.DefaultBaseURL
	}
	return f.BaseURL
}

// Heading says what a setup talks to.
func Heading(edition, baseURL string, sandbox bool) string {
	if sandbox {
		baseURL = "the sandbox: nothing real happens"
	}
	return fmt.Sprintf("Telegent setup, edition %s, %s", edition, baseURL)
}

// Label is a step's place and title, padded so that what follows lines up.
func Label(s *steps.Step) string {
	return fmt.Sprintf("Step %d of %d  %-23s", s.Number, len(steps.All()), s.Title)
}

// word is a status for people.
func word(s state.Status) string {
	if s == state.Sent {
		return "unknown"
	}
	return string(s)
}
