package plain

import (
	"fmt"
	"io"
	"strings"

	"telegent-setup/api/text"
	"telegent-setup/steps"
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
