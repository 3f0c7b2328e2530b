package steps

import (
	"context"
	"errors"

	"telegent-setup/state"
)

// submit checks a form, and asks before something is bought or sent.
func (f *Flow) submit(ctx context.Context) error {
	here := f.at
	if problems := f.r.Questionnaire(here.step, false).Problems(nil); len(problems) > 0 {
		f.at.problems = problems
		return f.r.Draft(here.step)
	}
	if find(here.step).asksFirst() && !here.resend {
		f.at = position{kind: ConfirmPrompt, step: here.step, back: &here}
		return f.r.Draft(here.step)
	}
	return f.carryOut(ctx, here.step)
}

func (f *Flow) carryOut(ctx context.Context, id string) error {
	if f.r.Form(id).Search != nil {
		return f.search(ctx, id, 0)
	}
	asked := f.number(id)
	_, err := f.r.Submit(ctx, id, f.at.resend && f.at.step == id)
	if err == nil && asked != "" && asked != f.number(id) {
		f.emitted[id] = true
		f.at = position{kind: StepPrompt, step: id}
		return nil
	}
	return f.after(ctx, id, err)
}

// number is the number that a step is about: the one asked for, then the one that
// was assigned.
func (f *Flow) number(id string) string {
	if !f.r.Form(id).has(numberKey) {
		return ""
	}
	if s := f.r.Status(id); s.Status == state.Done {
		return s.Saved[PhoneNumber]
	}
	return f.r.Questionnaire(id, false).Answers(nil)[numberKey]
}

// signInFirst asks for the credentials, and goes on by itself after that.
func (f *Flow) signInFirst(do Action, id string) error {
	if f.at.step != id {
		f.at = position{kind: FormPrompt, step: id}
	}
	f.pending = &pending{at: f.at, do: do}
	f.at = position{kind: FormPrompt, step: Authenticate}
	f.note("Sign in first: no secret is stored. Then this goes on by itself.")
	return nil
}

func (f *Flow) search(ctx context.Context, id string, page int) error {
	results, err := f.r.Search(ctx, id, page)
	if err != nil {
		return f.after(ctx, id, err)
	}
	f.emitted[id] = true
	results.Taken = f.taken
	f.at = position{kind: ListPrompt, step: id, results: &results, back: &position{kind: FormPrompt, step: id}}
	return nil
}

// choose takes a row: of a search, or of what the service has.
func (f *Flow) choose(ctx context.Context, row *Row) error {
	id := f.at.step
	if f.at.results != nil && f.at.results.Kind == Existing {
		if row == nil {
			f.back()
			return nil
		}
		ids := Answers{}
		for _, fd := range f.r.Form(id).Adopt {
			ids[fd.Key] = row.IDs[fd.SavedID]
		}
		_, err := f.r.Adopt(id, ids, false)
		return f.after(ctx, id, err)
	}
	again := f.taken != ""
	f.taken = ""
	err := f.after(ctx, id, f.r.Choose(id, row))
	if again && err == nil && f.at.kind == FormPrompt && find(f.at.step).asksFirst() {
		return f.submit(ctx) // Its answers were all there before the number was taken.
	}
	return err
}

// sendAgain sends the call of a step whose outcome is unknown once more: as it was,
// if all its answers are known, else from its form.
func (f *Flow) sendAgain(ctx context.Context) error {
	here := f.at
	f.at = position{kind: FormPrompt, step: here.step, resend: true, back: here.back}
	arrived := here.failure != nil && here.failure.Kind == Arrived
	if arrived || len(f.r.Questionnaire(here.step, false).Problems(nil)) > 0 {
		return nil
	}
	return f.carryOut(ctx, here.step)
}

// after goes on when an action of the runner has ended.
func (f *Flow) after(ctx context.Context, id string, err error) error {
	f.emitted[id] = true
	var failure *Failure
	var invalid *Invalid
	switch {
	case err == nil && id == Authenticate:
		return f.signedIn(ctx)
	case err == nil:
		return f.succeeded(ctx, id)
	case errors.Is(err, errSignedOut):
		return f.signInFirst(Send, id)
	case errors.As(err, &failure):
		return f.stopped(id, failure)
	case errors.As(err, &invalid) && f.at.kind == AdoptPrompt:
		f.at.problems = invalid.Problems
	case errors.As(err, &invalid):
		f.at = position{kind: FormPrompt, step: id, problems: invalid.Problems}
	case errors.Is(err, ErrNotNow):
		f.note("That is not possible any more.")
	case errors.Is(err, context.Canceled):
		f.plan = false
		f.at = position{kind: FormPrompt, step: id}
		f.note("Stopped. Nothing was created.")
	default:
		return err
	}
	return nil
}

// stopped says that a step was not carried out, or that nobody knows.
func (f *Flow) stopped(id string, failure *Failure) error {
	f.plan = false
	f.at = position{kind: FailedPrompt, step: id, failure: failure, back: &position{kind: FormPrompt, step: id}}
	if failure.Kind.Unknown() {
		f.at.kind = UnknownPrompt
		return nil
	}
	if id != Authenticate { // Signing in leads on by itself.
		f.failed = id
	}
	err := f.r.Draft(id)
	if failure.Issue == numberInUse.Code {
		f.taken = f.number(id)
	}
	return err
}

// adopt takes IDs that a person entered. Where the service can be asked, it is
// asked once whether it knows them.
func (f *Flow) adopt(ctx context.Context, anyway bool) error {
	here := f.at
	if problems := f.r.adoptQuestionnaire(here.step).Problems(here.edits); len(problems) > 0 {
		f.at.problems = problems
		return nil
	}
	if ids := f.r.adoptedIDs(here.step, here.edits); !anyway && f.r.SignedIn() {
		found, err := f.r.Check(ctx, here.step, ids)
		switch {
		case err == nil && found == Gone:
			here.focus = f.r.Form(here.step).Adopt[0].Key
			f.at = position{kind: UnconfirmedPrompt, step: here.step, edits: here.edits, back: &here}
			return nil
		case err == nil && found == There:
			f.note("The service knows it.")
		}
	}
	_, err := f.r.Adopt(here.step, here.edits, anyway)
	return f.after(ctx, here.step, err)
}

// lookUp asks the service for what an unanswered call may have created, or for all
// that it has.
func (f *Flow) lookUp(ctx context.Context, id string, do Action) error {
	here := f.at
	ask := f.r.Find
	if do == OpenList {
		ask = f.r.List
	}
	rows, err := ask(ctx, id)
	var failure *Failure
	switch {
	case errors.Is(err, errSignedOut):
		return f.signInFirst(do, id)
	case errors.Is(err, errCannotAsk):
		f.at.cannotAsk = true
		f.note("The service cannot be asked for this here. That does not mean that it is not there.")
	case errors.As(err, &failure):
		f.note("The service could not be asked: " + failure.Title)
	case errors.Is(err, context.Canceled):
		f.note("Stopped looking.")
	case err != nil:
		return err
	case len(rows) == 0 && do == LookFor:
		f.note("It is not there yet: looked for twice, ten seconds apart. Sending it again is your own decision.")
	case len(rows) == 0:
		f.note("The service has none that could be chosen.")
	default:
		f.at = position{kind: ListPrompt, step: id, results: &Results{Total: len(rows), Page: 1, Pages: 1, Kind: Existing, Rows: rows}, back: &here}
	}
	return nil
}

func (f *Flow) checkIDs(ctx context.Context) error {
	found := map[Presence]int{}
	for _, s := range f.r.All() {
		if len(s.Saved) == 0 || !f.r.CanCheck(s.Step.ID) {
			continue
		}
		presence, err := f.r.Check(ctx, s.Step.ID, nil)
		if err != nil {
			f.note("The check stopped: " + err.Error())
			return nil
		}
		f.checked[s.Step.ID] = presence
		found[presence]++
	}
	switch {
	case found[There]+found[Gone] == 0:
		f.note("The service does not let itself be asked here: nothing was checked.")
	case found[Gone] > 0:
		f.note("The service does not know " + CountOf(found[Gone], "ID") + ": of another account, or mistyped. Open its step to enter it again.")
	default:
		f.note("Every ID that can be checked is there.")
	}
	return nil
}

// watchDelivery asks what becomes of the message, until that is known or the
// person goes on.
func (f *Flow) watchDelivery(ctx context.Context) error {
	d, err := f.r.WatchDelivery(ctx, DeliveryFor, DeliveryFor)
	if err != nil && !errors.Is(err, ErrNoMessage) {
		return err
	}
	f.delivery = d
	return f.onward(ctx)
}
