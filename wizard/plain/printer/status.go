package printer

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Status prints for people where a setup stands: the steps with their IDs, and
// what comes next. command is how the program was called, to go on with.
func Status(w io.Writer, path string, f state.File, command string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nState file: %s\n\n", Heading(edition(f), baseURL(f), f.Sandbox), path)
	for _, s := range steps.Survey(f) {
		fmt.Fprintln(&b, strings.TrimRight(fmt.Sprintf("%s  %-12s %s", Label(s.Step), word(s.Status), s.Saved.String()), " "))
		if s.Issue != "" && s.Status != state.Done {
			fmt.Fprintln(&b, strings.TrimRight(fmt.Sprintf("    %s: %s", s.Issue, s.Message), ": "))
		}
	}
	if n, more := steps.Next(f); more {
		fmt.Fprintf(&b, "\nNext: step %d, %s. Go on with: %s\n", n.Number, n.Title, command)
	} else {
		fmt.Fprintf(&b, "\nEvery step is done.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// StatusJSON prints the same as one JSON object on one line.
func StatusJSON(w io.Writer, path string, f state.File) error {
	type step struct {
		Step   string       `json:"step"`
		Number int          `json:"number"`
		Status state.Status `json:"status"`
	}
	out := struct {
		Edition string      `json:"edition"`
		BaseURL string      `json:"base_url"`
		State   string      `json:"state"`
		Steps   []step      `json:"steps"`
		Next    *string     `json:"next"`
		IDs     steps.Saved `json:"ids"`
	}{Edition: edition(f), BaseURL: baseURL(f), State: path, IDs: steps.SavedIn(f)}
	for _, s := range steps.Survey(f) {
		out.Steps = append(out.Steps, step{s.Step.ID, s.Step.Number, s.Status})
	}
	if n, more := steps.Next(f); more {
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
func Label(s steps.Step) string {
	return fmt.Sprintf("Step %d of %d  %-23s", s.Number, len(steps.All()), s.Title)
}

// word is a status for people.
func word(s state.Status) string {
	if s == state.Sent {
		return "unknown"
	}
	return string(s)
}
