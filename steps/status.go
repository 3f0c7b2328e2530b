package steps

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/state"
)

// Status is where a step stands.
type Status struct {
	kept             // What the state file has of it.
	Step      *Step  // Which step it is.
	Saved     Saved  // The IDs that this step saved.
	Chosen    string // The number that was chosen from a list; empty when none was.
	Following bool   // An order is under way: Submit asks what became of it, and orders nothing again.
}

// kept is a step as the state file keeps it.
type kept = state.Step

// All tells where every step stands, in order.
func (r *Runner) All() []Status { return AllIn(r.snapshot()) }

// Status tells where one step stands.
func (r *Runner) Status(step string) Status {
	f := r.snapshot()
	return statusIn(f, SavedIn(f), find(step))
}

// ESIM is the activation code of the number's eSIM; empty when it has none. It is
// personal.
func (r *Runner) ESIM() string { return ESIM(r.snapshot()) }

// ESIM is Runner.ESIM, of a state file.
func ESIM(f state.File) string { return f.Steps[Provision].ESIM }

// Saved is every ID known so far.
func (r *Runner) Saved() Saved { return SavedIn(r.snapshot()) }

// Next is the first step that is neither done nor skipped; false when there is
// none. It never names authenticate once a later step has begun.
func (r *Runner) Next() (*Step, bool) { return Next(r.snapshot()) }

// AllIn tells where every step of a state file stands, in order.
func AllIn(f state.File) []Status {
	ids := SavedIn(f)
	all := make([]Status, 0, len(quickstart()))
	for _, step := range quickstart() {
		all = append(all, statusIn(f, ids, step))
	}
	return all
}

// Next is Runner.Next, of a state file.
func Next(f state.File) (*Step, bool) {
	all := AllIn(f)
	if anyBegun(all[1:]) {
		all = all[1:]
	}
	for _, s := range all {
		if !s.Settled() {
			return s.Step, true
		}
	}
	return &Step{}, false
}

func anyBegun(all []Status) bool {
	return slices.ContainsFunc(all, func(s Status) bool { return s.Status != state.Todo })
}

// Settled says whether the step needs nothing any more.
func (s Status) Settled() bool { return s.Status == state.Done || s.Status == state.Skipped }

func statusIn(f state.File, ids Saved, step *Step) Status {
	s := Status{kept: f.Steps[step.ID], Step: step, Saved: Saved{}}
	s.Status = cmp.Or(s.Status, state.Todo)
	if form := step.Forms[api.Edition(f.Edition)]; form != nil {
		s.Following = form.underWay(s.kept)
		if form.Search != nil && form.Search.Numbers {
			s.Chosen = f.Steps[Provision].Answers[numberKey]
		}
	}
	for _, id := range step.Saves {
		if ids[id] != "" {
			s.Saved[id] = ids[id]
		}
	}
	return s
}

// SavedIn is every ID in a state file, with the number.
func SavedIn(f state.File) Saved {
	all := make(Saved, len(f.IDs)+1)
	for _, id := range IDs() {
		if v := f.IDs[string(id)]; v != "" {
			all[id] = v
		}
	}
	if f.PhoneNumber != "" {
		all[PhoneNumber] = f.PhoneNumber
	}
	return all
}

// Line says on one line where a step stands.
func (s Status) Line() string {
	switch s.Status {
	case state.Done:
		id := ""
		if len(s.Step.Saves) > 0 {
			id = s.Saved[s.Step.Saves[0]]
		}
		return cmp.Or(id, areaText(s.Area), s.Chosen, "done")
	case state.Skipped:
		return "skipped"
	case state.Sent:
		return "sent, outcome unknown"
	case state.Failed:
		return "failed"
	}
	return "to do"
}

// Sign is the mark of a status; current means that its step comes next.
func Sign(status state.Status, current bool) string {
	switch {
	case status == state.Done:
		return "✓"
	case status == state.Sent:
		return "?"
	case status == state.Failed:
		return "✗"
	case status == state.Skipped:
		return "–"
	case current:
		return "●"
	}
	return "○"
}

// areaText is an area as it is shown, "801 · 94730 · NGP-8"; empty when there is
// none.
func areaText(a *state.Area) string {
	if a == nil {
		return ""
	}
	return text.Join(" · ", a.AreaCode, a.ZipCode, a.NGP)
}

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
		Steps: r.All(), Saved: r.Saved(), Next: next.ID, Delivery: r.Status(TestMessage).deliveryWord(),
	}
}

// deliveryWord is what became of the message that a step has sent, in a word.
func (s Status) deliveryWord() string {
	switch {
	case s.Status != state.Done:
		return ""
	case s.Answered:
		return "answered"
	}
	return cmp.Or(strings.ToLower(s.Delivery.Status), "accepted")
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
	stands := x.Stands(s)
	return stands == state.Done || stands == state.Skipped
}

// Stands is where a step stands in this run, for the rail: nobody is signed in
// before this run has done so, unless nothing is left to do.
func (x Facts) Stands(s Status) state.Status {
	switch {
	case s.Step.ID != Authenticate:
		return s.Status
	case x.SignedIn, x.Next == "":
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
	case stands == state.Sent && s.Following:
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
