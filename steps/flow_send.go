package steps

import (
	"context"
	"errors"
	"slices"

	"telegent-setup/state"
)

// submit checks a form, and asks before something is bought or sent.
func (f *Flow) submit(ctx context.Context, here position) error {
	if problems := f.r.Questionnaire(here.step, false).Problems(nil); len(problems) > 0 {
		f.at.problems = problems
		return f.draft(here.step)
	}
	if len(find(here.step).Confirm.Sentences) > 0 && !here.resend {
		f.at = position{kind: ConfirmPrompt, step: here.step, back: &here}
		return f.draft(here.step)
	}
	return f.carryOut(ctx, here.step, here.resend)
}

// draft keeps what a person typed in a step.
func (f *Flow) draft(id string) error {
	if !f.r.hasTyped(id) {
		return nil
	}
	return f.r.Draft(id)
}

// carryOut carries a step out.
func (f *Flow) carryOut(ctx context.Context, id string, resend bool) error {
	switch {
	case id == Authenticate:
		return f.signIn(ctx)
	case f.r.Form(id).Search != nil:
		return f.search(ctx, id, 0)
	}
	asked := f.number(id)
	_, err := f.r.Submit(ctx, id, resend)
	f.emitted[id] = true
	if errors.Is(err, ErrSignedOut) {
		return f.signInFirst(Send, id, resend)
	}
	if err == nil && asked != "" && asked != f.number(id) {
		f.at = position{kind: StepPrompt, step: id}
		return nil
	}
	return f.after(ctx, id, err)
}

// number is the number that a step is about: the one asked for, then the one that
// was assigned.
func (f *Flow) number(id string) string {
	if _, named := field(f.r.Form(id).Fields, string(PhoneNumber)); !named || !slices.Contains(find(id).Saves, PhoneNumber) {
		return ""
	}
	if s := f.r.Status(id); s.Status == state.Done {
		return s.Saved[PhoneNumber]
	}
	return f.r.Questionnaire(id, false).Answers(nil)[string(PhoneNumber)]
}

// signInFirst asks for the credentials, and goes on by itself after that.
func (f *Flow) signInFirst(do Action, id string, resend bool) error {
	if f.at.step != id {
		f.at = position{kind: FormPrompt, step: id}
	}
	f.at.resend = resend
	f.pending = &pending{at: f.at, do: do}
	f.at = position{kind: FormPrompt, step: Authenticate}
	f.note("Sign in first: no secret is stored. Then this goes on by itself.")
	return nil
}

// search sends the search of a step.
func (f *Flow) search(ctx context.Context, id string, page int) error {
	results, err := f.r.Search(ctx, id, page)
	f.emitted[id] = true
	if errors.Is(err, ErrSignedOut) {
		return f.signInFirst(Send, id, false)
	}
	if err != nil {
		return f.after(ctx, id, err)
	}
	results.Taken = f.taken
	f.at = position{kind: ListPrompt, step: id, results: &results, back: &position{kind: FormPrompt, step: id}}
	return nil
}

// choose takes a row: of a search, or of what the service has.
func (f *Flow) choose(ctx context.Context, here position, row *Row) error {
	if here.results != nil && here.results.Kind == Existing {
		if row == nil {
			f.back()
			return nil
		}
		f.emitted[here.step] = true
		_, err := f.r.AdoptRow(here.step, *row)
		return f.after(ctx, here.step, err)
	}
	again := f.taken != ""
	f.taken = ""
	err := f.after(ctx, here.step, f.r.Choose(here.step, row))
	if again && err == nil && f.at.kind == FormPrompt && len(find(f.at.step).Confirm.Sentences) > 0 {
		return f.submit(ctx, f.at) // Its answers were all there before the number was taken.
	}
	return err
}

// sendAgain sends the call of a step whose outcome is unknown once more: as it was,
// if all its answers are known, else from its form.
func (f *Flow) sendAgain(ctx context.Context, here position) error {
	f.at = position{kind: FormPrompt, step: here.step, resend: true, back: here.back}
	arrived := here.failure != nil && here.failure.Kind == Arrived
	if arrived || len(f.r.Questionnaire(here.step, false).Problems(nil)) > 0 {
		return nil
	}
	return f.carryOut(ctx, here.step, true)
}

// after goes on when an action of the runner has ended.
func (f *Flow) after(ctx context.Context, id string, err error) error {
	var failure *Failure
	var invalid *Invalid
	if err != nil {
		f.plan = false
	}
	switch {
	case err == nil:
		return f.succeeded(ctx, id)
	case errors.As(err, &failure):
		f.at = position{kind: FailedPrompt, step: id, failure: failure, back: &position{kind: FormPrompt, step: id}}
		if failure.Kind.Unknown() {
			f.at.kind = UnknownPrompt
			return nil
		}
		if id != Authenticate { // Signing in leads on by itself.
			f.failed = id
		}
		if err := f.draft(id); err != nil {
			return err
		}
		if failure.Issue == numberInUse.Code {
			f.taken = f.number(id)
		}
	case errors.As(err, &invalid):
		f.at = position{kind: FormPrompt, step: id, problems: invalid.Problems}
	case errors.Is(err, ErrNotNow):
		f.note("That is not possible any more.")
	case errors.Is(err, context.Canceled):
		f.at = position{kind: FormPrompt, step: id}
		f.note("Stopped. Nothing was created.")
	default:
		return err
	}
	return nil
}
