package steps

import (
	"context"
	"maps"
	"net/http"
	"strconv"

	"telegent-setup/state"
)

// Search sends the search of the availability step and returns the page that
// the answers name. The errors are those of Submit.
func (r *Runner) Search(ctx context.Context, answers Answers) (Results, error) {
	r.busy.Lock()
	defer r.busy.Unlock()
	a, err := r.prepare(Availability, answers)
	if err != nil {
		return Results{}, err
	}
	results, err := r.search(ctx, a)
	if err == nil && results.Total == 0 {
		err = noNumbers(a.step)
	}
	if err != nil {
		return Results{}, r.recordOutcome(a, err)
	}
	return results, nil
}

func (r *Runner) search(ctx context.Context, a attempt) (Results, error) {
	answer, err := r.send(ctx, a, func() error { return nil })
	if err != nil {
		return Results{}, err
	}
	results, err := a.form.Search.Read(answer)
	if err != nil {
		return Results{}, unreadable(answer, err)
	}
	if results.Page, err = strconv.Atoi(a.full["PageNumber"]); err != nil {
		results.Page = 1
	}
	return results, nil
}

// noNumbers is an answer, and no success: there is nothing to provision there.
func noNumbers(step Step) *Failure {
	return &Failure{
		Step: step.ID, Issue: codeNoNumbers, HTTPStatus: http.StatusOK, Exit: ExitRefused,
		Title:    "No numbers are available there.",
		Solution: "Try another area code or zip code, or leave both empty to see what there is.",
		FixStep:  step.ID, FixField: "AreaCode", FixLabel: "Search elsewhere",
	}
}

// Choose ends the availability step: the chosen row prefills what follows. A
// nil row keeps nothing but the answers.
func (r *Runner) Choose(answers Answers, row *Row) error {
	r.busy.Lock()
	defer r.busy.Unlock()
	step, form := find(Availability), r.Form(Availability)
	full := r.complete(r.snapshot(), form.Fields, answers)
	if err := r.choose(step, form, full, row); err != nil {
		return err
	}
	r.tell(Stepped{Step: step.ID, Number: step.Number, Status: OutcomeDone, Saved: Saved{}})
	return nil
}

func (r *Runner) choose(step Step, form Form, full Answers, row *Row) error {
	var prefill map[string]Answers
	if row != nil {
		prefill = form.Search.Choose(*row)
	}
	for id, answers := range prefill {
		r.absorb(id, answers)
	}
	return r.mark(step.ID, func(f *state.File, s *state.Step) {
		s.Status, s.Error = state.Done, nil
		s.Answers = keep(form.Fields, r.env(*f, full), s.Answers)
		for id, answers := range prefill {
			later := f.Steps[id]
			if later.Answers == nil {
				later.Answers = map[string]string{}
			}
			maps.Copy(later.Answers, answers)
			if later.Status == "" {
				later.Status = state.Todo
			}
			f.Steps[id] = later
		}
	})
}
