package steps

import (
	"slices"

	"strconv"
	"strings"

	"telegent-setup/state"
)

// Facts are what a face shows beside a prompt.
type Facts struct {
	Edition, BaseURL, StatePath string
	Sandbox, SignedIn           bool
	Steps                       []Status
	Saved                       Saved
	Next                        string // The first step that is not done; empty when all are.
	Current                     string // The step that the prompt is of; may be empty.
	Delivery                    string // What became of the message, in a word; empty while it was not sent.
}

// Facts are the facts of the setup as they stand.
func (f *Flow) Facts() Facts {
	facts := f.r.Facts()
	facts.Current = f.at.step
	return facts
}

// Facts are the facts of the setup as they stand, also while a step is carried out.
// They name no current step.
func (r *Runner) Facts() Facts {
	next, _ := r.Next()
	return Facts{
		Edition: string(r.Edition()), BaseURL: r.BaseURL(), StatePath: r.stateName(), Sandbox: r.Sandbox(), SignedIn: r.SignedIn(),
		Steps: r.All(), Saved: r.Saved(), Next: next.ID, Delivery: r.deliveryWord(),
	}
}

// Of is where a step stands; false for what is no step.
func (x Facts) Of(step string) (Status, bool) {
	i := slices.IndexFunc(x.Steps, func(s Status) bool { return s.Step.ID == step })
	if i < 0 {
		return Status{}, false
	}
	return x.Steps[i], true
}

// Done says whether a step needs nothing more, as the rail shows it.
func (x Facts) Done(s Status) bool {
	if s.Step.ID == Authenticate {
		return x.SignedIn || x.Next == ""
	}
	return s.Settled()
}

// Stands is where a step stands in this run, for the rail: nobody is signed in
// before this run has done so, unless nothing is left to do.
func (x Facts) Stands(s Status) state.Status {
	switch {
	case s.Step.ID != Authenticate:
		return s.Status
	case x.Done(s):
		return state.Done
	case s.Status == state.Failed:
		return state.Failed
	}
	return state.Todo
}

// Note is what the rail says below a step: its ID, else where it stands; empty when
// there is nothing to say.
func (x Facts) Note(s Status) string {
	switch stands := x.Stands(s); {
	case s.Step.ID == Authenticate && x.SignedIn:
		return "signed in"
	case s.Step.ID == Authenticate && stands == state.Done:
		return "done"
	case stands == state.Todo && s.Step.Optional:
		return "optional"
	case stands == state.Todo:
		return ""
	case s.Step.ID == TestMessage && x.Delivery != "":
		return x.Delivery
	case stands == state.Sent && s.Pending:
		return "order under way"
	case stands == state.Done && s.Unconfirmed:
		return "not confirmed: " + s.Line()
	}
	return s.Line()
}

// Place is where a step stands among the others: "Step 4 of 8 · optional".
func (s *Step) Place() string {
	text := "Step " + strconv.Itoa(s.Number) + " of " + strconv.Itoa(len(quickstart()))
	if s.Optional {
		text += " · optional"
	}
	return text
}

// deliveryWord is what became of the message, in a word.
func (r *Runner) deliveryWord() string {
	s := r.Status(TestMessage)
	switch {
	case s.Status != state.Done:
		return ""
	case s.Answered:
		return "answered"
	case s.Delivery.Status == "":
		return "accepted"
	}
	return strings.ToLower(s.Delivery.Status)
}
