package steps

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"telegent-setup/api"
	"telegent-setup/state"
)

// attempt is one carrying out of a step.
type attempt struct {
	step    Step
	form    Form
	full    Answers
	before  state.Step // As the step stood.
	resent  bool       // An earlier call of it may have arrived.
	started time.Time
}

// Submit carries out a step: checks the answers, signs in if needed, writes
// ahead, sends, and saves. A step that was sent and has no answer is sent again
// only when resend is true; else it is an *Unknown as it stands.
//
// The error is an *Invalid (nothing was sent), a *Failure, an *Unknown,
// context.Canceled (cancelled before anything was sent: nothing changed), or
// something unexpected of this machine, as a full disk.
func (r *Runner) Submit(ctx context.Context, step string, answers Answers, resend bool) (Saved, error) {
	r.busy.Lock()
	defer r.busy.Unlock()
	a, err := r.prepare(step, answers)
	if err != nil {
		return nil, err
	}
	if a.before.Status == state.Sent && !resend && !a.following() {
		u := pending(a.step, a.before)
		r.report(a, u)
		return nil, u
	}
	ids, err := r.carryOut(ctx, a)
	if err != nil {
		return nil, r.recordOutcome(a, err)
	}
	r.tell(Stepped{Step: step, Number: a.step.Number, Status: OutcomeDone, Saved: ids, Seconds: a.seconds()})
	return ids, nil
}

// prepare checks the answers of a step.
func (r *Runner) prepare(step string, answers Answers) (attempt, error) {
	f := r.snapshot()
	a := attempt{step: find(step), form: r.Form(step), before: f.Steps[step], started: time.Now()}
	if a.before.Status == "" {
		a.before.Status = state.Todo
	}
	a.resent = a.before.Status == state.Sent && !a.following() // Whose end is asked for, and told.
	a.full = r.complete(f, a.form.Fields, answers)
	r.absorb(step, a.full)
	if problems := r.check(step, a.form.Fields, a.full, f); len(problems) > 0 {
		return a, &Invalid{problems}
	}
	for _, v := range a.full {
		for _, secret := range api.UserInfo(v) {
			r.client.Redactor().Add(secret)
		}
	}
	r.numberOrder(f, a.form, a.full)
	return a, nil
}

// carryOut sends what a step sends, and saves what it gives.
func (r *Runner) carryOut(ctx context.Context, a attempt) (Saved, error) {
	switch {
	case a.step.ID == Authenticate:
		return nil, r.authenticate(ctx, a)
	case a.form.Search != nil:
		results, err := r.search(ctx, a)
		if err != nil {
			return nil, err
		}
		if results.Total == 0 {
			return nil, noNumbers(a.step)
		}
		return nil, r.choose(a.step, a.form, a.full, nil)
	case a.form.Order != nil:
		return r.carryOutOrder(ctx, a)
	}
	answer, err := r.send(ctx, a, func() error { return r.writeAhead(a) })
	if err != nil {
		return nil, err
	}
	ids, err := a.form.Read(answer)
	if err != nil {
		return nil, unreadable(answer, err)
	}
	if a.step.ID == Provision && ids[PhoneNumber] == "" {
		ids[PhoneNumber] = a.full["PhoneNumber"]
	}
	return ids, r.finished(a, ids, "")
}

// finished saves what a call gave. Where that fails, the error has the IDs.
func (r *Runner) finished(a attempt, ids Saved, qrCode string) error {
	err := r.finish(a.step, ids, keep(a.form.Fields, r.Env(a.full), a.before.Answers), qrCode)
	switch {
	case err == nil:
		return nil
	case len(ids) == 0:
		return fmt.Errorf("%s was carried out, and that could not be saved. %w", a.step.ID, err)
	}
	return fmt.Errorf("%s was carried out and gave %s, which could not be saved: note it. %w", a.step.ID, ids, err)
}

// finish saves a step that is done, with its IDs. An ID that takes the place of
// another keeps that in the history.
func (r *Runner) finish(step Step, ids Saved, answers map[string]string, qrCode string) error {
	err := r.mark(step.ID, func(f *state.File, s *state.Step) {
		s.Status, s.Error, s.OrderID, s.QRCode = state.Done, nil, "", qrCode
		s.Answers = answers
		replace(f, ids)
	})
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.nextOrder = ""
	return nil
}

// replace puts IDs into the file, and what they replace into its history. Later
// steps that name an old one use the new one from then on.
func replace(f *state.File, ids Saved) {
	if f.IDs == nil {
		f.IDs = map[string]string{}
	}
	for _, id := range IDs() {
		value, ok := ids[id]
		old := SavedIn(*f)[id]
		if !ok || value == old {
			continue
		}
		if old != "" {
			f.History = append(f.History, state.Replaced{ID: string(id), Value: old, Replaced: time.Now().UTC()})
			dropOverrides(f, id)
		}
		switch {
		case id == PhoneNumber:
			f.PhoneNumber = value
		case value == "":
			delete(f.IDs, string(id))
		default:
			f.IDs[string(id)] = value
		}
	}
}

// dropOverrides forgets answers that stand in for a saved ID.
func dropOverrides(f *state.File, id ID) {
	for _, step := range All() {
		for _, fd := range step.Forms[api.Edition(f.Edition)].Fields {
			if fd.From == id {
				delete(f.Steps[step.ID].Answers, fd.Key)
			}
		}
	}
}

// absorb drops what was given for this run where the person has since said
// something: that counts from then on.
func (r *Runner) absorb(step string, answers Answers) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.said[step] == nil {
		r.said[step] = map[string]bool{}
	}
	for key := range answers {
		r.said[step][key] = true
		delete(r.given[step], key)
	}
}

// give takes the answers that were given for this run, without those that the
// person has replaced.
func (r *Runner) give(given map[string]Answers) {
	r.given = map[string]Answers{}
	for step, answers := range given {
		r.given[step] = maps.Clone(answers)
		maps.DeleteFunc(r.given[step], func(key, _ string) bool { return r.said[step][key] })
	}
}

func (a attempt) seconds() float64 { return time.Since(a.started).Round(time.Millisecond).Seconds() }

// report tells the observer of a step that failed or whose outcome is unknown.
func (r *Runner) report(a attempt, err error) {
	event := Stepped{Step: a.step.ID, Number: a.step.Number, Seconds: a.seconds()}
	var f *Failure
	var u *Unknown
	switch {
	case errors.As(err, &u):
		event.Status, event.Failure = OutcomeUnknown, &u.Failure
	case errors.As(err, &f):
		event.Status, event.Failure = OutcomeFailed, f
	default:
		return
	}
	r.tell(event)
}

// impliesArrival lists the issues that say of a call sent again that the first arrived.
func impliesArrival(issue string) bool {
	return slices.Contains([]string{numberInUse.Code, emailExists.Code}, issue)
}
