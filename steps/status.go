package steps

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"telegent-setup/api"
	"telegent-setup/state"
)

// Status is where a step stands.
type Status struct {
	Step        *Step
	Status      state.Status
	Saved       Saved // The IDs that this step saved.
	Updated     time.Time
	Issue       string // Of a failed or unknown step.
	Message     string
	Unconfirmed bool           // The service did not know the ID that a person entered.
	Delivery    state.Delivery // What became of a message; empty when it was not asked.
	Answered    bool           // An answer to the message came.
	Area        *state.Area    // The area that was chosen; nil when none was.
	Chosen      string         // The number that was chosen from a list; empty when none was.
	Pending     bool           // An order of the step is under way.
}

// All tells where every step stands, in order.
func (r *Runner) All() []Status { return Survey(r.snapshot()) }

// Status tells where one step stands.
func (r *Runner) Status(step string) Status {
	f := r.snapshot()
	return survey(f, SavedIn(f), find(step))
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

// Survey tells where every step of a state file stands, in order.
func Survey(f state.File) []Status {
	ids := SavedIn(f)
	all := make([]Status, 0, len(quickstart()))
	for _, step := range quickstart() {
		all = append(all, survey(f, ids, step))
	}
	return all
}

// Next is Runner.Next, of a state file.
func Next(f state.File) (*Step, bool) {
	all := Survey(f)
	begun := slices.ContainsFunc(all[1:], func(s Status) bool { return s.Status != state.Todo })
	for _, s := range all {
		if !s.Settled() && !(begun && s.Step.ID == Authenticate) {
			return s.Step, true
		}
	}
	return &Step{}, false
}

// Settled says whether the step needs nothing any more.
func (s Status) Settled() bool { return s.Status == state.Done || s.Status == state.Skipped }

func survey(f state.File, ids Saved, step *Step) Status {
	kept := f.Steps[step.ID]
	s := Status{
		Step: step, Status: kept.Status, Updated: kept.Updated, Saved: Saved{}, Unconfirmed: kept.Unconfirmed,
		Delivery: kept.Delivery, Answered: kept.Answered, Area: kept.Area, Pending: step.Forms[api.Edition(f.Edition)].orders(kept),
	}
	if s.Status == "" {
		s.Status = state.Todo
	}
	if form := step.Forms[api.Edition(f.Edition)]; form != nil && form.Search != nil && form.Search.Number != "" {
		s.Chosen = f.Steps[form.Search.Into].Answers[form.Search.Number]
	}
	if kept.Error != nil {
		s.Issue, s.Message = kept.Error.Issue, kept.Error.Message
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
	for _, id := range []ID{PhoneNumber, AccountID, MRID, CRID, SubscriberID, MessageID} {
		if v := s.Saved[id]; v != "" && s.Status == state.Done {
			return v
		}
	}
	switch s.Status {
	case state.Done:
		if a := s.Area; a != nil {
			return areaText(*a)
		}
		return cmp.Or(s.Chosen, "done")
	case state.Skipped:
		return "skipped"
	case state.Sent:
		return "sent, outcome unknown"
	case state.Failed:
		return "failed"
	}
	return "to do"
}

// areaText is an area as it is shown: "801 · 94730 · NGP-8".
func areaText(a state.Area) string {
	var parts []string
	for _, v := range []string{a.AreaCode, a.ZipCode, a.NGP} {
		if v != "" {
			parts = append(parts, v)
		}
	}
	return strings.Join(parts, " · ")
}
