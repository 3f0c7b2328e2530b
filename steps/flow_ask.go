package steps

import (
	"context"
	"errors"
	"strconv"
)

// adopt takes IDs that a person entered. Where the service can be asked, it is
// asked once whether it knows them.
func (f *Flow) adopt(ctx context.Context, anyway bool) error {
	here := f.at
	if problems := f.r.AdoptQuestionnaire(here.step).Problems(here.edits); len(problems) > 0 {
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
	case errors.Is(err, ErrSignedOut):
		return f.signInFirst(do, id)
	case errors.Is(err, errCannotAsk):
		f.at.unasked = true
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

// checkIDs asks the service for every saved ID.
func (f *Flow) checkIDs(ctx context.Context) error {
	gone, asked := 0, 0
	for _, s := range f.r.All() {
		if len(s.Saved) == 0 || !f.r.CanCheck(s.Step.ID) {
			continue
		}
		found, err := f.r.Check(ctx, s.Step.ID, nil)
		if err != nil {
			f.note("The check stopped: " + err.Error())
			return nil
		}
		f.checked[s.Step.ID] = found
		if found != NotChecked {
			asked++
		}
		if found == Gone {
			gone++
		}
	}
	switch {
	case asked == 0:
		f.note("The service does not let itself be asked here: nothing was checked.")
	case gone > 0:
		f.note("The service does not know " + countOf(gone, "ID") + ": of another account, or mistyped. Open its step to enter it again.")
	default:
		f.note("Every ID that can be checked is there.")
	}
	return nil
}

// watchDelivery asks what becomes of the message, until that is known or the
// person goes on.
func (f *Flow) watchDelivery(ctx context.Context) error {
	d, err := f.r.WatchDelivery(ctx, DeliveryFor, DeliveryFor)
	switch {
	case errors.Is(err, ErrNoMessage):
	case err != nil:
		return err
	default:
		f.delivery = &d
	}
	return f.onward(ctx)
}

// adoptedIDs are the IDs that the form of a step gives.
func (r *Runner) adoptedIDs(step string, edits Answers) Saved {
	answers := r.AdoptQuestionnaire(step).Answers(edits)
	ids := Saved{}
	for _, fd := range r.Form(step).Adopt {
		if value := answers[fd.Key]; value != fd.Default { // Which says that it is not known.
			ids[fd.SavedID] = value
		}
	}
	return ids
}

// countOf is a number and what it counts.
func countOf(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}
