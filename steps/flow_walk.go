package steps

import (
	"context"
	"slices"

	"telegent-setup/state"
)

// start signs in first: without asking, if a resumed run can, and not at all where
// nothing is left to send.
func (f *Flow) start(ctx context.Context) error {
	switch {
	case f.r.SignedIn(), f.r.Resumed() && !f.r.sends():
		return f.onward(ctx)
	case f.resumes() && len(f.r.SignInProblems()) == 0:
		return f.carryOut(ctx, Authenticate)
	}
	f.at = position{kind: FormPrompt, step: Authenticate}
	return nil
}

// resumes says whether an earlier run had signed in.
func (f *Flow) resumes() bool {
	return f.r.Resumed() || f.r.Status(Authenticate).Status == state.Done
}

// signedIn goes on after signing in: to what had to wait for it, to the plan where
// there is something to plan with, else to the first step that is not done.
func (f *Flow) signedIn(ctx context.Context) error {
	if err := f.r.GivenError(); err != nil {
		return err
	}
	if waiting := f.pending; waiting != nil {
		f.at, f.pending = waiting.at, nil
		return f.act(ctx, Reply{Option: Option{Do: waiting.do}})
	}
	for _, s := range f.r.All() {
		if f.r.reopens(s) { // Answers were given for what was skipped.
			if err := f.r.Reopen(s.Step.ID); err != nil {
				return err
			}
		}
	}
	if f.adoptable() == "" && !f.planSeen && f.planned() {
		f.planSeen = true
		next, _ := f.r.Next()
		f.emitSettled(next.ID)
		f.at = position{kind: PlanPrompt}
		return nil
	}
	return f.onward(ctx)
}

// onward goes to the first step that is not done, or to the end.
func (f *Flow) onward(ctx context.Context) error {
	for id := f.adoptable(); id != ""; id = f.adoptable() {
		f.emitSettled(id)
		f.adopted[id], f.emitted[id] = true, true
		answers := f.r.givenNow().Adopt[id]
		if _, err := f.r.Adopt(id, answers, false); err != nil {
			f.at = position{kind: AdoptPrompt, step: id, edits: answers}
			return f.after(ctx, id, err)
		}
	}
	next, more := f.r.Next()
	if !more {
		f.finish(false)
		return nil
	}
	if s := f.r.Status(next.ID); !f.r.SignedIn() && !s.Following && s.Status != state.Sent {
		return f.start(ctx)
	}
	return f.visit(ctx, next.ID)
}

// adoptable is the first step, up to the next one, whose ID was given ahead.
func (f *Flow) adoptable() string {
	given := f.r.givenNow().Adopt
	next, _ := f.r.Next()
	for _, s := range quickstart() {
		if _, ok := given[s.ID]; ok && !f.adopted[s.ID] {
			return s.ID
		}
		if s == next {
			break
		}
	}
	return ""
}

// emitSettled tells of the steps before one that this run leaves as they are; of
// all for an empty one.
func (f *Flow) emitSettled(before string) {
	for _, s := range f.r.All() {
		if s.Step.ID == before {
			return
		}
		if !f.emitted[s.Step.ID] && (s.Settled() || s.Step.ID == Authenticate) {
			f.emitted[s.Step.ID] = true
			f.r.reportUnchanged(s.Step.ID)
		}
	}
}

// visit goes to a step, wherever it stands.
func (f *Flow) visit(ctx context.Context, id string) error {
	s := f.r.Status(id)
	if !s.Settled() {
		f.emitSettled(id)
	}
	undecided := s.Step.Optional && s.Status != state.Failed && !f.r.hasTyped(id)
	switch {
	case id == Authenticate && !f.r.SignedIn():
		f.at = position{kind: FormPrompt, step: id}
	case id == Authenticate, s.Settled():
		f.at = position{kind: StepPrompt, step: id}
	case s.Following: // Asking orders nothing.
		return f.carryOut(ctx, id)
	case s.Status == state.Sent:
		f.at = position{kind: UnknownPrompt, step: id, failure: f.r.Unsettled(id)}
	case undecided && !f.plan:
		f.at = position{kind: OfferPrompt, step: id}
	case undecided && !f.r.wanted(s): // A plan leaves out what nothing was given for.
		return f.after(ctx, id, f.r.Skip(id))
	default:
		return f.form(ctx, id)
	}
	return nil
}

// form asks for the answers of a step. A plan takes what is there.
func (f *Flow) form(ctx context.Context, id string) error {
	f.at = position{kind: FormPrompt, step: id}
	if f.plan && f.r.LastFailure(id) == nil && len(f.r.Questionnaire(id, false).Problems(nil)) == 0 {
		return f.submit(ctx)
	}
	return nil
}

// succeeded goes on after a step: back to the one that failed, if this one put
// it right and it had been done before; else onward.
func (f *Flow) succeeded(ctx context.Context, id string) error {
	failed := f.failed
	f.failed = ""
	if failed != "" && failed != id && f.r.Status(failed).Status == state.Done && f.r.SignedIn() {
		f.at = position{kind: FormPrompt, step: failed}
		return nil
	}
	s := f.r.Status(id)
	if id == TestMessage && f.watch && s.Status == state.Done && s.Saved[MessageID] != "" && !s.Adopted {
		f.delivery = Delivery{}
		f.at = position{kind: DeliveryPrompt, step: id}
		return nil
	}
	return f.onward(ctx)
}

// planned says whether there is something to plan with: answers that were given or
// typed before, or the ready ones of the sandbox.
func (f *Flow) planned() bool {
	given := f.r.givenNow()
	return f.r.Sandbox() || slices.ContainsFunc(f.r.All()[1:], func(s Status) bool {
		return len(given.Answers[s.Step.ID]) > 0 || !s.Settled() && len(s.Answers) > 0
	})
}
