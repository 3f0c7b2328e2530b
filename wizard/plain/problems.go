package plain

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"telegent-setup/steps"
	"telegent-setup/steps/answers"
	"telegent-setup/wizard/plain/printer"
)

// Problems tells that answers are missing or not right, and that nothing but token
// calls was sent: for people on notes, and as one event on events, unless that is
// nil. The error is that of writing the event.
func Problems(events, notes io.Writer, problems []steps.Problem) error {
	what := "one answer is missing or not right"
	if len(problems) > 1 {
		what = fmt.Sprintf("%d answers are missing or not right", len(problems))
	}
	printer.Complain(notes, what+"; nothing was sent", "Give them in the answers file (--answers FILE), or where a variable is named, in the environment. telegent-setup answers prints a file with all keys.")
	for _, p := range problems {
		fmt.Fprintf(notes, "  %s %s: %s Give %s\n", p.Step, p.Key, sentence(p.Message), place(p))
	}
	told := make([]problemObject, len(problems))
	for i, p := range problems {
		told[i] = problemObject{Step: p.Step, Key: p.Key, Problem: "invalid", Say: p.Message, Env: p.Field.Env}
		if p.Message == steps.Needed || p.Message == p.Field.RequiredWhy {
			told[i].Problem = "missing"
		}
	}
	return writeProblems(events, told)
}

// Unread tells what is wrong in an answers file, as Problems does. False for every
// other error.
func Unread(events, notes io.Writer, err error) (unreadable bool, failed error) {
	var unread *answers.Error
	if !errors.As(err, &unread) {
		return false, nil
	}
	printer.Complain(notes, unread.Error(), unread.Remedy())
	told := make([]problemObject, len(unread.Problems))
	for i, p := range unread.Problems {
		told[i] = problemObject{Step: p.Step, Key: p.Key, Problem: "invalid", Say: p.Message}
		if p.Unknown {
			told[i].Problem = "unknown-key"
		}
	}
	return true, writeProblems(events, told)
}

// problemObject is the JSON of an answer that will not do. It never holds a value.
type problemObject struct {
	Step    string `json:"step"`
	Key     string `json:"key"`
	Problem string `json:"problem"`
	Say     string `json:"say"`
	Env     string `json:"env,omitempty"`
}

func writeProblems(events io.Writer, problems []problemObject) error {
	if events == nil {
		return nil
	}
	enc := json.NewEncoder(events)
	enc.SetEscapeHTML(false)
	err := enc.Encode(struct {
		Event    string          `json:"event"`
		Exit     int             `json:"exit"`
		Problems []problemObject `json:"problems"`
	}{"problems", steps.ExitMisused, problems})
	if err != nil {
		return fmt.Errorf("write an event to standard output: %w", err)
	}
	return nil
}

// sentence ends a text as a sentence does.
func sentence(s string) string {
	if s = strings.TrimRight(s, "."); strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// place is where an answer stands in the answers file, and the variable that
// gives it too.
func place(p steps.Problem) string {
	key, closing := p.Key, "}"
	if head, rest, nests := strings.Cut(key, "."); nests {
		key, closing = head+": {"+rest, "}}"
	}
	text := fmt.Sprintf("`%s: {%s: ...%s`", p.Step, key, closing)
	if p.Field.Env != "" {
		text += " or " + p.Field.Env
	}
	return text
}
