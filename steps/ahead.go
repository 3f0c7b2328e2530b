package steps

import (
	"slices"

	"telegent-setup/state"
)

// ProblemsAhead names every answer that is missing or not right for what is left of
// a setup, before anything is sent. Where the answers file is in the words of the
// other edition, which the server may yet speak, it is judged in that one.
func (r *Runner) ProblemsAhead() []Problem {
	if r.GivenElsewhere() != nil && r.editionOpen() {
		r.switchEdition()
		defer r.switchEdition()
	}
	given := r.givenNow()
	var all []Problem
	for _, s := range r.All() {
		id := s.Step.ID
		switch adopts := given.Adopt[id]; {
		case adopts != nil:
			all = append(all, r.adoptQuestionnaire(id).Problems(adopts)...)
		case id == Authenticate && !r.sends(), id != Authenticate && s.Settled() && !r.reopens(s), s.Following: // Nothing is asked for it.
		case s.Step.Optional && s.Status != state.Sent && !r.wanted(s): // It will be skipped.
		default:
			all = append(all, r.Questionnaire(id, true).Problems(nil)...)
		}
	}
	return all
}

// sends says whether a step is left that something is sent for.
func (r *Runner) sends() bool {
	given := r.givenNow()
	return slices.ContainsFunc(r.All()[1:], func(s Status) bool {
		id := s.Step.ID
		return given.Adopt[id] == nil && !given.Skip[id] && (!s.Settled() || r.reopens(s))
	})
}

// wanted says whether an optional step is to be carried out, as far as it can be
// told: when something was given for it, or all that it needs is there.
func (r *Runner) wanted(s Status) bool {
	given, id := r.givenNow(), s.Step.ID
	return !given.Skip[id] && (len(given.Answers[id]) > 0 || len(r.Questionnaire(id, true).Problems(nil)) == 0)
}

// reopens says whether answers were given for a step that was skipped, and that can
// still be carried out.
func (r *Runner) reopens(s Status) bool {
	given, id := r.givenNow(), s.Step.ID
	return s.Step.Optional && len(given.Answers[id]) > 0 && !given.Skip[id] && r.mayReopen(id)
}

// Unanswered is the first step that was sent, whose outcome is not known, and that
// no ID that was given settles; empty when there is none.
func (r *Runner) Unanswered() string {
	given := r.givenNow()
	for _, s := range r.All() {
		if s.Status == state.Sent && !s.Following && given.Adopt[s.Step.ID] == nil {
			return s.Step.ID
		}
	}
	return ""
}

// Ignored are the steps that are done, and whose answers that were given are not
// looked at.
func (r *Runner) Ignored() (all []string) {
	given := r.givenNow()
	for _, s := range r.All()[1:] {
		id := s.Step.ID
		if s.Status == state.Done && given.Adopt[id] == nil && (len(given.Answers[id]) > 0 || given.Skip[id]) {
			all = append(all, id)
		}
	}
	return all
}
