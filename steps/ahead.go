package steps

import (
	"maps"

	"telegent-setup/state"
)

// ProblemsAhead names every answer that is missing or not right for what is left of
// a setup, before anything is sent. Where the answers file is in the words of the
// other edition, which the server may yet speak, it is judged in that one.
func (r *Runner) ProblemsAhead() []Problem {
	if r.GivenElsewhere() != nil && r.editionOpen() {
		r = r.inOtherEdition()
	}
	given := r.givenNow()
	var all []Problem
	for _, s := range r.All() {
		id := s.Step.ID
		answers, adopts := given.Adopt[id]
		switch {
		case adopts:
			all = append(all, r.AdoptQuestionnaire(id).Problems(answers)...)
		case id == Authenticate && !r.sends(), id != Authenticate && s.Settled() && !r.reopens(s), r.Following(id):
		case s.Step.Optional && s.Status != state.Sent && !r.wanted(s):
		default:
			all = append(all, r.Questionnaire(id, true).Problems(nil)...)
		}
	}
	return all
}

// inOtherEdition is a runner that sends nothing, over the same state, in the other
// edition.
func (r *Runner) inOtherEdition() *Runner {
	r.mu.Lock()
	other := &Runner{
		client: r.client, store: r.store, edition: r.edition, file: r.file,
		typed: r.typed, secrets: maps.Clone(r.secrets), secretOrigins: maps.Clone(r.secretOrigins),
	}
	r.mu.Unlock()
	other.edition.current = other.edition.current.Other()
	other.takeSecrets()
	return other
}

// sends says whether a step is left that something is sent for.
func (r *Runner) sends() bool {
	given := r.givenNow()
	for _, s := range r.All()[1:] {
		if _, adopted := given.Adopt[s.Step.ID]; (!s.Settled() || r.reopens(s)) && !adopted && !given.Skip[s.Step.ID] {
			return true
		}
	}
	return false
}

// wanted says whether an optional step is to be carried out, as far as it can be
// told: when something was given for it, or all that it needs is there.
func (r *Runner) wanted(s Status) bool {
	given := r.givenNow()
	switch {
	case given.Skip[s.Step.ID]:
		return false
	case len(given.Answers[s.Step.ID]) > 0:
		return true
	}
	return len(r.Questionnaire(s.Step.ID, true).Problems(nil)) == 0
}

// reopens says whether answers were given for a step that was skipped, and that can
// still be carried out.
func (r *Runner) reopens(s Status) bool {
	given := r.givenNow()
	return s.Step.Optional && len(given.Answers[s.Step.ID]) > 0 && !given.Skip[s.Step.ID] && r.mayReopen(s.Step.ID)
}

// Unanswered is the first step that was sent, whose outcome is not known, and that
// no ID that was given settles; empty when there is none.
func (r *Runner) Unanswered() string {
	given := r.givenNow()
	for _, s := range r.All() {
		_, adopted := given.Adopt[s.Step.ID]
		if s.Status == state.Sent && !adopted && !r.Following(s.Step.ID) {
			return s.Step.ID
		}
	}
	return ""
}

// Ignored are the steps that are done, and whose answers that were given are not
// looked at.
func (r *Runner) Ignored() []string {
	given := r.givenNow()
	var all []string
	for _, s := range r.All()[1:] {
		id := s.Step.ID
		if s.Status == state.Done && given.Adopt[id] == nil && (len(given.Answers[id]) > 0 || given.Skip[id]) {
			all = append(all, id)
		}
	}
	return all
}
