package plain

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"telegent-setup/api/text"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/answers"
)

// Complain writes an error: one line that says what is wrong, then what to do
// about it. An empty remedy is left out. Names in it may come from anywhere.
func Complain(w io.Writer, problem, remedy string) {
	fmt.Fprintf(w, "telegent-setup: %s\n", text.OneLine(problem))
	if remedy != "" {
		fmt.Fprintln(w, text.Clean(remedy))
	}
}

// Note writes a sentence for the person, nothing wrong.
func Note(w io.Writer, sentence string) { fmt.Fprintf(w, "Note: %s\n", text.OneLine(sentence)) }

// Failure writes what became of a step: what happened, in the service's words too,
// what to do, and the numbers under which support finds the call.
func Failure(w io.Writer, f *steps.Failure) {
	step, _ := steps.Find(f.Step)
	problem := fmt.Sprintf("step %d, %s: %s %s", step.Number, step.ID, f.Headline(), answered(f))
	Complain(w, strings.TrimSpace(problem), f.Solution)
	for _, id := range []steps.Detail{{Name: "TransactionLogId", Value: f.TransactionLogID}, {Name: "TraceId", Value: f.TraceID}} {
		if id.Value != "" {
			fmt.Fprintf(w, "For support: %s %s\n", id.Name, id.Value)
		}
	}
}

// answered is what the service answered, in its own words, and with which status;
// empty when there was no answer.
func answered(f *steps.Failure) string {
	switch {
	case f.HTTPStatus == 0 && f.Message == "":
		return ""
	case f.HTTPStatus == 0:
		return fmt.Sprintf("The service says: %q", f.Message)
	case f.Message == "":
		return fmt.Sprintf("The answer was %s.", steps.StatusText(f.HTTPStatus))
	}
	return fmt.Sprintf("The service says: %q (HTTP %d)", f.Message, f.HTTPStatus)
}

// problemsEvent is the JSON of answers that will not do.
type problemsEvent struct {
	Event    string          `json:"event"`
	Exit     int             `json:"exit"`
	Problems []problemObject `json:"problems"`
}

// problemObject is the JSON of one of them. It never holds a value.
type problemObject struct {
	Step    string `json:"step"`
	Key     string `json:"key"`
	Problem string `json:"problem"`
	Say     string `json:"say"`
	Env     string `json:"env,omitempty"`
}

// Problems tells of answers that are missing or not right, and that nothing but token
// calls was sent: for people on notes, and as one event on events, unless that is nil.
// The error is that of writing the event; told is false for every other error.
func Problems(events, notes io.Writer, err error) (told bool, unwritten error) {
	var invalid *steps.Invalid
	var unread *answers.Error
	e := problemsEvent{Event: "problems", Exit: steps.ExitMisused}
	switch {
	case errors.As(err, &invalid):
		sayProblems(notes, invalid.Problems)
		for _, p := range invalid.Problems {
			kind := "invalid"
			if p.Message == steps.Needed || p.Message == p.Field.RequiredWhy {
				kind = "missing"
			}
			e.Problems = append(e.Problems, problemObject{p.Step, p.Key, kind, p.Message, p.Field.Env})
		}
	case errors.As(err, &unread):
		Complain(notes, unread.Error(), unread.Remedy())
		for _, p := range unread.Problems {
			kind := "invalid"
			if p.Unknown {
				kind = "unknown-key"
			}
			e.Problems = append(e.Problems, problemObject{p.Step, p.Key, kind, p.Message, ""})
		}
	default:
		return false, nil
	}
	if events == nil {
		return true, nil
	}
	if err := WriteJSON(events, e); err != nil {
		return true, fmt.Errorf("write an event to standard output: %w", err)
	}
	return true, nil
}

// WriteJSON writes a value as one line.
func WriteJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// sayProblems names answers that will not do, and how to give them.
func sayProblems(notes io.Writer, problems []steps.Problem) {
	what := "one answer is missing or not right"
	if len(problems) > 1 {
		what = fmt.Sprintf("%d answers are missing or not right", len(problems))
	}
	Complain(notes, what+"; nothing was sent", "Give them in the answers file (--answers FILE), or where a variable is named, in the environment. telegent-setup answers prints a file with all keys.")
	for _, p := range problems {
		fmt.Fprintf(notes, "  %s %s: %s Give %s\n", p.Step, p.Key, sentence(p.Message), place(p.Step, p.Field))
	}
}

// failed is the exit status of a run that an error ends, after telling it.
func failed(events, notes io.Writer, err error) int {
	switch told, unwritten := Problems(events, notes, err); {
	case unwritten != nil:
		err = unwritten
	case told:
		return steps.ExitMisused
	}
	remedy := "Fix that, then start again: progress is saved up to here."
	if lost, ok := errors.AsType[*state.LostLockError](err); ok {
		remedy = lost.Remedy()
	}
	Complain(notes, err.Error(), remedy)
	return steps.ExitOf(err)
}

// finalStatus is the exit status of a run, once it is known whether all of it could be
// told.
func finalStatus(r *steps.Runner, notes io.Writer, exit int) int {
	if err := r.Broken(); err != nil && exit != steps.ExitBroken && exit != steps.ExitSignalled {
		return failed(nil, notes, err)
	}
	return exit
}

func sentence(s string) string {
	if s = strings.TrimRight(s, "."); strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// place is where answers stand in the answers file, and the variable that gives one
// too.
func place(step string, fields ...steps.Field) string {
	var keys []string
	variable := ""
	for _, fd := range fields {
		key := fd.Key + ": ..."
		if head, rest, nests := strings.Cut(fd.Key, "."); nests {
			key = fmt.Sprintf("%s: {%s: ...}", head, rest)
		}
		keys = append(keys, key)
		if fd.Env != "" {
			variable = " or " + fd.Env
		}
	}
	return fmt.Sprintf("`%s: {%s}`%s", step, strings.Join(keys, ", "), variable)
}
